import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { openCity } from '../http/testing/city.ts'
import { outgoing } from './export.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/

/** A village with a household, its worker, and people under observation. */
async function village(engine: 'pglite' | 'postgres') {
  const city = await openCity(engine, registry)
  let minutes = 0
  const act = async (as: string, record: string, action: string, input: object, id: string = randomUUID(), area = city.village) => {
    minutes += 1
    city.clock.set(`2020-02-14T03:${String(minutes).padStart(2, '0')}:00Z`)
    const done = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area, input })
    expect([done.statusCode < 300, done.statusCode < 300 ? '' : done.body]).toEqual([true, ''])
    return id
  }
  const household = await act('grid', 'household', 'register', { door: '考1栋101', kind: 'family' })
  await act('town', 'assignment', 'assign', { account: 'grid', worker: '测试网格员', part: 'grid', from: '2020-02-01' })
  const person = (name: string, as = 'grid', area = city.village) =>
    act(
      as,
      'person',
      'register',
      { name, documentType: 'none', phone: '13800000000', ...(as === 'grid' ? { household } : {}) },
      undefined,
      area,
    )
  const watch = (of: string, as = 'grid') =>
    act(as, 'watch', 'enter', { person: of, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' })
  const sheet = async (as: string, query: string) => {
    const out = await city.ask(as, 'GET', `/api/${query}`)
    expect([out.statusCode, out.statusCode === 200 ? '' : out.body]).toEqual([200, ''])
    const [asOf = '', heading = '', ...lines] = out.body
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
    return { asOf, heading: heading.split(','), rows: lines.map((line) => line.split(',')) }
  }
  return { ...city, act, household, person, watch, sheet }
}

it.each(['pglite', 'postgres'] as const)(
  'an exported list on %s has the columns asked for, with the names that the list shows: masked, of nobody outside, and of nothing the reader may not read',
  { timeout: 240_000 },
  async (engine) => {
    const at = await village(engine)
    await at.watch(await at.person('测试甲'))
    await at.watch(await at.person('曾试乙', 'duty', at.area('511921106201')), 'duty')
    const erased = await at.person('验丙')
    await at.act('town', 'watch', 'void', { why: 'mistaken' }, await at.watch(erased))
    await at.act('town', 'person', 'erase', { ground: 'request' }, erased)

    const columns = 'person,household,worker,area,state,lastCheckAt,until'
    const seen = await at.sheet('town', `watch/export.csv?columns=${columns}&sort=until&household=${at.household}&state=watching,void`)
    const fields = registry.records.get('watch')?.fields
    const labels = ['person', 'household', 'worker'].map((name) => fields?.[name]?.label.zh)
    expect(seen.heading).toEqual([...labels, '区划', '状态', fields?.lastCheckAt?.label.zh, fields?.until?.label.zh])
    expect(seen.asOf).toContain('户=考1栋101；状态=观察中、')
    expect(seen.rows.map(([who]) => who).toSorted()).toEqual(['信息已删除', '测*', '管辖外'].toSorted())
    for (const [, home, worker, place] of seen.rows)
      expect([home, worker, place]).toEqual(['考1栋101', '测试网格员', '巴州区曾口镇书台村委会'])
    expect(JSON.stringify(seen)).not.toMatch(UUID)

    const english = await at.sheet('town', `watch/export.csv?columns=person&lang=en`)
    expect(english.rows.flat().toSorted()).toEqual(['erased', 'outside jurisdiction', '测*'].toSorted())
    const list = (await at.ask('town', 'GET', '/api/watch/export.csv')).body.split('\r\n')[1]?.split(',')
    expect(list).toHaveLength(registry.records.get('watch')?.list.columns.length ?? 0)
    const unknown = await at.ask('town', 'GET', '/api/watch/export.csv?columns=person,nobody')
    expect(unknown.json()).toMatchObject({ code: 'unexpected', path: 'columns' })
  },
)

describe('an exported list', { timeout: 120_000 }, () => {
  it('is in clear with a purpose only, for whom the reader may see in clear, and both are noted', async () => {
    const at = await village('postgres')
    for (const name of ['测试甲', '曾试乙']) await at.watch(await at.person(name))
    const way = 'watch/export.csv?columns=person&reveal=1'
    expect((await at.ask('town', 'GET', `/api/${way}`)).json()).toMatchObject({ code: 'required', path: 'purpose' })
    expect((await at.ask('auditor', 'GET', `/api/${way}&purpose=上门核实`)).json()).toMatchObject({ code: 'not-allowed' })
    const clear = await at.sheet('town', `${way}&purpose=${encodeURIComponent('上门核实')}`)
    expect(clear.rows.flat().toSorted()).toEqual(['曾试乙', '测试甲'].toSorted())
    const looks = await at.store.db.query("select what, record, rows, purpose from looks where what = 'export-in-clear' order by record")
    expect(looks).toEqual([
      { what: 'export-in-clear', record: 'person', rows: 2, purpose: '上门核实' },
      { what: 'export-in-clear', record: 'watch', rows: 2, purpose: '上门核实' },
    ])
  })

  it('asks for the names of a page together, and writes times of the city and figures that add up', async () => {
    const at = await village('postgres')
    for (let i = 0; i < 12; i += 1) await at.watch(await at.person(`测试${'甲乙丙丁戊己庚辛壬癸子丑'[i] ?? ''}`))
    let asked = 0
    const desk = at.store.as(at.actor('town'))
    const counted = new Proxy(desk, {
      get: (target, name) => {
        if (name === 'identity') asked += 1
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const def = registry.records.get('watch')
    if (!def) throw new Error('no observations')
    const columns = ['person', 'household', 'worker', 'enteredOn']
    const table = await outgoing({ store: at.store, desk: counted, def, request: {}, columns, lang: 'zh', filters: {} })
    const rows: unknown[] = []
    if (table.ok) for await (const page of table.value.rows()) rows.push(...page)
    expect(rows).toHaveLength(12)
    expect(asked).toBe(2)

    const book = new exceljs.Workbook()
    const out = await at.ask('town', 'GET', '/api/person/export.xlsx?columns=name,household')
    await book.xlsx.load(out.rawPayload as unknown as exceljs.Buffer)
    expect(book.worksheets[0]?.getRow(3).values).toEqual([undefined, '测*', '考1栋101'])
  })

  it('goes out with every field as an import reads it where that is asked for', async () => {
    const at = await village('postgres')
    const who = await at.person('测试甲')
    await at.watch(who)
    const all = await at.sheet('town', 'watch/export.csv?columns=all')
    expect(all.heading).toHaveLength(Object.keys(registry.records.get('watch')?.fields ?? {}).length + 2)
    expect(all.rows[0]?.[0]).toBe(who)
  })

  it('says of what may not be read at all that it is not shown, and writes times of the city', async () => {
    const city = await openCity('postgres')
    const lamp = randomUUID()
    const input = {
      number: 'DT-0001',
      name: '北岸灯塔',
      colour: 'red',
      candela: 100,
      person: randomUUID(),
      motto: { zh: '亮', en: 'Shine' },
    }
    await city.ask('duty', 'POST', `/api/lamp/${lamp}/build`, { event: randomUUID(), area: city.village, input })
    await city.ask('town', 'POST', `/api/lamp/${lamp}/light`, { event: randomUUID() })
    const out = await city.ask('town', 'GET', '/api/lamp/export.csv?columns=lastLit,person,motto,candela,number')
    expect(out.body.split('\r\n').slice(1, 3)).toEqual(['最近点亮,守塔人,塔训,光强,编号', '2020-02-14 10:00,不显示,亮,100,DT-0001'])
  })
})
