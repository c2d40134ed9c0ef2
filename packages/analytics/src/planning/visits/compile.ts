/** Visits as stops and workers as slots of the routing search. */
import { demand } from '../../outcome.ts'
import { costRange, demandFigure, type FigureRange, lastingRange, rateRange, timeRange, untilRange } from '../anytime/figures.ts'
import { checkMatrix, placeIndex } from '../distances/matrix.ts'
import { type Compiled, horizon, mandatoryPrize } from '../routing/core/compiled.ts'
import type { TimeWindow } from '../routing/model.ts'
import { travelSeconds, type VisitsPlan, type VisitsProblem, type VisitWorker } from './model.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

export interface CompiledVisits {
  readonly problem: Compiled
  /** Visits of every worker in the plan before. */
  readonly start: readonly Int32Array[]
}

/** @throws InputError when ids repeat, places are unknown or times run backwards. */
export function checkVisits({ matrix, visits, workers }: VisitsProblem): void {
  checkMatrix(matrix)
  const index = placeIndex(matrix)
  for (const list of [visits, workers]) {
    const ids = list.map(({ id }) => id)
    const twice = ids.find((id, k) => ids.indexOf(id) !== k)
    demand(twice === undefined, 'repeated-id', `编号“${twice}”重复`, `The id "${twice}" is used twice`)
  }
  const known = (place: string, who: string) =>
    demand(index.has(place), 'unknown-place', `${who}：矩阵中没有地点“${place}”`, `${who}: place "${place}" is not in the matrix`)
  let dearest = 0
  for (const { id, place, serviceSeconds, window, leavingCost } of visits) {
    known(place, id)
    const who = { zh: `走访 ${id}`, en: `visit ${id}` }
    demandFigure(serviceSeconds, lastingRange, who, { zh: '时长（秒）', en: 'its seconds' })
    demandFigure(leavingCost, costRange, who, { zh: '推迟代价', en: 'the cost of putting it off' })
    checkSpan(who, window, untilRange)
    dearest += leavingCost ?? 0
  }
  demand(
    dearest < mandatoryPrize / 2,
    'too-large',
    `推迟代价之和须小于 ${mandatoryPrize / 2}：请改用较大的费用单位`,
    `The costs of putting visits off must stay below ${mandatoryPrize / 2} together: use a larger unit of cost`,
  )
  for (const { id, start, end, shift, secondsPerMetre, costPerMetre } of workers) {
    known(start, id)
    if (end !== undefined) known(end, id)
    const who = { zh: `人员 ${id}`, en: `worker ${id}` }
    checkSpan(who, shift, timeRange)
    demandFigure(secondsPerMetre, { above: 0, most: slowestPace }, who, { zh: '每米秒数', en: 'the seconds a metre' })
    demandFigure(costPerMetre, rateRange, who, { zh: '每米费用', en: 'the cost of a metre' })
  }
}

/** Ten metres an hour: slower is nobody's pace. */
const slowestPace = 360

function checkSpan(who: Words, span: TimeWindow | undefined, until: FigureRange): void {
  if (span === undefined) return
  demandFigure(span.from, timeRange, who, { zh: '起始时刻', en: 'the beginning' })
  demandFigure(span.until, until, who, { zh: '终止时刻', en: 'the end' })
  demand(span.from <= span.until, 'span-order', `${who.zh}：起止颠倒`, `${who.en}: it ends before it begins`)
}

/** Compiles checked input. Places: those of the matrix, and one more for rounds that end anywhere. */
export function compileVisits(input: VisitsProblem, previous: VisitsPlan | undefined, changeCost: number): CompiledVisits {
  const { matrix, visits, workers } = input
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const places = size + 1
  const cost = widen(size, (i, j) => matrix.distance[i * size + j] as number)
  const paces = new Map<number | undefined, Int32Array>()
  const timeOf = (worker: VisitWorker) => {
    const times = paces.get(worker.secondsPerMetre) ?? widen(size, (i, j) => travelSeconds(matrix, worker, i, j))
    paces.set(worker.secondsPerMetre, times)
    return times
  }
  const timeOfSlot = workers.map(timeOf)
  const ints = (length: number, value: (k: number) => number) => Int32Array.from({ length }, (_, k) => value(k))
  const at = (place: string | undefined) => (place === undefined ? size : (index.get(place) as number))
  const able = workers.map((worker) => new Set(worker.skills ?? []))
  const fits = new Uint8Array(visits.length * workers.length)
  visits.forEach(({ needs }, v) => {
    able.forEach((skills, r) => {
      fits[v * workers.length + r] = (needs ?? []).every((need) => skills.has(need)) ? 1 : 0
    })
  })
  const position = new Map(visits.map(({ id }, v) => [id, v]))
  const home = new Int32Array(visits.length).fill(-1)
  const start = workers.map(({ id }, r) => {
    const round = previous?.rounds.find(({ worker }) => worker === id)
    const stops = (round?.visits ?? []).flatMap(({ visit }) => position.get(visit) ?? [])
    for (const v of stops) home[v] = r
    return Int32Array.from(stops)
  })
  const problem: Compiled = {
    nodes: visits.length,
    places,
    cost,
    time: timeOfSlot[0] ?? cost,
    timeOfSlot: paces.size > 1 ? timeOfSlot : undefined,
    symmetric: workers.every(({ start: from, end }) => from === end) && isSymmetric(places, cost),
    place: ints(visits.length, (v) => at(visits[v]?.place)),
    demand: new Int32Array(visits.length),
    ready: ints(visits.length, (v) => visits[v]?.window?.from ?? 0),
    due: ints(visits.length, (v) => Math.min(horizon, visits[v]?.window?.until ?? horizon)),
    service: ints(visits.length, (v) => visits[v]?.serviceSeconds ?? 0),
    timed: true,
    prize: Float64Array.from(visits, ({ leavingCost }) => leavingCost ?? mandatoryPrize),
    slots: workers.length,
    capacity: new Int32Array(workers.length),
    startPlace: ints(workers.length, (r) => at(workers[r]?.start)),
    endPlace: ints(workers.length, (r) => at(workers[r]?.end)),
    open: ints(workers.length, (r) => workers[r]?.shift.from ?? 0),
    close: ints(workers.length, (r) => workers[r]?.shift.until ?? 0),
    fixed: new Float64Array(workers.length),
    rate: Float64Array.from(workers, ({ costPerMetre }) => costPerMetre ?? 1),
    kind: ints(workers.length, (r) => r),
    pool: ints(workers.length, (r) => r),
    poolSize: new Int32Array(workers.length).fill(1),
    fits: fits.every((value) => value === 1) ? undefined : fits,
    surcharge:
      previous === undefined ? undefined : { home, changeCost, group: new Int32Array(visits.length).fill(-1), groups: 0, splitCost: 0 },
    routeAllowed: undefined,
  }
  return { problem, start }
}

function widen(size: number, value: (i: number, j: number) => number): Int32Array {
  const wide = new Int32Array((size + 1) ** 2)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) wide[i * (size + 1) + j] = value(i, j)
  return wide
}

function isSymmetric(side: number, values: Int32Array): boolean {
  for (let i = 0; i < side; i++) for (let j = 0; j < i; j++) if (values[i * side + j] !== values[j * side + i]) return false
  return true
}
