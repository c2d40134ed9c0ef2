import { registry } from '@guatu/domains'
import { type Cell, isNationalId, SYSTEM } from '@guatu/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCity } from '../../http/testing/city.ts'
import { derivedTable } from '../../sheets/derived.ts'
import { CASES, CONTACTS } from './anchors.ts'
import { householdAt } from './households.ts'
import { inventedIdentityNumber, inventedName } from './identity.ts'
import { playCity } from './play-city.ts'
import { chanceOf } from './random.ts'

describe('invented people', () => {
  it('plainly do not exist: a code that was never given out, a right check digit, nobody twice', () => {
    const seen = new Set<string>()
    for (let k = 0; k < 250_000; k += 1) {
      const number = inventedIdentityNumber(k, 1950 + (k % 60))
      if (k % 997 === 0) expect(isNationalId(number), number).toBe(true)
      expect(seen.has(number)).toBe(false)
      seen.add(number)
    }
    for (const k of [5_000_000, 23_999_999]) expect(isNationalId(inventedIdentityNumber(k, 1980))).toBe(true)
    expect(inventedName(0)).toBe('王甲子')
  })

  it('are the same for the same seed, wherever one begins to ask', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_400_000 }), fc.integer({ min: 1, max: 1000 }), (index, seed) => {
        expect(householdAt(index, 'v', chanceOf(seed))).toEqual(householdAt(index, 'v', chanceOf(seed)))
      }),
      { numRuns: 200, seed: 5 },
    )
    const sizes = Array.from({ length: 5_000 }, (_, i) => householdAt(i, 'v', chanceOf(1)).members.length)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(mean).toBeGreaterThan(2.7)
    expect(mean).toBeLessThan(3.2)
  })

  it('rest on figures that add up to those published', () => {
    const until = (day: string) => CASES.filter((one) => one.day <= day).reduce((sum, one) => sum + one.confirmed, 0)
    expect(['2020-02-01', '2020-02-02', '2020-02-04', '2020-02-09', '2020-02-13'].map(until)).toEqual([8, 12, 15, 22, 24])
    const county = (code: string) => CASES.filter((one) => one.county === code).reduce((sum, one) => sum + one.confirmed, 0)
    expect(['511902', '511921', '511923', '511903', '511922'].map(county)).toEqual([15, 5, 3, 1, 0])
  })
})

