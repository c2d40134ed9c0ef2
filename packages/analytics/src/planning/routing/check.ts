/**
 * Checker of coach plans. It reads the problem and the plan only, follows every coach through its day, and shares no code with the
 * engine, so that a fault of the engine cannot hide here. A plan is accepted only where it finds nothing.
 */
import type { PlannedCoach, RoutingPlan, RoutingProblem, TimeWindow } from './model.ts'

/** A broken rule, in both languages. */
export interface Fault {
  readonly code: string
  /** Coach or request concerned. */
  readonly about: string
  readonly zh: string
  readonly en: string
}

type Report = (code: string, about: string, zh: string, en: string) => void

/**
 * All faults of a plan; empty where it keeps every rule.
 * @param previous the plan in force that `changed` speaks of; without one nothing may be said to have changed
 */
export function checkRoutes(problem: RoutingProblem, plan: RoutingPlan, previous?: RoutingPlan): Fault[] {
  const faults: Fault[] = []
  const report: Report = (code, about, zh, en) => faults.push({ code, about, zh, en })
  checkPeople(problem, plan, report)
  checkFleet(problem, plan, report)
  checkChanged(problem, plan, previous, report)
  for (const coach of plan.coaches) checkTour(problem, coach, report)
  const metres = plan.coaches.reduce((sum, coach) => sum + coach.metres, 0)
  if (metres !== plan.metres) report('sum-of-metres', 'plan', '各车里程之和与总里程不符', 'The tours do not add up to the distance stated')
  if (plan.coaches.length < plan.fewestCoaches) report('fewest-coaches', 'plan', '车数少于所证下界', 'Fewer coaches than the bound claims')
  return faults
}

function checkPeople(problem: RoutingProblem, plan: RoutingPlan, report: Report): void {
  for (const request of problem.requests) {
    const calls = plan.coaches.flatMap((coach) => coach.calls.filter((call) => call.request === request.id))
    const carried = calls.reduce((sum, { people }) => sum + people, 0)
    const behind = plan.leftBehind.filter((left) => left.request === request.id).reduce((sum, { people }) => sum + people, 0)
    if (carried + behind !== request.people)
      report(
        'people',
        request.id,
        `应运 ${request.people} 人，实排 ${carried} 人，留下 ${behind} 人`,
        `${request.people} people, ${carried} carried, ${behind} left`,
      )
    if (behind > 0 && request.leavingCost === undefined) report('left-behind', request.id, '必须全部运送', 'Nobody may be left behind')
    const boarded = calls.flatMap(({ families }) => families)
    if (new Set(boarded).size < boarded.length) report('family-split', request.id, '同一家庭被安排两次', 'A family boards twice')
    if (behind === 0 && boarded.length !== (request.families?.length ?? 0))
      report('family-missing', request.id, '有家庭未安排', 'A family is missing')
    // Whoever is not of a family that boards whole travels singly, and there are only so many of those.
    const kin = (list: readonly number[]) => list.reduce((sum, family) => sum + (request.families?.[family] ?? 0), 0)
    const singles = request.people - kin((request.families ?? []).map((_, family) => family))
    if (carried - kin(boarded) > singles)
      report('family-torn', request.id, '有家庭只运走一部分', 'Part of a family travels and part stays or travels elsewhere')
    for (const call of calls) {
      const kin = call.families.reduce((sum, family) => sum + (request.families?.[family] ?? Infinity), 0)
      if (!(kin <= call.people) || call.people <= 0 || !Number.isInteger(call.people))
        report('call-size', request.id, '停靠人数少于上车家庭人数', 'A call takes fewer people than its families')
    }
  }
  const left = plan.leftBehind.map(({ request }) => request)
  for (const { request, people } of plan.leftBehind) {
    if (!problem.requests.some(({ id }) => id === request))
      report('unknown-request', request, '留下名单含未知需求', 'Somebody of an unknown request is left behind')
    if (!Number.isInteger(people) || people <= 0 || left.indexOf(request) !== left.lastIndexOf(request))
      report('left-behind', request, '留下人数须为正整数，每项需求一行', 'People left behind are a positive whole number, once a request')
  }
  for (const coach of plan.coaches)
    for (const { request } of coach.calls)
      if (!problem.requests.some(({ id }) => id === request))
        report('unknown-request', request, '方案含未知需求', 'The plan names an unknown request')
}

