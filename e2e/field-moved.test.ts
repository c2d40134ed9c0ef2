import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FieldCity, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'
import { press as pressOn, reach } from './keyboard.ts'
import { AXE, violations } from './measured.ts'

const HOMES = ['1栋101', '2栋201']
/** The end of the day before the one of the demonstration; what was entered for it second, a moment after the first. */
const YESTERDAY = ['2020-02-13T15:59:59.000Z', '2020-02-13T15:59:59.001Z']

let city: FieldCity
let phone: Phone
let known: Awaited<ReturnType<typeof peopleUnderWatch>>
let homes: readonly string[] = []

beforeAll(async () => {
  city = await startFieldCity()
  known = await peopleUnderWatch(city, HOMES)
  homes = await Promise.all(known.watches.map(async (id) => String((await fieldsOf('watch', id)).household)))
  phone = await city.phone({ width: 390, height: 844 })
  await phone.context.addInitScript(AXE)
  await phone.reopen()
  await phone.signIn()
  await phone.page.evaluate('navigator.serviceWorker.ready')
}, 240_000)
afterAll(() => city?.close())

const fieldsOf = async (record: string, id: string | undefined) =>
  (await city.call<{ fields: Record<string, unknown> }>('grid', `/api/${record}/${id}`)).body.fields
const momentOf = async (record: string, id: string | undefined, action: string) =>
  (await city.call<{ events: { action: string; happenedAt: string }[] }>('grid', `/api/${record}/${id}/timeline`)).body.events.find(
    (event) => event.action === action,
  )?.happenedAt

const press = (wanted: RegExp) => pressOn(phone.page, wanted)
const write = async (label: RegExp, text: string) => {
  await reach(phone.page, label)
  await phone.page.keyboard.type(text)
}
/** The keys that a day is typed by differ from browser to browser: it is reached, and then filled. */
const yesterday = async () => {
  await reach(phone.page, /迁移日期|Moved on/)
  await phone.page.getByLabel(/迁移日期|Moved on/).fill('2020-02-13')
}
const register = async () => {
  await press(/^登记|^Register/)
  await phone.page.getByRole('heading', { name: /^登记$|^Register$/ }).waitFor()
  await press(/搬家|Moved: a household/)
}

it('moves a household to another door and somebody to another home, without a network, by keys alone, and it stands there at once', async () => {
  const { page, context } = phone
  await page
    .getByText(HOMES[0] ?? '')
    .first()
    .waitFor()
  await context.setOffline(true)
  await register()
  await write(/哪一户/, HOMES[0] ?? '')
  await press(/1栋101/)
  await press(/^辖区内另一处/)
  await page.getByLabel(/门牌（楼栋房号）/).waitFor()
  expect(await violations(page)).toEqual([])
  await write(/门牌（楼栋房号）/, '3栋303')
  await yesterday()
  await press(/^全户搬迁$/)
  await page.getByText('已存在手机上').waitFor()

  await register()
  await press(/^其中一人/)
  await write(/哪个人/, HOMES[1] ?? '')
  await press(/2栋201/)
  await press(/^辖区内已有的户/)
  await write(/所在户/, '3栋303')
  await press(/3栋303/)
  await yesterday()
  await press(/^迁入另一户$/)
  await page.getByText('已存在手机上').waitFor()

  // Today's round goes by where they live now, before any server knows of it.
  await press(/^今日/)
  await page.getByText('3栋303').first().waitFor()
  const doors = (await page.locator('.row small').allTextContents()).map((beside) => beside.split(' · ')[0])
  expect([...new Set(doors)]).toEqual(['3栋303'])

  await context.setOffline(false)
  await press(/^我的/)
  await press(/^立即同步/)
  await expect.poll(() => page.locator('.rows .tag').allTextContents(), { timeout: 20_000 }).toEqual(['✓ 已确认', '✓ 已确认'])
  expect(await fieldsOf('household', homes[0])).toMatchObject({ door: '3栋303' })
  expect(await momentOf('household', homes[0], 'relocate')).toBe(YESTERDAY[0])
  expect((await fieldsOf('person', known.people[1])).household).toBe(homes[0])
  expect((await fieldsOf('watch', known.watches[1])).household).toBe(homes[0])
  expect(await momentOf('watch', known.watches[1], 'rehome')).toBe(YESTERDAY[1])
  expect(city.troubles).toEqual([])
}, 120_000)

it('says who makes a move that leads out of the area, takes no day to come, and breaks no rule, in English', async () => {
  const { page } = phone
  await page.getByRole('button', { name: 'English' }).click()
  await register()
  await write(/Which household/, '3栋303')
  await press(/3栋303/)
  await press(/^Outside my area/)
  await page.getByText('within a town the town, within a county the county').waitFor()
  expect(await violations(page)).toEqual([])
  await press(/^Another door in my area/)
  await page.getByLabel(/^Door/).fill('4栋404')
  await page.getByLabel(/Moved on/).fill('2020-02-20')
  await page.getByRole('button', { name: 'Moved, the whole household' }).click()
  await page.getByText('Not later than today').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect((await fieldsOf('household', homes[0])).door).toBe('3栋303')
  expect(city.troubles).toEqual([])
}, 120_000)

it('leads somebody into a home that nobody knew yet', async () => {
  const { page } = phone
  await register()
  await press(/^One person/)
  await page.getByLabel(/Which person/).fill('3栋303')
  await page.locator('.rows .row').first().click()
  await press(/^A new home in my area/)
  await page.getByLabel(/^Door/).fill('5栋505')
  await page.getByRole('button', { name: 'Move to another household' }).click()
  await page.getByText('Kept on the phone').waitFor()
  const doors = async () =>
    (await city.call<{ rows: { id: string; fields: { door: string } }[] }>('grid', '/api/household?limit=20')).body.rows
  await expect.poll(async () => (await doors()).map(({ fields }) => fields.door), { timeout: 20_000 }).toContain('5栋505')
  const next = (await doors()).find(({ fields }) => fields.door === '5栋505')?.id
  await expect
    .poll(async () => (await Promise.all(known.people.map((id) => fieldsOf('person', id)))).map(({ household }) => household), {
      timeout: 20_000,
    })
    .toContain(next)
  expect(city.troubles).toEqual([])
}, 120_000)
