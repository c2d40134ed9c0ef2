import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AreaFact, type AreaTree, foldAreas, pathRange } from './index.ts'

const DAYS = ['2019-01-01', '2019-06-01', '2020-01-01', '2020-03-01', '2020-03-02', '2021-01-01']
const instrument = '测试文件'

/** Random but consistent histories: each choice is applied to the tree folded so far and kept only if the fold takes it. */
const histories = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: DAYS.length - 1 }),
      act: fc.constantFrom('merge', 'split', 'carve', 'rename', 'recode', 'move', 'abolish', 'create'),
      pick: fc.array(fc.nat(99), { minLength: 4, maxLength: 4 }),
    }),
    { maxLength: 14 },
  )
  .map((choices) => {
    const facts: AreaFact[] = [
      { kind: 'created', id: 'c', level: 'city', code: '1', name: '城', parent: null, date: DAYS[0] ?? '', instrument },
    ]
    for (const [index, county] of ['x', 'y'].entries()) {
      facts.push({
        kind: 'created',
        id: county,
        level: 'county',
        code: `3${index}`,
        name: `${county}县`,
        parent: 'c',
        date: DAYS[0] ?? '',
        instrument,
      })
      for (const town of [0, 1, 2]) {
        const id = `${county}${town}`
        facts.push({
          kind: 'created',
          id,
          level: 'town',
          code: `4${index}${town}`,
          name: `${town}镇`,
          parent: county,
          date: DAYS[0] ?? '',
          instrument,
        })
        for (const v of [0, 1, 2])
          facts.push({
            kind: 'created',
            id: `${id}${v}`,
            level: 'village',
            code: null,
            name: `${v}村`,
            parent: id,
            date: DAYS[0] ?? '',
            instrument,
          })
      }
    }
    for (const [at, { day, act, pick }] of [...choices].sort((a, b) => a.day - b.day).entries()) {
      const date = DAYS[day] ?? ''
      const tree = must(facts)
      const villages = [...tree.asOf(date).nodes()].filter((area) => area.level === 'village')
      const towns = [...tree.asOf(date).nodes()].filter((area) => area.level === 'town')
      const v = (n: number) => villages[(pick[n] ?? 0) % Math.max(villages.length, 1)]?.id ?? ''
      const town = towns[(pick[3] ?? 0) % Math.max(towns.length, 1)]?.id ?? ''
      const dated = { date, instrument }
      const next: AreaFact =
        act === 'merge'
          ? { kind: 'merged', ids: [v(0)], into: v(1), ...dated }
          : act === 'split'
            ? {
                kind: 'split',
                id: v(0),
                into: [
                  { id: v(1), parts: 1 },
                  { id: v(2), parts: 2 },
                ],
                ...dated,
              }
            : act === 'carve'
              ? {
                  kind: 'split',
                  id: v(0),
                  into: [
                    { id: v(0), parts: 3 },
                    { id: v(1), parts: 1 },
                  ],
                  ...dated,
                }
              : act === 'rename'
                ? { kind: 'renamed', id: v(0), name: `新${at}村`, ...dated }
                : act === 'recode'
                  ? { kind: 'recoded', id: v(0), code: `9${at}`, ...dated }
                  : act === 'move'
                    ? { kind: 'moved', id: v(0), parent: town, ...dated }
                    : act === 'abolish'
                      ? { kind: 'abolished', id: v(0), ...dated }
                      : { kind: 'created', id: `n${at}`, level: 'village', code: null, name: `又${at}村`, parent: town, ...dated }
      if (foldAreas([...facts, next]).ok) facts.push(next)
    }
    return facts
  })

function must(facts: readonly AreaFact[]): AreaTree {
  const folded = foldAreas(facts)
  if (!folded.ok) throw new Error(JSON.stringify(folded.problem.problems))
  return folded.value
}
const days = [...DAYS, '2018-01-01', '2022-01-01']
const all = (tree: AreaTree) => days.map((day) => [...tree.asOf(day).nodes()].sort((a, b) => (a.id < b.id ? -1 : 1)))

