import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockingPairs, type RankedMarket } from './checker.ts'
import { stableMatching } from './stable.ts'

interface Choice {
  readonly post: number
  readonly mine: number
  readonly theirs: number
}

function ranked(capacity: readonly number[], lists: readonly (readonly Choice[])[]): RankedMarket {
  const first = [0]
  for (const list of lists) first.push((first.at(-1) ?? 0) + list.length)
  const flat = lists.flat()
  return {
    workers: lists.length,
    posts: capacity.length,
    capacity: Int32Array.from(capacity),
    first: Int32Array.from(first),
    post: Int32Array.from(flat, (c) => c.post),
    workerRank: Int32Array.from(flat, (c) => c.mine),
    postRank: Int32Array.from(flat, (c) => c.theirs),
  }
}

/** Every matching that respects openings, by trying all. */
function* allMatchings(market: RankedMarket): Generator<number[]> {
  const assigned = new Array<number>(market.workers).fill(-1)
  const left = Array.from(market.capacity)
  function* place(i: number): Generator<number[]> {
    if (i === market.workers) {
      yield [...assigned]
      return
    }
    assigned[i] = -1
    yield* place(i + 1)
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      if ((left[j] ?? 0) === 0) continue
      left[j] = (left[j] ?? 0) - 1
      assigned[i] = j
      yield* place(i + 1)
      assigned[i] = -1
      left[j] = (left[j] ?? 0) + 1
    }
  }
  yield* place(0)
}

const size = (assigned: ArrayLike<number>) => Array.from(assigned).filter((j) => j >= 0).length

const marketWithRanks = (levels: number) =>
  fc
    .record({
      capacity: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }),
      lists: fc.array(
        fc.uniqueArray(fc.record({ post: fc.nat(3), mine: fc.nat(levels), theirs: fc.nat(levels) }), {
          selector: (c) => c.post,
          maxLength: 4,
        }),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ capacity, lists }) =>
      ranked(
        capacity,
        lists.map((list) => list.filter((c) => c.post < capacity.length)),
      ),
    )

describe('a stable matching', () => {
  test('with ties is stable and holds two thirds of the largest one', () => {
    let tight = 0
    fc.assert(
      fc.property(marketWithRanks(1), (market) => {
        const assigned = stableMatching(market)
        expect(blockingPairs(market, assigned)).toEqual([])
        let largest = 0
        for (const other of allMatchings(market)) if (blockingPairs(market, other).length === 0) largest = Math.max(largest, size(other))
        expect(size(assigned) * 3).toBeGreaterThanOrEqual(largest * 2)
        if (size(assigned) === largest) tight++
      }),
      { numRuns: 500, seed: 4 },
    )
    expect(tight).toBeGreaterThan(400)
  })

  test('without ties gives every worker the best post of any stable matching', () => {
    fc.assert(
      fc.property(marketWithRanks(3), (market) => {
        // Ranks made distinct: the row number breaks ties.
        const workerRank = market.workerRank.map((rank, k) => rank * 100 + k)
        const postRank = market.postRank.map((rank, k) => rank * 100 + k)
        const strict = { ...market, workerRank, postRank }
        const mine = rankOf(strict, stableMatching(strict))
        for (const other of allMatchings(strict)) {
          if (blockingPairs(strict, other).length > 0) continue
          rankOf(strict, other).forEach((rank, i) => {
            expect(mine[i]).toBeLessThanOrEqual(rank)
          })
        }
      }),
      { numRuns: 200, seed: 8 },
    )
  })

  test('prefers the free opening among equals', () => {
    // Both like both posts; the second post only wants the first worker.
    const market = ranked(
      [1, 1],
      [
        [
          { post: 0, mine: 0, theirs: 0 },
          { post: 1, mine: 0, theirs: 0 },
        ],
        [{ post: 0, mine: 0, theirs: 0 }],
      ],
    )
    expect([...stableMatching(market)]).toEqual([1, 0])
  })
})

test('the checker names a blocking pair', () => {
  const market = ranked([1], [[{ post: 0, mine: 0, theirs: 1 }], [{ post: 0, mine: 0, theirs: 0 }]])
  expect(blockingPairs(market, [0, -1])).toEqual([{ worker: 1, post: 0 }])
  expect(blockingPairs(market, [-1, 0])).toEqual([])
  expect(blockingPairs(market, [-1, -1])).toHaveLength(2)
})

function rankOf(market: RankedMarket, assigned: ArrayLike<number>): number[] {
  return Array.from({ length: market.workers }, (_, i) => {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      if (market.post[k] === assigned[i]) return market.workerRank[k] ?? 0
    }
    return Number.POSITIVE_INFINITY
  })
}
