import { dayOf, instantMs, type RecordState } from '@guatu/kernel'

/** Somebody's declarations of coming and leaving, and what they were observed for, by whichever entry of the register. */
interface Known {
  readonly arrivals: readonly RecordState[]
  /** Other departures than the one that is asked about. */
  readonly departures: readonly RecordState[]
  readonly watches: readonly RecordState[]
}

/** A declaration of coming. */
type Came = Pick<RecordState, 'fields' | 'createdAt'>

/** A departure that is confirmed. */
interface Left {
  /** City day of leaving. */
  readonly on: string
  /** Moment at which it was declared, before or after they left. */
  readonly declaredAt: string
  /** Said while they leave: the moment is that of leaving. */
  readonly now?: boolean
}

const on = ({ fields }: Pick<RecordState, 'fields'>, name: 'arrivedOn' | 'leftOn' | 'enteredOn'): string => String(fields[name] ?? '')
const stands = ({ state }: RecordState): boolean => state !== 'void'
const hasLeft = ({ state }: RecordState): boolean => state === 'left'

/** By when somebody had arrived, ms: the moment that was said, where it is of the day that was, else that of declaring. */
function cameBy({ createdAt, fields }: Came, zone: string): number {
  const said = instantMs(String(fields.arrivedAt ?? ''))
  const isOfDay = said !== undefined && dayOf({ epochMilliseconds: said }, zone) === String(fields.arrivedOn)
  return (isOfDay ? said : instantMs(String(fields.declaredAt ?? createdAt))) ?? Number.NaN
}

/**
 * Was somebody here when a day began, as far as is known: whoever came last had not left since. Whose first known day that is was here where they had
 * been observed before.
 */
function wasHere({ arrivals, departures, watches }: Known, day: string): boolean {
  const came = arrivals.filter((one) => stands(one) && on(one, 'arrivedOn') < day).map((one) => on(one, 'arrivedOn'))
  const left = departures.filter((one) => hasLeft(one) && on(one, 'leftOn') < day).map((one) => on(one, 'leftOn'))
  const days = [...new Set([...came, ...left])].sort()
  const first = days[0] ?? day
  // Out and in, or in and out: on every day they are where the comings and goings of it leave them.
  return days.reduce(
    (here, one) => Number(here) + Number(came.includes(one)) > left.filter((each) => each === one).length,
    watches.some((one) => stands(one) && on(one, 'enteredOn') < first),
  )
}

/**
 * Did an arrival follow a departure, or did the stay that began with it end by that? By the days; of one day by the times: a departure that was declared
 * before they had come is of the stay before, and one that is said while they leave, after that, ends this one. Where no time tells, whoever
 * had been here when the day began and came on it had left before that, unless another departure of the day says so already.
 */
export function cameAfter(arrival: Came, left: Left, known: Known, zone: string): boolean {
  const day = on(arrival, 'arrivedOn')
  if (day !== left.on) return day > left.on
  const [came, declared] = [cameBy(arrival, zone), instantMs(left.declaredAt) ?? Number.NaN]
  if (declared <= came) return true
  if (left.now === true) return false
  return !known.departures.some((one) => hasLeft(one) && on(one, 'leftOn') === day) && wasHere(known, day)
}
