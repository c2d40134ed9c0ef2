import { type Act, addDays, apart, fullDayWords, type Label, leftBetween, type Problem, type RecordState, refuse } from '@guatu/kernel'

/** Declarations of the same person, whatever entries of the register turned out to be that person. */
export const sameOf = <const R extends string, const D extends readonly string[]>(record: R, ...sees: D) =>
  ({ same: { record, by: 'person', through: 'person', sees, doubles: 'person' } }) as const

interface Said<D extends string> {
  readonly act: Pick<Act, 'recordId'>
  readonly after: { readonly [K in D]?: string | undefined }
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/**
 * One journey is declared once: whoever types it again would count the person twice that day.
 * @param on the field with the day of the journey
 * @param why what to do instead
 * @returns 409 with the way to the declaration that stands; nothing where the day was not said anew
 */
export function saidBefore<D extends string>(record: string, on: D, at: Said<D>, why: (day: string) => Label): Problem | undefined {
  const { act, after, related } = at
  const day = after[on]
  const same = related.same ?? []
  // What was said stays said, also where two entries turned out to be one person since: its other fields can be corrected all the same.
  if (day === undefined || same.some(({ id, fields }) => id === act.recordId && fields[on] === day)) return undefined
  const other = same.find(({ id, state, fields }) => id !== act.recordId && state !== 'void' && fields[on] === day)
  return other && refuse('already-exists', why(day), { status: 409, path: `input.${on}`, data: { record, id: other.id } })
}

interface Arriving extends Said<'arrivedOn'> {
  readonly after: { readonly arrivedOn?: string | undefined; readonly origin?: string | undefined }
}

/**
 * Declared twice, an arrival of the evening or of the night has two days: said to be of the day before or after, from the same place, with nobody gone
 * in between, it is asked about before the person is counted a second time.
 */
export function sameJourney({ act, after, related }: Arriving): Problem | undefined {
  const { arrivedOn: day, origin } = after
  if (day === undefined) return undefined
  const beside = [addDays(day, -1), addDays(day, 1)]
  const same = (related.same ?? []).find(({ id, state, fields }) => {
    const other = String(fields.arrivedOn ?? '')
    if (id === act.recordId || state === 'void' || !beside.includes(other)) return false
    return !apart(String(fields.origin ?? ''), origin ?? '') && !leftBetween(related.departures, other, day)
  })
  if (!same) return undefined
  const on = fullDayWords(String(same.fields.arrivedOn))
  return refuse(
    'already-exists',
    {
      zh: `此人${on.zh}到达的返巴申报已有一份，是不是同一次到达？是的，请打开已有申报，日期有误的用“更正申报”（已核实的，先“作废误报”再重新申报）；确实离开后又返回的，请先登记那次离巴并“确认离开”，再申报这次到达。`,
      en: `The arrival of this person on ${on.en} is declared already: is this the same one? If so, open that declaration and correct the day where it is wrong (where it is confirmed, void it first and declare anew). Whoever left and came back in between: enter that departure and confirm it first, then declare this arrival.`,
    },
    { status: 409, path: 'input.arrivedOn', data: { record: 'arrival', id: same.id } },
  )
}
