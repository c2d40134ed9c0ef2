import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'

const PATIENT = { timeout: 45_000 }
let city: City

const bell = (page: Page) => page.locator('.header').getByRole('button', { name: /待办/ })
const menu = (page: Page) => page.locator('.ant-dropdown').getByRole('menu')
const hasFocus = async (page: Page) =>
  (await page.locator(':focus').count()) > 0 && (await page.locator(':focus').getAttribute('aria-label'))
const isWithin = (page: Page) => expect.poll(() => menu(page).locator(':focus').count(), PATIENT).toBeGreaterThan(0)
const gone = (page: Page) => expect.poll(() => menu(page).isVisible(), PATIENT).toBe(false)

beforeAll(async () => {
  city = await startCity()
})
afterAll(() => city.close())

it('says of a pile that it could not read that it is unknown, and reads it again', async () => {
  const page = await city.page('leader')
  let broken = true
  await page.route('**/api/closure/count*', (route) => (broken ? route.abort() : route.continue()))
  await page.goto(`${city.server.url}/closures`)
  await expect.poll(() => bell(page).getAttribute('aria-label'), PATIENT).toMatch(/没有读到：连接不上服务器/)
  expect(await bell(page).textContent()).toMatch(/—|\?/)
  await bell(page).click()
  const closures = menu(page).getByRole('menuitem', { name: /^封控/ })
  expect(await closures.textContent()).toMatch(/—$/)
  broken = false
  await menu(page).getByRole('menuitem', { name: /重试/ }).click()
  await expect.poll(() => bell(page).getAttribute('aria-label'), PATIENT).toMatch(/^待办\d+件$/)
  await bell(page).click()
  expect(await closures.textContent()).toMatch(/\d$/)
  await page.close()
})

it('opens by keyboard, goes through its entries, and gives the focus back', async () => {
  const page = await city.page('leader')
  await page.goto(`${city.server.url}/closures`)
  await expect.poll(() => bell(page).getAttribute('aria-label'), PATIENT).toMatch(/^待办\d+件$/)
  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    await bell(page).focus()
    await page.keyboard.press(key)
    await menu(page).waitFor(PATIENT)
    expect(await bell(page).getAttribute('aria-expanded')).toBe('true')
    await isWithin(page)
    await page.keyboard.press('Escape')
    await gone(page)
    expect(await hasFocus(page)).toMatch(/^待办/)
  }
  await page.keyboard.press('ArrowDown')
  await isWithin(page)
  const entries = await menu(page).getByRole('menuitem').allTextContents()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/closures'), PATIENT)
  expect(entries.length).toBeGreaterThan(1)
  await gone(page)
  expect(await hasFocus(page)).toMatch(/^待办/)
  await page.close()
})

it('opens under a finger, as does the menu of the account', async () => {
  const desk = await city.page('leader')
  const context = await desk
    .context()
    .browser()
    ?.newContext({
      storageState: await desk.context().storageState(),
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      reducedMotion: 'reduce',
      isMobile: true,
    })
  const page = await context?.newPage()
  if (!page) throw new Error('no browser')
  await page.goto(`${city.server.url}/closures`)
  await bell(page).tap(PATIENT)
  await menu(page).waitFor(PATIENT)
  expect(new URL(page.url()).pathname).toBe('/closures')
  await menu(page).getByRole('menuitem').last().tap()
  await page.waitForURL((url) => !url.pathname.startsWith('/closures'), PATIENT)
  await page.getByRole('button', { name: '菜单' }).tap()
  await page.locator('.drawer-own .ant-btn').last().tap()
  await page.getByRole('menuitem', { name: '我的账号' }).tap()
  await page.waitForURL((url) => url.pathname === '/account', PATIENT)
  await context?.close()
})

it('shows no trouble of the pages themselves', () => expect(city.troubles).toEqual([]))
