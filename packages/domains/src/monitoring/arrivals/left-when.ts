import { type Act, type Actor, addDays, dayOf, fullDayWords, type Label, type Problem, type RecordState, refuse } from '@guatu/kernel'
import { isOpen } from '../watch/fields.ts'
import { cameAfter } from './stay.ts'

/** When the person arrived, and came back, as far as it is declared. */
export const RETURNS = {
  returns: { record: 'arrival', by: 'person', through: 'person', sees: ['arrivedOn', 'arrivedAt', 'declaredAt'], doubles: 'person' },
} as const

interface Days {
  readonly leavesOn?: string | undefined
  readonly leftOn?: string | undefined
}

/** A departure, with the person's observations (`watches`), arrivals (`returns`) and declarations of leaving (`same`) beside it. */
interface Leaving {
  readonly before: Days | undefined
  readonly after: Days
  readonly act: Act
  readonly actor: Pick<Actor, 'self'>
  readonly today: string
  readonly zone: string
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** The day of leaving: the one that was said at the confirmation, else the declared one; of whoever left before that, the day of the confirmation. */
export const leftWhen = ({ leavesOn, leftOn }: Days, day: string): string =>
  leftOn ?? (leavesOn !== undefined && leavesOn < day ? leavesOn : day)

const leaving = ({ before, after, act }: Leaving): string => (before === undefined ? (after.leavesOn ?? act.day) : leftWhen(after, act.day))

const arrivals = ({ related }: Leaving): readonly string[] =>
  (related.returns ?? []).flatMap(({ state, fields }) => (state === 'void' ? [] : [String(fields.arrivedOn ?? '')]))

/** When it was declared that they would leave, or had left. */
const declaredAt = ({ act, related }: Leaving): string =>
  (related.same ?? []).find(({ id }) => id === act.recordId)?.createdAt ?? act.happenedAt

/** Confirmed while they leave: on the day itself, without another one said. Nobody who declares from a link of their own has left before. */
const leavesNow = ({ before, after, act, actor }: Leaving): boolean =>
  before === undefined ? actor.self === true : act.input.leftOn === undefined && leftWhen(after, act.day) === act.day

/**
 * Whoever has arrived since is here again: that they had left, which becomes known only now, holds nobody back and ends nothing. So it is of whoever
 * was out and back on one day ({@link cameAfter}).
 */
export function isBack(at: Leaving): boolean {
  const { act, zone, related } = at
  const known = {
    arrivals: related.returns ?? [],
    departures: (related.same ?? []).filter(({ id }) => id !== act.recordId),
    watches: related.watches ?? [],
  }
  const left = { on: leaving(at), declaredAt: declaredAt(at), now: leavesNow(at) }
  return known.arrivals.some((one) => one.state !== 'void' && cameAfter(one, left, known, zone))
}

/** What the corrected day of leaving makes of whoever was taken to be here, or to have gone; undefined where it is as it was. */
export function turnedBy(at: Leaving & { readonly corrected?: Act }): 'gone' | 'here' | undefined {
  const { before, after, act, corrected } = at
  const input = act.input.input
  if (corrected === undefined || before === undefined || typeof input !== 'object' || input === null) return undefined
  const was = isBack({ ...at, after: before, act: corrected })
  const is = isBack({ ...at, after, act: { ...corrected, input: { ...input } } })
  if (was === is) return undefined
  return is ? 'here' : 'gone'
}

/** Nobody who has left leaves once more before they are back: said of the same day or one beside it, it is asked about before they are counted twice. */
export function notGoneYet(at: Leaving): Problem | undefined {
  const { act, related } = at
  const left = leaving(at)
  const same = related.same ?? []
  // What was said stays said: whatever else is wrong of it can be corrected.
  if (same.some(({ id, fields }) => id === act.recordId && fields.leftOn === left)) return undefined
  const beside = [addDays(left, -1), left, addDays(left, 1)]
  const cameBetween = (day: string) => {
    const [first, last] = day < left ? [day, left] : [left, day]
    return arrivals(at).some((came) => first <= came && came <= last)
  }
  const other = same.find(({ id, state, fields }) => {
    const day = String(fields.leftOn ?? '')
    return id !== act.recordId && state === 'left' && beside.includes(day) && !cameBetween(day)
  })
  if (!other) return undefined
  const on = fullDayWords(String(other.fields.leftOn))
  return refuse(
    'already-exists',
    {
      zh: `此人另有一份离巴申报，已确认${on.zh}离开，其间没有返回的申报，是不是同一次离开？是的，请将这一份“取消（未成行）”；确实返回后又离开的，请先申报那次到达，再“确认离开”。`,
      en: `By another departure this person left on ${on.en}, and no coming back is declared in between: is this the same one? If so, cancel this one (“Cancel: did not leave”). Whoever came back and left again: declare that arrival first, then confirm this departure.`,
    },
    { status: 409, path: 'input.leftOn', data: { record: 'departure', id: other.id } },
  )
}

/** The day on which it was declared that they would leave, or had left. */
const declaredOn = (at: Leaving): string => dayOf(Temporal.Instant.from(declaredAt(at)), at.zone)

/** Who is under observation stays until released: the refusal names the day, and of whoever arrived since the departure was declared that of leaving. */
export function free(at: Leaving): Problem | undefined {
  const open = (at.related.watches ?? []).find((one) => isOpen(one) && one.fields.kind !== 'self')
  if (!open || isBack(at)) return undefined
  const until = fullDayWords(String(open.fields.until))
  const since = (day: string) => day > (at.after.leavesOn ?? at.act.day) || day >= declaredOn(at)
  const came = at.before === undefined ? undefined : arrivals(at).filter(since).sort().at(-1)
  const held: Label = {
    zh: `此人正在隔离观察，期限至${until.zh}，解除后方可离开。`,
    en: `This person is under observation until ${until.en} and may leave after release.`,
  }
  const back = came === undefined ? undefined : fullDayWords(came)
  return refuse(
    'under-observation',
    back === undefined
      ? held
      : {
          zh: `${held.zh}${back.zh}返回之前就已离开的，请在“实际离开”填写当时离开的日期（不晚于${back.zh}）再确认。`,
          en: `${held.en} Where they had left before they came back on ${back.en}, fill in “Left on” with the day of leaving, that day at the latest, and confirm again.`,
        },
    { data: { record: 'watch', id: open.id, until: open.fields.until, ...(came === undefined ? {} : { arrivedOn: came }) } },
  )
}

/** Nobody has left on a day to come. */
export const notYet = ({ after, today }: Leaving): Problem | undefined =>
  (after.leftOn ?? today) > today
    ? refuse(
        'day-in-future',
        {
          zh: `实际离开日期${fullDayWords(after.leftOn ?? today).zh}在今天之后，请核对。`,
          en: `The day of leaving ${fullDayWords(after.leftOn ?? today).en} lies in the future; check it.`,
        },
        { path: 'input.leftOn' },
      )
    : undefined

/** Nobody leaves before they came, by the stay that the departure was declared of: a wrong month, unless another departure is meant. */
export function notBeforeArrival(at: Leaving): Problem | undefined {
  const left = leaving(at)
  const declared = declaredOn(at)
  const of = at.after.leavesOn ?? left
  const came = arrivals(at)
    .filter((day) => day <= of && day <= declared)
    .sort()
    .at(-1)
  if (came === undefined || left >= came) return undefined
  const [on, day] = [fullDayWords(came), fullDayWords(left)]
  return refuse(
    'left-before-arrival',
    {
      zh: `此人${on.zh}到达，不会在${day.zh}离开，请核对“实际离开”的日期；到达之前另有一次离开的，请另行申报那一次（离开日期填写当时的日期）再确认。`,
      en: `This person arrived on ${on.en} and cannot have left on ${day.en}: check the day. Where they had left once before that arrival, declare that departure by itself, with its own day, and confirm it.`,
    },
    { path: 'input.leftOn' },
  )
}
