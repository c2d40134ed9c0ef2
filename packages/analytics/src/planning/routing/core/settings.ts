/** How the search is tuned. Temperatures are in units of the mean cost to the ten nearest stops. */
import type { RuinSettings } from './ruin.ts'

export interface SearchSettings {
  readonly ruin: RuinSettings
  /** Chance of overlooking a place of insertion. */
  readonly blink: number
  /** Near stops per stop that ruin and recreate look at first. */
  readonly width: number
  readonly warm: number
  readonly cold: number
}

export interface SplitSettings extends SearchSettings {
  /** Chance that all calls on a customer are removed when one is. */
  readonly gather: number
  /** Chance that a nearly free room is filled first. */
  readonly generous: number
}

const published: RuinSettings = { meanRemoved: 10, maxString: 10, splitShare: 0.5, splitDepth: 0.01 }

/** For problems without time windows. */
export const capacitySettings: SearchSettings = { ruin: published, blink: 0.01, width: 100, warm: 1.5, cold: 0.015 }

/** For problems with time windows: longer memory of bad legs is needed to change the number of routes. */
export const windowSettings: SearchSettings = { ruin: published, blink: 0.01, width: 60, warm: 2.5, cold: 0.012 }

/** For split deliveries; a shorter list of neighbours, since every route of each is weighed. */
export const splitSettings: SplitSettings = {
  ruin: { ...published, meanRemoved: 6 },
  blink: 0.01,
  width: 40,
  warm: 0.5,
  cold: 0.005,
  gather: 0.6,
  generous: 0.3,
}
