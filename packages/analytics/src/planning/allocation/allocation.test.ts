import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { allocateSupplies } from './allocate.ts'
import { certifyLevels } from './certify-levels.ts'
import { checkSupplies } from './check-supplies.ts'
import { checkSupplyPlan } from './check-supply-plan.ts'
import { fairShares } from './fair-shares.ts'
import type { LinearProgramSolver } from './linear-program.ts'
import { allocateInWorker } from './node/allocate-in-worker.ts'
import { highsSolver } from './node/highs-session.ts'
import type { SupplyDemand, SupplyLot, SupplyProblem } from './supplies.ts'
import { citySupplies } from './testing/city-supplies.ts'
import { checkVillageShares, shareAmongVillages, townSupplies } from './village-shares.ts'

let solver: LinearProgramSolver
beforeAll(async () => {
  solver = await highsSolver()
})

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, k) => ({ id: `${prefix}${k}`, name: { zh: `${prefix}${k}`, en: `${prefix}${k}` } }))

function problemOf(partial: Partial<SupplyProblem> & Pick<SupplyProblem, 'lots' | 'demands'>): SupplyProblem {
  const places = 1 + Math.max(0, ...partial.demands.map((need) => need.place))
  const sources = 1 + Math.max(0, ...partial.lots.map((lot) => lot.source))
  return {
    periods: 4,
    items: names('item', 2).map((item) => ({ ...item, volume: 1 })),
    sources: names('store', sources),
    places: names('town', places),
    lanes: Array.from({ length: places * sources }, (_, k) => ({ source: k % sources, place: Math.floor(k / sources), cost: 1 + (k % 3) })),
    transport: [],
    holding: 0,
    ...partial,
  }
}

const lot = (id: string, amount: number, more: Partial<SupplyLot> = {}): SupplyLot => ({
  id,
  item: 0,
  source: 0,
  amount,
  available: 0,
  ...more,
})
const need = (place: number, amount: number, more: Partial<SupplyDemand> = {}): SupplyDemand => ({
  item: 0,
  place,
  period: 0,
  amount,
  tier: 0,
  ...more,
})

function planOf(problem: SupplyProblem) {
  const planned = allocateSupplies(problem, solver)
  if (!planned.ok) throw new Error(planned.refusal.en)
  const check = checkSupplies(problem, planned.plan.shipments)
  expect(check.faults).toEqual([])
  planned.plan.claims.forEach((claim) => {
    expect(claim.demands.reduce((sum, d) => sum + (check.delivered[d] ?? 0), 0)).toBe(claim.granted)
  })
  for (const { level, bound } of certifyLevels(problem, planned.plan.claims, planned.plan.steps)) {
    expect(Math.abs(bound - level)).toBeLessThan(1e-5)
  }
  expect(checkSupplyPlan(problem, planned.plan)).toEqual([])
  return planned
}

