import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import highsLoader from 'highs'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { checkFlow } from './certificate.ts'
import { readDimacs, writeDimacs } from './dimacs.ts'
import { type ArcInput, type FlowNetwork, networkOf } from './network.ts'
import { minimumCostFlow } from './network-simplex.ts'
import { leastCostBySuccessivePaths } from './testing/successive-shortest-path.ts'

const instances = '../shared/data/flows'

/** A least cost by an independent linear program (HiGHS), or undefined when infeasible. */
async function leastCostByLinearProgram(network: FlowNetwork): Promise<number | undefined> {
  const highs = await highsLoader()
  const arcs = network.source.length
  const starts = Int32Array.from({ length: arcs + 1 }, (_, e) => 2 * e)
  const indices = new Int32Array(2 * arcs)
  const values = new Float64Array(2 * arcs)
  network.source.forEach((from, e) => {
    indices.set([from, network.target[e] ?? 0], 2 * e)
    values.set([1, -1], 2 * e)
  })
  return highs.withModel(
    {
      numCols: arcs,
      numRows: network.nodes,
      colCost: network.cost,
      colLower: network.lower,
      colUpper: network.capacity,
      rowLower: network.supply,
      rowUpper: network.supply,
      matrix: { format: 'csc', numRows: network.nodes, numCols: arcs, starts, indices, values },
    },
    (model) => {
      model.run()
      return model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getObjectiveValue() : undefined
    },
  )
}

const anyNetwork = fc.integer({ min: 2, max: 7 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 })
  const arc = fc.record({
    source: node,
    target: node,
    cost: fc.integer({ min: -6, max: 12 }),
    lower: fc.integer({ min: 0, max: 2 }),
    spare: fc.integer({ min: 0, max: 9 }),
  })
  return fc
    .tuple(
      fc.array(arc, { minLength: 1, maxLength: 18 }),
      fc.array(fc.integer({ min: -6, max: 6 }), { minLength: nodes, maxLength: nodes }),
    )
    .map(([arcs, supply]) => {
      supply[0] = (supply[0] ?? 0) - supply.reduce((sum, s) => sum + s, 0)
      const list: ArcInput[] = arcs
        .filter((a) => a.source !== a.target)
        .map((a) => ({ source: a.source, target: a.target, cost: a.cost, lower: a.lower, capacity: a.lower + a.spare }))
      return networkOf(supply, list)
    })
})

describe('minimum-cost flow', () => {
  test('agrees with successive shortest paths on any small network, proves itself, or names a cut that is too small', () => {
    let solved = 0
    let refused = 0
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const expected = leastCostBySuccessivePaths(network)
        const result = minimumCostFlow(network)
        if (expected === undefined) {
          if (result.status !== 'infeasible') throw new Error(`expected infeasible, got ${result.status}`)
          expect(result.cut.amount).toBeGreaterThan(result.cut.room)
          expect(result.refusal.zh).toContain(String(result.cut.amount - result.cut.room))
          refused++
          return
        }
        if (result.status !== 'optimal') throw new Error(`expected an optimum, got ${result.status}`)
        expect(result.objective).toBe(expected)
        const certificate = checkFlow(network, result.flow, result.potential)
        expect(certificate.faults).toEqual([])
        expect(certificate.optimal).toBe(true)
        solved++
      }),
      { numRuns: 1500, seed: 20200214 },
    )
    expect(solved).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(200)
  })

  test('names the cycle when the cost has no least value', () => {
    const network = networkOf(
      [0, 0, 0],
      [
        { source: 0, target: 1, cost: 2 },
        { source: 1, target: 2, cost: -5 },
        { source: 2, target: 0, cost: 1 },
      ],
    )
    const result = minimumCostFlow(network)
    if (result.status !== 'unbounded') throw new Error(result.status)
    expect([...result.cycle].sort()).toEqual([0, 1, 2])
  })

  test('names the smallest cut: one town that needs more than its roads carry', () => {
    const names = ['县库', '甲镇', '乙镇']
    const network = networkOf(
      [100, -60, -40],
      [
        { source: 0, target: 1, cost: 1, capacity: 30 },
        { source: 2, target: 1, cost: 1, capacity: 10 },
        { source: 0, target: 2, cost: 1 },
      ],
    )
    const result = minimumCostFlow(network, { nameOf: (v) => ({ zh: names[v] ?? '', en: `place ${v}` }) })
    if (result.status !== 'infeasible') throw new Error(result.status)
    expect(result.cut).toMatchObject({ nodes: [1], direction: 'in', amount: 60, room: 40 })
    expect(result.refusal.zh).toBe('甲镇需要运入 60，最多只能运到 40，缺 20：请增加供应或运力，或降低需求。')
  })

  test('stops when asked', () => {
    const nodes = 400
    const arcs: ArcInput[] = []
    for (let a = 0; a < nodes / 2; a++)
      for (let b = nodes / 2; b < nodes; b++) arcs.push({ source: a, target: b, cost: (a * 7919 + b * b * 104_729) % 9973 })
    const supply = Array.from({ length: nodes }, (_, v) => (v < nodes / 2 ? 1 + (v % 5) : 0))
    const total = supply.reduce((sum, s) => sum + s, 0)
    for (let k = 0; k < total; k++) supply[nodes / 2 + (k % (nodes / 2))] = (supply[nodes / 2 + (k % (nodes / 2))] ?? 0) - 1
    expect(minimumCostFlow(networkOf(supply, arcs), { stop: () => true }).status).toBe('stopped')
    expect(minimumCostFlow(networkOf(supply, arcs)).status).toBe('optimal')
  })

  test.each([
    ['unequal supplies', networkOf([1, 0], [{ source: 0, target: 1, cost: 1 }])],
    ['half a box', networkOf([0.5, -0.5], [{ source: 0, target: 1, cost: 1 }])],
    ['an unknown node', networkOf([1, -1], [{ source: 0, target: 2, cost: 1 }])],
    ['a lower bound above the capacity', networkOf([1, -1], [{ source: 0, target: 1, cost: 1, lower: 3, capacity: 2 }])],
    ['costs beyond exact integers', networkOf([1, -1], [{ source: 0, target: 1, cost: 2 ** 52 }])],
  ])('refuses %s in both languages', (_, network) => {
    expect(() => minimumCostFlow(network)).toThrow(InputError)
  })
})

