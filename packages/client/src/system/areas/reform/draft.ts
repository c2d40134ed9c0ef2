import type { Label, Problem } from '@guatu/kernel'

interface Line {
  readonly code: string
  readonly name: string
}

/** One change that the comparison of two lists proposes, and what a person decided on it. */
export interface Proposal {
  readonly id: string
  readonly kind: 'renamed' | 'recoded' | 'moved' | 'merged' | 'split' | 'created' | 'abolished'
  readonly level: string
  readonly from: readonly Line[]
  readonly to: readonly (Line & { readonly parts: number })[]
  readonly becomes: Line | null
  /** 0 to 1: orders the work of the person who confirms. */
  readonly confidence: number
  readonly reasons: readonly Label[]
  readonly confirmed: boolean | null
}

export interface Draft {
  readonly format: string
  readonly source: string
  readonly asOf: string
  readonly eve: string
  readonly proposals: readonly Proposal[]
}

export interface Proposed {
  readonly draft: Draft
  readonly refusals: readonly Problem[]
}

export interface Played {
  readonly facts: number
  readonly moved: number
  readonly confirmed: number
  readonly dropped: number
}

export type Decisions = Readonly<Record<string, boolean>>

/** From this confidence up a proposal rests on code or name; below it a person had better read each one. */
export const DOUBTFUL = 0.5

/** Villages that no longer stand in the newer list: their records need an heir. */
export const isVanished = (one: Proposal) =>
  one.level === 'village' && one.from.length > 0 && ['merged', 'split', 'abolished'].includes(one.kind)

export const decided = (draft: Draft, decisions: Decisions): Draft => ({
  ...draft,
  proposals: draft.proposals.map((one) => ({ ...one, confirmed: decisions[one.id] ?? null })),
})
