import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'

const PATIENT = { timeout: 45_000 }
let city: City

const act = async (account: string, record: string, action: string, input: object, area: string) => {
  const id = crypto.randomUUID()
  const done = await city.call(account, `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), input, area })
  if (done.status >= 300) throw new Error(`${record}.${action}: ${JSON.stringify(done.body)}`)
  return id
}
const go = async (account: string, path: string, lang: 'zh' | 'en' = 'zh'): Promise<Page> => {
  const page = await city.page(account, { lang })
  await page.goto(city.server.url + path)
  return page
}
const tile = (page: Page, label: string) => page.locator('.tile', { hasText: label }).locator('.tile-figure')
/** Waits until that many are under observation on the board. */
const observed = async (page: Page, figure: string) =>
  await expect
    .poll(
      () =>
        tile(page, '正在观察')
          .textContent()
          .catch(() => ''),
      PATIENT,
    )
    .toBe(figure)
const again = async (page: Page) =>
  await page
    .getByRole('button', { name: /重\s*试/ })
    .first()
    .click()
const lookAt = async (page: Page, day: string) => {
  const clock = page.getByLabel('数据日').first()
  await clock.fill(day)
  await clock.press('Enter')
}

beforeAll(async () => {
  city = await startCity()
  const { body } = await city.call('grid', '/api/me')
  const village = (body as { grants: readonly { area: string }[] }).grants[0]?.area ?? ''
  const person = await act('grid', 'person', 'register', { name: '测试甲' }, village)
  await act('town', 'watch', 'enter', { person, kind: 'home', entry: 'list', class: 'other' }, village)
})
afterAll(() => city.close())

it('says that the figures of the observation board are on the way or failed, and shows none meanwhile', async () => {
  const page = await city.page('town')
  let letThrough = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  let broken = false
  await page.route('**/api/watch/groups*', async (route) => {
    await held
    await (broken ? route.abort() : route.continue())
  })
  await page.goto(`${city.server.url}/observation`)
  await page.getByRole('status', { name: '正在读取' }).first().waitFor(PATIENT)
  expect(await page.locator('.tile').count()).toBe(0)
  expect(await page.getByText('没有正在观察的人').count()).toBe(0)
  broken = true
  letThrough()
  await page.getByText('连接不上服务器').first().waitFor(PATIENT)
  expect(await page.locator('.tile').count()).toBe(0)
  broken = false
  await again(page)
  await observed(page, '1')
  await page.close()
})

it('shows on the observation board the figures of the day looked at, and nothing that is known only for today', async () => {
  const page = await go('town', '/observation')
  await observed(page, '1')
  await lookAt(page, '2020-02-13')
  await page.getByText('只有今天的，没有2020年2月13日的').waitFor(PATIENT)
  await observed(page, '0')
  expect(await page.locator('.tile', { hasText: '未测' }).count()).toBe(0)
  expect(await page.getByRole('heading').first().textContent()).toContain('2020年2月13日')
  await page.getByRole('button', { name: '回到今天' }).last().click()
  await page.locator('.tile', { hasText: '上午未测' }).waitFor(PATIENT)
  await observed(page, '1')
  await page.close()
})

it('counts on the page of restrictions the orders of the day looked at', async () => {
  const page = await go('auditor', '/restrictions')
  await page.locator('.ant-statistic', { hasText: '不予批准' }).waitFor(PATIENT)
  await lookAt(page, '2020-02-13')
  await page.locator('.ant-statistic', { hasText: '当日不予批准' }).waitFor(PATIENT)
  await page.getByText('只有今天的，没有2020年2月13日的').waitFor(PATIENT)
  expect(await page.locator('.ant-statistic', { hasText: '已解除' }).count()).toBe(0)
  await page.close()
})

it('says on the daily page that the course of fourteen days was not read', async () => {
  const page = await city.page('duty')
  let broken = true
  await page.route('**/api/board?*', (route) => (broken ? route.abort() : route.continue()))
  await page.goto(`${city.server.url}/daily`)
  await page.getByText('近14天的走势没有读到').waitFor(PATIENT)
  broken = false
  await again(page)
  await page.locator('.daily-course').first().waitFor(PATIENT)
  await page.close()
})

it('says what somebody may not do in a sentence, in English too', async () => {
  const page = await go('town', '/restrictions', 'en')
  await page.getByText('You have no permission for “Restrictions”; ask the system administrator if you need it.').waitFor(PATIENT)
  await page.close()
})
