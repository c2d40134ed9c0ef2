import type { Expression } from '../indicators/expression.ts'

/** A record that a relation leads through, and the field by which it goes on from there. */
export interface Hop {
  readonly record: string
  readonly field: string
}

/**
 * Rows of other records that a guard or a consequence has to see: records that point here (`by`), records that point where this one points
 * (`by` with `through`; `through: 'county'` means the county in whose books this one stands), the record that this one points to (`at`), or
 * records that stand in this record's area on the day of the act or in an area above it (`above`).
 * Of each it sees the state and the fields that it names in `sees`, and nothing else: so it is known which acts an act rests on.
 */
export type Relation<N extends string = string> = {
  readonly record: string
  readonly sees: readonly string[]
  /**
   * Kind of the record that it leads through, where several of those may be one by now: what points to any of them is meant. With `via` it goes on
   * from the one that stays, or from the first of the others that leads anywhere.
   */
  readonly doubles?: string
  /**
   * The act asks nothing of these rows and only has consequences on them. One that becomes known late is none of its business: it is refused to
   * nobody for having been missed.
   */
  readonly onward?: true
  /**
   * Of rows that it only has consequences on: those whose moment `at` lies within so many minutes of its own, before or after. What became known
   * first makes no difference, so they are seen as they stand, and those that came to be after the act among them.
   */
  readonly near?: { readonly at: string; readonly minutes: number }
  /**
   * A record that was entered only after the act is seen as it stands: whoever moved yesterday into a home that is entered today lives there. Without
   * it the act sees none.
   */
  readonly enteredLate?: true
  /** A correction of the act is judged by these rows as they were when it was done, not as they stand. */
  readonly atAct?: true
  /**
   * Of rows as they were at the act, which it only says something by: where they turn out to have been otherwise, by what becomes known late of them, it
   * says so itself. Its `amends` looks again with nothing corrected.
   */
  readonly anew?: true
  /** Of rows as they were at the act: those of which this holds by now never were, for they were entered by mistake. */
  readonly never?: Expression
} & (
  | {
      readonly by: string
      readonly through?: N | 'county'
      /** Not what it leads through is meant, but what that points to, and what that points to in turn: home, building, estate. */
      readonly via?: readonly Hop[]
      readonly at?: never
      readonly above?: never
    }
  | { readonly at: N; readonly by?: never; readonly through?: never; readonly via?: never; readonly above?: never }
  | {
      /** Of the records above, those in which all of these fields are `empty`: they are about the area itself. */
      readonly above: { readonly empty: readonly string[] }
      readonly by?: never
      readonly through?: never
      readonly via?: never
      readonly at?: never
    }
)
