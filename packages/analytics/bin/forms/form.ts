/** What a workbook for planning looks like: sheets with columns that are read, and written as an example, from one definition. */
import type { FigureRange } from '../../src/planning/anytime/figures.ts'
import type { Meaning, Meanings } from './value.ts'

export interface Column {
  readonly zh: string
  readonly en: string
  readonly as: Meaning
  readonly optional?: boolean
  /** What its numbers may be, within what every cell may be. */
  readonly range?: FigureRange
}
type Columns = Readonly<Record<string, Column>>

export interface Sheet<C extends Columns = Columns> {
  readonly zh: string
  readonly en: string
  readonly columns: C
  /** A workbook without this sheet is whole. */
  readonly optional?: boolean
}

type Simplify<T> = { [K in keyof T]: T[K] } & {}
/** A row of a sheet, by its columns; `row` is its place in the file. */
export type RowOf<S> =
  S extends Sheet<infer C>
    ? Simplify<
        { readonly [K in keyof C as C[K] extends { readonly optional: true } ? never : K]: Meanings[C[K]['as']] } & {
          readonly [K in keyof C as C[K] extends { readonly optional: true } ? K : never]?: Meanings[C[K]['as']]
        } & { readonly row: number }
      >
    : never

export const sheet = <const C extends Columns>(zh: string, en: string, columns: C): Sheet<C> => ({ zh, en, columns })
export const optionalSheet = <const C extends Columns>(zh: string, en: string, columns: C): Sheet<C> => ({
  zh,
  en,
  columns,
  optional: true,
})

/** A number of a rule: its default stands beside the document that set it, and a workbook may give another. */
export interface Setting {
  readonly zh: string
  readonly en: string
  readonly as: 'number' | 'whole' | 'day'
  readonly value: string
  readonly range?: FigureRange
  readonly instrument: string
}
export type Settings = Readonly<Record<string, Setting>>
export type SettingValues<S extends Settings> = { readonly [K in keyof S]: Meanings[S[K]['as']] }

/** The sheet in which a workbook gives its settings. */
export const settingsSheet = optionalSheet('参数', 'settings', {
  name: { zh: '参数', en: 'setting', as: 'text' },
  value: { zh: '值', en: 'value', as: 'text' },
  instrument: { zh: '依据', en: 'instrument', as: 'text', optional: true },
})
