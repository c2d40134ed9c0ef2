import { addDays, derivedId } from '@guatu/kernel'
import { CONTACTS } from './anchors.ts'
import type { InventedCity } from './city.ts'
import { ROOMS, roomName, siteOf } from './counties.ts'
import type { InventedHousehold, InventedPerson } from './households.ts'
import { type Due, hours, instantAt } from './played.ts'
import type { Register } from './register.ts'

const CONTACTS_IN_ALL = CONTACTS.at(-1)?.observed ?? 0

interface Named extends Omit<ContactOf, 'room'> {
  readonly central: boolean
}

const earlier = (a: string, b: string) => (a < b ? a : b)

export interface ContactOf {
  readonly household: InventedHousehold
  readonly person: InventedPerson
  readonly lastContact: string
  readonly enteredOn: string
  /** Room of the site of the county; nothing for whoever is observed at home. */
  readonly room: string | undefined
}

/** Close contacts, so that observed and released meet the published figures on their days. */
export class Contacts {
  readonly #city: InventedCity
  /** By the day on which they are entered, and in the order of it. */
  readonly observed: readonly ContactOf[]
  readonly #byDay: ReadonlyMap<string, readonly ContactOf[]>

  constructor(city: InventedCity) {
    this.#city = city
    this.observed = this.#lodged(this.#named())
    this.#byDay = Map.groupBy(this.observed, ({ enteredOn }) => enteredOn)
  }

  #named(): Named[] {
    const { chance, households } = this.#city
    const [first, second, third] = CONTACTS
    if (!first || !second || !third) return []
    const found: Named[] = []
    for (const [c, { household, person }] of this.#candidates(Math.min(CONTACTS_IN_ALL, Math.floor(households * 0.8))).entries()) {
      const spread = (from: string, days: number) => addDays(from, chance.whole('contact day', c, days))
      const lastContact =
        c < first.released
          ? spread('2020-01-22', 2)
          : c < second.released
            ? '2020-01-24'
            : c < third.released
              ? spread('2020-01-25', 3)
              : spread('2020-01-28', 8)
      const known = addDays(lastContact, 1 + chance.whole('named', c, 3))
      const enteredOn =
        c >= second.observed
          ? addDays('2020-02-08', chance.whole('entered', c, 3))
          : c >= first.observed
            ? '2020-02-07'
            : earlier(known, first.day)
      found.push({ household, person, lastContact, enteredOn, central: c % 5 === 0 })
    }
    return found
  }

  /** Rooms are given in the order in which people come, as long as there are any. */
  #lodged(named: readonly Named[]): ContactOf[] {
    const used = new Map<string, number>()
    const days = [...named].sort((a, b) => (a.enteredOn < b.enteredOn ? -1 : a.enteredOn > b.enteredOn ? 1 : 0))
    return days.map(({ central, ...one }) => {
      const { county } = this.#city.villageOf(one.household.index)
      const k = used.get(county) ?? 0
      if (central) used.set(county, k + 1)
      return { ...one, room: central && k < ROOMS ? roomName(k) : undefined }
    })
  }

  /** One person each of households all over the city; whoever came home is observed for that already. */
  #candidates(count: number): { readonly household: InventedHousehold; readonly person: InventedPerson }[] {
    const { chance, households } = this.#city
    const found: { household: InventedHousehold; person: InventedPerson }[] = []
    const stride = Math.max(1, Math.floor(households / count))
    for (let pass = 0; pass < stride && found.length < count; pass += 1)
      for (let index = pass; index < households && found.length < count; index += stride) {
        const household = this.#city.household(index)
        const coming = this.#city.comingTo(index, household)?.person.id
        const others = household.members.filter(({ id }) => id !== coming)
        const person = others[chance.whole('contact', index, others.length)]
        if (person) found.push({ household, person })
      }
    return found
  }

  *day(day: string, register: Register): Generator<Due> {
    const { chance, land, zone } = this.#city
    for (const { household, person, lastContact, room } of this.#byDay.get(day) ?? []) {
      const { index } = household
      const minute = hours(11) + chance.whole('named at', index, 360)
      yield* register.household(index, minute - 15, day)
      const village = this.#city.villageOf(index)
      const recordId = contactId(person.id)
      yield {
        minute,
        play: () => ({
          actor: land.at('health-worker', land.county(village)),
          commands: [
            {
              id: derivedId(`${recordId} enter`),
              record: 'watch',
              recordId,
              action: 'enter',
              area: village.id,
              happenedAt: instantAt(day, minute - 5, zone),
              input: {
                person: person.id,
                household: household.id,
                kind: room === undefined ? 'home' : 'central',
                entry: 'contact',
                class: 'contact',
                lastContact,
                ...(room === undefined ? {} : { site: siteOf(village.county), room }),
              },
            },
          ],
        }),
      }
    }
  }
}

export const contactId = (person: string): string => derivedId(`contact ${person}`)
