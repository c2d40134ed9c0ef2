import { type Charge, type Follow, type StandingDuty, toExpression } from '@guatu/kernel'
import { ENDED_FOR_NOW, OBSERVED, type WatchSituation } from './fields.ts'
import { CHARGE_OF_PERSON, workerOf } from './in-charge.ts'

/** The small tasks of an observation. */
export const TASKS = {
  needs: { record: 'need', by: 'watch', sees: ['worker'] },
  visits: { record: 'visit', by: 'watch', sees: ['worker'] },
} as const

export const OPEN: readonly string[] = ['open', 'taken', 'due']

/** Whoever takes over an observation takes over what is still to be done for it; what somebody else does stays theirs. */
export function entrusted({ before, after, related }: WatchSituation): readonly Follow[] {
  return (['needs', 'visits'] as const).flatMap((tasks) =>
    (related[tasks] ?? [])
      .filter((one) => OPEN.includes(one.state) && one.fields.worker === before?.worker)
      .map(({ id }) => ({ record: TASKS[tasks].record, recordId: id, action: 'entrust', input: { worker: after.worker ?? null } })),
  )
}

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
  concerns: ({ record, action }, { fields }) => record !== 'watch' || action !== 'entrust' || fields.worker === undefined,
  related: CHARGE_OF_PERSON,
  act: ({ fields, area }, { day, related, places }) => {
    const worker = workerOf({ related, household: fields.household, area, day, places })
    return worker === fields.worker ? undefined : { action: 'entrust', input: { worker: worker ?? null } }
  },
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
