// Takes a picture of every page that each role finds, in both languages and on three windows, from a running demonstration:
//   node scripts/take-pictures.ts --url http://localhost:8080 --out DIR [--roles leader,town] [--langs zh,en] [--widths 1920,390] [--pages wall]
// Beside the pictures stands findings.txt: what a machine can see to be wrong. The rest wants eyes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addressesOf, watchLoading } from '../e2e/pages.ts'
import { DEMO_PASSWORD } from '../packages/server/src/demo/bazhong.ts'
import { launchChromium } from '../testing/src/chromium.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    out: { type: 'string' },
    roles: { type: 'string', default: 'leader,duty,dubang,town,grid,auditor,admin,hq-511902,health,-' },
    langs: { type: 'string', default: 'zh,en' },
    widths: { type: 'string', default: '1920,1366,390' },
    pages: { type: 'string', default: '' },
  },
})
if (values.out === undefined) throw new Error('--out DIR: a folder outside the repository')
const { url, out } = values
const HEIGHTS: Readonly<Record<string, number>> = { 1920: 1080, 1366: 768, 390: 844 }
/** What a machine can see to be wrong with a page as it stands, one line each. Runs in the browser, hence as text. */
const LOOK = `(() => {
  const wrong = []
  const text = document.body.innerText
  for (const [what, pattern] of [
    ['an id', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/],
    ['no value', /\\b(undefined|NaN|null|Invalid date)\\b|\\[object/],
    ['an instant', /\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d/],
    ['a code', /\\b[a-z]+[a-z]*(_[a-z]+)+\\b|\\bu-[a-z]+\\b/],
  ]) {
    const found = text.match(pattern)
    if (found) wrong.push(what + ': ' + found[0])
  }
  const over = document.documentElement.scrollWidth - innerWidth
  if (over > 0) wrong.push(over + ' pixels wider than the window')
  if (document.documentElement.lang?.startsWith('en') || localStorage.getItem('guatu.lang') === 'en')
    for (const one of document.querySelectorAll('button, label, th, h1, h2, h3, h4, .ant-tabs-tab, .ant-segmented-item, .ant-alert, .ant-empty-description, .ant-descriptions-item-label, .ant-result-subtitle, [placeholder]')) {
      const said = one.getAttribute('placeholder') ?? one.textContent ?? ''
      if (/[\\u4e00-\\u9fff]/.test(said)) wrong.push('Chinese in English: ' + said.slice(0, 60))
    }
  return [...new Set(wrong)]
})()`

const browser = await launchChromium()
const findings: string[] = []
for (const account of values.roles.split(',')) {
  for (const lang of values.langs.split(',')) {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
    if (account !== '-') {
      const data = { username: account, password: DEMO_PASSWORD }
      const answer = await context.request.post(`${url}/api/auth/sign-in/username`, { data, headers: { origin: url } })
      if (!answer.ok()) throw new Error(`cannot sign in ${account}: ${answer.status()}`)
    }
    const page = await context.newPage()
    await page.addInitScript((one) => localStorage.setItem('guatu.lang', one), lang)
    const loaded = watchLoading(page)
    let at = ''
    const note = (line: string) => findings.push(`${account} ${lang} ${at}: ${line}`)
    page.on('pageerror', (error) => note(`error: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && note(`console: ${message.text().slice(0, 200)}`))
    for (const address of account === '-' ? ['/'] : await addressesOf(page, url, account)) {
      if (values.pages !== '' && !values.pages.split(',').some((one) => address.startsWith(`/${one}`))) continue
      at = address
      const name =
        address
          .slice(1)
          .replaceAll(/[0-9a-f-]{36}/g, 'one')
          .replaceAll('/', '.') || 'home'
      await page.goto(url + address)
      await loaded().catch((error: Error) => note(error.message))
      for (const width of values.widths.split(',')) {
        await page.setViewportSize({ width: Number(width), height: HEIGHTS[width] ?? 900 })
        await page.waitForTimeout(200)
        const folder = join(out, account === '-' ? 'nobody' : account)
        mkdirSync(folder, { recursive: true })
        await page.screenshot({ path: join(folder, `${name}.${lang}.${width}.png`) })
        for (const line of (await page.evaluate(LOOK)) as readonly string[]) note(`${width}: ${line}`)
      }
    }
    await context.close()
  }
  writeFileSync(join(out, 'findings.txt'), `${[...new Set(findings)].join('\n')}\n`)
  console.log(account)
}
await browser.close()