const anyProblem: fc.Arbitrary<SupplyProblem> = fc
  .record({
    lots: fc.array(
      fc.record({ amount: fc.nat(40), available: fc.nat(3), source: fc.nat(1), item: fc.nat(1), lastUse: fc.option(fc.nat(3)) }),
      { minLength: 1, maxLength: 6 },
    ),
    demands: fc.array(fc.record({ item: fc.nat(1), place: fc.nat(3), period: fc.nat(3), amount: fc.nat(20), tier: fc.nat(1) }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ lots, demands }) =>
    problemOf({
      lots: lots.map(({ lastUse, ...rest }, k) => ({ id: `L${k}`, ...rest, ...(lastUse === null ? {} : { lastUse }) })),
      demands,
    }),
  )

describe('allocation of supplies', () => {
  test('fills tier before tier, the poorest first, exactly as an independent flow method does', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { plan } = planOf(problem)
        // One item, no vehicle limit: pools of the oracle are lots, and a claim may take what any period of it can use.
        for (const item of [0, 1]) {
          const claims = plan.claims.filter((claim) => claim.item === item)
          const oracle = leximinByPeriods(problem, item, claims)
          claims.forEach((claim, c) => {
            expect(claim.bestLevel).toBeCloseTo(oracle[c] ?? 0, 4)
            expect(Math.abs(claim.granted - claim.bestLevel * claim.amount)).toBeLessThan(1.01)
          })
        }
      }),
      { numRuns: 150, seed: 31 },
    )
  })

  test('nothing is used after its last day, and what expires first goes first', () => {
    const { plan } = planOf(
      problemOf({
        lots: [lot('fresh', 10), lot('old', 10, { lastUse: 1 })],
        demands: [need(0, 8, { period: 1 }), need(0, 12, { period: 3 })],
      }),
    )
    expect(plan.claims[0]).toMatchObject({ granted: 18 })
    const old = plan.shipments.filter((shipment) => shipment.lot === 1)
    expect(old.every((shipment) => shipment.used <= 1)).toBe(true)
    expect(old.reduce((sum, shipment) => sum + shipment.amount, 0)).toBe(8)
  })

  test('left-over units keep the balance and say who got them', () => {
    const { plan } = planOf(problemOf({ lots: [lot('a', 20)], demands: [need(0, 10), need(1, 10), need(2, 10)] }))
    expect(plan.claims.map((claim) => claim.granted).sort()).toEqual([6, 7, 7])
    expect(plan.remainders).toHaveLength(2)
    expect(plan.remainders[0]?.zh).toMatch(/按比例应得 6.67/)
  })

  test('a limited vehicle is used early and words name it', () => {
    const problem = problemOf({
      lots: [lot('a', 100)],
      demands: [need(0, 10, { period: 0 }), need(0, 30, { period: 1 })],
      transport: [0, 1, 2, 3].map((period) => ({ source: 0, period, volume: 18 })),
      holding: 1,
    })
    const { plan, objective, bound } = planOf(problem)
    expect(plan.claims[0]?.granted).toBe(36)
    expect(bound).toBeCloseTo(0.9, 6)
    expect(objective).toBeCloseTo(0.9, 6)
    expect(plan.reasons[0]?.zh).toMatch(/受限于store0第 [12] 天的运力/)
  })

  test('what no lane or stock can reach is said', () => {
    const { plan } = planOf(problemOf({ lots: [lot('a', 5, { lastUse: 0 })], demands: [need(0, 5, { period: 2 })] }))
    expect(plan.reasons[0]?.en).toMatch(/cannot be served/)
  })

  test('too large a problem is refused with the figures, not tried', () => {
    const problem = citySupplies({ counties: 2, towns: 20, items: 3, days: 7, seed: 1, neighbours: true, limitedVehicles: true })
    const planned = allocateSupplies(problem, solver, { memoryLimit: 1e6 })
    expect(planned).toMatchObject({ ok: false, refusal: { code: 'supply-too-large' } })
    if (!planned.ok) expect(planned.refusal.zh).toMatch(/上限为 1 MB/)
    // Every village of a city in one program: refused by counting, before a single option is listed.
    const villages = citySupplies({ counties: 5, towns: 2700, items: 60, days: 7, seed: 1, neighbours: true, limitedVehicles: true })
    expect(allocateSupplies(villages, solver)).toMatchObject({ ok: false, refusal: { code: 'supply-too-large' } })
  })

  test.each([[{ neighbours: false, limitedVehicles: true }], [{ neighbours: true, limitedVehicles: false }]])(
    'a city of 40 towns is valid and within a few units of the bound: %j',
    (shape) => {
      const problem = citySupplies({ counties: 4, towns: 40, items: 4, days: 5, seed: 9, ...shape })
      const { plan } = planOf(problem)
      for (const claim of plan.claims) expect(claim.bestLevel * claim.amount - claim.granted).toBeLessThan(4)
      for (const tier of plan.tiers)
        expect(tier.leastFill.numerator / tier.leastFill.denominator).toBeLessThanOrEqual(tier.leastFillBound + 0.02)
    },
  )

  test('in a worker thread the plan is the same', async () => {
    const problem = citySupplies({ counties: 2, towns: 10, items: 2, days: 4, seed: 3, neighbours: false, limitedVehicles: true })
    expect(await allocateInWorker(problem)).toEqual(allocateSupplies(problem, solver))
    await expect(allocateInWorker({ ...problem, lots: [lot('x', 0.5)] })).rejects.toThrow(InputError)
  })
})

test('a level that is stated too low is not certified', () => {
  const problem = problemOf({ lots: [lot('a', 10)], demands: [need(0, 20)] })
  const { plan } = planOf(problem)
  expect(certifyLevels(problem, plan.claims, plan.steps)).toEqual([{ level: 0.5, bound: 0.5 }])
  const modest = plan.steps.map((step) => ({ ...step, level: 0.25 }))
  expect(certifyLevels(problem, plan.claims, modest)[0]?.bound).toBe(0.5)
  const unproven = plan.steps.map((step) => ({ ...step, bottlenecks: [] }))
  expect(certifyLevels(problem, plan.claims, unproven)[0]?.bound).toBe(1)
})

