import { addDays, fill, type Label, label, type ParameterReader, type RecordState } from '@guatu/kernel'

interface Known {
  readonly day: string
  readonly parameter: ParameterReader
  readonly transfers: readonly RecordState[]
  readonly watches: readonly RecordState[]
}

/** Whom the clinic has; with the observation that ended by it, where there was one. */
export interface AtClinic {
  readonly watch?: RecordState | undefined
}

const dayIn = ({ fields }: RecordState, name: 'settledOn' | 'confirmedOn' | 'enteredOn'): string => String(fields[name] ?? '')

/** An observation that runs, or ended otherwise than by the clinic. */
const SAYS_ITSELF: readonly string[] = ['watching', 'absent', 'released', 'died']

/**
 * Does the clinic have somebody, whom it found to be suspected or confirmed? They are looked after there: suspected until they are cleared or confirmed;
 * confirmed until they are observed anew, as after they were discharged, or so many days are over.
 */
export function atClinic({ day, parameter, transfers, watches }: Known): AtClinic | undefined {
  const isFound = ({ state }: RecordState) => state === 'confirmed'
  if (transfers.some(({ state }) => state === 'suspected'))
    return { watch: watches.find(({ state, fields }) => state === 'transferred' && fields.departure === undefined) }
  const on = [
    ...transfers.filter(isFound).map((one) => dayIn(one, 'settledOn')),
    ...watches.filter(isFound).map((one) => dayIn(one, 'confirmedOn')),
  ]
    .sort()
    .at(-1)
  if (on === undefined || on <= addDays(day, -parameter<number>('monitoring.clinic.days'))) return undefined
  if (watches.some((one) => SAYS_ITSELF.includes(one.state) && dayIn(one, 'enteredOn') >= on)) return undefined
  return { watch: watches.find(isFound) }
}

const LOOKED_AFTER = label(
  '{said}此人由医疗机构收治（疑似或确诊），不另行观察；排除后在居住地按从严从长继续观察。',
  '{said} The clinic has this person, suspected or confirmed, so no other observation opens; once cleared they are observed where they live, by the stricter measure until the later end.',
)

/** What a declaration says of whoever is looked after by the clinic. @param said what the rule said of it */
export const lookedAfterThere = (said: Label): Label => fill(LOOKED_AFTER, { said })
