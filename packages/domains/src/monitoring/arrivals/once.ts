import { type Act, type Label, type Problem, type RecordState, refuse } from '@guatu/kernel'

/** Declarations of the same person, whatever entries of the register turned out to be that person. */
export const sameOf = <const R extends string, const D extends string>(record: R, on: D) =>
  ({ same: { record, by: 'person', through: 'person', sees: [on], doubles: 'person' } }) as const

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
