import { CORRECT, derivedId, type Follow, MOVE, type RecordState, type Situation } from '@guatu/kernel'
import { ME } from '../erased.ts'
import { OPEN } from '../watch/entrusted.ts'
import { isOpen } from '../watch/fields.ts'
import { CHARGE_OF_PERSON, workerOf } from '../watch/in-charge.ts'
import type { fields } from './transfer-fields.ts'

type At = Situation<typeof fields>

/** Observations of the person, by whichever entry of the register. */
export const OBSERVATIONS = {
  mine: {
    record: 'watch',
    by: 'person',
    through: 'person',
    sees: ['transfer', 'until', 'departure', 'household', 'worker', 'keptBy', 'confirmedOn'],
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
export function told(at: At): readonly Follow[] {
  const { after, act, related } = at
  const { household } = after
  const day = String(act.input.openedOn ?? act.day)
  const open = (key: string, more: Readonly<Record<string, unknown>>): Follow => ({
    record: 'need',
    recordId: derivedId(`tell/${act.recordId}/${key}`),
    once: true,
    action: 'open',
    input: { kind: 'tell', dueOn: day, transfer: act.recordId, ...more },
  })
  const mine = (related.mine ?? []).filter(isOpen)
  const by = chargedWith(at, mine)
  if (household === undefined) return [open('person', atPerson(at))]
  const known = new Set(mine.map(({ id }) => id))
  return [
    open(household, { household, ...by }),
    ...(related.housemates ?? [])
      .filter((one) => isOpen(one) && !known.has(one.id))
      .map((one) => open(one.id, { household, watch: one.id, ...(one.fields.worker === undefined ? {} : { worker: one.fields.worker }) })),
  ]
}

/** Who tells where no household is known, and by which observation. */
export function atPerson(at: At): { readonly worker?: unknown; readonly watch?: string } {
  const mine = (at.related.mine ?? []).filter(isOpen)
  return { ...chargedWith(at, mine), ...(mine[0] ? { watch: mine[0].id } : {}) }
}

function chargedWith({ after: { household }, act, related, places }: At, mine: readonly RecordState[]): { readonly worker?: unknown } {
  const own = mine.map(({ fields }) => fields.worker).find((one) => one !== undefined)
  const worker = own ?? workerOf({ related, household, day: act.day, places })
  return worker === undefined ? {} : { worker }
}

/** The tasks of telling that a transfer opened. What becomes known late of them is refused to nobody. */
export const TELLS = { tells: { record: 'need', by: 'transfer', sees: [], onward: true } } as const

/** What goes along with a transfer to another area. */
export const TELLS_ALONG = { tells: { ...TELLS.tells, sees: ['household'] } } as const

/** A task of telling that stands at no home belongs to the transfer alone, by whichever observation it was asked for. */
export const isOfTransfer = ({ fields }: RecordState): boolean => fields.household === undefined

/** Who looks after somebody is told where the transfer stands; those of a home, or of an observation beside it, where these are. */
export const tellsGoAlong = ({ related, area, act }: Pick<At, 'related' | 'area' | 'act'>): readonly Follow[] =>
  act.area === area
    ? []
    : (related.tells ?? [])
        .filter((one) => OPEN.includes(one.state) && isOfTransfer(one))
        .map(({ id }) => ({ record: 'need', recordId: id, action: MOVE, area: act.area, input: {} }))

const NOT_SENT = { action: 'lapse', input: { result: '转诊已取消' } } as const

type Telling = Pick<At, 'related'>

/** Nobody is told of a way to the clinic that nobody goes; whoever was told has been. */
export const toldNoMore = ({ related }: Telling): readonly Follow[] =>
  (related.tells ?? []).filter(({ state }) => OPEN.includes(state)).map(({ id }) => ({ record: 'need', recordId: id, ...NOT_SENT }))

/** They are told all the same where the clinic judged anew. */
export const toldAgain = ({ related }: Telling): readonly Follow[] =>
  (related.tells ?? [])
    .filter(({ state }) => state === 'lapsed')
    .map(({ id }) => ({
      record: 'need',
      recordId: id,
      action: CORRECT,
      input: { act: NOT_SENT, reason: '转诊已重新认定', void: true },
    }))
