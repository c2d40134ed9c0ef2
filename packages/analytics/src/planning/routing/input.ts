/** What the routing engine refuses to read, in words that say what to mend. */
import { demand } from '../../outcome.ts'
import {
  costRange,
  countRange,
  demandFigure,
  type FigureRange,
  lastingRange,
  rateRange,
  timeRange,
  untilRange,
} from '../anytime/figures.ts'
import { checkMatrix, placeIndex } from '../distances/matrix.ts'
import { mandatoryPrize } from './core/compiled.ts'
import type { CoachKind, RoutingProblem, RoutingRules, TimeWindow, TransportRequest } from './model.ts'

/** A rest after less than a minute at the wheel is no rule of a road, and would make a day of thousands of rests. */
const shortestStretch = 60
const secondsADay = 86_400
/** A city's travellers of one day; more would not fit into memory. */
const mostPeople = 200_000
const personRange: FigureRange = { ...countRange, least: 1 }

interface Who {
  readonly zh: string
  readonly en: string
}
type Figure = readonly [value: number | undefined, range: FigureRange, zh: string, en: string]

function demandFigures(who: Who, figures: readonly Figure[]): void {
  for (const [value, range, zh, en] of figures) demandFigure(value, range, who, { zh, en })
}

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
  for (const request of requests) {
    known(request.from, request.id)
    if (request.to !== undefined) known(request.to, request.id)
    checkRequest(request)
  }
  for (const coach of coaches) {
    known(coach.depot, coach.id)
    checkCoach(coach)
  }
  checkRules(rules)
  const boarding = requests.reduce((sum, { people }) => sum + people, 0)
  const dearest =
    requests.reduce((sum, { people, leavingCost }) => sum + people * (leavingCost ?? 0), 0) +
    coaches.reduce((sum, { count, fixedCost }) => sum + Math.min(count, boarding) * fixedCost, 0)
  demand(
    boarding <= mostPeople && dearest < mandatoryPrize / 2,
    'too-large',
    `一次最多安排 ${mostPeople} 人，费用与留下代价之和须小于 ${mandatoryPrize / 2}：请分批，或改用较大的费用单位`,
    `One plan takes at most ${mostPeople} people, and all hires and costs of leaving people behind must stay below ${mandatoryPrize / 2}: plan in parts, or use a larger unit of cost`,
  )
}

function checkRequest({ id, people, families = [], window, leavingCost }: TransportRequest): void {
  const who = { zh: `需求 ${id}`, en: `request ${id}` }
  demandFigures(who, [
    [people, personRange, '人数', 'people'],
    ...families.map((size): Figure => [size, personRange, '家庭人数', 'the size of a family']),
    [leavingCost, costRange, '每人留下代价', 'the cost of leaving one person behind'],
  ])
  demand(
    families.reduce((sum, size) => sum + size, 0) <= people,
    'people-count',
    `${id}：人数少于各家庭人数之和`,
    `${id}: the families count more people than the request`,
  )
  if (window !== undefined) checkWindow(who, window, untilRange, ['上车时间窗', 'the window'])
}

function checkCoach(coach: CoachKind): void {
  const who = { zh: `车型 ${coach.id}`, en: `coach kind ${coach.id}` }
  demandFigures(who, [
    [coach.count, countRange, '数量', 'the count'],
    [coach.approvedSeats, { ...countRange, most: 1000 }, '核载座位', 'the approved seats'],
    [coach.reservedSeats, { ...countRange, most: coach.approvedSeats }, '预留座位', 'the reserved seats'],
    [coach.drivers, { ...countRange, least: 1, most: 10 }, '驾驶员', 'the drivers'],
    [coach.fixedCost, costRange, '每车费用', 'the fixed cost'],
    [coach.costPerMetre, rateRange, '每米费用', 'the cost of a metre'],
  ])
  checkWindow(who, coach.shift, timeRange, ['班次', 'the shift'])
}

function checkRules(rules: RoutingRules): void {
  const { loadFactor, driving, longestTour } = rules
  const who = { zh: '规则', en: 'the rules' }
  demandFigures(who, [
    [loadFactor.denominator, { above: 0 }, '载客率的分母', 'the denominator of the load factor'],
    [loadFactor.numerator, { least: 0, most: loadFactor.denominator }, '载客率的分子', 'the numerator of the load factor'],
    [rules.boardingSecondsPerPerson, lastingRange, '每人上车秒数', 'the boarding seconds a person'],
    [rules.stopSeconds, lastingRange, '每站停靠秒数', 'the seconds of a stop'],
    [rules.villageSplitCost, costRange, '拆村代价', 'the cost of splitting a village'],
    [longestTour, { ...timeRange, least: 1 }, '最长行程', 'the longest tour'],
    [driving?.longestDriving, { ...lastingRange, least: shortestStretch }, '连续驾驶上限（秒）', 'the longest driving in seconds'],
    [driving?.restSeconds, lastingRange, '休息（秒）', 'the rest in seconds'],
    [driving?.changeSeconds, lastingRange, '换驾（秒）', 'the change of drivers in seconds'],
    [driving?.dailyDrivingPerDriver, { ...lastingRange, most: secondsADay }, '每日驾驶上限（秒）', 'the daily driving in seconds'],
  ])
}

function checkWindow(who: Who, { from, until }: TimeWindow, untilFits: FigureRange, [zh, en]: readonly [zh: string, en: string]): void {
  demandFigures(who, [
    [from, timeRange, `${zh}的起点`, `the beginning of ${en}`],
    [until, untilFits, `${zh}的终点`, `the end of ${en}`],
  ])
  demand(from <= until, 'window-order', `${who.zh}：${zh}的起止颠倒`, `${who.en}: ${en} ends before it begins`)
}

/** @throws InputError unless the cost of a change is a cost. */
export function checkChangeCost(changeCost: number | undefined): void {
  demandFigure(changeCost, costRange, { zh: '改派', en: 'changes' }, { zh: '改派代价', en: 'the cost of a change' })
}

function unique(ids: readonly string[], zh: string, en: string): void {
  const seen = new Set<string>()
  for (const id of ids) {
    demand(!seen.has(id), 'repeated-id', `${zh}编号“${id}”重复`, `The ${en} id "${id}" is used twice`)
    seen.add(id)
  }
}
