/** What a command of `analyse` is. */
import type { Outcome } from '../src/outcome.ts'
import type { Table } from './input/table-file.ts'

export type Language = 'zh' | 'en'

/** Option values as given; numbers are read by `numberOption`. */
export interface Options {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly language: Language
}

export interface Answer {
  /** The result for `--json`. Typed arrays are written as plain lists. */
  readonly result: Outcome<object>
  /** The picture for `--svg`; left out when the result is a refusal. */
  readonly picture?: () => string
}

export interface Command {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** Option name → what it means, and its default. */
  readonly options: Readonly<Record<string, { readonly zh: string; readonly en: string; readonly fallback?: string }>>
  run(table: Table, options: Options): Promise<Answer> | Answer
}
