import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registry } from '../packages/domains/src/index.ts'
import { type City, startCity } from './city.ts'
import { AXE, violations } from './measured.ts'
import { addressesOf, follow, NOWHERE, watchLoading } from './pages.ts'

/** Who walks: together they find every page, and each page is looked at with the first who finds it. */
const WALKERS = ['dubang', 'duty', 'town', 'hq-511902', 'auditor', 'admin', 'leader']

let city: City
beforeAll(async () => {
  city = await startCity()
})
afterAll(() => city.close())

type Walk = {
  readonly lang: 'zh' | 'en'
  readonly size: { readonly width: number; readonly height: number }
  derived(path: string): boolean
}

async function opened(account: string, { lang, size }: Walk): Promise<Page> {
  const page = await city.page(account, { ...size, lang })
  await page.addInitScript(AXE)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return page
}

/** Names that only a screen reader reads and that are no words of ours: those of files of icons. */
const FILE_NAMES = `[...document.querySelectorAll('[aria-label]')].filter((one) => /^[a-z]+(?:-[a-z]+)*$/.test(one.getAttribute('aria-label'))).map((one) => one.outerHTML.slice(0, 120))`

/** What is wrong with what is on screen: broken rules, foreign names, and how much wider than the window it is. */
async function wrongOn(page: Page): Promise<readonly string[]> {
  const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  const named = (await page.evaluate(FILE_NAMES)) as readonly string[]
  return [
    ...(await violations(page)),
    ...named.map((one) => `read out by the name of a file: ${one}`),
    ...(over > 0 ? [`${over} pixels wider than the window`] : []),
  ]
}

/** Walks through all that an account finds and nobody before it found. */
async function walked(account: string, walk: Walk, seen: Set<string>): Promise<readonly string[]> {
  const page = await opened(account, walk)
  const loaded = watchLoading(page)
  const wrong: string[] = []
  for (const path of await addressesOf(page, city.server.url, account)) {
    if (seen.has(path)) continue
    seen.add(path)
    if (!walk.derived(path)) continue
    await follow(page, path)
    await loaded()
    const lines = await wrongOn(page)
    wrong.push(...lines.map((line) => `${account} ${path}: ${line}`))
    if (path !== NOWHERE && (await page.locator('.ant-result').count()) > 0) wrong.push(`${account} ${path}: does not open`)
  }
  await page.close()
  return wrong
}

const LAPTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

/** Lists and details that are derived are drawn by one component each: half of the records on each walk, every other page on both. */
const ofTurn = (turn: 0 | 1) => (path: string) => {
  const [, record] = /^\/records\/(\w+)/.exec(path) ?? []
  return record === undefined || [...registry.records.keys()].indexOf(record) % 2 === turn
}

// Each language on one of two widths: words, colours and controls are the same in both, only their place is not.
it.each([
  { lang: 'zh', size: LAPTOP, at: 'on a laptop', derived: ofTurn(0) },
  { lang: 'en', size: PHONE, at: 'on a phone', derived: ofTurn(1) },
] as const)(
  'breaks no rule of WCAG 2 A and AA on any page in $lang $at, and no page is wider than its window',
  { timeout: 600_000 },
  async (walk) => {
    const seen = new Set<string>()
    const wrong: string[] = []
    const door = await opened('-', walk)
    await door.goto(city.server.url)
    await door.locator('.sign-in form').waitFor()
    wrong.push(...(await wrongOn(door)).map((line) => `sign-in: ${line}`))
    await door.close()
    for (const account of WALKERS) wrong.push(...(await walked(account, walk, seen)))
    const forbidden = await opened('grid', walk)
    await forbidden.goto(`${city.server.url}/accounts`)
    await forbidden.locator('.ant-result').waitFor()
    wrong.push(...(await wrongOn(forbidden)).map((line) => `forbidden: ${line}`))
    await forbidden.close()
    expect(wrong).toEqual([])
    expect(city.troubles).toEqual([])
  },
)
