import { type Act, type Follow, fill, fullDayWords, type Label, label, type RecordState } from '@guatu/kernel'
import { cameAfter } from './stay.ts'

/** A declaration of coming, with the person's departures, other declarations (`same` or `others`) and observations beside it. */
interface Arriving {
  readonly after: {
    readonly arrivedOn?: string | undefined
    readonly arrivedAt?: string | undefined
    readonly declaredAt?: string | undefined
    readonly gateFrom?: string | undefined
  }
  readonly act: Act
  readonly zone: string
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** When the person left the city, as far as it was confirmed. */
export const DEPARTURES = {
  departures: { record: 'departure', by: 'person', through: 'person', sees: ['leftOn', 'destination'], doubles: 'person' },
} as const

export const leftOn = ({ fields }: RecordState): string => String(fields.leftOn ?? '')

/** The confirmed departure with which the stay ended that a declaration is of; undefined where it goes on. */
export function leftAgain({ after, act, zone, related }: Arriving): RecordState | undefined {
  const { departures = [], watches = [] } = related
  const fields = { ...after, declaredAt: after.declaredAt ?? act.happenedAt }
  const others = (related.same ?? related.others ?? []).filter(({ id }) => id !== act.recordId)
  const came = { fields, createdAt: act.happenedAt }
  // Whoever a gate let in on the day of arriving was here again by then.
  const byGate = String(act.input.on ?? after.gateFrom ?? '') >= (after.arrivedOn ?? '')
  return departures
    .filter((one) => {
      if (one.state !== 'left' || (byGate && leftOn(one) === after.arrivedOn)) return false
      const known = { arrivals: others, departures: departures.filter(({ id }) => id !== one.id), watches }
      return !cameAfter(came, { on: leftOn(one), declaredAt: one.createdAt }, known, zone)
    })
    .toSorted((a, b) => leftOn(a).localeCompare(leftOn(b)))[0]
}

/** An arrival that becomes known after the person had left opens an observation that ends with that departure, as it would have in time. */
export const endedBy = (watch: string, departure: RecordState): Follow => ({
  record: 'watch',
  recordId: watch,
  action: 'transfer',
  input: { exitTo: departure.fields.destination, departure: departure.id },
})

const HAD_LEFT = label(
  '{said}登记时此人已于{day}离开，观察随之结束。',
  '{said} The person had left on {day} when it was entered, and the observation ended with that.',
)

/** What a declaration says whose observation ended with a departure at once. @param said what the rule said of it */
export const hadLeft = (said: Label, departure: RecordState): Label => fill(HAD_LEFT, { said, day: fullDayWords(leftOn(departure)) })
