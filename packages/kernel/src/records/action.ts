import type { Permit } from '../access/roles.ts'
import type { Expression } from '../indicators/expression.ts'
import type { Label } from '../label.ts'
import type { ParameterReader } from '../parameters/parameter.ts'
import type { Problem } from '../problem.ts'
import type { Relation } from './relation.ts'
import type { Changes, Draft, FieldName, Fields, RecordState } from './row.ts'
import type { Settled } from './settled.ts'
import type { Act, Follow, Situation } from './situation.ts'

export interface Action<F extends Fields, S extends string> {
  readonly label: Label
  readonly from: 'new' | readonly S[]
  /** The state it leads to; `same` leaves it. */
  readonly to: S | 'same'
  readonly by: Permit
  /** Offered only on records of which this holds; a guard still says why when somebody tries. */
  readonly when?: Expression
  /** A date of the record before which it is not done: until then it is shown with that day and not offered; a guard still says why when somebody tries. */
  readonly notBefore?: FieldName<F>
  /** Fields that must be given, whatever the record's own optionality. */
  readonly needs?: readonly FieldName<F>[]
  readonly takes?: readonly FieldName<F>[]
  /**
   * Whoever does it vouches for what the record says in the fields `of`. A phone sends along what it showed of them; where the record says otherwise by
   * then, a person looks again. Where `must` holds of the record, nobody does it without saying what they saw, by these or by the version.
   */
  readonly vouches?: { readonly of: readonly FieldName<F>[]; readonly must: Expression }
  /**
   * Fields of `takes` that a form asks only on a record of which this holds, and then demands. What is sent without a form is judged by the
   * guard.
   */
  readonly demands?: Readonly<Partial<Record<FieldName<F>, Expression>>>
  /** Values that belong to the act and not to the record, such as the words of a reminder. */
  readonly with?: Fields
  readonly offline?: boolean
  /** The person concerned may do it without an account, by a link made for that person: it declares, and an officer confirms. */
  readonly self?: boolean
  /** What the person concerned is not asked: only an office knows it. */
  readonly notAsked?: readonly string[]
  /** What the person concerned is told at once, beside the receipt, by what the record says after it. */
  readonly advises?: (row: Draft<F>, parameter: ParameterReader) => Label | undefined
  /** What the rules made of it, for the person concerned: beside the receipt, and whenever they come back while it can be gone on with. */
  readonly answers?: (row: Draft<F>, today: string, beside?: Pick<RecordState, 'state' | 'fields'>) => Label | undefined
  /** The field that points to what `answers` looks at beside the record: as it stands by now, which the record does not say. */
  readonly answersBeside?: FieldName<F>
  /**
   * Older shapes of the input, oldest first: `upcasts[0]` turns the first shape into the second, and so on. What is sent today has
   * the shape `upcasts.length + 1`; a phone that was not updated for a year names its own shape and is still understood.
   */
  readonly upcasts?: readonly ((sent: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>)[]
  /** Destroys the record's own key: what is sensitive in it can be read by nobody any more, in no event and no copy. */
  readonly erases?: boolean
  /**
   * What the input says beyond what was written in it: a number in its one right form, a year that the number holds. Pure, asked
   * once; the answer is kept with the act. Plain facts that follow from identity must be made here and never in `effect`, because
   * they have to outlive an erasure. What follows from the id of the record is kept as it was by a correction, which is not told it.
   */
  readonly completes?: (input: Draft<F>, recordId?: string) => Changes<F>
  readonly guard?: (situation: Situation<F>) => Problem | undefined
  /** What else changes, as a pure function of the row and the act. */
  readonly effect?: (row: Draft<F>, act: Act) => Changes<F>
  /** What a guard or a consequence has to see of other records. */
  readonly related?: Readonly<Record<string, Relation<FieldName<F>>>>
  /**
   * Indicators of which the act says something: the guard is told how much was entered in the area `of` on the day `on`, as the books stand when
   * the act arrives. What becomes known later does not take the act back; reports compare.
   */
  readonly figures?: { readonly of: FieldName<F>; readonly on: FieldName<F>; readonly indicators: readonly string[] }
  readonly follows?: (situation: Situation<F>) => readonly Follow[]
  /**
   * It says where the record stands from then on, and moves it where that is elsewhere. Where no move was needed, as far as was known, and one before
   * it becomes known late, it moves it then: as if all had been known in time.
   */
  readonly leads?: true
  /**
   * What a correction of the act sets right on others, where that is derived from both of them. `before` is the record as it was until then, `after`
   * as the correction has it, and the related rows are as they stand, but for those of `atAct`. Whatever somebody acts upon is none of it, see `settles`.
   */
  readonly amends?: (situation: Situation<F>) => readonly Follow[]
  /**
   * Struck, it takes along everything that followed from it by itself, found by its cause, however things stand by now; a chain ends with an act
   * that does not say so. Where a later act rests on what followed, the act is not struck. Nothing that follows makes, moves or corrects a record.
   */
  readonly undoes?: true
  /**
   * A sheet of such acts need not name what `field` points to by its id: the columns of that record's register may stand in its place,
   * and it is found by its key or registered with the row. `once`: nothing has two such records with the same value `on`, those in the
   * states `not` left aside.
   */
  readonly brings?: { readonly field: FieldName<F>; readonly once?: { readonly on: FieldName<F>; readonly not: readonly S[] } }
  /**
   * What a correction may not change; where that depends on the state by more than what to do instead, several. None, where consequences stand by
   * themselves: an act that has any says either this, `amends` or `undoes`.
   */
  readonly settles?: Settled<F, S> | readonly Settled<F, S>[]
  /** Done by the system alone, at its time. */
  readonly automatic?: boolean
  /** A consequence that a phone shows at once, before the server made it: it says where something stands, and said twice it stands no otherwise. */
  readonly foreseen?: boolean
  /**
   * What it holds is worked out by the server when somebody asks for it, on behalf of who may do it: no input from outside is taken for it,
   * and none corrects it; see `Command.composed`.
   */
  readonly composed?: boolean
  /** Done from a page of its own, which knows what the act rests on: lists offer neither a form nor a sheet for it. */
  readonly ownPage?: boolean
  /** Often entered days after it happened: forms ask for the day, and the act lies on it. */
  readonly dated?: { readonly label: Label; readonly hint?: Label }
  /** Shown as the main button, or with a warning. */
  readonly tone?: 'main' | 'danger'
}
