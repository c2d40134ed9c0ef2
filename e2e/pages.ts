import type { Page } from 'playwright-core'
import { registry } from '../packages/domains/src/index.ts'

/** Special pages of one record, by the record's name. */
const PAGES: Readonly<Record<string, string>> = {
  meeting: 'meetings',
  report: 'reports',
  bulletin: 'bulletins',
  closure: 'closures',
  pass: 'passes',
  daily: 'daily',
  publicBulletin: 'public-bulletins',
}

/** Pages that no entry of the navigation leads to, by who finds them. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { dubang: ['/meetings/new'], admin: ['/areas/reform'] }

/** Where an address leads that nobody has. */
export const NOWHERE = '/nowhere'
const MISSING = /没有这个页面|There is no such page/

async function idOf(page: Page, url: string, record: string): Promise<string | undefined> {
  const answer = await page.request.get(`${url}/api/${record}?limit=1`)
  if (!answer.ok()) return undefined
  const { rows } = (await answer.json()) as { readonly rows: readonly { readonly id: string }[] }
  return rows[0]?.id ?? ''
}

/**
 * Every address that somebody signed in finds in the command centre: the navigation, the derived list of every record that may be
 * read, its first record and that one's special page. Leaves the page at the own account.
 */
export async function addressesOf(page: Page, url: string, account: string): Promise<readonly string[]> {
  await page.goto(`${url}/account`)
  await page.locator('nav a').first().waitFor({ state: 'attached' })
  const nav = await page.locator('nav a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  const found = [...nav, '/account', ...(BESIDE[account] ?? [])]
  for (const { name } of registry.records.values()) {
    const id = await idOf(page, url, name)
    if (id === undefined) continue
    found.push(`/records/${name}`)
    if (id === '') continue
    found.push(`/records/${name}/${id}`)
    if (PAGES[name] !== undefined && nav.includes(`/${PAGES[name]}`)) found.push(`/${PAGES[name]}/${id}`)
  }
  return [...found, NOWHERE]
}

/** Says whether a page has what it shows: nothing drawn as loading, and nothing asked that is not answered. */
export function watchLoading(page: Page): () => Promise<void> {
  const asked = new Set<unknown>()
  page.on('request', (one) => one.resourceType() !== 'eventsource' && asked.add(one))
  page.on('requestfinished', (one) => asked.delete(one))
  page.on('requestfailed', (one) => asked.delete(one))
  const QUIET_LOOKS = 3
  return async () => {
    const until = performance.now() + 30_000
    for (let quiet = 0; quiet < QUIET_LOOKS; ) {
      if (performance.now() > until) throw new Error(`${page.url()} goes on loading`)
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))')
      const drawn = await page.locator('.ant-skeleton, .ant-spin-spinning').count()
      quiet = asked.size === 0 && drawn === 0 ? quiet + 1 : 0
    }
  }
}

/** Goes to an address as a link does, without loading the application anew. */
export async function follow(page: Page, path: string): Promise<void> {
  // By way of nowhere, so that what was there before is known to be gone.
  const missing = page.getByText(MISSING)
  for (const one of [NOWHERE, path]) {
    await page.evaluate(`history.pushState({}, '', ${JSON.stringify(one)})`)
    await missing.waitFor({ state: one === NOWHERE ? 'attached' : 'detached' })
  }
}
