/** The people of a simulated town: who lives, works and shops where. */
import type { RandomStream } from '../../statistics/index.ts'
import type { OutbreakSettings } from './settings.ts'

export interface Town {
  readonly people: number
  readonly householdOf: Uint32Array
  /** Members of household h are the people householdStart[h] … householdStart[h + 1] - 1. */
  readonly householdStart: Uint32Array
  readonly districtOf: Uint16Array
  /** -1 without work. */
  readonly workplaceOf: Int32Array
  readonly workers: readonly (readonly number[])[]
  /** First and one past the last person of each district. */
  readonly districtStart: Uint32Array
  readonly venuesPerDistrict: number
}

/**
 * Builds the town; households of a district are neighbours in number. This library's own model, which needs no source.
 *
 * @param random Stream of its own, so that the same seed builds the same town.
 * @returns Homes, districts and workplaces by person.
 * @throws Nothing.
 */
export function buildTown({ population }: OutbreakSettings, random: RandomStream): Town {
  const { households, householdSizes, districts, workplaceSize, unemployed, venuesPerDistrict } = population
  const householdStart = new Uint32Array(households + 1)
  for (let h = 0; h < households; h += 1)
    householdStart[h + 1] = (householdStart[h] as number) + 1 + Math.max(0, random.weighted(householdSizes))
  const people = householdStart[households] as number
  const householdOf = new Uint32Array(people)
  const districtOf = new Uint16Array(people)
  const districtStart = new Uint32Array(districts + 1).fill(people)
  districtStart[0] = 0
  for (let h = 0; h < households; h += 1) {
    const district = Math.floor((h * districts) / households)
    if (h > 0 && district > Math.floor(((h - 1) * districts) / households)) districtStart[district] = householdStart[h] as number
    householdOf.fill(h, householdStart[h], householdStart[h + 1])
    districtOf.fill(district, householdStart[h], householdStart[h + 1])
  }
  const workplaceOf = new Int32Array(people).fill(-1)
  const workplaces = Math.max(1, Math.round((people * (1 - unemployed)) / workplaceSize))
  const workers: number[][] = Array.from({ length: workplaces }, () => [])
  for (let person = 0; person < people; person += 1) {
    if (random.uniform() < unemployed) continue
    const workplace = random.integer(workplaces)
    workplaceOf[person] = workplace
    workers[workplace]?.push(person)
  }
  return { people, householdOf, householdStart, districtOf, workplaceOf, workers, districtStart, venuesPerDistrict }
}
