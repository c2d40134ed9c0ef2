import { type Charge, type DomainEvent, type Follow, MOVE, type StandingDuty, toExpression } from '@guatu/kernel'
import { ENDED_FOR_NOW, isOpen, OBSERVED, type WatchSituation } from './fields.ts'
import { CHARGE, CHARGE_OF_PERSON, gaveUp, workerOf } from './in-charge.ts'

/** The small tasks of an observation. */
export const TASKS = {
  needs: { record: 'need', by: 'watch', sees: ['worker'] },
  visits: { record: 'visit', by: 'watch', sees: ['worker'] },
} as const

export const OPEN: readonly string[] = ['open', 'taken', 'due']

/** Whoever takes over an observation takes over what is still to be done for it, by the one before or by nobody; what somebody else does stays theirs. */
export function entrusted({ before, after, related }: WatchSituation): readonly Follow[] {
  return (['needs', 'visits'] as const).flatMap((tasks) =>
    (related[tasks] ?? [])
      .filter(({ state, fields }) => OPEN.includes(state) && (fields.worker === undefined || fields.worker === before?.worker))
      .map(({ id }) => ({ record: TASKS[tasks].record, recordId: id, action: 'entrust', input: { worker: after.worker ?? null } })),
  )
}

/** In charge of a home goes by its building: of what else is written of a household nothing is to be looked at again. */
const saysWhere = ({ record, action, input }: DomainEvent): boolean => record !== 'household' || action !== 'update' || 'place' in input

/**
 * Whoever is in charge changes while people are observed: an assignment begins, ends or is handed over, or somebody moves. Nobody's readings may stay with somebody
 * who has left, so the observation goes on with whoever is in charge now, or with nobody, which the board shows.
 */
export const inChargeNow: StandingDuty = {
  name: 'watch-in-charge',
  record: 'watch',
  where: toExpression({ state: OBSERVED, appointed: null }),
  on: ['assignment', 'watch.entrust', 'watch.rehome', 'watch.moveArea', 'watch.resume', 'household.relocate', 'household.update'],
  // Whoever was given somebody is in charge of them; of whom nobody is, somebody may be assigned already.
  concerns: (act, { fields }) => saysWhere(act) && (act.record !== 'watch' || act.action !== 'entrust' || fields.worker === undefined),
  related: CHARGE_OF_PERSON,
  act: ({ fields, area }, { day, related, places }) => {
    const worker = workerOf({ related, household: fields.household, area, day, places })
    return worker === fields.worker ? undefined : { action: 'entrust', input: { worker: worker ?? null } }
  },
}

/** The observation that a task is of, and who looks after it. */
const OF_WATCH = { watch: { record: 'watch', at: 'watch', sees: ['worker'] } } as const

/**
 * A task of an observation that runs is its worker's. Any other one goes on with whoever is in charge of the home or the area once the assignment of
 * the one who had it is over, and is given to them where nobody has it; what somebody else does, or took on, stays theirs.
 */
const taskInCharge = (record: 'need' | 'visit', ...states: readonly string[]): StandingDuty => ({
  name: `${record}-in-charge`,
  record,
  where: toExpression({ state: states }),
  on: ['assignment', `${record}.${MOVE}`, `${record}.entrust`, `${record}.rehome`, 'household.relocate', 'household.update'],
  concerns: (act, { fields }) => saysWhere(act) && (act.record !== record || act.action !== 'entrust' || fields.worker === undefined),
  related: { ...CHARGE, ...OF_WATCH },
  act: ({ state, fields, area, createdAt }, { day, related, places }) => {
    const [watch] = related.watch ?? []
    const to = (worker: unknown) => (worker === fields.worker ? undefined : { action: 'entrust', input: { worker: worker ?? null } })
    if (watch && isOpen(watch)) return fields.worker === undefined ? to(watch.fields.worker) : undefined
    const stays =
      fields.worker === undefined
        ? fields.household === undefined
        : state === 'taken' || !gaveUp(related, fields.worker, { day, since: createdAt })
    if (stays) return undefined
    return to(workerOf({ related, household: fields.household, area, day, places }))
  },
})
export const tasksInCharge: readonly StandingDuty[] = [taskInCharge('need', 'open', 'taken'), taskInCharge('visit', 'due')]

/** A task that goes to another area is of whoever looks after the observation there; else of nobody, until it is known who is in charge. */
export const goesOnThere = (record: 'need' | 'visit') => ({
  related: { watch: { ...OF_WATCH.watch, onward: true } } as const,
  follows: ({ act, area, state, after, related }: MovedTask): readonly Follow[] => {
    const [watch] = related.watch ?? []
    const worker = watch && isOpen(watch) && watch.area === act.area ? watch.fields.worker : undefined
    return act.area === area || !OPEN.includes(state ?? '') || worker === after.worker
      ? []
      : [{ record, recordId: act.recordId, action: 'entrust', input: { worker: worker ?? null } }]
  },
})
interface MovedTask extends Pick<WatchSituation, 'act' | 'area' | 'state' | 'related'> {
  readonly after: { readonly worker?: string }
}

/** What somebody does who works no more: whom they observe, and the tasks, those of an observation along with it. */
const held = (record: string, ...states: readonly string[]): Charge => ({
  name: `${record}-held`,
  record,
  account: 'worker',
  where: toExpression({ state: states }),
  act: { action: 'entrust', input: { worker: null } },
})
export const heldByWorkers: readonly Charge[] = [
  held('watch', ...OBSERVED, ...ENDED_FOR_NOW),
  held('need', 'open', 'taken'),
  held('visit', 'due'),
]
