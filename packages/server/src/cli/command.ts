import type { ParseArgsConfig } from 'node:util'
import type { Label } from '@guatu/kernel'

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** One command of `./guatu`. */
export interface Command {
  readonly summary: Label
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  run(values: Values, positionals: readonly string[]): Promise<number>
}

/** Wrong words on the command line: the help is shown after it. */
export class Usage extends Error {}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const text = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined)
