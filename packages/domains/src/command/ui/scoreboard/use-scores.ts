import { useGroups, usePlace } from '@guatu/client'
import { BY_UNIT_AND_MONTH, type Filters, filtersIn, MEASURES, type Measure, type Score, scoresOf } from '../../scoreboard/index.ts'

/** The scoreboard of the tasks issued in a period; undefined until every figure is there, so that no half-read board is shown. */
export function useScores(
  from: string,
  to: string,
): { readonly scores: readonly Score[] | undefined; readonly error: unknown; filters(measure: Measure): Filters } {
  const { today } = usePlace()
  const filters = (measure: Measure) => filtersIn(measure, { from, to }, today)
  const issued = useGroups('task', BY_UNIT_AND_MONTH, filters('issued'))
  const signed = useGroups('task', BY_UNIT_AND_MONTH, filters('signed'))
  const signedInTime = useGroups('task', BY_UNIT_AND_MONTH, filters('signedInTime'))
  const reported = useGroups('task', BY_UNIT_AND_MONTH, filters('reported'))
  const reportedInTime = useGroups('task', BY_UNIT_AND_MONTH, filters('reportedInTime'))
  const returned = useGroups('task', BY_UNIT_AND_MONTH, filters('returned'))
  const overdue = useGroups('task', BY_UNIT_AND_MONTH, filters('overdue'))
  const all = { issued, signed, signedInTime, reported, reportedInTime, returned, overdue }
  const complete = MEASURES.every((measure) => all[measure].data !== undefined)
  const scores = complete ? scoresOf(Object.fromEntries(MEASURES.map((measure) => [measure, all[measure].data?.groups ?? []]))) : undefined
  return { scores, error: MEASURES.map((measure) => all[measure].error).find((error) => error !== null), filters }
}
