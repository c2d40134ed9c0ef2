import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { openCity } from '../http/testing/city.ts'
import { derivedTable } from './derived.ts'

const NUMBER = '519900199001010015'
const fromWuhan = { channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100', ownRoom: true }

/** A village on 14 February 2020 with a home in an estate, its head, and its worker. */
async function village() {
  const city = await openCity('postgres', registry)
  let minutes = 0
  const act = async (as: string, record: string, action: string, input: object, id: string = randomUUID(), area = city.village) => {
    minutes += 1
    city.clock.set(new Date(Date.UTC(2020, 1, 14, 2, minutes)).toISOString())
    const done = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area, input })
    expect([record, action, done.statusCode < 300 ? '' : done.body]).toEqual([record, action, ''])
    return id
  }
  const place = await act('town', 'place', 'register', { name: '考小区1栋', kind: 'building' })
  const household = await act('grid', 'household', 'register', { door: '2单元501', kind: 'family', place, phone: '13800000009' })
  await act('town', 'assignment', 'assign', { account: 'grid', worker: '测试网格员', part: 'grid', from: '2020-02-01', household })
  const person = (name: string, more: object = {}, as = 'grid', area = city.village) =>
    act(as, 'person', 'register', { name, documentType: 'none', ...more }, undefined, area)
  const arrival = (of: string, more: object = {}, as = 'grid') => act(as, 'arrival', 'declare', { person: of, ...fromWuhan, ...more })
  const watchOf = async (of: string) =>
    String((await city.ask('town', 'GET', `/api/arrival/${of}`)).json<{ fields: { watch: string } }>().fields.watch)
  const head = await person('户试主', { household, relation: 'head', phone: '13800000001' })
  const sheet = async (as: string, query = '') => {
    const out = await city.ask(as, 'GET', `/api/arrival/returnees.csv?sort=origin${query}`)
    expect([out.statusCode, out.statusCode === 200 ? '' : out.body]).toEqual([200, ''])
    const [asOf = '', heading = '', ...lines] = out.body
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
    return { asOf, heading: heading.split(','), rows: lines.map((line) => line.split(',')) }
  }
  return { ...city, act, household, head, person, arrival, watchOf, sheet }
}

const COLUMNS =
  '网格 小区/楼栋 房号 户主 姓名 证件 职业 户籍 现住址 电话 到达日期 来源地 途经 交通方式 班次/车牌 同行人 14天旅居/接触史 体温 症状 管控类别 起 止 包保责任人 解除日'
const PLACE = '巴州区曾口镇书台村委会'

