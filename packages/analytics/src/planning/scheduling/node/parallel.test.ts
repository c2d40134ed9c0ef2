import { describe, expect, test } from 'vitest'
import { checkSchedule, schedule } from '../index.ts'
import { randomProblem } from '../testing/instances.ts'
import { scheduleOnThreads } from './parallel.ts'

describe('two threads', () => {
  test('find a valid plan, the same one each time', async () => {
    const problem = randomProblem(5, 60)
    const run = () => scheduleOnThreads(problem, { threads: 2, iterations: 800, seed: 3, rounds: 3 })
    const [first, second] = [await run(), await run()]
    if (!first.ok || !second.ok) throw new Error('no plan')
    expect(checkSchedule(problem, first.plan)).toEqual([])
    expect(second.plan.activities).toEqual(first.plan.activities)
    expect(first.bound).toBeLessThanOrEqual(first.objective)
  })

  test('give the reason where there is no plan', async () => {
    const planned = await scheduleOnThreads(
      { activities: [{ id: 'a', duration: 2, needs: [{ resource: 'crew', amount: 2 }] }], resources: [{ id: 'crew', capacity: 1 }] },
      { threads: 2, iterations: 10 },
    )
    expect(planned).toMatchObject({ ok: false, refusal: { code: 'need-above-capacity' } })
  })

  test('agree with one thread on what is proven', async () => {
    const problem = randomProblem(7, 20)
    const one = schedule(problem, { iterations: 3000 })
    const two = await scheduleOnThreads(problem, { threads: 2, iterations: 3000 })
    if (!one.ok || !two.ok) throw new Error('no plan')
    expect(two.bound).toBeLessThanOrEqual(one.objective)
    expect(one.bound).toBeLessThanOrEqual(two.objective)
  })
})
