import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activeStock,
  changeAgainst,
  dayNumber,
  findImbalances,
  incidencePer100k,
  incrementsOf,
  isoDay,
  positivity,
  type Spell,
  sevenDayMean,
  stockAndFlows,
  timeliness,
} from './index.ts'

const bazhong = '../shared/data/epi/bazhong_daily_2020_01_04.csv'
const cities = '../shared/data/epi/china_cities_daily_2020_01_04.csv.gz'

const spell = fc
  .record({
    area: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('confirmed', 'observed'),
    entered: fc.integer({ min: -10, max: 25 }),
    length: fc.option(fc.nat(20)),
    reason: fc.constantFrom('released', 'died'),
  })
  .map(
    ({ area, kind, entered, length, reason }): Spell => ({
      area,
      kind,
      entered: isoDay(18_300 + entered),
      left: length === null ? null : isoDay(18_300 + entered + length),
      reason: length === null ? null : reason,
    }),
  )

describe('stock and flows', () => {
  it('balance on every day, and the stock is the people who are there', () => {
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 40 }), (spells) => {
        const rows = stockAndFlows(spells, isoDay(18_300), isoDay(18_315))
        for (const row of rows) {
          expect(row.stock).toBe(row.stockBefore + row.entries - row.exits)
          expect(Object.values(row.exitsByReason).reduce((sum, n) => sum + n, 0)).toBe(row.exits)
          const there = spells.filter(
            (s) => s.area === row.area && s.kind === row.kind && s.entered <= row.day && (s.left === null || s.left > row.day),
          )
          expect(row.stock).toBe(there.length)
        }
      }),
    )
  })

  it('is the same counted by area or all together', () => {
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 40 }), (spells) => {
        const total = (rows: ReturnType<typeof stockAndFlows>) => {
          const sums = new Map<string, number>()
          for (const row of rows) sums.set(`${row.day} ${row.kind}`, (sums.get(`${row.day} ${row.kind}`) ?? 0) + row.stock)
          return sums
        }
        const apart = total(stockAndFlows(spells, isoDay(18_300), isoDay(18_310)))
        const together = total(
          stockAndFlows(
            spells.map((s) => ({ ...s, area: 'all' })),
            isoDay(18_300),
            isoDay(18_310),
          ),
        )
        expect(apart).toEqual(together)
      }),
    )
  })

  it('names the row of a wrong date', () => {
    const good: Spell = { area: 'a', kind: 'k', entered: '2020-02-10', left: null, reason: null }
    expect(() => stockAndFlows([good, { ...good, left: '2020-02-09', reason: 'released' }], '2020-02-01', '2020-02-10')).toThrow(
      /Row 2.*转出日期/,
    )
    expect(() => stockAndFlows([{ ...good, left: '2020-02-11' }], '2020-02-01', '2020-02-10')).toThrow(/no reason/)
    expect(() => dayNumber('2020-02-30')).toThrow(/2020-02-14/)
    expect(() => dayNumber('14/02/2020')).toThrow(/无法识别/)
    expect(dayNumber('1970-01-02')).toBe(1)
  })

  it('finds the day on which reported figures do not balance', () => {
    const days = [
      { day: '2020-02-01', stock: 341, entries: 0, exits: 0 },
      { day: '2020-02-02', stock: 374, entries: 60, exits: 27 },
      { day: '2020-02-03', stock: 400, entries: 30, exits: 7 },
    ]
    expect(findImbalances(days)).toMatchObject([{ index: 2, expected: 397, reported: 400, difference: 3 }])
  })
})

describe('cumulative series', () => {
  it('keeps corrections, so that increments add up', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000_000), { maxLength: 60 }), (cumulative) => {
        const increments = incrementsOf(cumulative)
        expect(increments.reduce((sum, day) => sum + day.increment, 0)).toBe(cumulative.at(-1) ?? 0)
        expect(increments.every((day) => day.correction === day.increment < 0)).toBe(true)
      }),
    )
  })

  it.skipIf(!existsSync(bazhong))('gives the published new cases and active cases of Bazhong (needs ../shared)', () => {
    const [, ...lines] = readFileSync(bazhong, 'utf8').trim().split('\n')
    const rows = lines.map((line) => line.split(',').slice(4).map(Number))
    const column = (at: number) => rows.map((row) => row[at] ?? Number.NaN)
    expect(incrementsOf(column(0)).map((day) => day.increment)).toEqual(column(3))
    expect(incrementsOf(column(1)).map((day) => day.increment)).toEqual(column(4))
    expect(activeStock(column(0), column(1), column(2))).toEqual(column(6))
    const weekly = incidencePer100k(column(3), 2_712_900)
    expect(Math.max(...weekly.map((week) => week?.numerator ?? 0))).toBe(15)
  })

  it.skipIf(!existsSync(cities))('balances every Chinese city, corrections included (needs ../shared)', () => {
    const [, ...lines] = gunzipSync(readFileSync(cities)).toString('utf8').trim().split('\n')
    const series = new Map<string, number[][]>()
    for (const line of lines) {
      const cells = line.split(',')
      const key = `${cells[2]} ${cells[4]}`
      series.set(key, [...(series.get(key) ?? []), cells.slice(5).map(Number)])
    }
    let corrections = 0
    for (const rows of series.values()) {
      const column = (at: number) => rows.map((row) => row[at] ?? Number.NaN)
      const [confirmed, cured, dead] = [column(0), column(1), column(2)].map((counts) => incrementsOf(counts))
      const stock = activeStock(column(0), column(1), column(2))
      corrections += confirmed?.filter((day) => day.correction).length ?? 0
      const books = stock.map((now, day) => ({
        day: String(day),
        stock: now,
        entries: confirmed?.[day]?.increment ?? 0,
        exits: (cured?.[day]?.increment ?? 0) + (dead?.[day]?.increment ?? 0),
      }))
      expect(findImbalances(books)).toEqual([])
    }
    expect(series.size).toBeGreaterThan(300)
    expect(corrections).toBeGreaterThan(0)
  })
})

describe('indicators', () => {
  it('compare with the day and the week before', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(changeAgainst(counts, 7).at(-1)).toEqual({ difference: 7, relative: { numerator: 7, denominator: 1, value: 7, per: 1 } })
    expect(changeAgainst(counts, 7)[6]).toBeNull()
    expect(sevenDayMean(counts).map((mean) => mean?.value ?? null)).toEqual([null, null, null, null, null, null, 4, 5])
    expect(incidencePer100k(counts, 50_000).at(-1)).toEqual({ numerator: 35, denominator: 50_000, value: 70, per: 100_000 })
    expect(positivity(0, 0).value).toBeNull()
    expect(() => positivity(3, 2)).toThrow(/only 2/)
  })

  it('time the way from onset to report, leaving out nobody in silence', () => {
    const found = timeliness(
      [
        ['2020-02-01', '2020-02-03'],
        ['2020-02-01', '2020-02-02'],
        ['2020-02-05', '2020-02-01'],
        [null, '2020-02-02'],
        ['2020-02-01', '2020-02-07'],
      ],
      2,
    )
    expect(found).toEqual({
      complete: 3,
      missing: 1,
      reversed: [2],
      median: 2,
      quartiles: [1.5, 4],
      longest: 6,
      withinLimit: { numerator: 2, denominator: 3, value: 2 / 3, per: 1 },
    })
    expect(timeliness([], 2).median).toBeNull()
  })
})
