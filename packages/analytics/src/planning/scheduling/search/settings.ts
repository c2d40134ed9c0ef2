import type { BipopulationSettings } from './bipopulation.ts'
import type { GeneticSettings } from './genetic.ts'

/**
 * A population that fits the number of schedules granted: about 50 at 5,000 and 250 at 50,000 served best on every third instance of
 * PSPLIB j60, somewhat fewer on every fifth of j120.
 */
export function populationFor(size: number, schedules: number): number {
  const fitting = 50 * (schedules / 5000) ** 0.7 * (60 / Math.max(30, size)) ** 0.4
  return Math.max(10, Math.min(400, Math.round(fitting)))
}

/** Settings for two populations: about one key of each child is moved. */
export function bipopulationSettings(size: number, schedules: number): BipopulationSettings {
  return {
    population: populationFor(size, schedules),
    mutation: Math.min(0.1, 1.2 / size),
    windowLeast: 0.05,
    windowMore: 0.5,
    tolerance: 0.03,
    sampleFactor: 3,
    tailShare: 0.05,
  }
}

/** Settings for the single population of the general model: a child costs more passes, so fewer parents. */
export function geneticSettings(size: number, schedules: number): GeneticSettings {
  return {
    population: Math.max(8, Math.round(0.6 * populationFor(size, schedules))),
    mutation: Math.min(0.1, 2.4 / size),
    windowLeast: 0.08,
    windowMore: 0.4,
    tolerance: 0.02,
  }
}
