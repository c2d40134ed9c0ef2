import { useGroups, usePlace } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { type Filters, filtersOf, MEASURES, type Measure, type Score, scoresOf } from './scores.ts'

const BY = ['unit', 'issuedOn.month'] as const

/** The scoreboard of the tasks issued in a period; undefined until every figure is there, so that no half-read board is shown. */
export function useScores(
  from: string,
  to: string,
): { readonly scores: readonly Score[] | undefined; readonly error: unknown; filters(measure: Measure): Filters } {
  const { today } = usePlace()
  const yesterday = addDays(today, -1)
  const filters = (measure: Measure): Filters => ({ ...filtersOf(measure, yesterday), 'issuedOn.from': from, 'issuedOn.to': to })
  const issued = useGroups('task', BY, filters('issued'))
  const signed = useGroups('task', BY, filters('signed'))
  const signedInTime = useGroups('task', BY, filters('signedInTime'))
  const reported = useGroups('task', BY, filters('reported'))
  const reportedInTime = useGroups('task', BY, filters('reportedInTime'))
  const returned = useGroups('task', BY, filters('returned'))
  const overdue = useGroups('task', BY, filters('overdue'))
  const all = { issued, signed, signedInTime, reported, reportedInTime, returned, overdue }
  const complete = MEASURES.every((measure) => all[measure].data !== undefined)
  const scores = complete ? scoresOf(Object.fromEntries(MEASURES.map((measure) => [measure, all[measure].data?.groups ?? []]))) : undefined
  return { scores, error: MEASURES.map((measure) => all[measure].error).find((error) => error !== null), filters }
}
