import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'
import { ORDER } from './closing-order.ts'

let city: City
const LONG = { timeout: 120_000 }
const PATIENT = { timeout: 45_000 }
/** New confirmed cases by day, entered later than the days that they are of. */
const CASES = { '2020-02-10': 3, '2020-02-12': 1 }

beforeAll(async () => {
  city = await startCity()
  const { body } = await city.call('grid', '/api/me')
  const [grant] = (body as { grants: readonly { area: string; path: string }[] }).grants
  const [, , county = '', town = ''] = grant?.path.split('/') ?? []
  const village = grant?.area ?? ''
  const act = async (account: string, record: string, id: string, action: string, area: string, input: object = {}) => {
    const done = await city.call(account, `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
    if (done.status >= 300) throw new Error(`${record}.${action}: ${JSON.stringify(done.body)}`)
  }
  const [order, site] = [crypto.randomUUID(), crypto.randomUUID()]
  await act('hq-511902', 'closure', order, 'draft', village, { ...ORDER, organ: county, areas: [village] })
  await act('hq-511902', 'closure', order, 'submit', village)
  await act('duty', 'closure', order, 'approve', village, { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })
  await act('hq-511902', 'closure', order, 'announce', village, { announcedWhere: '广播' })
  await act('hq-511902', 'site', site, 'register', town, { name: '测试隔离点', kind: 'hotel', address: '测试路1号', rooms: ['101'] })
  await act('hq-511902', 'site', site, 'open', town)
  for (const [day, confirmed] of Object.entries(CASES))
    await act('hq-511902', 'caseCount', crypto.randomUUID(), 'enter', county, { place: county, day, confirmed, discharged: 0, died: 0 })
}, 240_000)
afterAll(() => city.close())

const open = async (size: { readonly width?: number; readonly height?: number; readonly lang?: 'zh' | 'en' } = {}) => {
  const page = await city.page('leader', { width: 1920, height: 1080, ...size })
  await page.goto(`${city.server.url}/wall`)
  await page.locator('.wall-live').waitFor()
  await page.locator('.headline strong', { hasText: /\d/ }).first().waitFor()
  await page.locator('.wall-legend-mark', { hasText: /\d$/ }).nth(2).waitFor()
  return page
}
const lookAt = async (page: Page, day: string) => {
  await page.locator('.wall-tools input').fill(day)
  await page.locator('.wall-tools input').press('Enter')
}
const counted = async (path: string) => ((await city.call('duty', path)).body as { count: number }).count
const legend = (page: Page) =>
  page.locator('.wall-legend-mark').evaluateAll((all) => all.map((one) => Number(/\d+$/.exec(one.textContent ?? '')?.[0])))
/** How much of the map is painted in a colour, pixels. */
const painted = (page: Page, [red, green, blue]: readonly [number, number, number]) =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('.city-map canvas')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let found = 0
    for (let i = 0; i < data.length; i += 4) if (data[i] === ${red} && data[i + 1] === ${green} && data[i + 2] === ${blue}) found += 1
    return found
  })()`)
const CLOSURES = [0xff, 0xd1, 0x66] as const
const CLOSURES_ON_PAPER = [0x7a, 0x4d, 0x00] as const
const picture = (page: Page) => page.evaluate<string>(`document.querySelector('.city-map canvas').toDataURL()`)

/** The map as it stays: twice the same, half a second apart. */
async function settled(page: Page): Promise<string> {
  let last = ''
  for (let now = await picture(page); now !== last; now = await picture(page)) {
    last = now
    await page.waitForTimeout(500)
  }
  return last
}

describe('marks', () => {
  it('stand on the map for red tasks, closures and sites, are counted in the legend and follow the day', LONG, async () => {
    const page = await open()
    const now = [
      await counted('/api/task/count?light=red'),
      await counted('/api/closure/count?state=inForce,reported'),
      await counted('/api/site/count?state=open'),
    ]
    expect(now.every((one) => one > 0)).toBe(true)
    await expect.poll(() => legend(page)).toEqual(now)
    await expect.poll(() => painted(page, CLOSURES)).toBeGreaterThan(100)
    // On the day before the order was announced there is none on the map.
    await lookAt(page, '2020-02-13')
    await expect.poll(async () => (await legend(page))[1], PATIENT).toBe(0)
    await expect.poll(() => painted(page, CLOSURES)).toBe(0)
    await page.close()
  })

  it('are a list that the keyboard goes through and that leads to each place', LONG, async () => {
    const page = await open()
    const total = (await legend(page)).reduce((sum, one) => sum + one, 0)
    await page.getByRole('button', { name: '标记清单' }).focus()
    await page.keyboard.press('Enter')
    const lines = page.getByRole('region', { name: /图上标记/ }).getByRole('button')
    const said = await lines.allTextContents()
    expect(said.reduce((sum, one) => sum + Number(/\d+/.exec(one)?.[0]), 0)).toBe(total)
    const closure = lines.filter({ hasText: '实施中的封控' }).first()
    const place = /\d+(.*)$/.exec((await closure.textContent()) ?? '')?.[1] ?? ''
    await closure.focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await page.locator('.wall-crumb').allTextContents()).slice(1).join(' ')).toBe(place)
    await page.keyboard.press('Escape')
    await lines.first().waitFor({ state: 'detached' })
    await page.close()
  })
})

describe('days', () => {
  it('the day line carries the epidemic curve: the new confirmed cases of every day', LONG, async () => {
    const page = await open()
    const total = Object.values(CASES).reduce((sum, one) => sum + one, 0)
    await page.locator('.wall-curve', { hasText: `共${total}例，最多2月10日3例` }).waitFor()
    const bars = await page
      .locator('.wall-curve rect:not(.day-at)')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('height'))))
    expect(bars.slice(-5).map((one) => one > 0)).toEqual([true, false, true, false, false])
    // The figure that colours the map has its own 14 days, also when it is none of the large ones.
    await page.getByLabel('上色指标').click()
    await page.locator('.ant-select-item-option', { hasText: '反馈次数' }).first().click()
    await page.locator('.wall-course svg[aria-label="反馈次数近14天"]').waitFor()
    await page.close()
  })

  it('playing goes on from day to day and leaves the place that is looked at', LONG, async () => {
    const page = await open()
    await page.locator('.wall-keys-button').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const place = await page.locator('.wall-crumb').allTextContents()
    expect(place).toHaveLength(2)
    await page.getByRole('button', { name: '播放' }).click()
    const days = new Set<string | null>()
    const seen = async () => days.add(await page.locator('.wall-day').textContent()).size
    await expect.poll(seen, PATIENT).toBeGreaterThan(4)
    expect(await page.locator('.wall-crumb').allTextContents()).toEqual(place)
    await page.getByRole('button', { name: '暂停' }).click()
    await page.close()
  })

  it('a day before the figures says so in words and leads to the first that has them; a day before the areas cannot be chosen', async () => {
    const page = await open()
    await lookAt(page, '2018-03-08')
    expect(await page.locator('.wall-day').textContent()).toContain('2月14日')
    await page.keyboard.press('Escape')
    await lookAt(page, '2019-11-08')
    const words = page.locator('.wall-no-figures', { hasText: /2019年11月8日没有数据：数据从2020年\d+月\d+日开始。/ })
    const first = /从2020年(.+)开始/.exec((await words.textContent()) ?? '')?.[1] ?? ''
    const text = (await page.locator('.wall').textContent()) ?? ''
    expect(text).not.toContain('当日没有区县红灯任务')
    expect(text).not.toContain('…')
    await page.getByRole('button', { name: `看${first}` }).click()
    await page.locator('.city-map canvas').waitFor()
    expect(await page.locator('.wall-day').textContent()).toContain(first)
    await page.close()
  })

  it('are written one way in each language', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const page = await open({ lang })
      await page.locator('.wall-list-meta').last().waitFor()
      const text = String(await page.evaluate(`document.querySelector('.wall').innerText`))
      expect(text).not.toMatch(/\d{4}-\d{2}|\b\d{2}-\d{2}\b|\d\/\d{1,2} \d{2}:/)
      expect(text).toMatch(lang === 'zh' ? /2月13日 \d{2}:\d{2}/ : /13 Feb \d{2}:\d{2}/)
      await page.close()
    }
  })
})

