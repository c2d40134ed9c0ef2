import type { Group } from './groups.ts'

/** Below this a directive is marked unsure: on texts left out about half of those are cut or labelled otherwise by an annotator. */
export const SURE = 0.5

/**
 * How sure the reading of one directive is, 0 to 1: the share of its register among all, times the chance of each choice of a cut or a
 * join in it and of the cut after it. Both come from scores that were fitted to published texts with annotations.
 */
export function confidenceOf(strength: number, cuts: number): number {
  return Math.round(Math.max(0.01, Math.min(0.99, strength * cuts)) * 100) / 100
}

/** The chance, 0 to 1, that each directive of a sentence is cut as an annotator would: where it opens, where it goes on, where it ends. */
export function chanceOfCuts(groups: readonly Group[]): readonly number[] {
  return groups.map((group, k) =>
    [...group.leans, ...(groups[k + 1]?.leans.slice(0, 1) ?? [])].reduce((all, lean) => all * chance(lean), 1),
  )
}

const chance = (logit: number): number => 1 / (1 + Math.exp(-logit))
