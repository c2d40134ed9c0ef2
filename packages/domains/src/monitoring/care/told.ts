import { derivedId, type Follow, type Situation } from '@guatu/kernel'
import { ME } from '../erased.ts'
import { OBSERVED } from '../watch/fields.ts'
import { CHARGE_OF_PERSON, workerOf } from '../watch/in-charge.ts'
import type { fields } from './transfer-fields.ts'

type At = Situation<typeof fields>

/** Whether somebody is under observation by this record. */
export const isOpen = ({ state }: { readonly state: string }): boolean => (OBSERVED as readonly string[]).includes(state)

/** Observations of the person, by whichever entry of the register. */
export const OBSERVATIONS = {
  mine: {
    record: 'watch',
    by: 'person',
    through: 'person',
    sees: ['transfer', 'until', 'departure', 'household', 'worker', 'keptBy'],
    doubles: 'person',
  },
} as const

/** Who is told, and at which observation signs stand. */
export const INFORMS = {
  housemates: { record: 'watch', by: 'household', through: 'household', sees: ['worker'] },
  ...OBSERVATIONS,
  ...CHARGE_OF_PERSON,
  ...ME,
} as const

/**
 * The household and the workers of its others under observation are told: each a task of the day, one for a transfer. Where no household is known
 * whoever looks after the person is told, else whoever is in charge where the transfer stands.
 */
export function told({ after, act, related, places }: At): readonly Follow[] {
  const { household } = after
  const day = String(act.input.openedOn ?? act.day)
  const open = (key: string, more: Readonly<Record<string, unknown>>): Follow => ({
    record: 'need',
    recordId: derivedId(`tell/${act.recordId}/${key}`),
    once: true,
    action: 'open',
    input: { kind: 'tell', dueOn: day, ...more },
  })
  const mine = (related.mine ?? []).filter(isOpen)
  const own = mine.map(({ fields }) => fields.worker).find((one) => one !== undefined)
  const worker = own ?? workerOf({ related, household, day: act.day, places })
  const by = worker === undefined ? {} : { worker }
  if (household === undefined) return [open('person', { ...by, ...(mine[0] ? { watch: mine[0].id } : {}) })]
  const known = new Set(mine.map(({ id }) => id))
  return [
    open(household, { household, ...by }),
    ...(related.housemates ?? [])
      .filter((one) => isOpen(one) && !known.has(one.id))
      .map((one) => open(one.id, { household, watch: one.id, ...(one.fields.worker === undefined ? {} : { worker: one.fields.worker }) })),
  ]
}