describe('the certificate', () => {
  const network = networkOf(
    [4, -4],
    [
      { source: 0, target: 1, cost: 1, capacity: 3 },
      { source: 0, target: 1, cost: 5 },
    ],
  )
  test('accepts the optimum only', () => {
    expect(checkFlow(network, [3, 1], [0, 5])).toMatchObject({ optimal: true, objective: 8n, bound: 8n })
    expect(checkFlow(network, [2, 2], [0, 5])).toMatchObject({ feasible: true, optimal: false, objective: 12n, bound: 8n })
    expect(checkFlow(network, [3, 1], [0, 0])).toMatchObject({ feasible: true, optimal: false, bound: 0n })
  })
  test('sees broken limits and balance', () => {
    expect(checkFlow(network, [4, 0], [0, 5]).faults).toHaveLength(1)
    expect(checkFlow(network, [3, 0], [0, 5]).feasible).toBe(false)
    expect(checkFlow(network, [3, 0.5], [0, 5]).feasible).toBe(false)
  })
})

describe('DIMACS files', () => {
  test('come back as they were written', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expect(readDimacs(new TextEncoder().encode(writeDimacs(network)))).toEqual(network)
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    ['p max 2 1\n', 'dimacs-problem'],
    ['a 1 2 0 1 1\n', 'dimacs-order'],
    ['p min 2 1\na 1 3 0 1 1\n', 'dimacs-node'],
    ['p min 2 2\na 1 2 0 1 1\n', 'dimacs-arcs'],
    ['p min 2 1\na 1 2 0 1 x\n', 'dimacs-number'],
    ['c nothing\n', 'dimacs-empty'],
  ])('with a fault say where: %j', (text, code) => {
    try {
      readDimacs(new TextEncoder().encode(text))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      expect(error.code).toBe(code)
      return
    }
    throw new Error('no refusal')
  })

  // The larger instances take HiGHS tens of seconds; their optimum is proven by the certificate alone.
  const files = existsSync(instances) ? readdirSync(instances).filter((name) => name.endsWith('.min')) : []
  test.skipIf(files.length === 0)('of the public sets are solved to proven optimality (skipped: instance folder absent)', async () => {
    for (const name of files) {
      const network = readDimacs(readFileSync(`${instances}/${name}`))
      const result = minimumCostFlow(network)
      if (result.status !== 'optimal') throw new Error(`${name}: ${result.status}`)
      expect(checkFlow(network, result.flow, result.potential).optimal).toBe(true)
      if (network.source.length <= 10_000)
        expect(result.objective).toBe(Math.round((await leastCostByLinearProgram(network)) ?? Number.NaN))
    }
  })
})
