import type { Label } from '../label.ts'

/** Why two records are taken for one. */
export interface Twinship {
  /** 0 to 1; for the order of proposals, no probability. */
  readonly weight: number
  readonly grounds: readonly Label[]
}

/** A record as the judgement sees it, in clear. */
export interface Candidate {
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  /** How the fields that are found by their sound are read, syllable by syllable. */
  readonly sounds: Readonly<Record<string, readonly string[]>>
}

/** How records that may be one are found: candidates by agreement in a block, then a pure judgement on the two. */
export interface Duplicates {
  /** Fields that agree, `name:pinyin` for a hash of a sensitive one; one block is enough. */
  readonly blocks: readonly (readonly string[])[]
  readonly states: readonly string[]
  /** Undefined when they are two. */
  readonly judge: (one: Candidate, other: Candidate) => Twinship | undefined
}
