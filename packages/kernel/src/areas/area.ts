import type { Entry } from './entry.ts'
import type { AreaId, Day } from './fact.ts'
import type { AreaLevel, AreaNature } from './level.ts'
import type { Fraction } from './succession.ts'

/** An area as it was on one day. */
export interface Area {
  readonly id: AreaId
  readonly level: AreaLevel
  readonly nature: AreaNature
  readonly code: string | null
  readonly name: string
  /** Short names; left out where it has none. */
  readonly aliases?: readonly string[]
  readonly parent: AreaId | null
  /** First day of life. */
  readonly from: Day
  /** First day after the end of life; `null` while it lives. */
  readonly to: Day | null
}

/** A share of an area's figures or records, exact. */
export interface AreaShare extends Fraction {
  readonly id: AreaId
}

/** A share of what was counted in an old area: in the whole `branch` at and below it, or only what is its `own`, not what lies below. */
export interface AreaSource extends AreaShare {
  readonly scope: 'branch' | 'own'
}

/** One row of a move table: a share of what is kept under `from` goes to `to`. */
export interface AreaMove extends Fraction {
  readonly from: AreaId
  readonly to: AreaId
  readonly level: AreaLevel
}

/** From a day on something that lay in one area lies in another: it was merged, split or moved, itself or what contains it. */
export interface AreaLink {
  readonly day: Day
  readonly from: AreaId
  readonly to: AreaId
}

/** Where something lay that reforms put into another area, or that stayed where others went: first in `area`, then by each link in turn. */
export interface AreaWay {
  readonly area: AreaId
  readonly links: readonly AreaLink[]
}

/** A period of an area's life in which code, name and parent stood still. */
export interface AreaPeriod {
  readonly from: Day
  readonly to: Day | null
  readonly code: string | null
  readonly name: string
  readonly aliases?: readonly string[]
  readonly parent: AreaId | null
}

export function snapshot(entry: Entry, day: Day): Area {
  const { code, name, aliases, parent } = entry.at(day)
  const { id, level, nature, from, to } = entry
  return { id, level, nature, code, name, ...(aliases.length > 0 ? { aliases } : {}), parent: parent?.id ?? null, from, to }
}

/** Shares in the order of their ids, so that the same question always gives the same list. */
export const shareList = (shares: ReadonlyMap<Entry, Fraction>): AreaShare[] =>
  [...shares].map(([entry, share]) => ({ id: entry.id, ...share })).sort((a, b) => (a.id < b.id ? -1 : 1))
