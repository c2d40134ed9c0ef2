import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FieldCity, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'

const DOOR = '1栋301'
/** More presses than a page of the app has stops. */
const MOST = 60

let city: FieldCity
let phone: Phone
let watch = ''

beforeAll(async () => {
  city = await startFieldCity()
  watch = (await peopleUnderWatch(city, [DOOR])).watches[0] ?? ''
  phone = await city.phone()
  await phone.signIn()
}, 240_000)
afterAll(() => city?.close())

const focused = () =>
  phone.page.evaluate(`(() => {
    const one = document.activeElement
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return { name: (one.getAttribute('aria-label') ?? one.textContent ?? '').trim(), seen: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' }
  })()`) as Promise<{ readonly name: string; readonly seen: boolean }>

/** Goes on by the tab key alone until it stands on what is wanted, which has to be seen to have the focus. */
async function reach(wanted: RegExp): Promise<void> {
  const met: string[] = []
  for (let i = 0; i < MOST; i += 1) {
    await phone.page.keyboard.press('Tab')
    const { name, seen } = await focused()
    met.push(name)
    if (!wanted.test(name)) continue
    expect([name, seen]).toEqual([name, true])
    return
  }
  throw new Error(`${wanted} is not reached by keyboard: ${met.join(' | ')}`)
}
const press = async (wanted: RegExp) => {
  await reach(wanted)
  await phone.page.keyboard.press('Enter')
}

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