describe('laws of dated areas (docs/laws/areas.md)', () => {
  test('3: the order of facts, within a day and between days, says nothing', () => {
    fc.assert(
      fc.property(
        histories.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length })),
        ),
        ([facts, shuffled]) => {
          const [a, b] = [must(facts), must(shuffled)]
          expect(all(b)).toEqual(all(a))
          for (const area of a.asOf(DAYS[0] ?? '').nodes())
            expect(b.successorsOf(area.id, '2022-01-01')).toEqual(a.successorsOf(area.id, '2022-01-01'))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('4: later facts change nothing about earlier days', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...DAYS), (facts, day) => {
        const known = must(facts.filter((fact) => fact.date <= day))
        const later = must(facts)
        for (const earlier of days.filter((one) => one <= day)) {
          const strip = (tree: AreaTree) =>
            [...tree.asOf(earlier).nodes()].map(({ to: _, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1))
          expect(strip(later)).toEqual(strip(known))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('6 and 7: shares add up to one, and looking back mirrors looking ahead', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...DAYS), fc.constantFrom(...DAYS), (facts, a, b) => {
        const [then, day] = a <= b ? [a, b] : [b, a]
        const tree = must(facts)
        const back = new Map<string, number>()
        for (const area of tree.asOf(day).nodes())
          for (const source of tree.predecessorsOf(area.id, day, then))
            back.set(`${source.id} ${area.id}`, source.numerator / source.denominator)
        for (const area of tree.asOf(then).nodes()) {
          const heirs = tree.successorsOf(area.id, day, then)
          expect(heirs.reduce((sum, heir) => sum + heir.numerator / heir.denominator, 0)).toBeCloseTo(1, 12)
          for (const heir of heirs) {
            expect(back.get(`${area.id} ${heir.id}`)).toBeCloseTo(heir.numerator / heir.denominator, 12)
            back.delete(`${area.id} ${heir.id}`)
          }
        }
        expect([...back]).toEqual([])
      }),
      { numRuns: 80 },
    )
  })

  test('8: the figures of old areas under the boundaries of another day sum up to the same total', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...DAYS), (facts, then) => {
        const tree = must(facts)
        const day = '2022-01-01'
        // Each area counted something of its own; a branch holds everything below it.
        const own = new Map([...tree.asOf(then).nodes()].map((area, index) => [area.id, index + 1]))
        const branch = (id: string) => [...tree.asOf(then).descendants(id)].reduce((sum, area) => sum + (own.get(area.id) ?? 0), 0)
        const figure = (id: string) =>
          tree
            .sourcesOf(id, day, then)
            .reduce(
              (sum, { id: old, numerator, denominator, scope }) =>
                sum + ((scope === 'branch' ? branch(old) : (own.get(old) ?? 0)) * numerator) / denominator,
              0,
            )
        expect(figure('c')).toBeCloseTo(branch('c'), 9)
        const kids = tree.asOf(day).children('x')
        const below = kids.reduce((sum, kid) => sum + figure(kid.id), 0)
        expect(figure('x')).toBeCloseTo(below + (own.get('x') ?? 0), 9)
      }),
      { numRuns: 80 },
    )
  })

  test('9: the closure says of every day exactly what the tree says, without overlapping periods', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        const tree = must(facts)
        const rows = [...tree.closure()]
        for (const day of days) {
          const living = rows.filter((row) => row.from <= day && (row.to === null || day < row.to))
          const told = living.map((row) => `${row.ancestor} ${row.descendant} ${row.depth}`)
          const view = tree.asOf(day)
          const meant = [...view.nodes()].flatMap((area) =>
            view.ancestors(area.id).map((above, depth) => `${above.id} ${area.id} ${depth}`),
          )
          expect(told.sort()).toEqual(meant.sort())
        }
      }),
      { numRuns: 60 },
    )
  })

  test('10: a path range holds the branch and nothing else', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...DAYS), (facts, day) => {
        const view = must(facts).asOf(day)
        for (const top of view.nodes()) {
          const range = pathRange(view.path(top.id) ?? '')
          for (const area of view.nodes()) {
            const path = view.path(area.id) ?? ''
            expect(path >= range.from && path < range.to).toBe(view.contains(top.id, area.id))
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})