describe('a city that is played', () => {
  it('goes through the write path: books balance, published figures are met, nothing but honest mistakes is refused', {
    timeout: 600_000,
  }, async () => {
    const { store } = await openCity('postgres', registry)
    const played = await playCity(store, { people: 1_900, seed: 20 })
    expect(played.acts).toBeGreaterThan(5_000)
    // Somebody of a household may enter observation on the morning on which it asks for a pass.
    expect(Object.keys(played.refused).filter((code) => code !== 'household-isolated')).toEqual([])
    const done = await store.db.query<{ what: string }>(
      `select distinct record || ' ' || action as what from events where record in ('closure', 'pass', 'crossing', 'transit', 'transfer', 'watch', 'site', 'need')`,
    )
    for (const what of [
      'closure announce',
      'closure begin',
      'closure review',
      'pass issue',
      'crossing record',
      'transit arrive',
      'transit chase',
      'transfer reconsider',
      'watch leave',
      'watch comeBack',
      'watch correct',
      'watch restart',
      'site positive',
      'need finish',
    ])
      expect(done.map((one) => one.what)).toContain(what)
    // Every state of care is there to be seen, told to whoever has to know, and nobody is confirmed beside the published cases.
    const states = await store.db.query<{ state: string; told: boolean }>(
      `select state, bool_and(exists (select 1 from r_need n where n.kind = 'tell' and n.household = t.household)) as told from r_transfer t group by state order by state`,
    )
    expect(states).toEqual(
      ['admitted', 'cancelled', 'cleared', 'confirmed', 'open', 'sent', 'suspected'].map((state) => ({ state, told: true })),
    )
    expect(await store.db.query(`select count(*)::int as n from r_watch where state = 'absent' or lost having count(*) >= 2`)).toHaveLength(
      1,
    )
    const confirmed = await store.db.query<{ day: string; path: string }>(
      `select e.day::text, t.path from events e join r_transfer t on t.id = e.record_id where e.record = 'transfer' and e.action = 'confirm'`,
    )
    const view = store.areas.tree.asOf('2020-02-13')
    const published = CASES.flatMap((one) =>
      Array.from({ length: one.confirmed }, () => `${one.day} ${view.path(view.byCode(one.county)?.id ?? '')}`),
    )
    for (const { day, path } of confirmed) {
      const at = published.findIndex((one) => one.startsWith(day) && path.startsWith(one.slice(11)))
      expect(at, `${day} ${path}`).toBeGreaterThanOrEqual(0)
      published.splice(at, 1)
    }
    // Of those who come home the register knows what registers know: much, not all, and not all of it right; and none of it changes a measure.
    const [{ turned } = { turned: -1 }] = await store.db.query<{ turned: number }>(
      `select count(*) filter (where (via ~ '湖北|武汉|温州' and not listed) or (listed and origin_code !~ '^(42|3303)'))::int as turned from r_arrival`,
    )
    expect(turned).toBe(0)
    const def = registry.records.get('arrival')
    const sheet = def?.sheets?.find(({ name }) => name === 'returnees')
    if (!def || !sheet) throw new Error('There is no register of returnees')
    const asked = { store, desk: store.as(SYSTEM), def, request: {}, lang: 'zh', filters: {}, reveal: true, purpose: '核对示例' } as const
    const table = await derivedTable(asked, sheet)
    if (!table.ok) throw new Error(table.problem.code)
    const rows: (readonly Cell[])[] = []
    for await (const page of table.value.rows()) rows.push(...page)
    const share = (zh: string) => {
      const at = sheet.columns.findIndex((column) => column.label.zh === zh)
      return rows.filter((row) => String(row[at] ?? '') !== '').length / rows.length
    }
    expect(rows.length).toBeGreaterThan(150)
    for (const [column, low, high] of [
      ['户籍', 0.75, 0.97],
      ['途经', 0.3, 0.65],
      ['班次/车牌', 0.6, 0.9],
      ['同行人', 0.05, 0.35],
    ] as const)
      expect([column, share(column), share(column) > low && share(column) < high]).toEqual([column, expect.any(Number), true])
    const via = (row: readonly Cell[]) => [row[11], '巴中市'].includes(row[12] ?? '')
    expect(rows.filter(via).length).toBeGreaterThan(0)
    const check = await store.rebuild({ check: true })
    expect(check.differences).toEqual([])
    for (const { day, observed, released } of CONTACTS) {
      const [row] = await store.db.query<{ n: number; out: number }>(
        `select count(*)::int as n, count(*) filter (where exists (select 1 from events e where e.record = 'watch' and e.record_id = w.id and e.action = 'release' and e.day <= $1))::int as out
           from r_watch w where entry = 'contact' and entered_on <= $1`,
        [day],
      )
      expect([day, row?.n, row?.out]).toEqual([day, observed, released])
    }
  })

  it('reports zero where nothing came about, and nowhere else', { timeout: 300_000 }, async () => {
    const { store } = await openCity('postgres', registry)
    await playCity(store, { people: 150, seed: 7, to: '2020-01-30' })
    const said = await store.db.query<{ news: number }>(
      `select (select count(*)::int from r_watch w where w.path like a.path || '%' and w.entered_on = z.day and w.created_at < z.created_at - interval '15 minutes') as news
         from r_zero_report z join (select distinct area, path from r_zero_report) a on a.area = z.of`,
    )
    expect(said.length).toBeGreaterThan(0)
    expect(said.filter(({ news }) => news > 0)).toEqual([])
  })

  it('is the same city for the same seed', { timeout: 300_000 }, async () => {
    const digest = async () => {
      const { store } = await openCity('postgres', registry)
      await playCity(store, { people: 60, seed: 7, to: '2020-02-13' })
      const [row] = await store.db.query<{ sum: string }>(
        `select string_agg(id::text || action || happened_at::text || recorded_at::text, ',' order by id) as sum from events where record in ('watch', 'arrival', 'transfer', 'need')`,
      )
      return row?.sum
    }
    const first = await digest()
    expect(first?.length).toBeGreaterThan(1_000)
    expect(await digest()).toBe(first)
  })
})
