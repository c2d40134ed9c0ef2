import type { Problem, ReformProposal } from '@guatu/kernel'

/** One change that the comparison of two lists proposes, and what a person decided on it. */
export type Proposal = ReformProposal & { readonly confirmed?: boolean | null }

/** Digits of the national code of a village, and of the town that it begins with. */
const VILLAGE_DIGITS = 12
const TOWN_DIGITS = 9

export interface Draft {
  readonly format: string
  readonly source: string
  readonly asOf: string
  readonly eve: string
  readonly proposals: readonly Proposal[]
  /** New code → old code of every area that lives on. */
  readonly continues: readonly (readonly [string, string])[]
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

export type Decisions = Readonly<Record<string, boolean | undefined>>

/** A comparison that somebody is going through. */
export interface UnderWay {
  readonly proposed: Proposed
  readonly decisions: Decisions
}

export const isUnderWay = (value: unknown): value is UnderWay =>
  typeof value === 'object' &&
  value !== null &&
  'decisions' in value &&
  Array.isArray((value as Partial<UnderWay>).proposed?.draft?.proposals)

/** From this confidence up a proposal rests on code or name; below it a person had better read each one. */
export const DOUBTFUL = 0.5

/** Villages that no longer stand in the newer list: their records need an heir. */
export const isVanished = (one: Proposal) =>
  one.level === 'village' && one.from.length > 0 && ['merged', 'split', 'abolished'].includes(one.kind)

export const decided = (draft: Draft, decisions: Decisions): Draft => ({
  ...draft,
  proposals: draft.proposals.map((one) => ({ ...one, confirmed: decisions[one.id] ?? null })),
})

export interface HeirChoice {
  readonly value: string
  readonly label: string
  readonly name: string
}

/** Every village of the newer list by its code there, with its town where one has to tell two of a name apart. */
export function heirsIn(draft: Draft, nameOf: (code: string) => string | undefined): readonly HeirChoice[] {
  const become = new Map(draft.proposals.flatMap(({ becomes }) => (becomes ? [[becomes.code, becomes] as const] : [])))
  const oldOf = new Map(draft.continues)
  const names = (code: string) => become.get(code)?.name ?? nameOf(oldOf.get(code) ?? code)
  const codes = new Set([...oldOf.keys(), ...[...become.values()].map((one) => one.code)])
  return [...codes]
    .filter((code) => code.length === VILLAGE_DIGITS)
    .flatMap((code) => {
      const name = names(code)
      return name === undefined ? [] : [{ value: code, name, label: `${name}  ${names(code.slice(0, TOWN_DIGITS)) ?? ''}` }]
    })
}
