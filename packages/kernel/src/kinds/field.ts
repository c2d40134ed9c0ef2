import type * as z from 'zod'
import type { Label, Lang } from '../label.ts'
import type { Result } from '../problem.ts'

export type KindName =
  | 'text'
  | 'code'
  | 'choice'
  | 'count'
  | 'decimal'
  | 'money'
  | 'date'
  | 'moment'
  | 'flag'
  | 'area'
  | 'person'
  | 'record'
  | 'unit'
  | 'account'
  | 'actor'
  | 'phone'
  | 'nationalId'
  | 'temperature'
  | 'file'
  | 'geoPoint'
  | 'localizedText'
  | 'list'

/** PostgreSQL column types in use; the same under PGlite. */
export type ColumnType = 'text' | 'integer' | 'numeric' | 'date' | 'timestamptz' | 'boolean' | 'uuid' | 'jsonb'

/** What a sheet cell can hold. Dates travel as `YYYY-MM-DD` text or as a Date at UTC midnight. */
export type Cell = string | number | boolean | Date | null

/** What a value needs from its surroundings to be shown or read: language, zone, and the names behind references. */
export interface Surroundings {
  readonly lang: Lang
  readonly zone: string
  /** Name of a referenced thing, undefined when unknown. */
  nameOf(kind: 'area' | 'unit' | 'account' | 'person' | 'record', id: string): string | undefined
  /** Id of a thing from what a person wrote (name, code, path of names); a problem when it is unknown or ambiguous. */
  find(kind: 'area' | 'unit' | 'person' | 'record', written: string): Result<string>
}

export interface FieldOptions {
  readonly label: Label
  /** One short sentence under the input: what exactly is asked. */
  readonly hint?: Label
  readonly optional?: boolean
  /** Personal data: masked by default, encrypted at rest, every reveal logged (design law 8). */
  readonly sensitive?: boolean
  /** How a sensitive value is found again although nobody can read it at rest; not at all when left out. */
  readonly find?: Finding
  /** The form in which it is found, where it is another than its kind has. */
  readonly foundAs?: FoundAs
}

/** The one form under which values that mean the same are found, where they may be written in several; named, so that a new form is known for one. */
export interface FoundAs {
  readonly name: string
  form(written: string): string
}

/**
 * How a sensitive value is found: `exact` as it is written; `number` in its one form, and another brought together with it
 * that differs by one slip of the hand; `name` by the whole name, by its pinyin and by its pinyin initials.
 * The store keeps keyed hashes of these and nothing else.
 */
export type Finding = 'exact' | 'number' | 'name'

/**
 * One field and its answer to every layer that may ask: schema, column, JSON, sheet cell both ways, form input both ways, view,
 * search and masking. A new kind does not compile until it has answered all of them; nothing else branches on a kind.
 */
export interface Field<T = unknown, O extends boolean = boolean, K extends KindName = KindName> {
  readonly kind: K
  readonly label: Label
  readonly hint?: Label
  readonly optional: O
  readonly sensitive: boolean
  readonly find?: Finding
  readonly foundAs?: FoundAs
  readonly schema: z.ZodType<T>
  /** True where a value is right as it stands, told without asking the schema; where it is false, the schema decides. */
  plainly?(value: unknown): boolean
  /** Of a value that the schema refused: what is wrong with it and what to do. */
  why(value: unknown): Label
  readonly column: ColumnType
  /** JSON value handed to the column; jsonb columns take it as it is. */
  toColumn(value: T): unknown
  fromColumn(raw: unknown): T
  toCell(value: T, at: Surroundings): Cell
  fromCell(cell: Cell, at: Surroundings): Result<T>
  /** The text that stands in a form input while a person edits, and back. */
  toForm(value: T, at: Surroundings): string
  fromForm(text: string, at: Surroundings): Result<T>
  /** How the value reads on a page. */
  view(value: T, at: Surroundings): string
  /** Words under which the value is found; empty when it is not searched. */
  search(value: T): readonly string[]
  /** What somebody without need to know sees. */
  mask(value: T): T | string
  /** Choices to offer, for kinds that have them. */
  readonly options?: Readonly<Record<string, Label>>
  /** Record name a reference points to. */
  readonly of?: string
  /** Of a body: an area may stand for its government. */
  readonly government?: boolean
  /** Element field of a list. */
  readonly item?: Field
  /** Longest text, smallest and largest number, as far as the kind knows them. */
  readonly limits?: { readonly max?: number; readonly min?: number; readonly step?: number; readonly multiline?: boolean }
}

export type ValueOf<F> = F extends Field<infer T> ? T : never
