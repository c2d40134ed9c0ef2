/**
 * How every analysis answers: with figures that carry their method and the date of their inputs, or with a reason why not.
 */

/** A reason in words, for people and for programs. */
export interface Refusal {
  /** Stable machine code in kebab case, for example `too-few-cases`. */
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Names of the facts that are missing, where that is the reason. */
  readonly facts?: readonly string[]
}

/** What every result says about itself. */
export interface Provenance {
  /** Name of the method with its source, as it may be printed below a figure. */
  readonly method: string
  /** ISO date up to which the inputs were known; the caller states it, the library has no clock. */
  readonly asOf: string
}

/** Figures, or the reason why the data do not carry them. */
export type Outcome<Figures> =
  | (Provenance & { readonly ok: true } & Figures)
  | (Provenance & { readonly ok: false; readonly refusal: Refusal })

/** A point estimate between two limits, with the coverage these limits claim. */
export interface Interval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  /** Coverage claimed, for example 0.95. */
  readonly level: number
}

/** Input that no method can read: wrong lengths, negative sizes, unknown references. Thin data are an `Outcome`, never an error. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Position (0 = first) of the entry at fault in the list that was given; null where no single one is. */
  readonly index: number | null

  constructor(refusal: Refusal, index: number | null = null) {
    super(`${refusal.en} / ${refusal.zh}`)
    this.index = index
    this.code = refusal.code
    this.zh = refusal.zh
    this.en = refusal.en
  }
}

/** Throws an `InputError` unless the condition holds; `index` is the position of the entry at fault. */
export function demand(condition: boolean, code: string, zh: string, en: string, index: number | null = null): asserts condition {
  if (!condition) throw new InputError({ code, zh, en }, index)
}

/** The one check of every coverage: strictly between 0 and 1. */
export function demandLevel(level: number): void {
  demand(
    level > 0 && level < 1,
    'level',
    `置信水平须在0与1之间（如0.95），得到${level}`,
    `the level must lie between 0 and 1, such as 0.95; got ${level}`,
  )
}

/** What stands for the date of inputs that carry none. */
export const UNDATED = 'not-stated'

const ISO_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T.+)?$/

/** The provenance of a result. Errors: InputError `as-of` unless the date of the inputs is an ISO date or `not-stated`. */
export function provenanceOf(method: string, asOf: string): Provenance {
  demand(
    asOf === UNDATED || ISO_DATE.test(asOf),
    'as-of',
    `数据截止日“${asOf}”不是日期，应写成 2020-02-14；没有注明时写 ${UNDATED}`,
    `the inputs' date "${asOf}" is no date: write 2020-02-14, or ${UNDATED} where none is known`,
  )
  return { method, asOf }
}

/** The refusing half of an `Outcome`. */
export function refuse(
  provenance: Provenance,
  code: string,
  zh: string,
  en: string,
  facts?: readonly string[],
): Provenance & { readonly ok: false; readonly refusal: Refusal } {
  return { ...provenance, ok: false, refusal: { code, zh, en, ...(facts ? { facts } : {}) } }
}
