import { type Follow, fill, fullDayWords, type Label, label, type RecordState } from '@guatu/kernel'

interface Arriving {
  readonly after: { readonly arrivedOn?: string | undefined }
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** When the person left the city, as far as it was confirmed. */
export const DEPARTURES = {
  departures: { record: 'departure', by: 'person', through: 'person', sees: ['leftOn', 'destination'], doubles: 'person' },
} as const

export const leftOn = ({ fields }: RecordState): string => String(fields.leftOn ?? '')

/** The confirmed departure with which the stay ended that a declaration is of; undefined where it goes on. On the day of arriving they came back. */
export const leftAgain = ({ after, related }: Arriving): RecordState | undefined =>
  (related.departures ?? [])
    .filter((one) => one.state === 'left' && leftOn(one) > (after.arrivedOn ?? ''))
    .toSorted((a, b) => leftOn(a).localeCompare(leftOn(b)))[0]

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
