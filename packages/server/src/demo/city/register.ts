import { type Command, daysBetween, derivedId } from '@guatu/kernel'
import { type InventedCity, SURVEY_DAYS, SURVEY_FIRST } from './city.ts'
import { personInput } from './declared.ts'
import type { InventedPerson } from './households.ts'
import { type Due, hours, instantAt } from './played.ts'
import { homeInput } from './travels.ts'

/** Share of households of which somebody is entered twice, as happens. */
const TWICE = 0.004

/** Households and people as the workers of the villages enter them, each once: in the survey, or before it when something happens there. */
export class Register {
  readonly #city: InventedCity
  /** One bit for each household. */
  readonly #entered: Uint8Array

  constructor(city: InventedCity) {
    this.#city = city
    this.#entered = new Uint8Array(Math.ceil(city.households / 8))
  }

  *day(day: string): Generator<Due> {
    const since = daysBetween(SURVEY_FIRST, day)
    if (since < 0 || since >= SURVEY_DAYS) return
    for (let index = 0; index < this.#city.households; index += 1)
      if (this.#city.surveyedOn(index) === day) yield* this.household(index, hours(9) + (index % 480), day)
  }

  *household(index: number, minute: number, day: string): Generator<Due> {
    const [byte, bit] = [index >> 3, 1 << (index & 7)]
    if ((this.#entered[byte] ?? 0) & bit) return
    this.#entered[byte] = (this.#entered[byte] ?? 0) | bit
    yield { minute, play: () => this.#entry(index, minute, day) }
    if (this.#city.chance.at('twice', index) < TWICE && this.#city.household(index).members[0]?.phone)
      yield { minute: minute + 95, play: () => this.#again(index, minute, day) }
  }

  #act(index: number, minute: number, day: string) {
    const at = instantAt(day, minute, this.#city.zone)
    return (record: string, recordId: string, input: Command['input']): Command => ({
      id: derivedId(`register ${recordId}`),
      record,
      recordId,
      action: 'register',
      area: this.#city.villageOf(index).id,
      happenedAt: at,
      input,
    })
  }

  #entry(index: number, minute: number, day: string) {
    const household = this.#city.household(index)
    const { id, door, members } = household
    const coming = this.#city.comingTo(index, household)
    const { land, chance } = this.#city
    const act = this.#act(index, minute - 3, day)
    const input = (one: InventedPerson) => ({
      ...personInput(one, id),
      ...(one.id === coming?.person.id ? homeInput(index, this.#city.villageOf(index), land, chance) : {}),
    })
    return {
      actor: this.#city.land.worker(this.#city.villageOf(index)),
      commands: [
        act('household', id, { door, kind: 'family', residents: members.length }),
        ...members.map((one) => act('person', one.id, input(one))),
      ],
    }
  }

  /** Entered a second time, without papers and with a letter of the name missing. */
  #again(index: number, minute: number, day: string) {
    const { id, members } = this.#city.household(index)
    const [head] = members
    const act = this.#act(index, minute + 90, day)
    const again = head && {
      ...head,
      documentType: 'none' as const,
      documentNumber: undefined,
      name: `${head.name.slice(0, 1)}${head.name.slice(2)}`,
    }
    return {
      actor: this.#city.land.worker(this.#city.villageOf(index)),
      commands: again ? [act('person', derivedId(`again ${again.id}`), personInput(again, id))] : [],
    }
  }
}
