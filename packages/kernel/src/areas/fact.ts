import type { AreaLevel, AreaNature } from './level.ts'

/** Stable short id of an area. Codes and names are dated attributes of it. */
export type AreaId = string

/** `YYYY-MM-DD`. Periods are half open: `from` is the first day, `to` the first day no longer; `null` is open. */
export type Day = string

interface Dated {
  /** First day on which the fact holds. */
  readonly date: Day
  /** The document that ordered it, or the list it was read from. */
  readonly instrument: string
}

/**
 * One heir of an area. Its share is `parts` / sum of the parts of all heirs, so shares always add up to one (villages taken over,
 * households, hectares: whatever was counted).
 */
export interface AreaHeir {
  readonly id: AreaId
  /** Positive whole number. */
  readonly parts: number
  /** Children of the split area that go to this heir by this very fact. */
  readonly children?: readonly AreaId[]
}

export interface AreaCreated extends Dated {
  readonly kind: 'created'
  readonly id: AreaId
  readonly level: AreaLevel
  readonly nature?: AreaNature
  readonly code: string | null
  readonly name: string
  /** Short names by which people call it beside its name, as `市卫健委` for `市卫生健康委`. */
  readonly aliases?: readonly string[]
  readonly parent: AreaId | null
}
/** n → 1: the merged areas end, `into` lives on that day (it existed before, or a `created` of the same day makes it). */
export interface AreaMerged extends Dated {
  readonly kind: 'merged'
  readonly ids: readonly AreaId[]
  readonly into: AreaId
}
/** 1 → n: the area ends, unless it is one of its own heirs (a part was carved out). */
export interface AreaSplit extends Dated {
  readonly kind: 'split'
  readonly id: AreaId
  readonly into: readonly AreaHeir[]
}
export interface AreaRenamed extends Dated {
  readonly kind: 'renamed'
  readonly id: AreaId
  readonly name: string
  /** Short names from that day on; those it had stay where they are left out. */
  readonly aliases?: readonly string[]
}
export interface AreaRecoded extends Dated {
  readonly kind: 'recoded'
  readonly id: AreaId
  readonly code: string | null
}
export interface AreaMoved extends Dated {
  readonly kind: 'moved'
  readonly id: AreaId
  readonly parent: AreaId | null
}
/** The area ends without an heir: a work group that has done its work, a village whose people have all gone. */
export interface AreaAbolished extends Dated {
  readonly kind: 'abolished'
  readonly id: AreaId
}

/** A dated fact about areas. Facts of one day hold together: their order within the day says nothing. */
export type AreaFact = AreaCreated | AreaMerged | AreaSplit | AreaRenamed | AreaRecoded | AreaMoved | AreaAbolished
