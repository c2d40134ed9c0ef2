import { readFileSync } from 'node:fs'
import exceljs from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../packages/server/src/documents/text-of.ts'
import { type City, startCity } from './city.ts'
import { ORDER } from './closing-order.ts'
import { press } from './keyboard.ts'
import { AXE, violations } from './measured.ts'

/** Of an issuing place that does not exist; the check characters are right. */
const NUMBERS = ['519900199001010015', '519900199001010031', '519900199001010058', '519900199001010074']
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const PATIENT = { timeout: 45_000 }
let city: City
let village = ''
let county = ''
let whole = ''

interface Row {
  readonly id: string
  readonly area: string
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
}
const rows = async (account: string, path: string): Promise<readonly Row[]> =>
  ((await city.call(account, path)).body as { rows: readonly Row[] }).rows
const act = async (account: string, record: string, action: string, input: object, more: object = {}, id: string = crypto.randomUUID()) => {
  const event = { event: crypto.randomUUID(), input, ...more }
  const done = await city.call(account, `/api/${record}/${id}/${action}`, event)
  if (done.status >= 300) throw new Error(`${record}.${action}: ${JSON.stringify(done.body)}`)
  return id
}
const register = (name: string, input: object = {}) => act('grid', 'person', 'register', { name, ...input }, { area: village })
const go = async (account: string, path: string): Promise<Page> => {
  const page = await city.page(account)
  await page.goto(city.server.url + path)
  return page
}
const nameOf = async (area: string): Promise<string> =>
  ((await city.call('town', '/api/areas')).body as { areas: { id: string; name: string }[] }).areas.find(({ id }) => id === area)?.name ??
  area
/** Confirms in the dialogue; where it stays open, what it says is the failure. */
const confirm = async (page: Page, name: RegExp) => {
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('button', { name }).click()
  await expect.poll(() => dialogue.allTextContents(), PATIENT).toEqual([])
}
/** Edits a bulletin without a mouse: its figures are neither typed over nor lost, and nothing that may not be read is saved. */
async function editByKeys(page: Page) {
  const { keyboard } = page
  const words = page.getByRole('textbox', { name: '正文（中文）' })
  const chips = words.locator('.figure')
  await chips.first().waitFor()
  const shown = await chips.allTextContents()
  expect(shown).toHaveLength(5)
  expect(await page.getByRole('textbox', { name: '正文（英文）' }).locator('.figure').count()).toBe(5)
  expect(await page.locator('.worded-desk').textContent()).not.toContain('{')
  await words.focus()
  await keyboard.press('Control+A')
  await keyboard.type('9')
  expect(await chips.allTextContents()).toEqual(shown)
  // The last figure goes by itself, and comes back by its button.
  await keyboard.press('Control+End')
  for (let i = 0; i < 3; i += 1) await keyboard.press('Backspace')
  expect(await chips.allTextContents()).toEqual(shown.slice(0, -1))
  await keyboard.press('Tab')
  expect(await page.locator(':focus').textContent()).toBe('放回本段的1个数字')
  await keyboard.press('Enter')
  expect(await chips.allTextContents()).toEqual(shown)
  await words.focus()
  await keyboard.press('Control+End')
  await keyboard.press('Enter')
  // Braces are not typed: what looks like the place of a figure is none.
  await keyboard.type('请拨13800000071。{observed}')
  await button(page, '保存文字').press('Enter')
  await page.getByRole('alert').getByText('个人的手机号').waitFor()
  await words.focus()
  await keyboard.press('Control+End')
  for (let i = 0; i < '请拨13800000071。observed'.length; i += 1) await keyboard.press('Backspace')
  await keyboard.type('请继续配合。')
  const id = page.url().split('/').at(-1)
  await button(page, '保存文字').press('Enter')
  const kept = async () => (await city.call('duty', `/api/publicBulletin/${id}`)).body as { fields: { text: string } }
  await expect.poll(async () => (await kept()).fields.text, PATIENT).toMatch(/\{central\}.*\{entered\}.*\n请继续配合。$/)
  expect(await words.locator('.figure').allTextContents()).toEqual(shown)
}
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

