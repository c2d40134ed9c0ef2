/**
 * How every analysis answers: with figures that carry their method and the date of their inputs, or with a reason why not.
 */

/** A reason in words, for people and for programs. */
export interface Refusal {
  /** Stable machine code in kebab case, for example `too-few-cases`. */
  readonly code: string
  readonly zh: string
  readonly en: string
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

  constructor(refusal: Refusal) {
    super(`${refusal.en} / ${refusal.zh}`)
    this.code = refusal.code
    this.zh = refusal.zh
    this.en = refusal.en
  }
}

/** Throws an `InputError` unless the condition holds. */
export function demand(condition: boolean, code: string, zh: string, en: string): asserts condition {
  if (!condition) throw new InputError({ code, zh, en })
}

/** The refusing half of an `Outcome`. */
export function refuse(
  provenance: Provenance,
  code: string,
  zh: string,
  en: string,
): Provenance & { readonly ok: false; readonly refusal: Refusal } {
  return { ...provenance, ok: false, refusal: { code, zh, en } }
}
