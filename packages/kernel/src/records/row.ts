import type { Field, ValueOf } from '../kinds/field.ts'

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
/** The name of one of a record’s fields. */
export type FieldName<F> = keyof F & string

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

/** Levels of areas at which a record may stand at the widest. */
export type RecordLevel = 'province' | 'city' | 'county' | 'town' | 'village' | 'grid'
