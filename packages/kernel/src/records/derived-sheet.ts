import type { Expression } from '../indicators/expression.ts'
import type { Cell } from '../kinds/field.ts'
import type { Label, Lang } from '../label.ts'

/**
 * A record that stands beside a row: the one that the first filled of these fields points to, each of a record that is joined already; or the one that
 * points back by the field `by` to the record joined as `of` and meets a condition.
 */
export type Beside =
  | { readonly record: string; readonly at: readonly (readonly [joined: string, field: string])[] }
  | { readonly record: string; readonly by: string; readonly of: string; readonly where: Expression }

/** One row of a derived sheet before it is written, as one reader may see it. The row's own record is joined as `row`. */
export interface JoinedRow {
  readonly lang: Lang
  /** Is there such a record, and may the reader see it? */
  is(joined: string): boolean
  /** What a field holds, for a decision and never for a cell: it may be masked. `state` is the state's name. */
  value(joined: string, field: string): unknown
  /** A field as a list shows it: masked or in clear, names behind references; also `state`. Empty where there is nothing. */
  cell(joined: string, field: string): Cell
  /** Names from the county down to the area of the first of these records that there is. */
  area(...joined: readonly string[]): string
}

export interface DerivedColumn {
  readonly label: Label
  /** Width on paper, in characters; longer words go on below. */
  readonly width: number
  /** How its figures are written, as spreadsheets say it. */
  readonly format?: '0.0'
  readonly cell: (row: JoinedRow) => Cell
}

/**
 * A table that offices keep and that nobody fills in here: each row of a record's list with the records beside it. Every cell follows from facts that
 * were captured once, somewhere else.
 */
export interface DerivedSheet {
  readonly name: string
  readonly label: Label
  /** Rows that stand in it at all, whatever else is asked for. */
  readonly rows: Expression
  /** In the order in which they are found; a later one may lead on from an earlier one. */
  readonly beside: Readonly<Record<string, Beside>>
  readonly columns: readonly DerivedColumn[]
}
