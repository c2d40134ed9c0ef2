import { addDays, type Expression, type ParameterReader, type RecordState, type Relation } from '@guatu/kernel'

const LED = { through: 'person', doubles: 'person', onward: true, atAct: true, anew: true } as const
/** Nobody is under an observation that was entered by mistake, at whatever moment; one that goes on under another entry was there until then. */
const MISTAKEN: Expression = {
  op: 'every',
  of: [
    { op: 'is', field: 'state', value: 'void' },
    { op: 'not', of: { op: 'given', field: 'keptBy' } },
  ],
}
const OF_HOME = { ...LED, by: 'household', via: [{ record: 'person', field: 'household' }] } as const
const WATCH = { record: 'watch', sees: ['kind', 'person', 'enteredOn', 'exitOn', 'confirmedOn'], never: MISTAKEN } as const
const TRANSFER = { record: 'transfer', sees: ['person', 'settledOn'] } as const

/**
 * Observations and ways to the clinic of whom a line is about, and of the home they live in. A line is judged by them as they were at its moment,
 * whenever that becomes known, and refused for none of them.
 */
export const KEEPING_IN = {
  own: { ...LED, ...WATCH, by: 'person' },
  atHome: { ...OF_HOME, ...WATCH },
  clinic: { ...LED, ...TRANSFER, by: 'person' },
  clinicAtHome: { ...OF_HOME, ...TRANSFER },
} as const satisfies Readonly<Record<string, Relation<'person'>>>

const KINDS = { own: ['home', 'central'], atHome: ['home'] } as const
const OBSERVED: readonly unknown[] = ['watching', 'absent']

/** What the clinic found of somebody, for which neither they nor their home go out. */
export const FOUND: readonly string[] = ['suspected', 'confirmed']
/** An observation that goes on, or was ended otherwise than by the clinic, says by itself who goes out. */
const SAYS_ITSELF: readonly string[] = ['watching', 'absent', 'released', 'died']

/** What the clinic found on these days, or before, keeps nobody in any more: the person, and their home. */
export function clinicOver(parameter: ParameterReader, day: string): { readonly person: string; readonly home: string } {
  return {
    person: addDays(day, -parameter<number>('monitoring.clinic.days')),
    home: addDays(day, -parameter<number>('closures.clinic.home.days')),
  }
}

/** What is looked at of a transfer or an observation. */
export type Standing = Pick<RecordState, 'state' | 'fields'>
type Related = Readonly<Record<string, readonly RecordState[] | undefined>>
type Over = ReturnType<typeof clinicOver>

/** What the clinic found of somebody, and on which day. */
export interface Finding {
  readonly person: unknown
  readonly on: string
}

const dayIn = ({ fields }: Standing, name: string): string => String(fields[name] ?? '')

/** Whoever died after it was confirmed all the same, and those they lived with were exposed. */
const isConfirmed = ({ state, fields }: Standing): boolean =>
  state === 'confirmed' || (state === 'died' && fields.confirmedOn !== undefined)

/** What the clinic found, said on a transfer, or on an observation that ended as confirmed without one. */
const findings = (transfers: readonly RecordState[] = [], watches: readonly RecordState[] = []): readonly Finding[] => [
  ...transfers.filter(({ state }) => FOUND.includes(state)).map((one) => ({ person: one.fields.person, on: dayIn(one, 'settledOn') })),
  ...watches.filter(isConfirmed).map((one) => ({ person: one.fields.person, on: dayIn(one, 'exitOn') })),
]

/** Does it keep the person in, of whom these are the observations: until they are observed anew, or the days are over? */
export const keepsThem = ({ on }: Finding, own: readonly Standing[] = [], over: Over): boolean =>
  on > over.person && !own.some((watch) => SAYS_ITSELF.includes(watch.state) && !isConfirmed(watch) && dayIn(watch, 'enteredOn') >= on)

/**
 * Does it keep in their home, of which these are the observations: until somebody else of it is under observation, as a contact or from before, whose
 * observation then says who goes out; or until the days are over?
 */
export const keepsHome = ({ person, on }: Finding, atHome: readonly Standing[] = [], over: Over): boolean =>
  on > over.home &&
  !atHome.some(
    ({ state, fields }) =>
      fields.person !== person &&
      SAYS_ITSELF.includes(state) &&
      KINDS.own.some((kind) => kind === fields.kind) &&
      (fields.exitOn === undefined || String(fields.exitOn) >= on),
  )

/** What keeps somebody in: an observation, or without one what the clinic found. */
interface Keeper {
  readonly by: 'own' | 'atHome'
  readonly watch?: RecordState
}

/**
 * What among those keeps somebody in, observations before what the clinic found, and each of their own before that of the home. Whoever monitors
 * themselves goes out like everybody.
 */
export const keepersIn = (related: Related, over: Over): readonly Keeper[] => [
  ...(['own', 'atHome'] as const).flatMap((by) =>
    (related[by] ?? [])
      .filter(({ state, fields }) => OBSERVED.includes(state) && KINDS[by].some((kind) => kind === fields.kind))
      .map((watch) => ({ by, watch })),
  ),
  ...findings(related.clinic, related.own).flatMap((one) => (keepsThem(one, related.own, over) ? [{ by: 'own' as const }] : [])),
  ...findings(related.clinicAtHome, related.atHome).flatMap((one) =>
    keepsHome(one, related.atHome, over) ? [{ by: 'atHome' as const }] : [],
  ),
]

/** Was whoever the line names kept in at its moment, whatever the gate knew of them? */
export const isKeptIn = (related: Related, over: Over): boolean => keepersIn(related, over).length > 0
