import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bounded, type Range } from './bounded.ts'
import { publicFigures } from './figures.ts'
import type { PublicFigures } from './published.ts'
import { protect, type Shown } from './suppress.ts'
import { type Counts, KEYS, reportOf } from './testing/reports.ts'

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)

/** One line over days, as everybody reads it: what was renewed on each day. An area that did not change looks like one held back. */
function published(days: readonly (readonly number[])[], smallest: number): readonly (readonly Shown[])[] {
  let last: readonly Shown[] = []
  return days.map((parts) => {
    const before = { parts: last.slice(0, -1), total: last.at(-1) }
    const [line] = protect([{ parts, total: sum(parts) }], smallest, [], [before])
    const shown = [...(line?.parts ?? []).map((count, i) => (count === last[i] ? undefined : count)), line?.total]
    last = shown.map((count, i) => count ?? last[i])
    return shown
  })
}

/** All series of so many days in which each area gains one of `gains` a day, from `start`. */
function* series(start: readonly number[], gains: readonly number[], days: number): Generator<readonly (readonly number[])[]> {
  if (days === 0) {
    yield []
    return
  }
  const next = start.reduce<readonly (readonly number[])[]>(
    (rows, count) => rows.flatMap((row) => gains.filter((gain) => count + gain >= 0).map((gain) => [...row, count + gain])),
    [[]],
  )
  for (const counts of next) for (const rest of series(counts, gains, days - 1)) yield [counts, ...rest]
}

/**
 * An attacker who knows the rule and everything that was published, and tries every history there could be. What does he know of a change,
 * between two days of an area, of which a figure was held back? Histories with gains above `most` are possible to him and not asked about:
 * of theirs, some that come out alike are too large to be tried.
 */
function broken(start: readonly number[], gains: readonly number[], most: number, days: number, smallest: number): readonly string[] {
  const seen = new Map<string, { asked: boolean; known: Set<number>[] }>()
  for (const history of series(start, gains, days)) {
    const all = [start, ...history]
    const shown = published(all, smallest)
    const changes = all.flatMap((row, day) =>
      all
        .slice(day + 1)
        .flatMap((later, k) =>
          row.flatMap((count, i) =>
            shown[day]?.[i] === undefined || shown[day + 1 + k]?.[i] === undefined ? [(later[i] ?? 0) - count] : [],
          ),
        ),
    )
    const said = JSON.stringify(shown.map((row) => row.map((count) => count ?? null)))
    const found = seen.get(said) ?? { asked: false, known: changes.map(() => new Set<number>()) }
    changes.forEach((change, i) => {
      found.known[i]?.add(change)
    })
    found.asked ||= history.every((row, day) => row.every((count, i) => Math.abs(count - (all[day]?.[i] ?? 0)) <= most))
    seen.set(said, found)
  }
  return [...seen].flatMap(([said, { asked, known }]) =>
    known.flatMap((values, i) => {
      const [only = 0] = values
      return asked && values.size === 1 && only !== 0 && Math.abs(only) < smallest ? [`${said} #${i}: ${only}`] : []
    }),
  )
}

const upTo = (most: number, from = 0) => Array.from({ length: most - from + 1 }, (_, i) => from + i)

describe('an attacker who keeps all bulletins', () => {
  it.each([
    ['two areas that only grow', [10, 20], upTo(9), 4, 2, 3],
    ['three areas that only grow', [10, 20, 30], upTo(5), 2, 2, 3],
    ['four areas, one day', [10, 20, 30, 40], upTo(9), 5, 1, 3],
    ['two areas, three days', [10, 20], upTo(6), 2, 3, 3],
    ['two areas that grow and shrink', [10, 20], upTo(7, -7), 2, 2, 3],
    ['four areas, a larger limit', [10, 20, 30, 40], upTo(10), 7, 1, 4],
  ])('never knows a small change: %s', { timeout: 120_000 }, (_name, start, gains, most, days, smallest) => {
    expect(broken(start, gains, most, days, smallest).slice(0, 5)).toEqual([])
  })
})

describe('bulletins of successive days', () => {
  const area = fc.record({ released: fc.nat({ max: 30 }), observed: fc.nat({ max: 40 }) })
  const move = fc.record({ in: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 20 })), out: fc.oneof(fc.constant(0), fc.nat({ max: 12 })) })
  const cases = fc.integer({ min: 2, max: 5 }).chain((areas) =>
    fc.record({
      from: fc.array(area, { minLength: areas, maxLength: areas }),
      moves: fc.array(fc.array(move, { minLength: areas, maxLength: areas }), { minLength: 1, maxLength: 6 }),
      smallest: fc.integer({ min: 3, max: 7 }),
    }),
  )
  const daysOf = ({
    from,
    moves,
  }: {
    from: readonly { released: number; observed: number }[]
    moves: readonly (readonly { in: number; out: number }[])[]
  }) => {
    let now = from.map(
      ({ released, observed }): Counts => ({
        ended: released,
        observed,
        cumulative: released + observed,
        central: observed >> 1,
        entered: 0,
      }),
    )
    return [
      now,
      ...moves.map((row) => {
        now = now.map((one, i) => {
          const entered = row[i]?.in ?? 0
          const out = Math.min(row[i]?.out ?? 0, one.observed)
          const observed = one.observed + entered - out
          return { ended: one.ended + out, observed, cumulative: one.cumulative + entered, central: observed >> 1, entered }
        })
        return now
      }),
    ]
  }

  it('say nothing small by differences, totals and sums, to whoever keeps them all', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(cases, ({ smallest, ...given }) => {
        const truth = daysOf(given)
        const bulletins: PublicFigures[] = []
        truth.forEach((areas, d) => {
          const last = bulletins.at(-1)
          const all = [...bulletins]
          bulletins.push(
            publicFigures(
              reportOf(
                `2020-02-${10 + d}`,
                areas.map((counts, i) => ({ id: `area${i}`, name: `area${i}`, counts })),
              ),
              smallest,
              last ? { last, all } : {},
            ),
          )
        })
        for (const key of KEYS) {
          const lines = bulletins.map((one) => one.lines.find((line) => line.key === key))
          const series = truth[0]?.map((_, i) => lines.map((line) => line?.parts[i] ?? null)) ?? []
          for (const cells of [lines.map((line) => line?.total ?? null), ...series])
            cells.forEach((count, d) => {
              const step = count === null ? 0 : Math.abs(count - (cells[d - 1] ?? 0))
              expect(step === 0 || step >= smallest).toBe(true)
              expect(count === null || count === 0 || count >= smallest).toBe(true)
            })
        }
        const known = bounded(bulletins)
        const small = (range: Range | undefined) => range !== undefined && range.low === range.high && range.low > 0 && range.low < smallest
        known.forEach((lines, d) => {
          lines.forEach((cells, l) => {
            expect([d, l, cells.slice(1).findIndex(small)]).toEqual([d, l, -1])
            const before = known[d - 1]?.[l]
            cells.slice(1).forEach((cell, i) => {
              const then = before?.[i + 1]
              if (!then || l === 4) return
              const [least, most] = [cell.low - then.high, cell.high - then.low]
              expect(least === most && least !== 0 && Math.abs(least) < smallest).toBe(false)
            })
          })
        })
      }),
      { numRuns: 200, seed: 5119 },
    )
  })
})
