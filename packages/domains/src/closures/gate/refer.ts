import {
  type Act,
  type Action,
  type Fields,
  type Follow,
  isHere,
  oneAtATime,
  type ParameterReader,
  type Places,
  type RecordState,
} from '@guatu/kernel'
import { isNear } from '../near.ts'

const DOUBLES = { by: 'person', through: 'person', doubles: 'person' } as const

interface Written {
  readonly decision?: string
  readonly person?: string
  readonly temperature?: number
  readonly destination?: string
  readonly crossedAt?: string
  readonly cancelled?: boolean
}

interface Line {
  readonly act: Act
  readonly after: Written
  readonly area: string
  readonly places: Places
  readonly today: string
  readonly parameter: ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Asks a line for the clinic, by what the officer decided or by the fever? */
export const asksForClinic = ({ decision, temperature = 0 }: Written, parameter: ParameterReader): boolean =>
  decision === 'clinic' || decision === 'holding' || temperature >= parameter<number>('monitoring.fever.from')

/** Somebody of the register with a fever at a gate, or sent to the clinic there: only such a line looks at what is known of them. */
export const referred = ({ act, after, parameter }: Line): readonly Follow[] =>
  after.person !== undefined && asksForClinic(after, parameter)
    ? [{ record: 'crossing', recordId: act.recordId, action: 'refer', input: {} }]
    : []

/** A corrected line asks for the clinic as it would have, or asks no more. */
export function referredAnew(at: Line & { readonly before: Written | undefined }): readonly Follow[] {
  const { before = {}, after, act, parameter } = at
  if (after.cancelled || after.person === undefined) return []
  const asked = asksForClinic(before, parameter)
  if (asksForClinic(after, parameter)) return asked && before.temperature === after.temperature ? [] : referred(at)
  return asked ? [{ record: 'crossing', recordId: act.recordId, action: 'recall', input: {} }] : []
}

const OBSERVED: readonly string[] = ['watching', 'absent']
const UNDER_WAY = ['open', 'sent', 'admitted', 'suspected']

/**
 * The transfer that is under way for the person, or a new one, near the gate or where they live. Household and workers are told by it, and an
 * observation knows of it.
 */
function toClinic({ after, act, area, places, today, related }: Line): readonly Follow[] {
  const { person, temperature, destination, crossedAt = act.happenedAt } = after
  if (person === undefined) return []
  const { id: recordId, made } = oneAtATime('transfer', person, related.transfers ?? [], UNDER_WAY)
  const near = [area, destination, related.me?.[0]?.area].find((one) => one !== undefined && isNear(places.level(one, today)))
  if (made && near === undefined) return []
  const watch = (related.watches ?? []).find(({ state }) => OBSERVED.includes(state))
  const [me] = related.me ?? []
  // Whoever is observed elsewhere than they are registered has left that home.
  const lives = me && (watch === undefined || isHere({ places, act }, me.area, watch.area)) ? me.fields.household : undefined
  const household = lives ?? watch?.fields.household
  const input = {
    person,
    reason: 'signs',
    openedOn: today,
    line: act.recordId,
    ...(watch === undefined ? {} : { watch: watch.id }),
    ...(household === undefined ? {} : { household }),
  }
  const said = temperature === undefined ? {} : { temperature }
  const open: Follow = { record: 'transfer', recordId, once: true, action: 'open', ...(near === undefined ? {} : { area: near }), input }
  const note: Follow = { record: 'transfer', recordId, action: 'note', input: { ...said, at: crossedAt, line: act.recordId } }
  return made ? [open, note] : [note]
}

/** What a gate asked for follows the person to the clinic. */
export const refer = {
  label: { zh: '转发热门诊', en: 'To the fever clinic' },
  from: ['logged', 'received', 'cancelled'],
  to: 'same',
  by: {},
  automatic: true,
  related: {
    me: { record: 'person', at: 'person', sees: ['household'] },
    transfers: { record: 'transfer', ...DOUBLES, sees: [] },
    watches: { record: 'watch', ...DOUBLES, sees: ['household'] },
  },
  follows: toClinic,
} as const satisfies Action<Fields, string>