describe('on the wall', () => {
  it('the sheet says as of when, and an empty bar prints empty', async () => {
    const page = await open()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.wall-printed').isVisible()).toBe(true)
    expect(await page.locator('.wall-printed').textContent()).toMatch(/^数据截至2020年2月14日 \d{2}:\d{2}$/)
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.wall-bar')).backgroundColor`)).toBe('rgb(255, 255, 255)')
    await page.close()
  })

  it('the map is drawn for paper before the first sheet is laid out, and for the screen again after it', LONG, async () => {
    const page = await open()
    const seen = await picture(page)
    expect(await painted(page, CLOSURES_ON_PAPER)).toBe(0)
    // What the first sheet shows is what is drawn at the end of this event: nothing is waited for.
    const [drawn = ''] = await page.evaluate<readonly string[]>(
      `[window.dispatchEvent(new Event('beforeprint')), document.querySelector('.city-map canvas').toDataURL()].slice(1)`,
    )
    expect(drawn).not.toBe(seen)
    expect(await painted(page, CLOSURES_ON_PAPER)).toBeGreaterThan(100)
    expect(await painted(page, CLOSURES)).toBe(0)
    await page.evaluate(`window.dispatchEvent(new Event('afterprint'))`)
    await expect.poll(() => picture(page)).toBe(seen)
    await page.close()
  })

  it('the map zooms by wheel and by keys, and out again to the whole city', LONG, async () => {
    const page = await open()
    await page.locator('.wall-keys-button').focus()
    const whole = await settled(page)
    await page.keyboard.press('+')
    await expect.poll(() => picture(page)).not.toBe(whole)
    await page.keyboard.press('-')
    await expect.poll(() => picture(page)).toBe(whole)
    const map = page.locator('.city-map canvas')
    await map.hover({ position: { x: 300, y: 300 } })
    await page.mouse.wheel(0, -900)
    await expect.poll(() => picture(page)).not.toBe(whole)
    await page.mouse.wheel(0, 5_000)
    await expect.poll(() => picture(page)).toBe(whole)
    await page.close()
  })

  it('a tour goes on by itself, leaves what somebody chose for its whole time, and is there again after a reload', LONG, async () => {
    const page = await open()
    const chosen = () => page.locator('.headline-chosen .headline-label').textContent()
    await page.getByRole('button', { name: '轮播' }).click()
    await page.getByRole('menuitem', { name: '轮播指标' }).click()
    const first = await chosen()
    await page.waitForTimeout(5_500)
    expect(await chosen()).toBe(first)
    await page.locator('.headline').nth(3).click()
    const own = await chosen()
    await page.waitForTimeout(5_500)
    expect(await chosen()).toBe(own)
    await expect.poll(chosen, { timeout: 8_000 }).not.toBe(own)
    await page.reload()
    await page.getByRole('button', { name: '轮播指标' }).click()
    await page.getByRole('menuitem', { name: '不轮播' }).click()
    await page.close()
  })
})

it('had no trouble of its own', () => {
  expect(city.troubles).toEqual([])
})
