import { addDays, derivedId } from '@guatu/kernel'
import type { Coming, InventedCity } from '../city.ts'
import { arrivalId, type ComingHome } from '../coming-home.ts'
import { type Contacts, contactId } from '../contacts.ts'
import { originAt } from '../declared.ts'
import type { InventedHousehold, InventedPerson } from '../households.ts'
import type { Village } from '../places.ts'

/** The county and the day of a case that was published, whose patient a story tells of. */
export const CONFIRMED = { county: '511902', day: '2020-02-13' } as const
/** Stories of people under observation begin on this day, and the last day that is played. */
const TOLD_FROM = '2020-02-11'
const LAST = '2020-02-14'
const ARRIVE_ON = ['2020-02-12', '2020-02-11', '2020-02-13'] as const
/** Days of observation from listed places and from elsewhere, and of contacts. */
const DAYS = { listed: 14, other: 7, contact: 14 } as const
/** How far the search goes for somebody who fits. */
const TRIES = 400

/** Whose story is told. */
export interface Subject {
  readonly household: InventedHousehold
  readonly person: InventedPerson
  readonly village: Village
  /** Their observation; of somebody who is on the way here it begins with the declaration. */
  readonly watch: string
  readonly room?: string
  /** The day on which they declare that they came, where the story begins with it. */
  readonly declaredOn?: string
}

/** Under observation at home, in the site of the county of {@link CONFIRMED}, about to declare, or only passing a post. */
export type Part = 'home' | 'room' | 'coming' | 'passing'

/** Finds somebody for a part, never of one household twice; nobody where the city is too small. */
export class Subjects {
  readonly #city: InventedCity
  readonly #contacts: Contacts
  readonly #coming: ComingHome
  readonly #taken = new Set<number>()

  constructor(city: InventedCity, contacts: Contacts, coming: ComingHome) {
    this.#city = city
    this.#contacts = contacts
    this.#coming = coming
  }

  /** @param near somebody of the villages in focus, if there is one */
  take(part: Part, near: boolean): Subject | undefined {
    const inFocus = (one: Subject) => this.#city.focus.some(({ id }) => id === one.village.id)
    let found: Subject | undefined
    for (const one of this.#candidates(part)) {
      if (this.#taken.has(one.household.index)) continue
      // Others live elsewhere, so that not everything happens in one village.
      if (part === 'room' || inFocus(one) === near) {
        found = one
        break
      }
      found ??= one
    }
    if (found) this.#taken.add(found.household.index)
    return found
  }

  *#candidates(part: Part): Generator<Subject> {
    switch (part) {
      case 'room':
        return yield* this.#ofContacts(({ room }, { countyCode }) => room !== undefined && countyCode === CONFIRMED.county)
      case 'home':
        yield* this.#ofContacts(({ room }) => room === undefined)
        return yield* this.#returned()
      case 'coming':
        for (const day of ARRIVE_ON)
          for (const index of this.#coming.declared(day).slice(0, TRIES)) {
            const one = this.#comer(index)
            if (one && this.#untilOf(index, one.coming) > LAST) yield { ...one.subject, declaredOn: day }
          }
        return
      case 'passing':
        return yield* this.#passing()
    }
  }

  /** Contacts who are under observation from the first day of the stories until after the last. */
  *#ofContacts(fits: (one: Contacts['observed'][number], village: Village) => boolean): Generator<Subject> {
    for (const one of this.#contacts.observed) {
      const village = this.#city.villageOf(one.household.index)
      if (one.enteredOn >= addDays(TOLD_FROM, -1) || addDays(one.lastContact, DAYS.contact) <= LAST || !fits(one, village)) continue
      const { household, person, room } = one
      yield { household, person, village, watch: contactId(person.id), ...(room === undefined ? {} : { room }) }
    }
  }

  *#returned(): Generator<Subject> {
    for (let day = addDays(TOLD_FROM, -DAYS.listed); day < addDays(TOLD_FROM, -1); day = addDays(day, 1))
      for (const index of this.#coming.declared(day).slice(0, TRIES)) {
        const one = this.#comer(index)
        if (one && this.#untilOf(index, one.coming) > LAST) yield one.subject
      }
  }

  #comer(index: number): { readonly subject: Subject; readonly coming: Coming } | undefined {
    const household = this.#city.household(index)
    const coming = this.#city.comingTo(index, household)
    if (!coming) return undefined
    const subject = {
      household,
      person: coming.person,
      village: this.#city.villageOf(index),
      watch: derivedId(`watch/${arrivalId(index)}`),
    }
    return { subject, coming }
  }

  #untilOf(index: number, { arrivedOn }: Coming): string {
    const [, code] = originAt(this.#city.chance.at('origin', index))
    return addDays(arrivedOn, /^(42|3303)/.test(code) ? DAYS.listed : DAYS.other)
  }

  /** A grown-up of the register who is under no observation. */
  *#passing(): Generator<Subject> {
    const { chance, households } = this.#city
    const observed = new Set(this.#contacts.observed.map(({ person }) => person.id))
    for (let k = 0; k < TRIES; k += 1) {
      const household = this.#city.household(chance.whole('passes a post', k, households))
      const coming = this.#city.comingTo(household.index, household)?.person.id
      const person = household.members.find(({ id, birthYear }) => birthYear < 1995 && id !== coming && !observed.has(id))
      if (person) yield { household, person, village: this.#city.villageOf(household.index), watch: '' }
    }
  }
}
