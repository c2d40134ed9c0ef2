import { SearchRandom } from '../../anytime/random.ts'
import type { Activity, Lag, Material, Resource, SchedulingProblem, WorkCalendar } from '../types.ts'

/** What a generated problem may contain. */
export interface Features {
  readonly calendars?: boolean
  readonly materials?: boolean
  readonly maximalLags?: boolean
  readonly steps?: boolean
  readonly due?: boolean
  readonly releases?: boolean
  readonly fixed?: boolean
  readonly projects?: number
}

/** Starts tied to each other from both sides on one crew of two: many have no schedule, and lists rarely find one. */
export function tightProblem(seed: number, size: number): SchedulingProblem {
  const random = new SearchRandom(seed)
  const activities = Array.from({ length: size }, (_, k) => ({
    id: `a${k}`,
    duration: 1 + random.below(3),
    needs: [{ resource: 'crew', amount: 1 + random.below(2) }],
    ...(random.unit() < 0.5 ? { release: random.below(4) } : {}),
  }))
  const lags: Lag[] = []
  for (let k = 0; k < size; k++) {
    const a = random.below(size)
    const b = random.below(size)
    if (a === b) continue
    const min = random.below(3)
    lags.push({ from: `a${Math.min(a, b)}`, to: `a${Math.max(a, b)}`, type: 'SS', min, max: min + random.below(3) })
  }
  return { activities, lags, resources: [{ id: 'crew', capacity: 2 }] }
}

/** A random problem whose arcs run from lower to higher numbers. Feasible but for the maximal lags and fixed starts it may carry. */
export function randomProblem(seed: number, size: number, features: Features = {}, longest = 6): SchedulingProblem {
  const random = new SearchRandom(seed)
  const resources: Resource[] = Array.from({ length: 3 }, (_, r) => {
    const capacity = 3 + random.below(3)
    const steps = features.steps && r === 0 ? [{ from: 4 + random.below(4), capacity: 5 }] : undefined
    return { id: `crew-${r}`, capacity, ...(steps ? { steps } : {}), ...(features.calendars && r === 2 ? { calendar: 'week' } : {}) }
  })
  const calendars: WorkCalendar[] = [
    { id: 'week', cycle: { length: 7, working: [[0, 5]] }, exceptions: [{ from: 8, to: 10, working: false }] },
    { id: 'even', cycle: { length: 4, working: [[1, 4]] } },
  ]
  const perProject = Math.ceil(size / (features.projects ?? 1))
  const activities: Activity[] = Array.from({ length: size }, (_, j) => ({
    id: `a${j}`,
    duration: random.below(longest + 1),
    needs: [0, 1, 2].flatMap((r) => (random.unit() < 0.5 ? [{ resource: `crew-${r}`, amount: 1 + random.below(3) }] : [])),
    ...(features.projects ? { project: `p${Math.floor(j / perProject)}` } : {}),
    ...(features.calendars && random.unit() < 0.4 ? { calendar: random.unit() < 0.5 ? 'week' : 'even' } : {}),
    ...(features.materials && random.unit() < 0.6 ? { materials: [{ material: 'brick', amount: 1 + random.below(4) }] } : {}),
    ...(features.due && random.unit() < 0.4 ? { due: 3 + random.below(2 * longest), priority: 1 + random.below(3) } : {}),
    ...(features.releases && random.unit() < 0.3 ? { release: random.below(10) } : {}),
    ...(features.fixed && j === 0 ? { fixedStart: 3 } : {}),
  }))
  const lags: Lag[] = []
  for (let j = 1; j < size; j++) {
    const count = random.below(3)
    for (let k = 0; k < count; k++) {
      const from = Math.max(0, j - 1 - random.below(Math.min(j, 8)))
      if (features.projects && Math.floor(from / perProject) !== Math.floor(j / perProject)) continue
      if (features.fixed && j === 0) continue
      const general = features.maximalLags && random.unit() < 0.5
      const type = general ? (['FS', 'SS', 'FF', 'SF'] as const)[random.below(4)] : undefined
      const min = general ? random.below(4) - 1 : 0
      lags.push({
        from: `a${from}`,
        to: `a${j}`,
        ...(type ? { type } : {}),
        min,
        ...(features.maximalLags && random.unit() < 0.2 ? { max: min + 3 + random.below(8) } : {}),
      })
    }
  }
  const taken = activities.reduce((sum, a) => sum + (a.materials ?? []).reduce((s, m) => s + m.amount, 0), 0)
  const materials: Material[] = [
    {
      id: 'brick',
      stock: 2,
      arrivals: [
        { at: 3, amount: Math.ceil(taken / 2) },
        { at: 9, amount: taken },
      ],
    },
  ]
  const projects = Array.from({ length: features.projects ?? 0 }, (_, k) => ({ id: `p${k}`, ...(features.due ? { due: 12 + 4 * k } : {}) }))
  return {
    activities,
    lags,
    resources,
    ...(features.materials ? { materials } : {}),
    ...(features.calendars ? { calendars } : {}),
    ...(features.projects ? { projects } : {}),
  }
}
