import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** The script that measures; the content policy of the pages lets no foreign one in, so it comes in before that applies. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** All of WCAG 2 at levels A and AA; contrast is measured as part of it. */
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }

/** What is wrong with a page as it stands, one line each: rule, how bad, where. */
export async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = (await page.evaluate(`axe.run(${JSON.stringify(RULES)})`)) as AxeResults
  return found.flatMap((one) =>
    one.nodes.map((node) => `${one.id} (${one.impact}) at ${node.target.join(' ')}: ${node.any[0]?.message ?? node.failureSummary ?? ''}`),
  )
}
