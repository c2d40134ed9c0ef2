import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'
import { everyPage, type PageOf } from './pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** All of WCAG 2 at levels A and AA; contrast is measured as part of it. */
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }

let city: City
let pages: readonly PageOf[]
beforeAll(async () => {
  city = await startCity()
  pages = await everyPage(city)
})
afterAll(() => city.close())

/** What is wrong with a page as it stands, one line each: rule, how bad, where. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = (await page.evaluate(`axe.run(${JSON.stringify(RULES)})`)) as AxeResults
  return found.flatMap((one) =>
    one.nodes.map((node) => `${one.id} (${one.impact}) at ${node.target.join(' ')}: ${node.any[0]?.message ?? node.failureSummary ?? ''}`),
  )
}

async function opened({ account, path, shows }: PageOf, size: { width: number; height: number }, lang: 'zh' | 'en'): Promise<Page> {
  const page = await city.page(account, { ...size, lang })
  // The content policy of the pages lets no foreign script in; the measuring one comes in before it applies.
  await page.addInitScript(AXE)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(city.server.url + path)
  await page.locator(shows).first().waitFor()
  await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' })
  return page
}

const LAPTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

// Each language on one of two widths: words, colours and controls are the same in both, only their place is not.
it.each([
  { lang: 'zh', size: LAPTOP, at: 'on a laptop' },
  { lang: 'en', size: PHONE, at: 'on a phone' },
] as const)(
  'breaks no rule of WCAG 2 A and AA on any page in $lang $at, and no page is wider than its window',
  { timeout: 600_000 },
  async ({ lang, size }) => {
    const wrong: string[] = []
    for (const one of pages) {
      const page = await opened(one, size, lang)
      for (const line of await violations(page)) wrong.push(`${one.name}: ${line}`)
      const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (over > 0) wrong.push(`${one.name}: ${over} pixels wider than the window`)
      await page.close()
    }
    expect(wrong).toEqual([])
    expect(city.troubles).toEqual([])
  },
)
