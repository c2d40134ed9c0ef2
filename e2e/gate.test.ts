import { idCheckCharacter } from '@guatu/kernel'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'

let city: City
const PATIENT = { timeout: 20_000 }
beforeAll(async () => {
  city = await startCity()
})
afterAll(() => city.close())

/** A number with an issuing code that nobody has. */
const idOf = (n: number) => {
  const seventeen = `5199001990010${n}001`.slice(0, 17)
  return seventeen + idCheckCharacter(seventeen)
}

interface Row {
  readonly fields: Readonly<Record<string, unknown>>
}
const crossings = async (): Promise<readonly Row[]> =>
  ((await city.call('grid', '/api/crossing?limit=50')).body as { rows: readonly Row[] }).rows

/** Somebody comes by, within the city, healthy: what the officer does from the first key to the last. */
async function comesBy(page: Page, document: string, name: string | undefined): Promise<void> {
  await page.getByLabel('通行证、证件或车牌').fill(document)
  await page.keyboard.press('Enter')
  await page.locator('.ant-alert').first().waitFor()
  if (name !== undefined) await page.getByLabel('姓名').fill(name)
  await page.getByPlaceholder('36.5').fill('36.4')
  await page.locator('.gate-question', { hasText: '市内往来' }).getByText('是', { exact: true }).click()
  await page.locator('.gate-word', { hasText: '放行' }).waitFor()
  await page.getByPlaceholder('36.5').press('Enter')
}

it('a gate registers whom it does not know, knows them the next time, and does the same without a network', {
  timeout: 180_000,
}, async () => {
  const page = await city.page('grid', { width: 1280, height: 900 })
  const keys = page.waitForResponse((answer) => answer.url().endsWith('/api/gate/keys'))
  await page.goto(`${city.server.url}/gate`)
  await (await keys).finished()
  await page.getByText('道路卡口').click()
  await page.getByText('进', { exact: true }).first().click()

  await comesBy(page, idOf(1), '测试甲')
  await page.getByText('已登记，已建档').waitFor()
  await page.getByLabel('通行证、证件或车牌').fill(idOf(1))
  await page.keyboard.press('Enter')
  await page.getByText('测*').first().waitFor()
  await page.getByRole('button', { name: '清空' }).click()

  await page.context().setOffline(true)
  await comesBy(page, idOf(2), '测试乙')
  await page.getByText('已存本机，联网后上报').waitFor()
  await page.getByText('1条待上报').waitFor()
  const kept = String(await page.evaluate('JSON.stringify(localStorage)'))
  for (const secret of [idOf(2), '测试乙']) expect(kept).not.toContain(secret)
  expect((await crossings()).length).toBe(1)
  await page.context().setOffline(false)
  await expect.poll(async () => (await crossings()).map(({ fields }) => typeof fields.person), PATIENT).toEqual(['string', 'string'])
  await page.getByText('1条待上报').waitFor({ state: 'detached' })
  expect(city.troubles).toEqual([])
  await page.close()
})
