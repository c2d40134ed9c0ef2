import type { Permit, Role } from '../access/roles.ts'
import type { Expression } from '../indicators/expression.ts'
import type { Label } from '../label.ts'
import type { Action } from './action.ts'
import type { DerivedSheet } from './derived-sheet.ts'
import type { Duplicates } from './duplicates.ts'
import type { FieldName, Fields, RecordLevel } from './row.ts'

/** What a phone carries of a record to work without a network. */
export interface Carried<N extends string> {
  /** Fields that its screens and offline actions look at; sensitive ones travel masked. */
  readonly fields: readonly N[]
  /** Rows that are carried at all; every row of the area when left out. */
  readonly rows?: Expression
  /**
   * States in which nobody looks for it any more while others still refer to it: such rows are carried beside the others, with the field that
   * names them and the one that points to the record that stays, and nothing else.
   */
  readonly aside?: readonly string[]
  /** Rows that are needed before all others on a city day: what is due. */
  readonly first?: (day: string) => Expression
  /** Rows that stand in an area above the worker's count too: an order for a town holds in its villages, and everybody there is told of it. */
  readonly above?: true
  /** Identity number by which the phone recognises a row without holding the number. */
  readonly knownBy?: N
  /**
   * Roles whose phones carry it; all that may read it when left out. Where one that only looks up is named, its phone carries the rows to
   * look them up where there is no network.
   */
  readonly by?: readonly Role[]
}

export interface RecordDef<F extends Fields = Fields, S extends string = string, A extends string = string> {
  readonly name: string
  readonly label: Label
  /** The smallest-scale level at which it may stand: a record `at` county may stand in a county or anything below. */
  readonly at: RecordLevel
  /**
   * Where whoever enters one by hand says that it stands: at this level or below, but for what `unless` holds of. What follows from another act stands
   * where that does.
   */
  readonly entered?: { readonly at: RecordLevel; readonly unless?: Expression }
  readonly fields: F
  /** Fields that make a record the same record: unique within the county. */
  readonly key?: readonly FieldName<F>[]
  /** The field that names a record in lists and references. */
  readonly title: FieldName<F>
  /**
   * Of a record without a key: fields by which, within its area, a row of a sheet says what is recorded already. A person may enter two such all the
   * same, one by one. The first is one that few in an area share. What is in a state of `not` is over and stands in nobody's way.
   */
  readonly alike?: { readonly by: readonly FieldName<F>[]; readonly not: readonly NoInfer<S>[] }
  readonly states: Readonly<Record<S, Label>>
  readonly actions: Readonly<Record<A, Action<F, NoInfer<S>>>>
  readonly read: Permit
  /**
   * Who reads no list of it and may still look up the one that stands before them, by what names it exactly: the whole number of a document, a
   * phone, a plate, a pass. Such a look is noted, and answers masked; no list, count, export, timeline, name or search by name comes of it.
   */
  readonly lookUp?: Permit
  /** States in which it is not out yet, and who of its readers may read it there already. */
  readonly drafts?: { readonly states: readonly NoInfer<S>[]; readonly read: Permit }
  /** The field that points to the record that stays where two entries turned out to be one; readers follow it. */
  readonly survivor?: FieldName<F>
  /** How entries that may be one are found; a person decides. */
  readonly duplicates?: Duplicates
  /** Who may see its sensitive fields unmasked, stating a purpose that is logged; nobody when left out. */
  readonly reveal?: Permit
  /**
   * While it stands in one of these states, whoever `of` names is needed by name: what erases that record is refused. `ends` says how to be done
   * with it, where that is more than closing it.
   */
  readonly holds?: { readonly of: FieldName<F>; readonly states: readonly NoInfer<S>[]; readonly ends?: Label }
  /**
   * Once this field is given, the files that the record carries or ever carried are destroyed, unless another record carries the same. Their
   * hashes stay in the log.
   */
  readonly filesEnd?: FieldName<F>
  /**
   * States in which nothing of its past may be corrected any more, nor added to by an act that is dated back, unless a device may have done it
   * without a network: a published figure stays as it was published.
   */
  readonly sealed?: readonly NoInfer<S>[]
  /**
   * Who may move it to another area; a reform moves it in any case. What takes others along has an action of the name of `MOVE` instead: its
   * `by` says who may, its `related` and `follows` what goes along. It has no input and no effect: a reform moves the record by the same event,
   * which says besides where it takes the record away from.
   */
  readonly moves?: Permit
  /** Unit fields through which a unit reaches the record. */
  readonly units?: readonly FieldName<F>[]
  /** While it stands in one of these states, its `units` have to do with it and none of them is ended. `ends` says how to be done with it. */
  readonly engages?: { readonly states: readonly NoInfer<S>[]; readonly ends: Label }
  /**
   * It stands where the areas of this field lie. Where a reform takes one of them elsewhere while it is in one of these states, it moves up to the
   * smallest area that holds them all.
   */
  readonly spans?: { readonly areas: FieldName<F>; readonly states: readonly NoInfer<S>[] }
  readonly list: {
    readonly columns: readonly (FieldName<F> | 'state' | 'area')[]
    readonly filters: readonly (FieldName<F> | 'state')[]
    readonly sort: `${'-' | ''}${FieldName<F>}`
  }
  /**
   * Its rows change all the time, as those do that readings are entered on. None of the fields that change so should stand in a key, the order of
   * the list or an index: each index costs such a change as much as the change itself.
   */
  readonly restless?: true
  /** Further indexes; `path` in front makes a branch of the area tree and the rest one range. */
  readonly indexes?: readonly (readonly (FieldName<F> | 'path' | 'state')[])[]
  /** Left out, a record with offline actions is carried whole, and any other not at all. */
  readonly carried?: Carried<FieldName<F>>
  /** Tables derived from its list and what stands beside each row; they go out as sheets. */
  readonly sheets?: readonly DerivedSheet[]
}

export function defineRecord<const F extends Fields, const S extends string, const A extends string>(
  def: RecordDef<F, S, A>,
): RecordDef<F, S, A> {
  return def
}

/** Shared machinery handles every record alike and asks its definition; only a domain knows the exact types. */
// Guards and effects take the row type as a parameter, so a precise definition is no subtype of a vague one: the erasure is here, once.
export interface AnyRecord
  extends Omit<
    RecordDef,
    | 'actions'
    | 'fields'
    | 'list'
    | 'key'
    | 'title'
    | 'units'
    | 'engages'
    | 'spans'
    | 'indexes'
    | 'carried'
    | 'survivor'
    | 'holds'
    | 'filesEnd'
  > {
  readonly fields: Fields
  readonly actions: Readonly<Record<string, Action<Fields, string>>>
  readonly key?: readonly string[]
  readonly title: string
  readonly survivor?: string
  readonly filesEnd?: string
  readonly units?: readonly string[]
  readonly engages?: { readonly states: readonly string[]; readonly ends: Label }
  readonly spans?: { readonly areas: string; readonly states: readonly string[] }
  readonly indexes?: readonly (readonly string[])[]
  readonly list: { readonly columns: readonly string[]; readonly filters: readonly string[]; readonly sort: string }
  readonly carried?: Carried<string>
  readonly holds?: { readonly of: string; readonly states: readonly string[]; readonly ends?: Label }
}
export const erase = <F extends Fields, S extends string, A extends string>(def: RecordDef<F, S, A>): AnyRecord =>
  def as unknown as AnyRecord

export type { Permit, Role }
