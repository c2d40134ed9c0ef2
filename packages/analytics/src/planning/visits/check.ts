/** Checker of visit rounds; reads problem and plan only and shares no code with the engine. */
import type { VisitsPlan, VisitsProblem } from './model.ts'

/**
 * All faults in words, empty for a correct plan.
 * @param previous the plan that `moved` speaks of; without one nothing may be said to have moved
 */
export function checkRounds({ matrix, visits, workers }: VisitsProblem, plan: VisitsPlan, previous?: VisitsPlan): string[] {
  const faults: string[] = []
  const times = new Map<string, number>()
  const cell = (table: Int32Array, a: string, b: string) =>
    table[matrix.places.indexOf(a) * matrix.places.length + matrix.places.indexOf(b)] ?? Number.NaN
  for (const round of plan.rounds) {
    const worker = workers.find(({ id }) => id === round.worker)
    if (worker === undefined || plan.rounds.filter((other) => other.worker === round.worker).length > 1) {
      faults.push(`${round.worker}: unknown or twice`)
      continue
    }
    const seconds = (a: string, b: string) =>
      worker.secondsPerMetre === undefined ? cell(matrix.duration, a, b) : Math.round(cell(matrix.distance, a, b) * worker.secondsPerMetre)
    let here = worker.start
    let clock = round.depart
    let metres = 0
    if (clock < worker.shift.from) faults.push(`${worker.id}: starts before the shift`)
    for (const step of round.visits) {
      const visit = visits.find(({ id }) => id === step.visit)
      times.set(step.visit, (times.get(step.visit) ?? 0) + 1)
      if (visit === undefined || visit.place !== step.place) {
        faults.push(`${step.visit}: unknown, or elsewhere`)
        continue
      }
      metres += cell(matrix.distance, here, visit.place)
      if (step.arrive !== clock + seconds(here, visit.place)) faults.push(`${visit.id}: wrong arrival`)
      if (step.begin < step.arrive || step.begin < (visit.window?.from ?? 0) || step.begin > (visit.window?.until ?? Infinity))
        faults.push(`${visit.id}: outside its window`)
      if (step.leave !== step.begin + visit.serviceSeconds) faults.push(`${visit.id}: wrong length`)
      if (visit.needs?.some((need) => worker.skills?.includes(need) !== true)) faults.push(`${visit.id}: ${worker.id} lacks a skill`)
      clock = step.leave
      here = visit.place
    }
    if (worker.end !== undefined) {
      metres += cell(matrix.distance, here, worker.end)
      clock += seconds(here, worker.end)
    }
    if (clock !== round.arrive || clock > worker.shift.until) faults.push(`${worker.id}: wrong end, or after the shift`)
    if (metres !== round.metres) faults.push(`${worker.id}: ${metres} metres, not ${round.metres}`)
  }
  for (const { id, leavingCost } of visits) {
    const off = plan.putOff.includes(id)
    if ((times.get(id) ?? 0) + (off ? 1 : 0) !== 1) faults.push(`${id}: made ${times.get(id) ?? 0} times${off ? ' and put off' : ''}`)
    if (off && leavingCost === undefined) faults.push(`${id}: must be made`)
  }
  for (const id of plan.putOff)
    if (!visits.some((visit) => visit.id === id) || plan.putOff.indexOf(id) !== plan.putOff.lastIndexOf(id))
      faults.push(`${id}: put off, but unknown or twice`)
  const makers = (of: VisitsPlan | undefined) =>
    new Map((of?.rounds ?? []).flatMap((round) => round.visits.map(({ visit }) => [visit, round.worker])))
  const [before, now] = [makers(previous), makers(plan)]
  const moved = new Set(plan.moved)
  for (const id of new Set([...moved, ...now.keys()])) {
    const old = before.get(id)
    const other = old !== undefined && now.has(id) && now.get(id) !== old && workers.some((worker) => worker.id === old)
    if (other !== moved.has(id)) faults.push(`${id}: ${other ? 'moved, but not said to be' : 'said to have moved, but did not'}`)
  }
  if (moved.size < plan.moved.length) faults.push('a visit is said to have moved twice')
  return faults
}
