import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { openCity } from '../http/testing/city.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/

/** Somebody observed at home since 12 February 2020, their household's worker, and a way to act at a time of the city. */
async function observed() {
  const city = await openCity('postgres', registry)
  const act = async (time: string, as: string, record: string, action: string, input: object, id: string = randomUUID()) => {
    city.clock.set(Temporal.PlainDateTime.from(time).toZonedDateTime('Asia/Shanghai').toInstant().toString())
    const done = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: city.village, input })
    expect([record, action, done.statusCode < 300 ? '' : done.body]).toEqual([record, action, ''])
    return id
  }
  const household = await act('2020-02-12T09:00', 'grid', 'household', 'register', { door: '考1栋101', kind: 'family' })
  const assigned = { account: 'grid', worker: '测试网格员', part: 'grid', from: '2020-02-01', household }
  await act('2020-02-12T09:01', 'town', 'assignment', 'assign', assigned)
  const identity = { name: '测试甲', documentType: 'nationalId', documentNumber: '519900199001010015', phone: '13800000001', household }
  const person = await act('2020-02-12T09:02', 'grid', 'person', 'register', identity)
  const entered = { person, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-11' }
  const watch = await act('2020-02-12T09:03', 'grid', 'watch', 'enter', entered)
  const read = (time: string, half: string, temperature: number, more: object = {}, as = 'grid') =>
    act(time, as, 'watch', 'check', { half, temperature, how: 'worker', ...more }, watch)
  const log = async (as: string, query = '') => {
    const out = await city.ask(as, 'GET', `/api/watch/${watch}/log.xlsx?${query}`)
    expect([out.statusCode, out.statusCode === 200 ? '' : out.body]).toEqual([200, ''])
    const book = new exceljs.Workbook()
    await book.xlsx.load(out.rawPayload as unknown as exceljs.Buffer)
    const lines: unknown[][] = []
    book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => void lines.push((row.values as unknown[]).slice(1)))
    const [asOf = [], who = [], how = [], heading = [], ...rows] = lines
    return { above: [asOf, who, how].map(([text]) => String(text)), heading, rows, sheet: book.worksheets[0] }
  }
  return { ...city, act, person, watch, read, log }
}

describe('the daily log of one observation', { timeout: 240_000 }, () => {
  it('has a row for each day, of readings, signs, medicine, needs, what was done, and who measured how', async () => {
    const at = await observed()
    await at.read('2020-02-12T18:05', 'evening', 36.6, { wants: '买米' })
    await at.read('2020-02-13T08:10', 'morning', 36.4, { how: 'phone', medication: '降压药' })
    await at.read('2020-02-13T19:00', 'evening', 37.8, { symptoms: ['cough', 'fatigue'], handling: '已电话告知卫生院' }, 'doctor')
    await at.read('2020-02-13T19:40', 'evening', 37.6)
    const { rows: needs } = (await at.ask('town', 'GET', '/api/need?kind=daily')).json<{ rows: { id: string }[] }>()
    await at.act('2020-02-14T08:00', 'grid', 'need', 'take', {}, needs[0]?.id)
    await at.act('2020-02-14T08:30', 'grid', 'need', 'finish', { result: '已送到' }, needs[0]?.id)
    await at.act('2020-02-15T07:30', 'grid', 'watch', 'leave', { exitTo: '外县' }, at.watch)

    const { above, heading, rows, sheet } = await at.log('town')
    expect(heading).toEqual('第n天 日期 上午体温 上午时间 下午体温 下午时间 症状 用药 生活需求 处置 测量人'.split(' '))
    expect(rows).toEqual([
      [2, '2020-02-12', undefined, undefined, 36.6, '18:05', '无', undefined, '买米（已办）', '纳入观察', '测试网格员'],
      [
        ...[3, '2020-02-13', 36.4, '08:10', '37.8；37.6', '19:00；19:40', '咳嗽；乏力', '降压药', undefined],
        ...['已电话告知卫生院；转诊（待转运）', '上午：测试网格员（电话询问）；下午：doctor、测试网格员'],
      ],
      [4, '2020-02-14'],
      [5, '2020-02-15', undefined, undefined, undefined, undefined, undefined, undefined, undefined, '擅自离开：外县'],
    ])
    expect(above[0]).toContain('巴州区曾口镇书台村委会 逐日监测记录｜截至2020-02-15 07:30')
    expect(above[1]).toBe('姓名：测*　性别：男　证件号码：5199**********0015　电话：138****0001')
    expect(above[2]).toBe(
      '户：考1栋101　观察方式：居家观察　管控类别：疫情较重地区返回　起算日：2020-02-11　解除日：2020-02-25　包保责任人：测试网格员　状态：擅自离开',
    )
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, paperSize: 9, printTitlesRow: '1:4' })
    const english = await at.log('town', 'lang=en')
    expect([...english.heading, english.above[2], ...english.rows.flat()].filter((one) => /症状|观察|无/.test(String(one)))).toEqual([])
    expect(JSON.stringify([above, rows])).not.toMatch(UUID)
  })

  it('names the person with a purpose only, to whom may see that, in the own jurisdiction, and is noted', async () => {
    const at = await observed()
    await at.read('2020-02-12T18:05', 'evening', 36.6, { wants: '=1+1' })
    const ask = async (as: string, query: string) =>
      (await at.ask(as, 'GET', `/api/watch/${at.watch}/log.xlsx?${query}`)).json<{ code: string; path?: string }>()
    expect(await ask('town', 'reveal=1')).toMatchObject({ code: 'required', path: 'purpose' })
    expect(await ask('auditor', 'reveal=1&purpose=%E6%A0%B8%E5%AE%9E')).toMatchObject({ code: 'not-allowed' })
    expect(await ask('other', '')).toMatchObject({ code: 'not-found' })
    expect(await ask('gate', '')).toMatchObject({ code: 'not-allowed' })
    const looks = () => at.store.db.query("select what, record, record_id, purpose from looks where what <> 'reveal' order by record desc")
    expect(await looks()).toEqual([])
    const clear = await at.log('town', 'reveal=1&purpose=%E6%A0%B8%E5%AE%9E')
    expect(clear.above[1]).toBe('姓名：测试甲　性别：男　证件号码：519900199001010015　电话：13800000001')
    const formula = clear.sheet?.getRow(5).getCell(9)
    expect([formula?.type, String(formula?.value).startsWith('=1+1')]).toEqual([exceljs.ValueType.String, true])
    const what = 'export-in-clear'
    expect(await looks()).toEqual([
      { what, record: 'watch', record_id: at.watch, purpose: '核实' },
      { what, record: 'person', record_id: at.person, purpose: '核实' },
    ])
    await at.act('2020-02-12T19:00', 'town', 'watch', 'void', { why: 'mistaken' }, at.watch)
    await at.act('2020-02-13T19:00', 'town', 'person', 'erase', { ground: 'request' }, at.person)
    const gone = await at.log('town', 'reveal=1&purpose=%E6%A0%B8%E5%AE%9E')
    expect(gone.above[1]).toBe('姓名：信息已删除　性别：男　证件号码：信息已删除　电话：信息已删除')
    expect(gone.above[2]).not.toContain('考1栋101')
    // Over is over: the log does not go on to today.
    expect(gone.rows.map((row) => row[1])).toEqual(['2020-02-12'])
  })
})
