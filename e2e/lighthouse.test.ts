import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import exceljs from 'exceljs'
import type { Locator, Page } from 'playwright-core'
import { build } from 'vite'
import { expect, it, onTestFinished, vi } from 'vitest'
import { launchChromium } from '../testing/src/chromium.ts'
import { freePort } from '../testing/src/free-port.ts'
import { lighthouseHttp, PASSWORD } from '../testing/src/stores/lighthouse-http.ts'

const SOURCE = fileURLToPath(new URL('../testing/web', import.meta.url))
const PERSON = '00000000-0000-4000-8000-00000000c0de'
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const PATIENT = { timeout: 45_000 }

/** The fictional city in a browser: built, served, signed in as the clerk of its town. */
async function lighthousePage(): Promise<{ page: Page; scratch: string; troubles: string[] }> {
  const scratch = mkdtempSync(join(tmpdir(), 'guatu-lighthouse-'))
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
  const web = join(scratch, 'web')
  // As it is shipped: tests run under another name, by which React would be built for developers.
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    root: SOURCE,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: web, emptyOutDir: true, minify: false, chunkSizeWarningLimit: 4_000 },
  })
  vi.unstubAllEnvs()
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const at = await lighthouseHttp({ web, baseUrl, place: { target: { dir: join(scratch, 'data') } }, files: join(scratch, 'files') })
  await at.account('clerk', [{ role: 'town-clerk', area: '11' }])
  await at.app.listen({ port, host: 'localhost' })
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1600, height: 1000 },
    baseURL: baseUrl,
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text())
  })
  await page.goto('/')
  await page.getByLabel('账号').fill('clerk')
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await page.locator('nav').waitFor()
  return { page, scratch, troubles }
}

/** Chooses in a list by typing, as a person does. */
async function pick(form: Locator, label: string, words: string): Promise<void> {
  const box = form.getByLabel(label, { exact: false }).first()
  await box.click()
  await box.fill(words)
  await form.page().locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: words }).first().click()
  // However often it is pressed: it closes the list, never the form that something was entered in.
  for (const _ of [1, 2]) await form.page().keyboard.press('Escape')
}

/** What each kind reads like on a page after it was typed into its input. */
const READS: readonly (readonly [field: string, shown: string | RegExp])[] = [
  ['编号', 'DT-0001'],
  ['灯色', '绿'],
  ['光强', /1,?200/],
  ['高度（米）', '41.25'],
  ['造价', /1,?234,?567\.89/],
  ['建成日期', '2020年2月3日'],
  ['自动', '是'],
  ['管理单位', '港务局'],
  ['协管单位', '东县指挥部'],
  ['照亮区划', '三村'],
  ['电话', '138****8000'],
  ['守塔人证件', /\*{4,}/],
  ['油温', /36\.5/],
  ['图纸', '图纸.png'],
  ['位置', /106\.7.*31\.8/],
  ['塔训', '长明'],
]

const reads = (shown: string | RegExp) => (typeof shown === 'string' ? expect.stringContaining(shown) : expect.stringMatching(shown))