beforeAll(async () => {
  city = await startCity()
  const me = (await city.call('grid', '/api/me')).body as { grants: { area: string; path: string }[] }
  village = me.grants[0]?.area ?? ''
  const [, over = '', around = ''] = me.grants[0]?.path.split('/') ?? []
  whole = over
  county = around
}, 240_000)
afterAll(() => city?.close())

describe('the town officer', () => {
  it('decides which of two entries stays after a look at each, and takes it back', async () => {
    await register('测试庚', { documentNumber: NUMBERS[0], phone: '13800000071' })
    await register('测试更', { birthYear: 1990, phone: '13800000071' })
    const page = await go('town', '/duplicates')
    const pair = page.locator('.ant-card', { hasText: '姓名同音' })
    await pair.waitFor()
    expect(await pair.textContent()).not.toContain(NUMBERS[0])
    await button(page, '查看完整信息').click()
    const dialogue = page.getByRole('dialog')
    await dialogue.locator('input').first().fill('核对证件')
    await dialogue.locator('button[type=submit]').click()
    await pair.getByText(/测试[庚更]/).waitFor()
    await pair.getByRole('button', { name: '保留这一条' }).first().click()
    await page.locator('.ant-popconfirm .ant-btn-primary').click()
    await pair.waitFor({ state: 'detached' })
    const merged = page.locator('.ant-table-row').first()
    await merged.click()
    await page.locator('.ant-drawer').getByRole('button', { name: '撤销合并' }).click()
    const undo = page.getByRole('dialog').last()
    await undo.getByLabel('理由').fill('电话是单位的')
    await undo.getByRole('button', { name: '撤销合并' }).click()
    await page
      .locator('.ant-drawer')
      .getByRole('button', { name: /close|关闭/i })
      .click()
    // Two again, and asked about again until somebody says that they are two.
    await pair.waitFor()
    await pair.getByRole('button', { name: '不是同一人' }).click()
    await pair.waitFor({ state: 'detached' })
    expect((await rows('town', '/api/person?state=registered&limit=50')).length).toBe(2)
    await page.close()
  })

  it('reconciles a list whose columns nobody has seen: names them once, settles the rows together', async () => {
    const known = await register('测试辛', { documentNumber: NUMBERS[1] })
    await act('grid', 'watch', 'enter', { person: known, kind: 'home', entry: 'list', class: 'other' }, { area: village })
    await register('测试壬', { documentNumber: NUMBERS[2] })
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('名单')
    sheet.addRow(['谁', '证', '从哪来'])
    sheet.addRow(['测试辛', NUMBERS[1], '武汉'])
    sheet.addRow(['测试壬', NUMBERS[2], '武汉'])
    sheet.addRow(['测试癸', NUMBERS[3], '武汉'])
    const file = { name: '推送名单.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
    const upload = { ...file, buffer: Buffer.from(await book.xlsx.writeBuffer()) }
    const page = await go('town', '/reconcile')
    await page.locator('input[type=file]').setInputFiles(upload)
    const choose = async (column: string, meaning: string) => {
      await page.getByLabel(column, { exact: true }).click()
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: meaning }).first().click()
      // The list goes slowly; the next one must not be taken for it.
      await expect.poll(() => page.locator('.ant-select-dropdown:visible').count(), PATIENT).toBe(0)
    }
    await choose('谁', '姓名')
    await choose('证', '证件号码')
    await button(page, '记住并比对').click()
    await page.getByText(/^漏排 2$/).waitFor(PATIENT)
    await button(page, '选中全部未处理（2）').click()
    await button(page, '纳入观察（2）').click()
    const dialogue = page.getByRole('dialog')
    await dialogue.getByLabel('不在册人员登记到').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await dialogue.getByRole('button', { name: '纳入观察' }).click()
    await dialogue.getByText('2行中2行已处理。').waitFor(PATIENT)
    await dialogue.getByRole('button', { name: '知道了' }).click()
    // The same list again: the columns are known, and nobody is missed any more.
    await page.reload()
    await page.locator('input[type=file]').setInputFiles(upload)
    await page.getByText('列的含义按此发送方上次的设定。').waitFor(PATIENT)
    await page.getByText(/^漏排 0$/).waitFor(PATIENT)
    expect((await rows('town', '/api/watch?state=watching&limit=50')).length).toBe(3)
    // Two columns of names: nobody is decided on before somebody says whose they are.
    const list = `姓名,身份证号,返乡人员姓名,返乡人员身份证号\r\n测试辛,${NUMBERS[1]},测试癸,${NUMBERS[3]}\r\n`
    await page.locator('input[type=file]').setInputFiles({ name: '户.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByText('“姓名”、“返乡人员姓名”都可能是姓名：请选定一列。').waitFor(PATIENT)
    expect(await page.getByRole('button', { name: /选中全部未处理/ }).count()).toBe(0)
    await choose('返乡人员姓名', '姓名')
    await choose('返乡人员身份证号', '证件号码')
    await button(page, '记住并比对').click()
    await page.getByText(/^已掌握 1$/).waitFor(PATIENT)
    await page.close()
  })

  it('gives a worker to those who have none, and prints the notice that names the person', async () => {
    const served = { person: await register('测试寅'), kind: 'home', entry: 'list', class: 'other', from: '2020-02-07' }
    await act('grid', 'watch', 'enter', served, { area: village })
    const page = await go('town', '/observation')
    await page.locator('.tile', { hasText: '无责任人' }).getByRole('button').click()
    await page.getByRole('checkbox').first().check()
    // Together, too, nobody is released before their day.
    const dialogue = page.getByRole('dialog')
    await page.getByRole('button', { name: '解除观察（1条）' }).click()
    await dialogue.getByText(/^所选另有3条未到日期，不在其中：最早2020年2月\d+日起可办。$/).waitFor(PATIENT)
    await dialogue.getByRole('button', { name: '对1条办理' }).waitFor()
    await page.keyboard.press('Escape')
    await dialogue.waitFor({ state: 'detached' })
    await page.locator('.ant-table-row', { hasText: '今日到期' }).getByRole('checkbox').uncheck()
    const together = page.locator('.bulk-bar').getByRole('button', { name: /^解除观察（2020年2月\d+日起）$/ })
    expect(await together.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: /指定责任人/ }).click()
    // Somebody of the own town, found by name.
    await dialogue.getByLabel('包保责任人').fill('网格员')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'grid' }).first().click()
    await dialogue.getByRole('button', { name: '对4条办理' }).click()
    await dialogue.getByText('4条中4条已办理。').waitFor(PATIENT)
    await dialogue.getByRole('button', { name: '知道了' }).click()
    const [watch] = (await rows('town', '/api/watch?worker=grid&limit=50')).filter(({ fields }) => String(fields.until) > '2020-02-14')
    await page.goto(`${city.server.url}/records/watch/${watch?.id}`)
    // Nobody is released before the day, which the button names.
    const release = page.getByRole('button', { name: /^解除观察（2020年2月\d+日起）$/ })
    await release.waitFor(PATIENT)
    expect(await release.getAttribute('aria-disabled')).toBe('true')
    await button(page, '打印告知书').click()
    const print = page.getByRole('dialog')
    const downloading = page.waitForEvent('download')
    await print.getByRole('button', { name: /\.docx/ }).click()
    const text = await textOf(readFileSync(await (await downloading).path()), WORD)
    expect(text).toMatchObject({ ok: true, value: expect.stringMatching(/告知书[\s\S]*测试[辛壬癸]/) })
    await page.close()
  })

  it('takes in whoever is registered in another county and has arrived: by keys alone, told before what will happen', async () => {
    const me = (await city.call('hq-511921', '/api/me')).body as { grants: { area: string }[] }
    const { areas } = (await city.call('hq-511921', `/api/areas?below=${me.grants[0]?.area}`)).body as {
      areas: { id: string; level: string; name: string }[]
    }
    const far = areas.find(({ level }) => level === 'village')?.id
    const known = { documentType: 'passport', documentNumber: 'E55501299' }
    const id = await act('hq-511921', 'person', 'register', { name: '测试午', ...known }, { area: far })
    const page = await city.page('town')
    await page.addInitScript(AXE)
    await page.goto(`${city.server.url}/people`)
    await press(page, /^登记人员$/)
    const dialogue = page.getByRole('dialog')
    const { keyboard } = page
    await dialogue.waitFor()
    const type = async (label: string | RegExp, words: string) => {
      await dialogue.getByLabel(label).first().focus()
      await keyboard.press('Control+A')
      await keyboard.type(words)
    }
    await dialogue.getByLabel('所在区划').focus()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await type('姓名', '测试无')
    await type(/证件号码/, known.documentNumber)
    await press(page, /^登记人员$/)
    // Under another name nobody is taken in, and no way on is shown.
    await dialogue.getByText(/已在通江县登记，姓名与这里填写的不一致/).waitFor(PATIENT)
    expect(await dialogue.getByRole('button', { name: /申报到达/ }).count()).toBe(0)
    await type('姓名', '测试午')
    await press(page, /^登记人员$/)
    const way = dialogue.getByRole('button', { name: '人已到本村，申报到达' })
    await way.waitFor(PATIENT)
    // A long form that is refused at its end says so where one looks.
    const top = () =>
      dialogue
        .getByRole('alert')
        .first()
        .evaluate((one) => one.getBoundingClientRect().top)
    await expect.poll(top, PATIENT).toBeGreaterThan(0)
    const told = await dialogue.textContent()
    expect(told).toMatch(
      /由.+接收管理，已有的登记随之迁来；测温、观察、走访由当地包保责任人负责。原登记的村（社区）收到告知任务（属通江县）。/,
    )
    expect(await violations(page)).toEqual([])
    await press(page, /^人已到本村，申报到达$/)
    await dialogue.getByLabel('来源地', { exact: true }).waitFor()
    expect(await dialogue.getByLabel(/^本人|^姓名/).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await type('来源地', '湖北省武汉市')
    await press(page, /^申报$/)
    // What stands in the place of the refused entry is opened: theirs, here.
    await page.locator('.ant-drawer').getByText('测*', { exact: true }).first().waitFor(PATIENT)
    await expect.poll(async () => ((await city.call('town', `/api/person/${id}`)).body as Row).area, PATIENT).not.toBe(far)
    const { area } = (await city.call('town', `/api/person/${id}`)).body as Row
    const watches = await rows('town', '/api/watch?state=watching&limit=50')
    expect(watches.find(({ fields }) => fields.person === id)?.area).toBe(area)
    expect((await rows('hq-511921', '/api/need?limit=50')).map((need) => [need.area, need.fields.kind])).toEqual([[far, 'tell']])
    await page.close()
  })

  it('asks the desk of a town for the village of whoever it declares, which is theirs unless another is chosen, and shows what stands at a town', async () => {
    const who = await register('测试寅', { documentType: 'passport', documentNumber: 'E55501388' })
    const page = await go('town', '/arrivals')
    await page.locator('.ant-table').first().waitFor(PATIENT)
    await page.getByRole('button', { name: /^(plus )?申\s*报$/ }).click()
    const dialogue = page.getByRole('dialog')
    const place = dialogue.locator('.ant-form-item', { hasText: '所在区划' })
    await place.waitFor(PATIENT)
    expect(await place.locator('.ant-select-selection-item').count()).toBe(0)
    await dialogue.getByLabel('本人').first().fill('E55501388')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click(PATIENT)
    await expect.poll(() => place.textContent(), PATIENT).toContain(await nameOf(village))
    await dialogue.getByLabel('申报方式').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '工作人员代录' }).first().click()
    await dialogue.getByLabel('到达日期').fill('2020-02-13')
    await page.keyboard.press('Enter')
    await dialogue.getByLabel('来源地', { exact: true }).fill('湖北省武汉市')
    await dialogue.getByRole('button', { name: /^申\s*报$/ }).click()
    const theirs = async () => (await rows('duty', '/api/watch?limit=200')).find(({ fields }) => fields.person === who)
    await expect.poll(theirs, PATIENT).toMatchObject({ area: village, state: 'watching' })
    const watch = (await theirs())?.id ?? ''
    expect((await city.call('grid', `/api/watch/${watch}`)).status).toBe(200)
    // As an earlier version left it: whoever answers for the town is told, and brings it to the village.
    const town = ((await city.call('town', '/api/me')).body as { grants: { area: string }[] }).grants[0]?.area
    await act('duty', 'watch', 'moveArea', {}, { area: town }, watch)
    expect((await city.call('grid', `/api/watch/${watch}`)).status).toBe(404)
    await page.goto(`${city.server.url}/records/watch/${watch}`)
    await page.getByText(/未落到村（社区），村里的网格员看不到/).waitFor(PATIENT)
    await button(page, '调整管辖区划').click()
    await dialogue.getByLabel('迁往').fill(await nameOf(village))
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click(PATIENT)
    await confirm(page, /^调整管辖区划$/)
    await expect.poll(theirs, PATIENT).toMatchObject({ area: village })
    await expect.poll(() => page.getByText(/未落到村（社区）/).count(), PATIENT).toBe(0)
    await page.close()
  })

  it('judges anew what a clinic found: the reason is asked for and not filled in with why somebody was sent there', async () => {
    const person = await register('测试丙', { birthYear: 1981 })
    const id = await act('duty', 'transfer', 'open', { person, reason: 'signs' }, { area: village })
    await act('duty', 'transfer', 'clear', {}, {}, id)
    const page = await go('duty', `/records/transfer/${id}`)
    await button(page, '重新认定').click()
    const reason = page.getByRole('dialog').getByLabel('原因')
    expect(await reason.inputValue()).toBe('')
    await reason.fill('影像复核有新发现')
    await confirm(page, /重新认定/)
    await page.getByText('影像复核有新发现').waitFor(PATIENT)
    await page.getByText('已接诊').first().waitFor()
    await page.close()
  })

  it('takes the register of returnees as it is filtered, masked, and the log of one person in clear for a purpose', async () => {
    const who = await register('测试子', { phone: '13800000072', occupation: '教师' })
    const declared = {
      person: who,
      channel: 'worker',
      arrivedOn: '2020-02-13',
      origin: '湖北省武汉市',
      originCode: '420100',
      ownRoom: true,
    }
    await act('grid', 'arrival', 'declare', declared, { area: village })
    const page = await go('town', '/arrivals')
    await page.locator('.ant-table-row', { hasText: '湖北省武汉市' }).first().waitFor(PATIENT)
    const taken = async (): Promise<string> => {
      const downloading = page.waitForEvent('download')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /\.xlsx/ })
        .click()
      const book = new exceljs.Workbook()
      await book.xlsx.readFile(await (await downloading).path())
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      return JSON.stringify(book.worksheets[0]?.getSheetValues())
    }
    await button(page, '排查台账').click()
    const register24 = await taken()
    expect(register24).toMatch(/状态=已申报.*包保责任人.*测\*.*138\*\*\*\*0072.*居家观察·疫情较重地区返回/)
    expect(register24).not.toContain('测试子')
    const [watch] = (await rows('town', '/api/watch?limit=50')).filter(({ fields }) => fields.person === who)
    await page.goto(`${city.server.url}/records/watch/${watch?.id}`)
    await button(page, '逐日监测记录').click()
    const dialogue = page.getByRole('dialog')
    await dialogue.getByRole('radio', { name: '完整' }).check()
    await dialogue.getByRole('button', { name: /\.xlsx/ }).click()
    await dialogue.getByText('请写明目的').waitFor(PATIENT)
    await dialogue.getByLabel('查看目的').fill('上门走访')
    expect(await taken()).toMatch(/姓名：测试子.*按申报纳入/)
    await page.close()
  })
})

