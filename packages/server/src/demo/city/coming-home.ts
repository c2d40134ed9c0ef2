import { type Command, derivedId } from '@guatu/kernel'
import type { InventedCity } from './city.ts'
import { type Due, hours, instantAt } from './played.ts'
import type { Register } from './register.ts'
import { travelOf } from './travels.ts'

/** Share of those who come home with a fever, as at road posts. */
const FEVER = 0.001

export const arrivalId = (index: number): string => derivedId(`arrival ${index}`)

/** What somebody says on coming home beside the usual. */
interface Declares {
  declares(person: string): Command['input']
}

/** Those who come home, on the days on which it is declared or found out. */
export class ComingHome {
  readonly #city: InventedCity
  /** Numbers of households by the day of the declaration. */
  readonly #byDay = new Map<string, number[]>()

  constructor(city: InventedCity) {
    this.#city = city
    for (let index = 0; index < city.households; index += 1) {
      const day = city.comingTo(index)?.declaredOn
      if (day === undefined) continue
      const list = this.#byDay.get(day)
      if (list) list.push(index)
      else this.#byDay.set(day, [index])
    }
  }

  /** Numbers of the households to which somebody comes home who declares it on a day. */
  declared(day: string): readonly number[] {
    return this.#byDay.get(day) ?? []
  }

  *day(day: string, register: Register, stories: Declares): Generator<Due> {
    const { chance, land } = this.#city
    for (const index of this.#byDay.get(day) ?? []) {
      const minute = hours(9, 30) + chance.whole('declared', index, 500)
      yield* register.household(index, minute - 10, day)
      const village = this.#city.villageOf(index)
      yield { minute, play: () => ({ actor: land.worker(village), commands: [this.#declared(index, day, minute - 4, stories)] }) }
      yield {
        minute: hours(20) + chance.whole('confirmed', index, 90),
        play: () => ({ actor: land.at('town-clerk', land.town(village)), commands: [this.#act(index, 'confirm', day, hours(19, 50), {})] }),
      }
    }
  }

  #declared(index: number, day: string, minute: number, stories: Declares): Command {
    const { chance } = this.#city
    const household = this.#city.household(index)
    const coming = this.#city.comingTo(index, household)
    const travel = travelOf(index, household, coming, chance)
    const fever = chance.at('arrives with fever', index) < FEVER
    return this.#act(index, 'declare', day, minute, {
      person: coming?.person.id,
      household: household.id,
      channel: chance.at('channel', index) < 0.25 ? 'household' : 'worker',
      arrivedOn: coming?.arrivedOn,
      ...travel,
      history: [/^(42|3303)/.test(String(travel.originCode)) ? 'listed' : 'none'],
      ownRoom: chance.at('room', index) < 0.93,
      temperature: fever ? 37.8 : Math.round((36.2 + chance.at('arrival temperature', index) * 0.7) * 10) / 10,
      purpose: 'home',
      ...(coming === undefined ? {} : stories.declares(coming.person.id)),
    })
  }

  #act(index: number, action: string, day: string, minute: number, input: Command['input']): Command {
    const recordId = arrivalId(index)
    return {
      id: derivedId(`${recordId} ${action}`),
      record: 'arrival',
      recordId,
      action,
      area: this.#city.villageOf(index).id,
      happenedAt: instantAt(day, minute, this.#city.zone),
      input,
    }
  }
}
