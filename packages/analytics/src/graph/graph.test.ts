import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arc, bestForest, compressEdges, connectedParts, depths, descendants, stepsFrom } from './index.ts'

const nodes = 7
const edges = fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 14 })

describe('compressed graph', () => {
  it('counts steps as repeated relaxation does', () => {
    fc.assert(
      fc.property(edges, fc.nat(nodes - 1), (pairs, source) => {
        const graph = compressEdges(
          nodes,
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        )
        const slow = Array.from({ length: nodes }, (_, node) => (node === source ? 0 : Number.POSITIVE_INFINITY))
        for (let round = 0; round < nodes; round += 1) for (const [a, b] of pairs) slow[b] = Math.min(slow[b] ?? 0, (slow[a] ?? 0) + 1)
        expect([...stepsFrom(graph, [source])]).toEqual(slow.map((steps) => (Number.isFinite(steps) ? steps : -1)))
      }),
    )
  })

  it('joins what any path joins', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const { part, parts } = connectedParts(
          nodes,
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        )
        const both = compressEdges(
          nodes,
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
          true,
        )
        expect(new Set(part).size).toBe(parts)
        for (let a = 0; a < nodes; a += 1) {
          const steps = stepsFrom(both, [a])
          for (let b = 0; b < nodes; b += 1) expect(part[a] === part[b]).toBe(steps[b] !== -1)
        }
      }),
    )
  })
})

describe('forest', () => {
  it('numbers generations and counts those below', () => {
    const parent = [-1, 0, 0, 1, 3, -1]
    expect([...depths(parent)]).toEqual([0, 1, 1, 2, 3, 0])
    expect([...descendants(parent)]).toEqual([4, 2, 0, 1, 0, 0])
    expect(() => depths([1, 2, 0])).toThrow(/circle/)
  })

  /** Every way to give each node one arc, kept if no circle arises. */
  function bestByTrying(count: number, arcs: readonly Arc[]): number {
    const into = Array.from({ length: count }, (_, node) => arcs.filter((arc) => arc.to === node))
    const parent: number[] = new Array(count).fill(-1)
    const search = (node: number): number => {
      if (node === count) {
        try {
          depths(parent)
          return 0
        } catch {
          return Number.NEGATIVE_INFINITY
        }
      }
      let best = Number.NEGATIVE_INFINITY
      for (const arc of into[node] ?? []) {
        parent[node] = arc.from
        best = Math.max(best, arc.weight + search(node + 1))
      }
      return best
    }
    return search(0)
  }

  it('is the best of all forests', () => {
    const arc = fc.record({ from: fc.nat(4), to: fc.nat(4), weight: fc.integer({ min: -20, max: 20 }) })
    fc.assert(
      fc.property(
        fc.array(arc, { maxLength: 14 }),
        fc.array(fc.integer({ min: -30, max: 5 }), { minLength: 5, maxLength: 5 }),
        (between, roots) => {
          const arcs: Arc[] = [...between.filter((a) => a.from !== a.to), ...roots.map((weight, to) => ({ from: -1, to, weight }))]
          const chosen = [...bestForest(5, arcs)].map((index) => arcs[index])
          expect(chosen.map((a) => a?.to)).toEqual([0, 1, 2, 3, 4])
          depths(chosen.map((a) => a?.from ?? -1))
          expect(chosen.reduce((sum, a) => sum + (a?.weight ?? 0), 0)).toBe(bestByTrying(5, arcs))
        },
      ),
      { numRuns: 500 },
    )
  })
})
