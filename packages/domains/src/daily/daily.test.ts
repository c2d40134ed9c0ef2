import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { guardFigures, publicFigures, sealOfFigures } from './bulletin/figures.ts'
import { type CountLine, protect, type Shown, suppress, totalMayStand } from './bulletin/suppress.ts'
import { bulletinText, draftText, draftTitle } from './bulletin/words.ts'
import { changedFigures } from './report/changes.ts'
import { booksOf, checksOf, isBalanced } from './report/checks.ts'
import type { AreaBooks, DailyContent, DayBooks } from './report/content.ts'
import { EARLIER_LINES, INDICATORS, LINES, linesOf, SIGNS_OF_WORK } from './report/lines.ts'

const stock = (n: number, before = n): DayBooks => ({
  before,
  stock: n,
  entered: Math.max(0, n - before),
  left: Math.max(0, before - n),
  movedIn: 0,
  movedOut: 0,
})

/** An area in the figures of a published bulletin: cumulative = released + still observed. */
const area = (id: string, released: number, observed: number): AreaBooks => ({
  area: id,
  name: id,
  books: {
    'monitoring.cumulative': stock(released + observed),
    'monitoring.released': stock(released),
    'monitoring.observed': stock(observed),
    'monitoring.observed.home': stock(observed),
    'monitoring.observed.listed': stock(observed),
  },
})
const none = new Set<string>()

const content = (total: AreaBooks, parts: readonly AreaBooks[]): DailyContent => ({
  day: '2020-02-13',
  level: 'city',
  area: total.area,
  name: '灯塔市',
  cutOff: '2020-02-13T16:00:00.000Z',
  composedAt: '2020-02-13T16:05:00.000Z',
  zone: 'Asia/Shanghai',
  lines: LINES,
  total,
  parts,
  zero: [],
  silent: [],
  late: 0,
  doubtful: 0,
  checks: checksOf(total, parts, none),
})

describe('the tests of a daily report', () => {
  it('look at indicators that there are', () => {
    for (const id of [...INDICATORS, ...SIGNS_OF_WORK]) expect(registry.indicators.has(id), id).toBe(true)
  })

  it.each([
    [341, 95, 246],
    [374, 102, 272],
    [466, 134, 332],
    [598, 449, 149],
  ])('hold for the published figures %i = %i + %i', (cumulative, released, observed) => {
    const total = area('city', released, observed)
    expect(total.books['monitoring.cumulative']?.stock).toBe(cumulative)
    expect(isBalanced(checksOf(total, [], none))).toBe(true)
  })

  it('name what does not balance: the law of stocks, the sums, the parts', () => {
    const [one, two] = [area('a', 10, 20), area('b', 5, 7)]
    const total = area('city', 15, 27)
    expect(isBalanced(checksOf(total, [one, two], none))).toBe(true)
    const wrongStock = { ...total, books: { ...total.books, 'monitoring.observed': { ...stock(27), before: 20 } } }
    expect(checksOf(wrongStock, [one, two], none).filter(({ holds }) => !holds)).toMatchObject([
      { code: 'stock', area: 'city', left: 27, right: 20 },
      { code: 'day', area: 'city', left: 27, right: 20 },
    ])
    const wrongSum = { ...one, books: { ...one.books, 'monitoring.cumulative': stock(31) } }
    const broken = checksOf(total, [wrongSum, two], none).filter(({ holds }) => !holds)
    expect(broken.map(({ code, area: where }) => `${code} ${where}`)).toEqual(['cumulative a', 'parts city'])
    expect(broken[0]?.words.zh).toContain('31')
  })

  it('hold for a row whose exits stand each under its lawful reason, and for none that leaves one out', () => {
    const moved = (before: number, entered: number, left: number): DayBooks => ({
      before,
      stock: before + entered - left,
      entered,
      left,
      movedIn: 0,
      movedOut: 0,
    })
    const one = (others: number): AreaBooks => ({
      area: 'a',
      name: 'a',
      books: {
        // Ten observed; 3 come, one of them by mistake; 2 are released, `others` leave otherwise, one is observed again.
        'monitoring.observed': moved(10, 4, 5),
        'monitoring.observed.home': moved(10, 4, 5),
        'monitoring.observed.listed': moved(10, 4, 5),
        'monitoring.cumulative': moved(30, 3, 1),
        'monitoring.released': moved(15, 2, 0),
        'monitoring.otherExits': moved(5, others, 1),
      },
    })
    const day = (others: number) => checksOf(one(others), [], none).find(({ code }) => code === 'day')
    expect(day(2)).toMatchObject({ left: 9, right: 9, holds: true })
    expect(day(1)).toMatchObject({ left: 9, right: 10, holds: false })
    expect(day(2)?.words.zh).toBe('a：正在观察 9 = 昨日 10 + 新增 3 + 恢复 1 − 解除 2 − 其他退出 2 − 误录、重录 1')
  })
})