describe('the register of returnees', { timeout: 240_000 }, () => {
  it('says in its 24 columns what was captured once elsewhere, masked until a purpose is stated', async () => {
    const at = await village()
    const companion = await at.person('同试行')
    const facts = { household: at.household, relation: 'child', occupation: '教师', origin: '巴中市恩阳区', phone: '13800000002' }
    const who = await at.person('测试甲', { ...facts, documentType: 'nationalId', documentNumber: NUMBER, plate: '川Y00000' })
    const declared = await at.arrival(who, {
      via: '重庆市',
      transport: 'car',
      companions: [companion],
      history: ['listed', 'fever'],
      temperature: 36.5,
    })
    const before = await at.sheet('town')
    expect(before.heading).toEqual(COLUMNS.split(' '))
    expect(before.heading).toHaveLength(24)
    expect(before.asOf).toContain('排查台账')
    const masked = [
      ...[PLACE, '考小区1栋', '2单元501', '户*', '测*', '5199**********0015', '教*', '巴*', `${PLACE}2单元501`, '138****0002'],
      ...['2020-02-13', '湖北省武汉市', '重庆市', '自驾', '川***0', '同*', '疫情较重地区旅居史、接触过发热或呼吸道症状者'],
      ...['36.5', '无', '居家观察·疫情较重地区返回', '2020-02-13', '2020-02-27', '测试网格员', ''],
    ]
    expect(before.rows).toEqual([masked])

    // The last reading goes before what was declared; release, and every other end, before the plan.
    const watch = await at.watchOf(declared)
    await at.act('grid', 'watch', 'check', { half: 'morning', temperature: 36.9, symptoms: ['cough'], how: 'worker' }, watch)
    const later = (await at.sheet('town')).rows[0] ?? []
    expect(later.slice(17, 20)).toEqual(['36.9', '咳嗽', '居家观察·疫情较重地区返回'])
    await at.act('grid', 'watch', 'leave', { exitTo: '外县' }, watch)
    expect((await at.sheet('town')).rows[0]?.[19]).toBe('居家观察·疫情较重地区返回·擅自离开')
    await at.act('doctor', 'watch', 'confirm', {}, watch)
    expect((await at.sheet('town')).rows[0]?.slice(19)).toEqual([
      ...['居家观察·疫情较重地区返回', '2020-02-13', '2020-02-27', '测试网格员', '2020-02-14 转确诊'],
    ])

    const english = await at.sheet('town', '&lang=en')
    expect(english.heading).toHaveLength(24)
    expect(english.heading.join()).not.toMatch(/\p{Script=Han}/u)
    expect(english.rows[0]?.slice(13, 20).join()).toContain('Own car')

    const reveal = '&reveal=1'
    const refused = (as: string, more: string) => at.ask(as, 'GET', `/api/arrival/returnees.csv?sort=origin${more}`)
    expect((await refused('town', reveal)).json()).toMatchObject({ code: 'required', path: 'purpose' })
    expect((await refused('auditor', `${reveal}&purpose=上门核实`)).json()).toMatchObject({ code: 'not-allowed' })
    const clear = (await at.sheet('town', `${reveal}&purpose=${encodeURIComponent('上门核实')}`)).rows[0] ?? []
    expect([3, 4, 5, 6, 7, 9, 14, 15].map((i) => clear[i])).toEqual([
      ...['户试主', '测试甲', NUMBER, '教师', '巴中市恩阳区', '13800000002', '川Y00000', '同试行'],
    ])
    const looks = await at.store.db.query("select actor, record, rows, purpose from looks where what = 'export-in-clear' order by record")
    const noted = (record: string, rows: number) => ({ actor: 'town', record, rows, purpose: '上门核实' })
    expect(looks).toEqual([noted('arrival', 1), noted('household', 1), noted('person', 3), noted('place', 1)])
    expect(await at.store.db.query("select distinct record from looks where what = 'export'")).toEqual([{ record: 'arrival' }])
  })

  it('shows of nobody more than their register does: not those outside, merged, erased, entered wrongly or void', async () => {
    const at = await village()
    const phone = { phone: '13800000003' }
    const stays = await at.person('留试下', phone)
    const double = await at.person('留试上', phone)
    await at.arrival(double, { origin: '1合并' })
    await at.act('town', 'person', 'merge', { mergedInto: stays }, double)
    const erased = await at.person('删试去', { household: at.household, phone: '13800000004' })
    const gone = await at.arrival(erased, { origin: '2删除', household: at.household })
    await at.act('town', 'watch', 'void', { why: 'mistaken' }, await at.watchOf(gone))
    await at.act('grid', 'arrival', 'confirm', {}, gone)
    await at.act('town', 'person', 'erase', { ground: 'request' }, erased)
    const outside = await at.person('外试人', { phone: '13800000005' })
    const before = await at.arrival(outside, { origin: '=3外县' })
    await at.act('town', 'watch', 'void', { why: 'mistaken' }, await at.watchOf(before))
    await at.act('grid', 'arrival', 'confirm', {}, before)
    await at.act('duty', 'person', 'moveArea', {}, outside, at.area('511921106201'))
    const wrong = await at.arrival(await at.person('误试报'), { origin: '4误报' })
    await at.act('town', 'arrival', 'withdraw', {}, wrong)

    const { rows } = await at.sheet('town', '&reveal=1&purpose=%E6%A0%B8%E5%AE%9E')
    const by = new Map(rows.map((row) => [row[11], row]))
    expect([...by.keys()].toSorted()).toEqual(["'=3外县", '1合并', '2删除'].toSorted())
    expect(by.get('1合并')?.[4]).toBe('留试下')
    const left = by.get('2删除') ?? []
    expect(left.slice(0, 10)).toEqual([PLACE, '', '', '', '信息已删除', '无证件', '', '', '', '信息已删除'])
    // Of an observation entered wrongly the rule's answer stands, and no worker and no end.
    expect(left.slice(19)).toEqual(['居家观察·疫情较重地区返回', '2020-02-13', '2020-02-27', '', ''])
    const far = by.get("'=3外县") ?? []
    expect(far.slice(3, 10)).toEqual(['', '管辖外', '', '', '', '', ''])

    expect((await at.sheet('other')).rows).toEqual([])
    expect((await at.ask('gate', 'GET', '/api/arrival/returnees.csv')).json()).toMatchObject({ code: 'not-allowed' })
    // As seen: the filters and the order of the list.
    expect((await at.sheet('town', '&state=confirmed')).rows.map((row) => row[11])).toEqual(['2删除', "'=3外县"])
    expect((await at.sheet('town', '&state=void')).rows).toEqual([])

    const book = new exceljs.Workbook()
    const out = await at.ask('town', 'GET', '/api/arrival/returnees.xlsx?sort=origin')
    await book.xlsx.load(out.rawPayload as unknown as exceljs.Buffer)
    const sheet = book.worksheets[0]
    expect(sheet?.getRow(2).cellCount).toBe(24)
    const formula = [3, 4, 5].map((line) => sheet?.getRow(line).getCell(12)).find((cell) => cell?.value === '=3外县')
    expect([formula?.type, formula?.numFmt]).toEqual([exceljs.ValueType.String, '@'])
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, paperSize: 8, printTitlesRow: '1:2' })
  })
})

it('asks for what stands beside the rows of a page together, however many they are', { timeout: 120_000 }, async () => {
  const at = await village()
  const def = registry.records.get('arrival')
  const sheet = def?.sheets?.[0]
  if (!def || !sheet) throw new Error('no register')
  const questions = async () => {
    const { kysely } = at.store.db
    let asked = 0
    const executor = kysely.getExecutor()
    const before = executor.executeQuery.bind(executor)
    executor.executeQuery = (query, ...rest) => {
      asked += 1
      return before(query, ...rest)
    }
    const table = await derivedTable(
      { store: at.store, desk: at.store.as(at.actor('town')), def, request: {}, lang: 'zh', filters: {} },
      sheet,
    )
    let rows = 0
    if (table.ok) for await (const page of table.value.rows()) rows += page.length
    executor.executeQuery = before
    return { rows, asked }
  }
  const one = async (i: number) => at.arrival(await at.person(`测试${i}`, { household: at.household }), { companions: [at.head] })
  await one(0)
  const few = await questions()
  for (let i = 1; i < 9; i += 1) await one(i)
  expect([few.rows, await questions()]).toEqual([1, { rows: 9, asked: few.asked }])
  expect(few.asked).toBeGreaterThan(3)
})
