import type { ParseArgsConfig } from 'node:util'
import type { Label, Lang } from '@guatu/kernel'

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** One command of `./guatu`. */
export interface Command {
  readonly summary: Label
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Exit code: 0 done, 1 refused or failed, 2 wrong usage. */
  run(values: Values, positionals: readonly string[]): Promise<number>
}

/** A command that reads its own words, such as one that hands them on to another program of the house. */
export interface WordCommand {
  readonly summary: Label
  runWords(words: readonly string[]): Promise<number>
}

/** Wrong words on the command line: the help is shown after it. */
export class Usage extends Error {}

/** A failure with words for people in both languages. */
export class Failed extends Error {
  readonly zh: string
  readonly en: string
  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
    this.en = en
  }
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

export const text = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined)

/** The one file or name that a command works on. @throws Usage when it is missing or there are more */
export function only(positionals: readonly string[], what: string): string {
  const [first, ...more] = positionals
  if (first === undefined || more.length > 0) throw new Usage(`请给出一项：${what} / give exactly one: ${what}`)
  return first
}

/** For commands that work on nothing but their options. @throws Usage for words that would be passed over */
export function none(positionals: readonly string[]): void {
  const [surplus] = positionals
  if (surplus !== undefined) throw new Usage(`多余的参数“${surplus}”，请删除。 / The word “${surplus}” is one too many; remove it.`)
}

/** The language of `--lang`, Chinese where it is left out. @throws Usage for another one */
export function langOf(values: Values): Lang {
  const { lang = 'zh' } = values
  if (lang === 'zh' || lang === 'en') return lang
  throw new Usage(`--lang 只能是 zh 或 en，得到“${String(lang)}”。 / --lang is zh or en, got “${String(lang)}”.`)
}

const EVERY_MS = 5_000

/** A line about long work on stderr: written over itself on a terminal, now and then in a log. */
export function progressLine(label: string) {
  const terminal = process.stderr.isTTY
  let due = performance.now() + (terminal ? 0 : EVERY_MS)
  let shown = false
  return {
    show: (done: number, all: number): void => {
      const now = performance.now()
      if (now < due) return
      due = now + (terminal ? 100 : EVERY_MS)
      shown = true
      const share = all > 0 ? ` ${Math.floor((100 * done) / all)}%` : ''
      process.stderr.write(terminal ? `\r${label} ${done}/${all}${share}   ` : `${label} ${done}/${all}${share}\n`)
    },
    end: (): void => {
      if (terminal && shown) process.stderr.write('\n')
    },
  }
}
