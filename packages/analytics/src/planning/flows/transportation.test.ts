import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFlow } from './certificate.ts'
import { planTransportation, transportationNetwork } from './transportation.ts'
import type { TransportationProblem } from './transportation-problem.ts'

const unit = { zh: '车', en: 'truck' }
const costUnit = { zh: '元', en: 'yuan' }
const place = (id: string, amount: number) => ({ id, name: { zh: `${id}地`, en: id }, amount })

const anyProblem: fc.Arbitrary<TransportationProblem> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.record({ cost: fc.integer({ min: 0, max: 9 }), capacity: fc.integer({ min: 0, max: 5 }) }), {
      minLength: 16,
      maxLength: 16,
    }),
  )
  .map(([give, take, lanes]) => ({
    origins: give.map((amount, k) => place(`o${k}`, amount)),
    destinations: take.map((amount, k) => place(`d${k}`, amount)),
    lanes: lanes
      .map((lane, k) => ({ origin: k % 4, destination: k >> 2, ...lane }))
      .filter((lane) => lane.origin < give.length && lane.destination < take.length),
    shortageCost: 20,
    unit,
    costUnit,
  }))

function costOf(problem: TransportationProblem): number {
  const planned = planTransportation(problem)
  if (!planned.ok) throw new Error(planned.refusal.en)
  return planned.objective
}

describe('transportation', () => {
  test('the worth of one unit more is what solving again gives', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const planned = planTransportation(problem)
        if (!planned.ok) throw new Error(planned.refusal.en)
        const { plan } = planned
        const network = transportationNetwork(problem)
        expect(checkFlow(network, [...plan.carried, ...plan.unused, ...plan.unmet], plan.prices).optimal).toBe(true)
        problem.origins.forEach((origin, k) => {
          const origins = problem.origins.with(k, { ...origin, amount: origin.amount + 1 })
          expect(planned.objective - costOf({ ...problem, origins })).toBe((plan.originValues[k]?.value ?? Number.NaN) + 0)
        })
        problem.destinations.forEach((end, k) => {
          const destinations = problem.destinations.with(k, { ...end, amount: end.amount + 1 })
          expect(costOf({ ...problem, destinations }) - planned.objective).toBe(plan.destinationCosts[k]?.value)
        })
      }),
      { numRuns: 150, seed: 3 },
    )
  })

  test('says in words what one more truck saves', () => {
    const planned = planTransportation({
      origins: [place('A', 1), place('B', 5)],
      destinations: [place('C', 3)],
      lanes: [
        { origin: 0, destination: 0, cost: 10 },
        { origin: 1, destination: 0, cost: 35 },
      ],
      unit,
      costUnit,
    })
    if (!planned.ok) throw new Error(planned.refusal.en)
    expect(planned.plan.originValues[0]).toMatchObject({
      value: 25,
      zh: 'A地再多一车，可省 25 元。',
      en: 'One more truck at A saves 25 yuan.',
    })
    expect(planned.plan.originValues[1]?.value).toBe(0)
    expect(planned.plan.destinationCosts[0]?.value).toBe(35)
  })

  test('without shortage cost an unmet demand is refused with the place', () => {
    const planned = planTransportation({
      origins: [place('A', 9)],
      destinations: [place('C', 3), place('D', 2)],
      lanes: [
        { origin: 0, destination: 0, cost: 1, capacity: 2 },
        { origin: 0, destination: 1, cost: 1 },
      ],
      unit,
      costUnit,
    })
    expect(planned).toMatchObject({ ok: false, cause: ['C'] })
  })

  test('a shortage names the towns that go short, the right way round', () => {
    const lanes = (pairs: readonly (readonly [number, number])[]) =>
      pairs.map(([origin, destination]) => ({ origin, destination, cost: 1 }))
    const ask = (origins: number[], destinations: number[], pairs: readonly (readonly [number, number])[]) =>
      planTransportation({
        origins: origins.map((amount, k) => place(`O${k}`, amount)),
        destinations: destinations.map((amount, k) => place(`D${k}`, amount)),
        lanes: lanes(pairs),
        unit,
        costUnit,
      })
    expect(ask([40], [60], [[0, 0]])).toMatchObject({
      ok: false,
      cause: ['D0'],
      refusal: {
        zh: expect.stringMatching(/^D0地共需 60（车），最多只能运到 40，缺 20/),
        en: expect.stringMatching(/^D0 needs 60 \(truck\) but only 40 can arrive, 20 short/),
      },
    })
    const two = [
      [0, 0],
      [0, 1],
      [1, 2],
    ] as const
    expect(ask([40, 100], [30, 30, 1], two)).toMatchObject({
      ok: false,
      cause: ['D0', 'D1'],
      refusal: { en: expect.stringMatching(/^D0, D1 need 60 \(truck\) but only 40 can arrive, 20 short/) },
    })
    expect(ask([40, 100], [20, 20, 1], two).ok).toBe(true)
  })
})