function checkFleet(problem: RoutingProblem, plan: RoutingPlan, report: Report): void {
  const seen = new Set<string>()
  for (const { kind, number } of plan.coaches) {
    const name = `${kind}#${number}`
    const count = problem.coaches.find(({ id }) => id === kind)?.count ?? 0
    if (seen.has(name)) report('coach-twice', name, '同一辆车出车两次', 'One coach makes two tours')
    if (!Number.isInteger(number) || number < 1 || number > count)
      report('coach-number', name, `该车型只有 ${count} 辆，编号应为 1 至 ${count}`, `There are ${count} of this kind, numbered from 1`)
    if (plan.coaches.filter((coach) => coach.kind === kind).length > count)
      report('fleet', name, '车辆数不足', 'More coaches than there are')
    seen.add(name)
  }
}

function checkTour(problem: RoutingProblem, tour: PlannedCoach, report: Report): void {
  const name = `${tour.kind}#${tour.number}`
  const coach = problem.coaches.find(({ id }) => id === tour.kind)
  if (coach === undefined) {
    report('unknown-coach', name, '方案含未知车型', 'The plan names an unknown kind of coach')
    return
  }
  const { rules, matrix } = problem
  const share = (coach.approvedSeats * rules.loadFactor.numerator) / rules.loadFactor.denominator
  const aboard = tour.calls.reduce((sum, { people }) => sum + people, 0)
  if (aboard > share || aboard > coach.approvedSeats - (coach.reservedSeats ?? 0))
    report('load', name, `载客 ${aboard} 人，超过限额`, `${aboard} people are more than may be aboard`)
  const seats = Math.max(0, Math.min(Math.floor(share), coach.approvedSeats - (coach.reservedSeats ?? 0)))
  if (tour.people !== aboard || tour.usableSeats !== seats)
    report('seats-stated', name, '所写乘客数或可用座位数不符', 'The people or the usable seats stated are wrong')
  if (tour.calls.length === 0) report('empty-tour', name, '空驶', 'A tour without a stop')
  const leg = (table: Int32Array, a: string, b: string) =>
    table[matrix.places.indexOf(a) * matrix.places.length + matrix.places.indexOf(b)] ?? Number.NaN
  let here = coach.depot
  let clock = tour.depart
  let metres = 0
  let driving = 0
  const drives: TimeWindow[] = []
  const stands: TimeWindow[] = []
  if (tour.depart < coach.shift.from) report('shift', name, '早于班次发车', 'Departs before the shift')
  const travel = (to: string, arrive: number) => {
    const seconds = leg(matrix.duration, here, to)
    const pauses = tour.rests
      .filter(({ from, until }) => from >= clock && until <= arrive)
      .reduce((sum, { from, until }) => sum + until - from, 0)
    if (arrive - clock !== seconds + pauses)
      report('leg-time', name, `${here} 至 ${to} 的行驶时间不符`, `The time from ${here} to ${to} is wrong`)
    drives.push({ from: clock, until: arrive })
    metres += leg(matrix.distance, here, to)
    driving += seconds
    here = to
  }
  tour.calls.forEach((call, k) => {
    const request = problem.requests.find(({ id }) => id === call.request)
    if (request === undefined) return
    if (call.place !== request.from)
      report('place', name, `停靠地点与需求 ${request.id} 不符`, `Stops elsewhere than request ${request.id}`)
    if (request.to !== undefined && request.to !== tour.destination)
      report('destination', name, `需求 ${request.id} 的目的地不符`, `Request ${request.id} goes elsewhere`)
    for (const need of request.needs ?? [])
      if (!coach.offers?.includes(need))
        report('needs', name, `不满足需求 ${request.id} 的“${need}”`, `Lacks "${need}" for request ${request.id}`)
    travel(call.place, call.arrive)
    stands.push({ from: call.arrive, until: call.begin })
    if (call.begin < call.arrive || call.begin < (request.window?.from ?? 0) || call.begin > (request.window?.until ?? Infinity))
      report('window', name, `需求 ${request.id} 不在时间窗内`, `Request ${request.id} is outside its window`)
    const next =
      tour.calls[k + 1]?.place ??
      (tour.destination === undefined && coach.ends !== 'at-depot' ? undefined : (tour.destination ?? coach.depot))
    const needed = call.people * rules.boardingSecondsPerPerson + (next === call.place ? 0 : rules.stopSeconds)
    if (call.leave !== call.begin + needed)
      report('boarding', name, `需求 ${request.id} 的上车时间不符`, `The boarding time of request ${request.id} is wrong`)
    clock = call.leave
  })
  // Rests on the last legs end before the arrival; with two last legs the one between is not stated, so both are followed as one.
  const ends = [...(tour.destination === undefined ? [] : [tour.destination]), ...(coach.ends === 'at-depot' ? [coach.depot] : [])]
  if (ends.length > 0) {
    const seconds = [here, ...ends].slice(0, -1).reduce((sum, place, k) => sum + leg(matrix.duration, place, ends[k] as string), 0)
    const length = [here, ...ends].slice(0, -1).reduce((sum, place, k) => sum + leg(matrix.distance, place, ends[k] as string), 0)
    const pauses = tour.rests
      .filter(({ from, until }) => from >= clock && until <= tour.arrive)
      .reduce((sum, { from, until }) => sum + until - from, 0)
    if (tour.arrive - clock !== seconds + pauses) report('leg-time', name, '末段行驶时间不符', 'The time of the last leg is wrong')
    drives.push({ from: clock, until: tour.arrive })
    metres += length
    driving += seconds
  } else if (tour.arrive !== clock) report('leg-time', name, '结束时间不符', 'The end of the tour is wrong')
  if (tour.arrive > coach.shift.until) report('shift', name, '晚于班次收车', 'Ends after the shift')
  if (rules.longestTour !== undefined && tour.arrive - tour.depart > rules.longestTour)
    report('tour-length', name, '行程超时', 'The tour is too long')
  if (metres !== tour.metres || driving !== tour.drivingSeconds)
    report('sums', name, '里程或行驶时间不符', 'Distance or driving time is wrong')
  if (Math.abs(coach.fixedCost + coach.costPerMetre * metres - tour.cost) > 1e-6 * Math.max(1, tour.cost))
    report('cost', name, '费用不符', 'The cost is wrong')
  checkRests(tour, [...drives, ...stands], report)
  checkDriving(problem, tour, coach.drivers, driving, drives, report)
}