describe('a report that was frozen with other columns', () => {
  it('keeps them, and is compared with what is known since by them', () => {
    const then = content(area('a', 10, 20), [])
    const { lines: _today, ...rest } = then
    const earlier: DailyContent = rest
    expect([linesOf(then), linesOf(earlier)]).toEqual([LINES, EARLIER_LINES])
    const observed: DayBooks = { ...booksOf(then.total, 'monitoring.observed'), entered: 2, left: 2 }
    const now = { ...then, total: { ...then.total, books: { ...then.total.books, 'monitoring.observed': observed } } }
    expect(changedFigures(earlier, now).map(({ line, was, is }) => [line, was, is])).toEqual([
      ['entered', 0, 2],
      ['left', 0, 2],
    ])
    expect(changedFigures(then, now)).toEqual([])
  })
})

describe('a table for everybody', () => {
  it('shows no small count, hides none alone, and nothing hidden follows from the total', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 2, max: 12 }), (counts, smallest) => {
        const shown = suppress(counts, smallest)
        shown.forEach((cell, i) => {
          if (cell !== undefined) expect(cell).toBe(counts[i])
          if (cell !== undefined && cell > 0) expect(cell).toBeGreaterThanOrEqual(smallest)
          if (counts[i] === 0) expect(cell).toBe(0)
        })
        if (!totalMayStand(counts, shown, smallest)) return
        // Whoever knows the total knows the sum of what is hidden: it must leave each hidden cell more than one possible value.
        const hidden = counts.filter((_, i) => shown[i] === undefined)
        const sum = hidden.reduce((all, count) => all + count, 0)
        if (hidden.length > 0) {
          expect(hidden.length).toBeGreaterThanOrEqual(2)
          expect(sum).toBeGreaterThanOrEqual(smallest)
        }
      }),
      { numRuns: 2_000, seed: 5119 },
    )
  })

  it('tells nothing hidden across lines either: two of released, observed and observed so far give the third', () => {
    const sums = [{ whole: 0, of: [1, 2] }]
    /** How many of the equations over hidden cells are independent, by elimination. */
    const nought = (value: number) => (Math.abs(value) < 1e-9 ? 0 : value)
    const rank = (rows: readonly (readonly number[])[]): number => {
      const [first = [], ...rest] = [...rows].sort((a, b) => lead(a) - lead(b))
      const at = lead(first)
      if (at === Number.POSITIVE_INFINITY) return 0
      return 1 + rank(rest.map((row) => row.map((value, i) => nought(value - ((row[at] ?? 0) / (first[at] ?? 1)) * (first[i] ?? 0)))))
    }
    const lead = (row: readonly number[]) => {
      const at = row.findIndex((value) => value !== 0)
      return at < 0 ? Number.POSITIVE_INFINITY : at
    }
    /** Without its column the equations say as much less as the cell is known by them. */
    const isKnown = (rows: readonly (readonly number[])[], cell: number) => rank(rows) > rank(rows.map((row) => row.toSpliced(cell, 1)))
    const equations = (shown: readonly CountLine<Shown>[]) => {
      const columns = shown.map(({ parts, total }) => [...parts, total])
      const unknown = columns.flatMap((line, l) => line.flatMap((value, c) => (value === undefined ? [`${l} ${c}`] : [])))
      const row = (terms: readonly (readonly [string, number])[]) => unknown.map((name) => terms.find(([one]) => one === name)?.[1] ?? 0)
      const width = columns[0]?.length ?? 0
      return {
        unknown,
        rows: [
          ...columns.map((line, l) => row(line.map((_, c) => [`${l} ${c}`, c === width - 1 ? -1 : 1] as const))),
          ...Array.from({ length: width }, (_, c) => row([[`0 ${c}`, -1] as const, [`1 ${c}`, 1] as const, [`2 ${c}`, 1] as const])),
        ],
      }
    }
    const few = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 40 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(few, few), { minLength: 1, maxLength: 6 }), fc.integer({ min: 2, max: 8 }), (areas, smallest) => {
        const sumOf = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
        const line = (parts: readonly number[]) => ({ parts, total: sumOf(parts) })
        const lines = [line(areas.map(([a, b]) => a + b)), line(areas.map(([a]) => a)), line(areas.map(([, b]) => b))]
        const shown = protect(lines, smallest, sums)
        shown.forEach(({ parts, total }, l) => {
          for (const cell of [...parts, total]) if (cell !== undefined && cell > 0) expect(cell).toBeGreaterThanOrEqual(smallest)
          parts.forEach((cell, c) => {
            if (cell !== undefined) expect(cell).toBe(lines[l]?.parts[c])
          })
        })
        const { unknown, rows } = equations(shown)
        unknown.forEach((name, i) => {
          expect([name, isKnown(rows, i)]).toEqual([name, false])
        })
      }),
      { numRuns: 500, seed: 5119 },
    )
  })

  it('leaves a table without small counts as it is', () => {
    expect(suppress([0, 15, 24], 5)).toEqual([0, 15, 24])
    expect(suppress([1, 15, 24], 5)).toEqual([undefined, undefined, 24])
  })

  it('shows no count of one or two, whatever the parameter says', () => {
    const small = content(area('city', 24, 34), [area('a', 20, 30), area('b', 3, 2), area('c', 1, 2)])
    expect(publicFigures(small, 0)).toEqual(publicFigures(small, 3))
  })

  it('leaves no rest that tells how few left otherwise than by release', () => {
    const others = (one: AreaBooks, count: number): AreaBooks => {
      const { stock: cumulative } = one.books['monitoring.cumulative'] ?? { stock: 0 }
      return {
        ...one,
        books: { ...one.books, 'monitoring.otherExits': stock(count), 'monitoring.cumulative': stock(cumulative + count) },
      }
    }
    const { lines } = publicFigures(
      content(others(area('city', 331, 168), 4), [
        others(area('a', 120, 70), 2),
        others(area('b', 99, 48), 1),
        others(area('c', 112, 50), 1),
      ]),
      5,
    )
    const [whole, ended, observed] = ['cumulative', 'ended', 'observed'].map((name) => {
      const line = lines.find(({ key }) => key === name)
      return [line?.total, ...(line?.parts ?? [])]
    })
    expect(whole).toEqual([503, 192, 148, 163])
    expect(whole?.map((count, i) => (count ?? 0) - (ended?.[i] ?? 0) - (observed?.[i] ?? 0))).toEqual([0, 0, 0, 0])
  })

  it('leaves no rest that tells how few are observed elsewhere than at a site', () => {
    const at = (one: AreaBooks, count: number): AreaBooks => ({
      ...one,
      books: { ...one.books, 'monitoring.observed.central': stock(count) },
    })
    const { lines } = publicFigures(
      content(at(area('city', 117, 62), 52), [at(area('a', 28, 12), 11), at(area('b', 39, 20), 12), at(area('c', 50, 30), 29)]),
      5,
    )
    expect(lines.find(({ key }) => key === 'observed')?.parts).toEqual([12, 20, 30])
    expect(lines.find(({ key }) => key === 'central')?.parts).toEqual([null, 12, null])
  })

  it('is made from a frozen day, under its seal', () => {
    const figures = publicFigures(content(area('city', 24, 49), [area('a', 20, 30), area('b', 3, 15), area('c', 1, 4)]), 5)
    const observed = figures.lines.find(({ key }) => key === 'observed')
    // Released are 20, 3 and 1: none of them may stand, so in no area may both of the others.
    expect(observed).toMatchObject({ total: 49, parts: [null, null, null] })
    expect(guardFigures(JSON.stringify(figures), sealOfFigures(figures))).toBeUndefined()
    expect(guardFigures(JSON.stringify(figures), 'other')?.code).toBe('bulletin-figures-changed')
    expect(bulletinText(draftText(figures).zh, figures, 'zh')).toContain(
      '截至2020年2月13日24时，灯塔市累计观察73人，已解除和其他退出24人，正在观察49人',
    )
    expect(bulletinText(draftText(figures).en, figures, 'en')).toContain('As of 24:00 on 13 Feb 2020, 灯塔市 has observed 73 people;')
    // A day that is cut off before it ends says so.
    const early = (until: string) => draftText({ ...figures, until })
    expect([early('17:00').zh, early('17:30').zh, early('09:05').zh].map((one) => one.split('，')[0])).toEqual([
      '截至2020年2月13日17时',
      '截至2020年2月13日17时30分',
      '截至2020年2月13日9时05分',
    ])
    expect(early('17:30').en).toContain('As of 17:30 on 13 Feb 2020')
    expect(draftTitle(figures)).toEqual({
      zh: '灯塔市新冠肺炎疫情防控情况通报（2020年2月13日）',
      en: 'COVID-19 bulletin of 灯塔市, 13 Feb 2020',
    })
  })
})