describe('the duty officer', () => {
  it('approves a closing order, which binds from then and stands before the auditor with its grounds', async () => {
    const order = await act('hq-511902', 'closure', 'draft', { ...ORDER, organ: county, areas: [village] }, { area: village })
    await act('hq-511902', 'closure', 'submit', {}, {}, order)
    const page = await go('duty', '/closures')
    await page.getByText('待上级批准', { exact: true }).first().click()
    await page.locator('.ant-table-row', { hasText: ORDER.title }).getByRole('link').first().click()
    await button(page, /批\s*准/).click()
    const dialogue = page.getByRole('dialog')
    await dialogue.getByRole('button', { name: /批\s*准/ }).click()
    // Without the deciding organ and its number there is no decision.
    await expect.poll(() => dialogue.locator('.ant-form-item-explain-error').count(), PATIENT).toBe(2)
    await dialogue.getByLabel('批准机关').fill('市应急指挥部')
    await dialogue.getByLabel('批准文号').fill('市指〔2020〕9号')
    await dialogue.getByRole('button', { name: /批\s*准/ }).click()
    await dialogue.waitFor({ state: 'detached' })
    await page.close()
    const audit = await go('auditor', '/restrictions')
    const line = audit.locator('.ant-table-row', { hasText: ORDER.title }).first()
    await audit.getByText('全部', { exact: true }).first().click()
    await line.waitFor()
    expect(await line.textContent()).toContain('第四十二条')
    expect(await line.textContent()).toContain('市指〔2020〕9号')
    await audit.close()
  })

  it('finds somebody only with a purpose, and the auditor sees that they looked and not at whom', async () => {
    const page = await go('duty', '/find-person')
    await page.getByLabel('姓名、拼音首字母、证件号码、电话或车牌').fill('csx')
    await button(page, /查\s*找/).click()
    await page.getByText('请先写明目的').waitFor()
    await page.locator('#purpose').fill('流行病学调查')
    await page.keyboard.press('Tab')
    await button(page, /查\s*找/).click()
    const hit = page.locator('.ant-list-item').first()
    await hit.waitFor(PATIENT)
    expect(await page.locator('.ant-list').textContent()).not.toMatch(/测试|5199001990/)
    expect(page.url()).not.toContain('csx')
    await hit.getByRole('button', { name: '打开' }).click()
    await page.locator('.ant-drawer').getByText('测*').first().waitFor()
    await page.close()
    const { body } = await city.call('auditor', '/api/audit/looks?limit=50')
    expect(JSON.stringify(body)).toContain('流行病学调查')
    expect(JSON.stringify(body)).not.toContain('csx')
  })

  it('freezes the day and tells the public no more than it may know, once the day is over', { timeout: 240_000 }, async () => {
    const page = await go('duty', '/daily')
    await button(page, '生成日报').click()
    await page.waitForURL(/\/daily\/[0-9a-f-]{36}$/)
    await button(page, /冻\s*结/).click()
    await confirm(page, /冻\s*结/)
    await page.getByText('已冻结').first().waitFor(PATIENT)
    // How things stand before midnight is not yet the report of the day.
    expect(await page.getByRole('button', { name: /公众通报/ }).count()).toBe(0)
    await page.close()
    await city.goOn('2020-02-15')
    const standing = async () =>
      (await rows('duty', '/api/dailyReport?limit=50')).find(
        ({ area, state, fields }) =>
          area === whole && state === 'frozen' && fields.day === '2020-02-14' && String(fields.cutOff) < String(fields.frozenAt),
      )
    await expect.poll(standing, { timeout: 60_000 }).toBeDefined()
    const next = await go('duty', `/daily/${(await standing())?.id}`)
    await button(next, /公众通报/).waitFor(PATIENT)
    // On paper stand all columns, beside each other on one sheet.
    await next.emulateMedia({ media: 'print' })
    await next.evaluate('window.dispatchEvent(new Event("beforeprint"))')
    const printed = next.locator('table.daily-printed')
    expect(await printed.locator('thead th').allTextContents()).toEqual(
      expect.arrayContaining(['正在观察', '累计解除', '当日离巴', '报送']),
    )
    expect(await printed.evaluate((table) => table.scrollWidth <= (table.parentElement?.clientWidth ?? 0))).toBe(true)
    await next.evaluate('window.dispatchEvent(new Event("afterprint"))')
    await next.emulateMedia({ media: null })
    await button(next, /公众通报/).click()
    await next.waitForURL(/\/public-bulletins\/[0-9a-f-]{36}$/)
    await editByKeys(next)
    await button(next, /发\s*布/).click()
    await confirm(next, /发\s*布/)
    await next.getByText('已发布').first().waitFor(PATIENT)
    const own = await city.page('duty', { lang: 'en' })
    await own.goto(next.url())
    await next.close()
    // In English the office sees what readers of English will: no Chinese character, the areas by the same names.
    const sheet = own.locator('.printed-page')
    await sheet.waitFor(PATIENT)
    const [title = '', named = []] = [await sheet.locator('h1').textContent(), await sheet.locator('th[scope=row]').allTextContents()]
    expect((await sheet.textContent())?.match(/\p{Script=Han}+/gu)).toBeNull()
    await own.close()
    const reader = await go('-', '/p/bulletins')
    const read = await reader.locator('body').textContent()
    expect(read).toContain('2020')
    await reader.goto(`${city.server.url}/p/bulletins?lang=en`)
    const article = reader.locator('article').first()
    expect([await article.locator('h2').textContent(), await article.locator('th[scope=row]').allTextContents()]).toEqual([title, named])
    // Three people are observed in one village: a count that small is shown to nobody.
    expect(read).toContain('*')
    await reader.close()
  })

  it('had no trouble of its own on any page', () => {
    expect(city.troubles).toEqual([])
  })
})