/**
 * A rest lies wholly on one leg, where the leg's time counts it as a stand, or wholly between an arrival and the boarding; nobody rests
 * while people board or while the coach drives off, and no time is a rest twice.
 */
function checkRests(tour: PlannedCoach, standing: readonly TimeWindow[], report: Report): void {
  const name = `${tour.kind}#${tour.number}`
  const rests = [...tour.rests].sort((a, b) => a.from - b.from)
  rests.forEach((rest, k) => {
    if (!(rest.from <= rest.until) || !standing.some(({ from, until }) => rest.from >= from && rest.until <= until))
      report('rest-place', name, '休息时车辆在行驶或上客', 'A rest lies where the coach drives or people board')
    if (rest.from < (rests[k - 1]?.until ?? Number.NEGATIVE_INFINITY)) report('rest-twice', name, '休息时间重叠', 'Two rests overlap')
  })
}

/** Looks again which requests travel otherwise than in the plan before. */
function checkChanged(problem: RoutingProblem, plan: RoutingPlan, previous: RoutingPlan | undefined, report: Report): void {
  const seats = (of: RoutingPlan, request: string) => {
    const counts = new Map<string, number>()
    for (const { kind, number, calls } of of.coaches)
      for (const call of calls)
        if (call.request === request) counts.set(`${kind}#${number}`, (counts.get(`${kind}#${number}`) ?? 0) + call.people)
    return counts
  }
  const differs = (request: string) => {
    if (previous === undefined) return false
    const [before, now] = [seats(previous, request), seats(plan, request)]
    return before.size !== now.size || [...now].some(([coach, people]) => before.get(coach) !== people)
  }
  const expected = problem.requests.map(({ id }) => id).filter(differs)
  if (expected.length !== plan.changed.length || new Set([...expected, ...plan.changed]).size !== expected.length)
    report('changed', 'plan', '所列的改派需求不符', 'The requests said to have changed are not those that did')
}

/** Follows the wheel: driving adds up until a rest that is long enough. */
function checkDriving(
  { rules }: RoutingProblem,
  tour: PlannedCoach,
  drivers: number,
  driving: number,
  drives: readonly TimeWindow[],
  report: Report,
): void {
  const law = rules.driving
  if (law === undefined) return
  const name = `${tour.kind}#${tour.number}`
  const enough = drivers > 1 ? law.changeSeconds : law.restSeconds
  if (driving > drivers * law.dailyDrivingPerDriver) report('daily-driving', name, '超过每日驾驶时限', 'Drives longer than a day allows')
  let since = 0
  let next = 0
  const rests = [...tour.rests].sort((a, b) => a.from - b.from)
  for (const { from, until } of drives) {
    let clock = from
    for (; next < rests.length && (rests[next] as TimeWindow).from <= until; next++) {
      const rest = rests[next] as TimeWindow
      if (rest.until - rest.from < enough) report('short-rest', name, '休息时间不足', 'A rest is too short')
      since += Math.max(0, rest.from - clock)
      if (since > law.longestDriving) report('continuous-driving', name, '连续驾驶超时', 'Drives too long without a rest')
      since = 0
      clock = Math.max(clock, rest.until)
    }
    since += Math.max(0, until - clock)
    if (since > law.longestDriving) report('continuous-driving', name, '连续驾驶超时', 'Drives too long without a rest')
  }
}
