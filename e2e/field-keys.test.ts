import { afterAll, beforeAll, expect, it } from 'vitest'
import { ORDER } from './closing-order.ts'
import { type FieldCity, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'
import { focused, press as pressOn, reach } from './keyboard.ts'

const DOOR = '1栋301'

let city: FieldCity
let phone: Phone
let watch = ''
/** Somebody whose home nobody is isolated in. */
const FREE_DOOR = '2栋202'

beforeAll(async () => {
  city = await startFieldCity()
  const { watches, area } = await peopleUnderWatch(city, [DOOR])
  watch = watches[0] ?? ''
  await closedVillage(area)
  phone = await city.phone()
  await phone.signIn()
}, 240_000)
afterAll(() => city?.close())

/** A village under an order, and a household in it that may have a pass. */
async function closedVillage(area: string): Promise<void> {
  const act = async (as: string, record: string, id: string, action: string, input: object) => {
    const done = await city.call(as, `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
    expect([action, done.status < 300 ? '' : done.body]).toEqual([action, ''])
  }
  const me = await city.call<{ grants: { path: string }[] }>('grid', '/api/me')
  const [order, household] = [crypto.randomUUID(), crypto.randomUUID()]
  const organ = me.body.grants[0]?.path.split('/')[2]
  await act('hq-511902', 'closure', order, 'draft', { ...ORDER, organ, areas: [area] })
  await act('hq-511902', 'closure', order, 'submit', {})
  await act('duty', 'closure', order, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })
  await act('hq-511902', 'closure', order, 'announce', { announcedWhere: '广播' })
  await act('grid', 'household', household, 'register', { door: FREE_DOOR, kind: 'family' })
  await act('grid', 'person', crypto.randomUUID(), 'register', { name: '测试庚', documentType: 'none', household })
}

const press = (wanted: RegExp) => pressOn(phone.page, wanted)

it('takes a reading and sends it by the keyboard alone, with the focus in sight and nothing trapped', async () => {
  await phone.page.getByText(DOOR).first().waitFor()
  await press(/^测温 \d/)
  await press(new RegExp(`${DOOR}.*测温`))
  await phone.page.locator('.keys').waitFor()
  await press(/^5$/)
  await press(/^保存/)
  await phone.page.locator('.keys').waitFor({ state: 'detached' })
  await press(/^我的/)
  await phone.page.getByRole('button', { name: '立即同步' }).waitFor()
  await press(/^立即同步/)
  const checks = async () =>
    (await city.call<{ events: { action: string }[] }>('grid', `/api/watch/${watch}/timeline`)).body.events.filter(
      ({ action }) => action === 'check',
    ).length
  await expect.poll(checks, { timeout: 30_000 }).toBe(1)
  expect(city.troubles).toEqual([])
})

it('issues a pass by the keyboard alone, without a network too, and goes on from the pass', async () => {
  const { page, context } = phone
  await context.setOffline(true)
  await press(/^扫码/)
  await page.getByLabel('或按姓、门牌查找').waitFor()
  await reach(page, /或按姓、门牌查找/)
  await page.keyboard.type(FREE_DOOR)
  await press(new RegExp(FREE_DOOR))
  await press(/^发证$/)
  const card = page.locator('.card.pass')
  await card.waitFor()
  await expect.poll(async () => (await focused(page)).name).toMatch(/^通行证 [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/)
  // Not at the top of the page again.
  await page.keyboard.press('Tab')
  expect(await page.evaluate(`!!(document.querySelector('.card.pass').compareDocumentPosition(document.activeElement) & 4)`)).toBe(true)
  await context.setOffline(false)
  const passes = async () => (await city.call<{ rows: unknown[] }>('grid', '/api/pass?limit=5')).body.rows.length
  await expect.poll(passes, { timeout: 60_000 }).toBe(1)
  expect(city.troubles).toEqual([])
})
