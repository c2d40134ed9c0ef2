import { addDays } from '@guatu/kernel'
import { householdAt, type InventedHousehold, type InventedPerson, sizeAt } from './households.ts'
import type { Land, Village } from './places.ts'
import type { Chance } from './random.ts'

export const SURVEY_FIRST = '2020-01-22'
export const SURVEY_DAYS = 5
const FIRST_ARRIVAL = '2020-01-12'
/** Share of households to which somebody comes home, by the days on which they come: most before the Spring Festival of 25 January. */
const COMING = 0.34
const BEFORE_FESTIVAL = 0.7
/** Share of the people who live in the villages in focus. */
const NEAR = 0.12

export interface CityPlan {
  readonly people: number
  readonly chance: Chance
  readonly land: Land
  readonly zone: string
  /** Villages in which a good part of the people live, so that whoever works there has something to do. */
  readonly focus?: readonly string[]
}

/** Somebody who comes home. */
export interface Coming {
  readonly person: InventedPerson
  readonly arrivedOn: string
  readonly declaredOn: string
}

/**
 * Who lives where and comes home when. Everything of a household follows from its number, so the city itself is only a count: one of four
 * million people takes no more memory than one of a thousand.
 */
export class InventedCity {
  readonly chance: Chance
  readonly land: Land
  readonly zone: string
  readonly focus: readonly Village[]
  readonly households: number

  constructor({ people, chance, land, zone, focus }: CityPlan) {
    this.chance = chance
    this.land = land
    this.zone = zone
    this.focus = land.villages.filter(({ id }) => focus?.includes(id))
    let count = 0
    let index = 0
    for (; count < people; index += 1) count += sizeAt(index, chance)
    this.households = index
  }

  villageOf(index: number): Village {
    const { chance, land, focus } = this
    const among = focus.length > 0 && chance.at('near', index) < NEAR ? focus : land.villages
    const village = among[chance.whole('village', index, among.length)]
    if (!village) throw new RangeError('The city has no villages')
    return village
  }

  household(index: number): InventedHousehold {
    return householdAt(index, this.villageOf(index).id, this.chance)
  }

  surveyedOn(index: number): string {
    return addDays(SURVEY_FIRST, this.chance.whole('survey', index, SURVEY_DAYS))
  }

  /** Does somebody come home to this household, and when is it found out? */
  comingTo(index: number, known?: InventedHousehold): Coming | undefined {
    const { chance } = this
    if (chance.at('coming', index) >= COMING) return undefined
    const person = (known ?? this.household(index)).members.find(({ birthYear }) => birthYear > 1962 && birthYear < 2002)
    if (!person) return undefined
    const early = chance.at('early', index) < BEFORE_FESTIVAL
    const arrivedOn = early
      ? addDays(FIRST_ARRIVAL, chance.whole('arrived', index, 13))
      : addDays('2020-01-26', chance.whole('arrived', index, 20))
    const surveyed = this.surveyedOn(index)
    // Who came before the survey is found by it; afterwards most declare on the day, some are found a day or two later.
    const delay = chance.at('late', index) < 0.08 ? 1 + chance.whole('late by', index, 2) : 0
    return { person, arrivedOn, declaredOn: arrivedOn < surveyed ? surveyed : addDays(arrivedOn, delay) }
  }
}
