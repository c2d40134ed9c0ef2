import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Classical, planarMatrix } from '../classical/compile.ts'
import { planSplit } from '../classical/plan.ts'
import { splitBound } from './splitBound.ts'

const never = () => false

function instanceOf(
  customers: readonly { readonly x: number; readonly y: number; readonly amount: number }[],
  capacity: number,
): Classical {
  const x = Float64Array.from([30, ...customers.map((one) => one.x)])
  const y = Float64Array.from([30, ...customers.map((one) => one.y)])
  const demand = Int32Array.from([0, ...customers.map(({ amount }) => amount)])
  return { places: x.length, matrix: planarMatrix(x, y, Math.ceil), demand, capacity, vehicles: 4 * x.length }
}

/** A plan that the search finds; on a handful of customers the best. */
function planned(instance: Classical) {
  const plan = planSplit(instance, 1, { iterations: 1500 })
  if (!plan.ok) throw new Error(plan.refusal.en)
  return plan
}

describe('priced walks that may carry a part', () => {
  test('never prove more than a plan costs, whatever plan the prices begin with', () => {
    const place = fc.integer({ min: 0, max: 60 })
    const customer = fc.record({ x: place, y: place, amount: fc.integer({ min: 1, max: 14 }) })
    fc.assert(
      fc.property(fc.array(customer, { minLength: 2, maxLength: 6 }), fc.integer({ min: 4, max: 12 }), (customers, capacity) => {
        const instance = instanceOf(customers, capacity)
        const best = planned(instance)
        const single = customers.flatMap(({ amount }, k) =>
          Array.from({ length: Math.ceil(amount / capacity) }, (_, trip) => [
            { customer: k + 1, amount: Math.min(capacity, amount - trip * capacity) },
          ]),
        )
        expect(splitBound(instance, single, never)).toBeLessThanOrEqual(best.objective)
        expect(best.bound).toBeLessThanOrEqual(best.objective)
      }),
      { numRuns: 40 },
    )
  })

  test('count the trips that a customer needs who has more than a vehicle holds', () => {
    // Thirty away, two and a half loads: three journeys there and back, of which half a load may serve the neighbour too.
    const instance = instanceOf(
      [
        { x: 60, y: 30, amount: 10 },
        { x: 59, y: 30, amount: 2 },
      ],
      4,
    )
    expect(planned(instance).objective).toBe(180)
    expect(splitBound(instance, planned(instance).plan, never)).toBe(180)
  })

  test('know that two vehicles can share a customer between them', () => {
    // Three neighbours of two thirds of a load each need two vehicles where the one in the middle is split.
    const instance = instanceOf(
      [28, 30, 32].map((y) => ({ x: 60, y, amount: 4 })),
      6,
    )
    const plan = planned(instance)
    const bound = splitBound(instance, plan.plan, never)
    expect(plan.plan.length).toBe(2)
    expect(bound).toBeLessThanOrEqual(plan.objective)
    expect(bound).toBeGreaterThan(0.97 * plan.objective)
  })

  test('stand back where amounts have no common unit that is coarse enough', () => {
    const many = Array.from({ length: 40 }, (_, k) => ({ x: k, y: (7 * k) % 60, amount: 101 + k }))
    expect(splitBound(instanceOf(many, 5000), [], never)).toBe(0)
  })
})
