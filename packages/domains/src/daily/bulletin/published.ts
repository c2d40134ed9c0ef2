import type { AreaLink, Label } from '@guatu/kernel'

/** One figure for the whole and its parts; `null` where it is not shown. */
export interface PublicLine {
  readonly key: string
  readonly label: Label
  readonly total: number | null
  readonly parts: readonly (number | null)[]
  /** Days of these figures, where they are carried from an earlier bulletin the day of that; older bulletins say none and carry nothing. */
  readonly totalDay?: string | null
  readonly partDays?: readonly (string | null)[]
}

export interface PublicFigures {
  readonly day: string
  readonly cutOff: string
  readonly name: string
  readonly areas: readonly string[]
  /** Ids of these areas, by which they are found again when they are called otherwise. */
  readonly ids?: readonly string[]
  /** Reforms that divided them otherwise, as they were known: by them figures are followed from one bulletin to the next. Older ones say none. */
  readonly reforms?: readonly AreaLink[]
  readonly lines: readonly PublicLine[]
  /** Counts, and changes of a count between bulletins, from 1 to below this one are not shown. */
  readonly smallest: number
}
