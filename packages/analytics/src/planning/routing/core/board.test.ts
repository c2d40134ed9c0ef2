import { describe, expect, test } from 'vitest'
import { SearchRandom } from '../../anytime/random.ts'
import { compileClassical, planarMatrix } from '../classical/compile.ts'
import { Board, type Membership } from './board.ts'
import { boardMemory, stopBoard } from './boardMemory.ts'
import { nearestStops } from './neighbours.ts'
import { Recreate } from './recreate.ts'
import { ruin } from './ruin.ts'
import { capacitySettings } from './settings.ts'
import { SharedBudget } from './sharedBudget.ts'
import { RouteState } from './state.ts'

const dice = new SearchRandom(11)
const n = 60
const x = Float64Array.from({ length: n }, () => 100 * dice.unit())
const y = Float64Array.from({ length: n }, () => 100 * dice.unit())
const windows = {
  ready: Int32Array.from({ length: n }, (_, k) => (k === 0 ? 0 : dice.below(400))),
  due: new Int32Array(n).fill(900),
  service: new Int32Array(n).fill(5),
}
const demand = Int32Array.from({ length: n }, (_, k) => (k === 0 ? 0 : 1 + dice.below(9)))
const matrix = planarMatrix(x, y, Math.round)
const problem = compileClassical({ places: n, matrix, demand, capacity: 40, vehicles: 20, windows })

/** A thread of a search, its steps taken one at a time. */
function member(memory: ReturnType<typeof boardMemory>, seat: Membership) {
  const random = new SearchRandom(100 + seat.member)
  const near = nearestStops(problem, 30)
  const state = new RouteState(problem)
  const recreate = new Recreate(state, near, random, 0.01)
  const board = new Board(memory, problem, seat)
  board.join(state, () => {
    recreate.run()
    return true
  })
  const ruined = new Uint8Array(problem.slots)
  return {
    state,
    board,
    look: () => board.pull(state),
    change: () => {
      ruin(state, near, random, capacitySettings.ruin, ruined)
      recreate.run()
    },
    put: (wanted: boolean) => board.settle(state, wanted),
  }
}

const routesOf = (state: RouteState) => {
  const scratch = new Int32Array(problem.nodes)
  return Array.from({ length: problem.slots }, (_, r) => [...scratch.subarray(0, state.copyRoute(r, scratch))])
}

/** Cost, loads and times computed from the routes alone must be what the state says. */
function expectWhole(state: RouteState): void {
  const routes = routesOf(state)
  const fresh = new RouteState(problem)
  routes.forEach((stops, r) => {
    let after = problem.nodes + r
    for (const v of stops) {
      fresh.insertAfter(v, after)
      after = v
    }
  })
  expect(state.cost).toBe(fresh.cost)
  for (const field of ['load', 'size', 'route', 'legIn', 'reach', 'earliest', 'latest'] as const) expect(state[field]).toEqual(fresh[field])
  expect(routes.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: problem.nodes }, (_, v) => v))
}

describe('a plan that several threads change', () => {
  test('is the same for all once they have looked, and its cost adds up', () => {
    const memory = boardMemory(problem.nodes, problem.slots, 2)
    const [one, two] = [member(memory, { member: 0, inStep: false }), member(memory, { member: 1, inStep: false })]
    const toss = new SearchRandom(4)
    const tally = { up: 0, back: 0 }
    for (let step = 0; step < 600; step++) {
      one.look()
      two.look()
      expect(two.state.cost).toBe(one.state.cost)
      one.change()
      two.change()
      // Both changed the same plan at once: the second stands only where it touches other routes.
      const wanted = toss.unit() < 0.7
      one.put(wanted)
      if (two.put(true)) tally.up++
      else tally.back++
    }
    one.look()
    two.look()
    expect(routesOf(two.state)).toEqual(routesOf(one.state))
    expectWhole(one.state)
    expectWhole(two.state)
    expect(tally.up).toBeGreaterThan(50)
    expect(tally.back).toBeGreaterThan(20)
  })

  test('is taken over by a thread that comes later, and by one that looks seldom', () => {
    const memory = boardMemory(problem.nodes, problem.slots, 3)
    const one = member(memory, { member: 0, inStep: false })
    const idle = member(memory, { member: 1, inStep: false })
    for (let step = 0; step < 200; step++) {
      one.look()
      one.change()
      one.put(true)
    }
    const late = member(memory, { member: 2, inStep: false })
    idle.look()
    for (const { state } of [late, idle]) {
      expect(routesOf(state)).toEqual(routesOf(one.state))
      expectWhole(state)
    }
  })

  test('ends for all threads when they are told so, also for one that waits for a first plan', () => {
    const memory = boardMemory(problem.nodes, problem.slots, 2)
    stopBoard(memory)
    const board = new Board(memory, problem, { member: 1, inStep: false })
    expect(board.join(new RouteState(problem), () => true)).toBe(false)
    expect(board.halted()).toBe(true)
  })
})

test('a shared budget is spent by all: what one thread does not use, another does', () => {
  const memory = boardMemory(problem.nodes, problem.slots, 2)
  let now = 0
  const clock = () => now
  const budgets = [0, 1].map((k) => {
    const board = new Board(memory, problem, { member: k, inStep: false })
    return new SharedBudget(board, { clock, seconds: 10 }).stretch(1)
  })
  now = 8
  expect(budgets[0]?.progress(64)).toBeCloseTo(0.4)
  expect(budgets[1]?.expired(64)).toBe(false)
  expect(budgets[1]?.progress(64)).toBeCloseTo(0.8)
  now = 13
  expect(budgets[0]?.expired(128)).toBe(true)
})
