import type { Permit, Role } from '../access/roles.ts'
import type { Actor } from '../access/scope.ts'
import type { Expression } from '../indicators/expression.ts'
import type { Field, ValueOf } from '../kinds/field.ts'
import type { Label } from '../label.ts'
import type { ParameterReader } from '../parameters/parameter.ts'
import type { Problem } from '../problem.ts'
import type { DerivedSheet } from './derived-sheet.ts'
import type { Duplicates } from './duplicates.ts'

export type Fields = Readonly<Record<string, Field>>
type Simplify<T> = { [K in keyof T]: T[K] } & {}
/** The values of a record's fields, by their definitions. */
export type Row<F extends Fields> = Simplify<
  { readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: ValueOf<F[K]> } & {
    readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: ValueOf<F[K]>
  }
>
/** Inside an action nothing is certain to be there but what the action demands. */
export type Draft<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> }
/** What an effect changes; `null` empties a field. */
export type Changes<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> | null }
type Name<F> = keyof F & string

/** A record as it stands: the pure fold of its events. */
export interface RecordState {
  readonly id: string
  readonly county: string
  readonly area: string
  readonly state: string
  /** Number of acts folded in, 1 after the first. */
  readonly version: number
  readonly createdAt: string
  /** When the last act happened. */
  readonly changedAt: string
  readonly lastEvent: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What an effect may know of the act: nothing that differs between machines. */
export interface Act {
  readonly id: string
  readonly recordId: string
  readonly happenedAt: string
  /** When the system came to know of it: what may not be back-dated is judged by this. */
  readonly recordedAt: string
  readonly day: string
  /** Where it was done; of a move, where to. */
  readonly area: string
  readonly actor: string
  readonly unit: string | null
  /** The act that it follows from; permission was asked there. */
  readonly cause?: string | null
  readonly input: Readonly<Record<string, unknown>>
}

/** What deciding needs to know of areas. */
export interface Places {
  /** Materialised path of an area that exists on that day. */
  path(area: string, day: string): string | undefined
  /** The county whose books a place belongs to; the city's own for what stands above the counties. */
  county(area: string, day: string): string | undefined
  level(area: string, day: string): AnyRecord['at'] | 'building' | undefined
  /** What an area is, or was last, called; undefined for an unknown one. */
  name(area: string): string | undefined
}

/** What a guard may ask. */
export interface Situation<F extends Fields> {
  readonly before: Draft<F> | undefined
  readonly after: Draft<F>
  readonly state: string | undefined
  readonly act: Act
  readonly actor: Actor
  /** Where the record stands; of a move, where it stood. */
  readonly area: string
  /** Where areas lie on the day of the act, and of which level they are. */
  readonly places: Places
  /** City day of the act. */
  readonly today: string
  /** IANA time zone of the city, in which times of day are meant. */
  readonly zone: string
  readonly parameter: ParameterReader
  /** What was in force on another day than that of the act, at the same place. */
  readonly parameterOn: (day: string) => ParameterReader
  /** Rows of other records that the action declares in `related`. */
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  /** What the books say of the indicators that the action declares in `figures`: entries of the day. A phone has no books. */
  readonly figures?: Readonly<Record<string, number>>
  /** Of a correction: the act that it corrects, with what it said until then. */
  readonly corrected?: Act
}

/** A consequence in the same transaction, done under the authority of its cause. */
export interface Follow {
  readonly record: string
  readonly recordId?: string
  readonly action: string
  /** Area of a new record, or where to move one; that of the cause when left out. */
  readonly area?: string
  /** When it came to be, where that is not the moment of the cause: what is between two is true from the later of them on. */
  readonly happenedAt?: string
  /**
   * Nothing is done when the record exists already: several causes may ask for one and the same thing. It is made by the earliest of them,
   * whichever becomes known first.
   */
  readonly once?: true
  readonly input: Readonly<Record<string, unknown>>
}

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
  /** Kind of the record that it leads through, where several of those may be one by now: what points to any of them is meant. */
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

/**
 * Fields of the input that consequences rest on. A correction has none of its own, so it may not change these: the record would say one thing and
 * what followed from it another. `whole`: nor is the act itself taken back. `instead` says what to do, in any state or state by state; in a state that
 * it does not name all may still be corrected.
 */
export interface Settled<F extends Fields, S extends string> {
  readonly fields: readonly Name<F>[]
  /** The same of values that are the act's alone. */
  readonly own?: readonly string[]
  readonly whole?: true
  /** The act may be taken back as a whole all the same: `undoes` or `amends` takes back what followed. */
  readonly undone?: true
  readonly instead: Label | Readonly<Partial<Record<S, Label>>>
}

/** An act that nobody takes back, for what followed from it stands, and of which these fields stay as they are; and what to do instead. */
export const lasting = <const N extends readonly string[]>(zh: string, en: string, ...fields: N) =>
  ({ fields, whole: true, instead: { zh, en } }) as const

export interface Action<F extends Fields, S extends string> {
  readonly label: Label
  readonly from: 'new' | readonly S[]
  /** The state it leads to; `same` leaves it. */
  readonly to: S | 'same'
  readonly by: Permit
  /** Offered only on records of which this holds; a guard still says why when somebody tries. */
  readonly when?: Expression
  /** Fields that must be given, whatever the record's own optionality. */
  readonly needs?: readonly Name<F>[]
  readonly takes?: readonly Name<F>[]
  /**
   * Fields of `takes` that a form asks only on a record of which this holds, and then demands. What is sent without a form is judged by the
   * guard.
   */
  readonly demands?: Readonly<Partial<Record<Name<F>, Expression>>>
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
  readonly answers?: (row: Draft<F>, today: string) => Label | undefined
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
  readonly related?: Readonly<Record<string, Relation<Name<F>>>>
  /**
   * Indicators of which the act says something: the guard is told how much was entered in the area `of` on the day `on`, as the books stand when
   * the act arrives. What becomes known later does not take the act back; reports compare.
   */
  readonly figures?: { readonly of: Name<F>; readonly on: Name<F>; readonly indicators: readonly string[] }
  readonly follows?: (situation: Situation<F>) => readonly Follow[]
  /**
   * What a correction of the act sets right on others, where that is derived from both of them. `before` is the record as it was until then, `after`
   * as the correction has it, and the related rows are as they stand. Whatever somebody acts upon is none of it, see `settles`.
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
  readonly brings?: { readonly field: Name<F>; readonly once?: { readonly on: Name<F>; readonly not: readonly S[] } }
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

/** What corrections of an act do not change while the record is in a state. */
export const settledIn = ({ settles = [] }: Pick<Action<Fields, string>, 'settles'>, state: string): readonly Settled<Fields, string>[] =>
  [settles].flat().filter((one) => insteadIn(one, state) !== undefined)

/** What to do instead of correcting what is settled while the record is in a state; nothing where it may be corrected. */
export const insteadIn = ({ instead }: Pick<Settled<Fields, string>, 'instead'>, state: string): Label | undefined =>
  isLabel(instead) ? instead : instead[state]

const isLabel = (instead: Settled<Fields, string>['instead']): instead is Label => typeof instead.zh === 'string'

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
  readonly at: 'province' | 'city' | 'county' | 'town' | 'village' | 'grid'
  readonly fields: F
  /** Fields that make a record the same record: unique within the county. */
  readonly key?: readonly Name<F>[]
  /** The field that names a record in lists and references. */
  readonly title: Name<F>
  /**
   * Of a record without a key: fields by which, within its area, a row of a sheet says what is recorded already. A person may enter two such all the
   * same, one by one. The first is one that few in an area share. What is in a state of `not` is over and stands in nobody's way.
   */
  readonly alike?: { readonly by: readonly Name<F>[]; readonly not: readonly NoInfer<S>[] }
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
  readonly survivor?: Name<F>
  /** How entries that may be one are found; a person decides. */
  readonly duplicates?: Duplicates
  /** Who may see its sensitive fields unmasked, stating a purpose that is logged; nobody when left out. */
  readonly reveal?: Permit
  /**
   * While it stands in one of these states, whoever `of` names is needed by name: what erases that record is refused. `ends` says how to be done
   * with it, where that is more than closing it.
   */
  readonly holds?: { readonly of: Name<F>; readonly states: readonly NoInfer<S>[]; readonly ends?: Label }
  /**
   * Once this field is given, the files that the record carries or ever carried are destroyed, unless another record carries the same. Their
   * hashes stay in the log.
   */
  readonly filesEnd?: Name<F>
  /**
   * States in which nothing of its past may be corrected any more, nor added to by an act that is dated back, unless a device may have done it
   * without a network: a published figure stays as it was published.
   */
  readonly sealed?: readonly NoInfer<S>[]
  /**
   * Who may move it to another area; a reform moves it in any case. What takes others along has an action of the name of `MOVE` instead: its
   * `by` says who may, its `related` and `follows` what goes along. It has no input and no effect: a reform moves the record by the same event.
   */
  readonly moves?: Permit
  /** Unit fields through which a unit reaches the record. */
  readonly units?: readonly Name<F>[]
  /** While it stands in one of these states, its `units` have to do with it and none of them is ended. `ends` says how to be done with it. */
  readonly engages?: { readonly states: readonly NoInfer<S>[]; readonly ends: Label }
  readonly list: {
    readonly columns: readonly (Name<F> | 'state' | 'area')[]
    readonly filters: readonly (Name<F> | 'state')[]
    readonly sort: `${'-' | ''}${Name<F>}`
  }
  /**
   * Its rows change all the time, as those do that readings are entered on. None of the fields that change so should stand in a key, the order of
   * the list or an index: each index costs such a change as much as the change itself.
   */
  readonly restless?: true
  /** Further indexes; `path` in front makes a branch of the area tree and the rest one range. */
  readonly indexes?: readonly (readonly (Name<F> | 'path' | 'state')[])[]
  /** Left out, a record with offline actions is carried whole, and any other not at all. */
  readonly carried?: Carried<Name<F>>
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
    'actions' | 'fields' | 'list' | 'key' | 'title' | 'units' | 'engages' | 'indexes' | 'carried' | 'survivor' | 'holds' | 'filesEnd'
  > {
  readonly fields: Fields
  readonly actions: Readonly<Record<string, Action<Fields, string>>>
  readonly key?: readonly string[]
  readonly title: string
  readonly survivor?: string
  readonly filesEnd?: string
  readonly units?: readonly string[]
  readonly engages?: { readonly states: readonly string[]; readonly ends: Label }
  readonly indexes?: readonly (readonly string[])[]
  readonly list: { readonly columns: readonly string[]; readonly filters: readonly string[]; readonly sort: string }
  readonly carried?: Carried<string>
  readonly holds?: { readonly of: string; readonly states: readonly string[]; readonly ends?: Label }
}
export const erase = <F extends Fields, S extends string, A extends string>(def: RecordDef<F, S, A>): AnyRecord =>
  def as unknown as AnyRecord

export type { Permit, Role }