test('the checker of whole plans sees that too little is sent, or to the wrong tier, and levels that are made up', () => {
  const problem = problemOf({ lots: [lot('a', 10)], demands: [need(0, 10), need(1, 10, { tier: 1 })] })
  const { plan } = planOf(problem)
  expect(plan.claims.map(({ granted }) => granted)).toEqual([10, 0])
  const granting = (amounts: readonly number[]) => ({
    ...plan,
    claims: plan.claims.map((claim, c) => ({ ...claim, granted: amounts[c] ?? 0 })),
  })
  expect(checkSupplyPlan(problem, { ...granting([0, 0]), shipments: [] })).toEqual(['claim 0 gets 0 of 10, fair are 10'])
  const [shipment] = plan.shipments
  if (shipment === undefined) throw new Error('a shipment is needed')
  const wrong = { ...granting([0, 10]), shipments: [{ ...shipment, place: 1, demand: 1 }] }
  expect(checkSupplies(problem, wrong.shipments).valid).toBe(true)
  expect(checkSupplyPlan(problem, wrong)).toEqual(['claim 0 gets 0 of 10, fair are 10'])
  const modest = {
    ...wrong,
    claims: wrong.claims.map((claim, c) => ({ ...claim, bestLevel: c })),
    steps: plan.steps.map((step, s) => ({ ...step, level: s })),
  }
  expect(checkSupplyPlan(problem, modest).length).toBeGreaterThan(0)
  expect(checkSupplyPlan(problem, { ...plan, claims: plan.claims.slice(1) }).length).toBeGreaterThan(0)
})

test('the checker sees each kind of fault', () => {
  const problem = problemOf({
    lots: [lot('a', 5, { available: 1, lastUse: 2 })],
    demands: [need(0, 4, { period: 2 })],
    transport: [{ source: 0, period: 2, volume: 3 }],
  })
  const good = { lot: 0, place: 0, departs: 2, used: 2, demand: 0, amount: 3 }
  expect(checkSupplies(problem, [good]).valid).toBe(true)
  for (const bad of [{ departs: 0 }, { departs: 1 }, { used: 3 }, { place: 1 }, { amount: 4 }, { amount: 0.5 }, { lot: 7 }]) {
    expect(checkSupplies(problem, [{ ...good, ...bad }]).valid).toBe(false)
  }
  expect(checkSupplies({ ...problem, transport: [] }, [good, good]).valid).toBe(false)
})

