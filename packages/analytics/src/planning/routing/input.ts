/** What the routing engine refuses to read, in words that say what to mend. */
import { demand } from '../../outcome.ts'
import { checkMatrix, placeIndex } from '../distances/matrix.ts'
import type { RoutingProblem } from './model.ts'

/** @throws InputError when places, ids, counts or rules make no sense. Lack of seats or time is no error but an `Infeasible` answer. */
export function checkInput(problem: RoutingProblem): void {
  const { matrix, requests, coaches, rules } = problem
  checkMatrix(matrix)
  const index = placeIndex(matrix)
  unique(
    requests.map(({ id }) => id),
    '需求',
    'request',
  )
  unique(
    coaches.map(({ id }) => id),
    '车型',
    'coach kind',
  )
  const known = (place: string, who: string) =>
    demand(index.has(place), 'unknown-place', `${who}：矩阵中没有地点“${place}”`, `${who}: place "${place}" is not in the matrix`)
  for (const { id, from, to, people, families, window } of requests) {
    known(from, id)
    if (to !== undefined) known(to, id)
    const seated = (families ?? []).reduce((sum, size) => sum + size, 0)
    demand(
      Number.isInteger(people) && people > 0 && (families ?? []).every((size) => Number.isInteger(size) && size > 0) && seated <= people,
      'people-count',
      `${id}：人数须为正整数，且不少于各家庭人数之和`,
      `${id}: people must be a positive whole number, at least the sum of the families`,
    )
    demand(
      window === undefined || window.from <= window.until,
      'window-order',
      `${id}：时间窗的起止颠倒`,
      `${id}: the window ends before it begins`,
    )
  }
  for (const { id, depot, count, approvedSeats, drivers, shift } of coaches) {
    known(depot, id)
    demand(
      [count, approvedSeats, drivers].every((value) => Number.isInteger(value) && value >= 0) && drivers > 0 && shift.from <= shift.until,
      'coach-kind',
      `${id}：车辆数、核载和驾驶员数须为整数，至少一名驾驶员，班次起止不可颠倒`,
      `${id}: count, seats and drivers must be whole numbers, with a driver at least, and the shift must not end before it begins`,
    )
  }
  demand(
    rules.loadFactor.denominator > 0 && rules.loadFactor.numerator >= 0,
    'load-factor',
    '载客率的分母须为正数',
    'The load factor needs a positive denominator',
  )
}

function unique(ids: readonly string[], zh: string, en: string): void {
  const seen = new Set<string>()
  for (const id of ids) {
    demand(!seen.has(id), 'repeated-id', `${zh}编号“${id}”重复`, `The ${en} id "${id}" is used twice`)
    seen.add(id)
  }
}
