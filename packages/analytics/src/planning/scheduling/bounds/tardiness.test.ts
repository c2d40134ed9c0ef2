import { describe, expect, test } from 'vitest'
import { compile } from '../model/compile.ts'
import { schedule } from '../schedule.ts'
import { randomProblem } from '../testing/instances.ts'
import type { Activity, Resource, SchedulingProblem } from '../types.ts'
import { tardinessBoundOf } from './tardiness.ts'

/** Six jobs of one crew, each two slots long and due at slot 2. */
const jobs: Activity[] = Array.from({ length: 6 }, (_, k) => ({
  id: `job${k}`,
  duration: 2,
  due: 2,
  priority: k < 2 ? 3 : 1,
  needs: [{ resource: 'crew', amount: 1 }],
}))
const crew = (more: Partial<Resource> = {}): Resource => ({ id: 'crew', capacity: 1, ...more })
const boundOf = (problem: SchedulingProblem) => {
  const net = compile(problem)
  return tardinessBoundOf(net, net.release)
}

describe('the bound on weighted tardiness', () => {
  test('is exact where one crew does one job after another', () => {
    // The heavy ones first: late by 0 and 2 slots, the light ones by 4, 6, 8 and 10.
    expect(boundOf({ activities: jobs, resources: [crew()] })).toBe(3 * 2 + 4 + 6 + 8 + 10)
  })

  test('counts what a crew can do before it shrinks, and nothing twice where jobs need two crews', () => {
    const steps = [{ from: 4, capacity: 1 }]
    const fast = { activities: jobs, resources: [crew({ capacity: 3, steps })] }
    expect(boundOf(fast)).toBeLessThanOrEqual(best(fast))
    const both = jobs.map((job) => ({ ...job, needs: [...(job.needs ?? []), { resource: 'crane', amount: 1 }] }))
    const twice = { activities: both, resources: [crew(), { id: 'crane', capacity: 1 }] }
    expect(boundOf(twice)).toBe(34)
  })

  test('never exceeds what a plan has, whatever the problem holds', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const odd = seed % 2 === 1
      const problem = randomProblem(seed, 14, {
        due: true,
        calendars: odd,
        materials: odd,
        steps: seed % 3 === 0,
        releases: true,
        projects: 2,
      })
      expect(boundOf(problem)).toBeLessThanOrEqual(best(problem))
    }
  })
})

function best(problem: SchedulingProblem): number {
  const planned = schedule(problem, { iterations: 400, seed: 1 })
  if (!planned.ok) throw new Error(planned.refusal.en)
  expect(planned.plan.tardinessBound).toBeLessThanOrEqual(planned.plan.tardiness)
  return planned.plan.tardiness
}