it('types every kind into the form that is derived for it, and reads it back on page, list, timeline and sheet', {
  timeout: 240_000,
}, async () => {
  const { page, scratch, troubles } = await lighthousePage()
  await page.goto('/records/lamp')
  await page.getByRole('button', { name: '建造' }).click()
  const form = page.getByRole('dialog')
  await pick(form, '所在区划', '一村')
  await form.getByLabel('编号').fill('DT-0001')
  await form.getByLabel('名称').fill('望海塔')
  await form.getByText('绿', { exact: true }).click()
  await form.getByLabel('光强').fill('1200')
  await form.getByLabel('高度（米）').fill('41.25')
  await form.getByLabel('造价').fill('1234567.89')
  await form.getByLabel('建成日期').fill('2020-02-03')
  await page.keyboard.press('Tab')
  await form.getByLabel('自动').click()
  await pick(form, '管理单位', '港务局')
  await pick(form, '协管单位', '东县指挥部')
  await pick(form, '照亮区划', '三村')
  await form.getByLabel('电话').fill('13800138000')
  await form.getByLabel('守塔人证件').fill('519902199001010018')
  await form.getByLabel('油温').fill('36.5')
  await form.locator('input[type=file]').setInputFiles({ name: '图纸.png', mimeType: 'image/png', buffer: PNG })
  await form.getByText('图纸.png').waitFor()
  await form.getByLabel('位置').fill('106.7495,31.8605')
  await form.getByPlaceholder('中文').fill('长明')
  await form.getByPlaceholder('English').fill('Ever bright')
  await form.locator('#person').fill(PERSON)
  await form.getByRole('button', { name: '建造' }).click()

  // The new record opens beside the list, each value as its kind reads.
  const panel = page.locator('.ant-drawer')
  await panel.getByRole('heading', { name: '望海塔' }).waitFor(PATIENT)
  for (const [field, shown] of READS) {
    const cell = panel.locator('.ant-descriptions-row', { has: page.locator('.ant-descriptions-item-label', { hasText: field }) })
    expect([field, await cell.first().textContent()]).toEqual([field, reads(shown)])
  }
  const timeline = panel.locator('.ant-timeline')
  await timeline.getByText('建造').first().waitFor()
  expect(await timeline.textContent()).toContain('望海塔')

  // A moment is typed where an act takes one, and corrects the state at once.
  await panel.getByRole('button', { name: '改装' }).click()
  const refit = page.getByRole('dialog').last()
  await refit.getByLabel('最近点亮').fill('2020-02-14T08:30')
  await refit.getByRole('button', { name: '改装' }).click()
  await panel.locator('.ant-descriptions-row', { hasText: '最近点亮' }).getByText(/08:30/).waitFor(PATIENT)

  // An act is set right where it stands; the timeline says which it was, from what to what, and why. Then the same act is taken back.
  const refitted = timeline.locator('.ant-timeline-item', { hasText: '改装' }).last()
  await refitted.getByRole('button', { name: '更正' }).click()
  const correction = page.getByRole('dialog').last()
  expect(await correction.getByLabel('最近点亮').inputValue()).toContain('08:30')
  await correction.getByRole('button', { name: '更正' }).click()
  await correction.getByText('请写明更正原因').waitFor(PATIENT)
  await correction.getByLabel('更正原因').fill('看错钟点')
  await correction.getByRole('button', { name: '更正' }).click()
  await correction.getByText(/没有更改任何内容/).waitFor(PATIENT)
  await correction.getByLabel('最近点亮').fill('2020-02-14T07:15')
  await correction.getByRole('button', { name: '更正' }).click()
  await panel.locator('.ant-descriptions-row', { hasText: '最近点亮' }).getByText(/07:15/).waitFor(PATIENT)
  const said = timeline.locator('.ant-timeline-item', { hasText: '看错钟点' })
  expect(await said.textContent()).toMatch(/更正.*“改装”.*08:30.*→.*07:15/)
  await refitted.getByRole('button', { name: '更正' }).click()
  const taking = page.getByRole('dialog').last()
  await taking.getByText('作废这次操作').click()
  await taking.getByLabel('更正原因').fill('没有改装')
  await taking.getByRole('button', { name: '作废' }).click()
  await timeline.getByText(/作废“改装”/).waitFor(PATIENT)
  expect(await panel.locator('.ant-descriptions-row', { hasText: '最近点亮' }).count()).toBe(0)
  await panel.getByRole('button', { name: /close|关闭/i }).click()

  // A reference is found by words, not by an id.
  await page.goto('/records/repair')
  await page.getByRole('button', { name: '派修' }).click()
  const order = page.getByRole('dialog')
  await pick(order, '所在区划', '一村')
  await pick(order, '灯塔', '望海')
  await order.getByLabel('内容').fill('换灯芯')
  await order.getByLabel('期限').fill('2020-02-20')
  await page.keyboard.press('Tab')
  await order.getByRole('button', { name: '派修' }).click()
  await page.locator('.ant-drawer .ant-descriptions-row', { hasText: '灯塔' }).getByText('望海塔').first().waitFor(PATIENT)

  // The list: the row, a filter that keeps it, one that does not, and the way back.
  await page.goto('/records/lamp')
  const row = page.locator('.ant-table-row', { hasText: '望海塔' })
  await row.waitFor()
  expect(await row.textContent()).toMatch(/DT-0001.*一村.*熄灭.*绿.*1,?200/)
  const colour = page.getByRole('search').getByLabel('灯色')
  await colour.click()
  await page.locator('.ant-select-item-option', { hasText: '红' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('没有符合条件的记录').waitFor(PATIENT)
  await page.getByRole('button', { name: '清除筛选' }).click()
  await row.waitFor()

  // The sheet holds what is seen; the one with every field, changed by hand and brought back, is another lamp of the same kinds.
  await page.getByRole('button', { name: '选择显示列' }).click()
  const columns = page.locator('.column-choices')
  for (const box of await columns.getByRole('checkbox').all()) await box.check()
  const readSheet = async (bytes: Buffer) => {
    const book = new exceljs.Workbook()
    await book.xlsx.load(bytes as unknown as exceljs.Buffer)
    const table = book.worksheets[0]
    const heading = table?.getRows(1, 5)?.find((line) => JSON.stringify(line.values).includes('编号'))
    const line = heading && table?.getRow(heading.number + 1)
    if (!table || !heading || !line) throw new Error('the sheet has headings and a row')
    const names = Array.from(heading.values as ArrayLike<unknown>, String)
    return { table, cells: new Map(names.map((name, i) => [name, line.getCell(Math.max(1, i))] as const)) }
  }
  const downloading = page.waitForEvent('download')
  const exporting = page.getByRole('link', { name: '导出' })
  const href = String(await exporting.getAttribute('href'))
  await exporting.click()
  const sheet = join(scratch, '灯塔.xlsx')
  await (await downloading).saveAs(sheet)
  const seen = await readSheet(readFileSync(sheet))
  const { table } = seen
  expect(String(seen.cells.get('塔训')?.value)).toBe('长明')
  const whole = new URL(href, page.url())
  whole.searchParams.set('columns', 'all')
  const { cells } = await readSheet(await (await page.request.get(whole.href)).body())
  expect(String(cells.get('塔训')?.value)).toContain('长明 |')
  expect(Number(cells.get('高度（米）')?.value)).toBe(41.25)
  expect(
    table
      .getRows(1, 5)
      ?.map((one) => JSON.stringify(one.values))
      .join(),
  ).toContain('2020-02-14')
  const next = new exceljs.Workbook()
  const fresh = next.addWorksheet('灯塔')
  // What is masked is not in a sheet in clear; a file does not travel in a cell.
  const carried = [...cells].filter(
    ([name]) => !['undefined', '电话', '守塔人证件', '图纸', '状态', '最近点亮', '编号', '名称'].includes(name),
  )
  fresh.addRow(['编号', '名称', ...carried.map(([name]) => name)])
  fresh.addRow(['DT-0002', '听涛塔', ...carried.map(([, cell]) => cell.value)])
  // As bytes: a browser on a machine without a UTF-8 locale does not find a file by a Chinese name.
  const back = {
    name: '再来一座.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await next.xlsx.writeBuffer()),
  }
  await page.reload()
  await page.getByRole('button', { name: '导入' }).click()
  const importing = page.getByRole('dialog')
  await importing.locator('input[type=file]').setInputFiles(back)
  await importing.getByRole('button', { name: '直接导入' }).click()
  await importing.getByText(/共1行，已导入1/).waitFor(PATIENT)
  await page.goto('/records/lamp')
  await page.locator('.ant-table-row', { hasText: '听涛塔' }).click()
  const second = page.locator('.ant-drawer')
  await second.getByRole('heading', { name: '听涛塔' }).waitFor(PATIENT)
  const same = READS.filter(([field]) => !['编号', '电话', '守塔人证件', '图纸'].includes(field))
  for (const [field, shown] of same) {
    const cell = second.locator('.ant-descriptions-row', { has: page.locator('.ant-descriptions-item-label', { hasText: field }) })
    expect([field, await cell.first().textContent()]).toEqual([field, reads(shown)])
  }
  expect(troubles).toEqual([])
})