describe('a person who was entered twice', () => {
  it('shows under either entry what was declared of the other', async () => {
    const [stays, merged] = [await register('测试丑'), await register('测试丑')]
    const declared = { person: merged, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省孝感市', ownRoom: true }
    await act('grid', 'arrival', 'declare', declared, { area: village })
    await act('town', 'person', 'merge', { mergedInto: stays }, {}, merged)
    for (const entry of [stays, merged]) {
      const page = await go('town', `/records/person/${entry}`)
      await page.getByRole('button', { name: '返巴申报', exact: true }).click(PATIENT)
      await page.locator('.ant-table-row', { hasText: '湖北省孝感市' }).first().waitFor(PATIENT)
      // A home that a merging emptied is not about whoever was merged.
      expect(await page.getByRole('button', { name: '户', exact: true }).count()).toBe(0)
      await page.close()
    }
  })

  it('is read on a phone in English, too: no control is closed to whoever reads by ear, and the curve can be read', async () => {
    const page = await city.page('town', { width: 390, height: 844, lang: 'en' })
    await page.addInitScript(AXE)
    const [watch] = await rows('town', '/api/watch?limit=1')
    await page.goto(`${city.server.url}/records/person/${watch?.fields.person}`)
    await page.getByRole('button', { name: 'Observation', exact: true }).click(PATIENT)
    await page.locator('.ant-table-row').first().waitFor(PATIENT)
    expect(await violations(page)).toEqual([])
    await page.goto(`${city.server.url}/records/watch/${watch?.id}`)
    const day = page.locator('.temperature-curve text').first()
    await day.waitFor(PATIENT)
    expect((await day.boundingBox())?.height).toBeGreaterThan(10)
    expect(await violations(page)).toEqual([])
    await page.close()
  })
})
