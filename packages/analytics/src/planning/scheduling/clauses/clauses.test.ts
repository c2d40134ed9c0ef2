import { describe, expect, test } from 'vitest'
import { checkSchedule, schedule } from '../index.ts'
import { compile } from '../model/compile.ts'
import { earliestStarts, endOf, latestStarts } from '../model/windows.ts'
import { scheduleOf, startsOf } from '../plan.ts'
import { randomProblem } from '../testing/instances.ts'
import { bruteForce } from '../testing/oracle.ts'
import { ActivityHeap } from './heap.ts'
import { clausesServe } from './limits.ts'
import { ClauseSearch } from './solver.ts'
import { LOWER, Trail, UPPER } from './trail.ts'

describe('the clause search', () => {
  test('proves exactly the best end of small problems, from a poor schedule on', () => {
    let better = 0
    for (let seed = 1; seed <= 60; seed++) {
      const problem = randomProblem(seed, 6, { maximalLags: seed % 3 === 0, releases: seed % 2 === 0 }, 3)
      const planned = schedule(problem, { iterations: 1, conflicts: 0, seed })
      if (!planned.ok) continue
      const best = bruteForce(problem, planned.plan.end + 1)
      const net = compile(problem)
      // The search is told that nothing better than this is known, so it must find the best by itself.
      const end = planned.plan.end + 4
      expect(clausesServe(net, end)).toBe(true)
      const earliest = earliestStarts(net).start
      const search = new ClauseSearch(net, earliest, latestStarts(net, end), endOf(net, earliest), end, startsOf(net, planned.plan))
      search.run(5000, () => false)
      expect({ seed, best: search.best, bound: search.bound }).toEqual({ seed, best: best?.end, bound: best?.end })
      if (search.found) {
        better++
        expect(checkSchedule(problem, scheduleOf(net, search.found))).toEqual([])
      }
    }
    expect(better).toBeGreaterThan(40)
  })

  test('closes what evolution alone leaves open', () => {
    let proven = 0
    let alone = 0
    for (let seed = 1; seed <= 10; seed++) {
      const problem = randomProblem(seed, 24)
      const planned = schedule(problem, { iterations: 3000, seed })
      if (planned.ok && planned.plan.end === planned.bound) proven++
      const evolved = schedule(problem, { iterations: 3000, seed, conflicts: 0 })
      if (evolved.ok && evolved.plan.end === evolved.bound) alone++
    }
    expect(proven).toBeGreaterThanOrEqual(9)
    expect(proven).toBeGreaterThan(alone)
  })

  test('is not asked where it cannot read the problem', () => {
    const net = compile(randomProblem(3, 10, { calendars: true, materials: true, due: true }))
    expect(clausesServe(net, 50)).toBe(false)
  })
})

describe('the trail', () => {
  test('undoes bounds level by level and finds who made them', () => {
    const trail = new Trail(Int32Array.from([0, 0]), Int32Array.from([9, 9]))
    trail.push()
    trail.set(0, LOWER, 3, 0, 0, 0)
    trail.push()
    trail.set(0, LOWER, 5, 0, 0, 0)
    trail.set(1, UPPER, 4, 0, 0, 0)
    expect([trail.value(trail.atLeast(0, 4)), trail.value(trail.atMost(1, 3)), trail.value(trail.atMost(0, 4))]).toEqual([1, 0, -1])
    expect(trail.level[trail.makerOf(0, LOWER, 3)]).toBe(1)
    expect(trail.level[trail.makerOf(0, LOWER, 4)]).toBe(2)
    trail.backTo(1)
    expect([trail.bound[LOWER][0], trail.bound[UPPER][1]]).toEqual([3, 9])
    expect(trail.set(0, UPPER, 2, 0, 0, 0)).toBe(false)
  })

  test('heap gives atoms by activity', () => {
    const heap = new ActivityHeap(5)
    for (const atom of [1, 3, 3, 4, 4, 4]) heap.bump(atom)
    expect([heap.pop(), heap.pop(), heap.pop(), heap.empty]).toEqual([4, 3, 1, true])
  })
})
