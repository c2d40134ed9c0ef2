import type { AreaLink, AreaWay, Label } from '@guatu/kernel'

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
  /** The hour of the day until which the figures go, `17:30`, where that is not midnight. */
  readonly until?: string
  readonly name: string
  readonly areas: readonly string[]
  /** Ids of these areas, by which they are found again when they are called otherwise. */
  readonly ids?: readonly string[]
  /** The ways of what reforms put into another of them, as they were known: by them figures are followed from one bulletin to the next. */
  readonly ways?: readonly AreaWay[]
  /** What older ones say instead, or nothing: between which of them something went over. */
  readonly reforms?: readonly AreaLink[]
  readonly lines: readonly PublicLine[]
  /** Counts, and changes of a count between bulletins, from 1 to below this one are not shown. */
  readonly smallest: number
}