describe('shares among villages', () => {
  const anyShares = fc.record({
    pools: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }),
    claims: fc.array(fc.record({ tier: fc.nat(1), limits: fc.array(fc.nat(12), { minLength: 3, maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
  })

  test('no village can be raised without lowering one that is no richer, and every unit is accounted for', () => {
    fc.assert(
      fc.property(anyShares, ({ pools, claims }) => {
        const input = claims.map((claim, c) => {
          const limits = claim.limits.slice(0, pools.length).map((limit, pool) => ({ pool, limit }))
          return { id: `v${c}`, tier: claim.tier, limits, amount: limits.reduce((sum, { limit }) => sum + limit, 0) }
        })
        const shares = fairShares(pools, input)
        pools.forEach((amount, p) => {
          expect(shares.taken.reduce((sum, row) => sum + (row[p] ?? 0), 0) + (shares.unused[p] ?? 0)).toBe(amount)
        })
        input.forEach((claim, c) => {
          claim.limits.forEach(({ limit }, k) => {
            expect(shares.taken[c]?.[k] ?? 0).toBeLessThanOrEqual(limit)
          })
          expect(Math.abs((shares.granted[c] ?? 0) - (shares.level[c] ?? 0) * claim.amount)).toBeLessThan(1.01)
        })
        // Transfer test: raising c by 1/2 unit must hurt a claim of an earlier tier or one with no higher level.
        const sets = 1 << input.length
        input.forEach((claim, c) => {
          if (claim.amount === 0 || (shares.level[c] ?? 0) >= 1 - 1e-6) return
          let blocked = false
          for (let set = 0; set < sets && !blocked; set++) {
            if ((set & (1 << c)) === 0) continue
            const members = input.filter((_, k) => (set & (1 << k)) !== 0)
            const stays = input.every(
              (other, k) =>
                (set & (1 << k)) === 0 ||
                other.tier < claim.tier ||
                (other.tier === claim.tier && (shares.level[k] ?? 0) <= (shares.level[c] ?? 0) + 1e-6),
            )
            if (!stays) continue
            const room = pools.reduce((sum, amount, p) => {
              return (
                sum +
                Math.min(
                  amount,
                  members.reduce((most, m) => most + (m.limits[p]?.limit ?? 0), 0),
                )
              )
            }, 0)
            const held = input.reduce((sum, other, k) => ((set & (1 << k)) === 0 ? sum : sum + (shares.level[k] ?? 0) * other.amount), 0)
            blocked = held >= room - 1e-4
          }
          expect(blocked).toBe(true)
        })
      }),
      { numRuns: 300, seed: 41 },
    )
  })

  test('follow the county plan town by town', () => {
    const problem = citySupplies({ counties: 2, towns: 10, items: 3, days: 5, seed: 2, neighbours: false, limitedVehicles: false })
    const { plan } = planOf(problem)
    const villages = Array.from({ length: 60 }, (_, v) => ({
      id: `v${v}`,
      place: v % 10,
      tier: v % 3 === 0 ? 0 : 1,
      needs: problem.items.map((_, k) => [0, 1, 2, 3, 4].map((day) => (17 * v + 5 * day + 11 * k) % 90)),
    }))
    const supplies = townSupplies(problem, plan.shipments, villages)
    expect(supplies).toHaveLength(30)
    const shares = shareAmongVillages(supplies)
    supplies.forEach((supply, k) => {
      expect(checkVillageShares(supply, shares[k] ?? [])).toEqual([])
    })
    const total = shares.flat().reduce((sum, share) => sum + share.granted.reduce((s, x) => s + x, 0), 0)
    expect(total).toBeGreaterThan(1000)
    const greedy = shares[0]?.map((share, v) => (v === 0 ? { ...share, granted: share.granted.map((x) => x + 1) } : share)) ?? []
    expect(checkVillageShares(supplies[0] ?? { town: '', item: '', available: [], villages: [] }, greedy)).not.toEqual([])
  })

  test('of a town are per day and keep its stock', () => {
    const [shares] = shareAmongVillages([
      {
        town: '镇',
        item: '口罩',
        available: [10, 0, 10],
        villages: [
          { id: '甲村', tier: 0, needs: [10, 5, 0] },
          { id: '乙村', tier: 0, needs: [10, 0, 10] },
        ],
      },
    ])
    expect(shares?.map((share) => [...share.granted])).toEqual([
      [9, 0, 0],
      [1, 0, 10],
    ])
    expect(() =>
      shareAmongVillages([{ town: '镇', item: '口罩', available: [1], villages: [{ id: '村', tier: 0, needs: [1, 2] }] }]),
    ).toThrow(InputError)
  })
})

/**
 * Fill levels of one item without vehicle limits by brute force over all sets of claims: the capacity of a set is a
 * maximum of what lots in date can give to its periods (Hall), computed by enumerating sets of lots as well.
 */
function leximinByPeriods(
  problem: SupplyProblem,
  item: number,
  claims: readonly { readonly tier: number; readonly amount: number; readonly demands: readonly number[] }[],
): number[] {
  const lots = problem.lots.filter((candidate) => candidate.item === item)
  const fits = (l: SupplyLot, period: number) => l.available <= period && (l.lastUse ?? 99) >= period
  const capacity = (set: number): number => {
    const perPeriod = [0, 1, 2, 3].map((period) =>
      claims.reduce((sum, claim, c) => {
        if ((set & (1 << c)) === 0) return sum
        return sum + claim.demands.reduce((s, d) => s + (problem.demands[d]?.period === period ? (problem.demands[d]?.amount ?? 0) : 0), 0)
      }, 0),
    )
    let least = Number.POSITIVE_INFINITY
    for (let periods = 0; periods < 16; periods++) {
      const open = (period: number) => (periods & (1 << period)) !== 0
      const byDemand = perPeriod.reduce((sum, amount, period) => sum + (open(period) ? 0 : amount), 0)
      const byLots = lots.reduce((sum, l) => sum + ([0, 1, 2, 3].some((period) => open(period) && fits(l, period)) ? l.amount : 0), 0)
      least = Math.min(least, byDemand + byLots)
    }
    return least
  }
  const level = claims.map(() => -1)
  const capacities = Array.from({ length: 1 << claims.length }, (_, set) => capacity(set))
  for (const tier of [0, 1]) {
    for (;;) {
      const open = claims.map((claim, c) => claim.tier === tier && (level[c] ?? 0) < 0)
      if (!open.includes(true)) break
      let reached = 1
      let tight = -1
      for (let set = 1; set < 1 << claims.length; set++) {
        let held = 0
        let weight = 0
        claims.forEach((claim, c) => {
          if ((set & (1 << c)) === 0) return
          if (open[c]) weight += claim.amount
          else held += Math.max(0, level[c] ?? 0) * claim.amount
        })
        const most = weight === 0 ? Number.POSITIVE_INFINITY : ((capacities[set] ?? 0) - held) / weight
        if (most < reached - 1e-12) {
          reached = most
          tight = set
        }
      }
      claims.forEach((_, c) => {
        if (open[c] && (tight < 0 || (tight & (1 << c)) !== 0)) level[c] = Math.max(0, reached)
      })
    }
  }
  return level
}
