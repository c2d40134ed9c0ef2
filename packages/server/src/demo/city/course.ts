import { type Actor, addDays, type Command, daysBetween, derivedId } from '@guatu/kernel'
import { CASES, CASES_SOURCE, CONTACTS } from './anchors.ts'
import { originAt, personInput } from './declared.ts'
import { householdAt, type InventedHousehold, type InventedPerson } from './households.ts'
import type { Land, Village } from './places.ts'
import type { Chance } from './random.ts'

/** Acts that stand or fall together, by one person, as they reach the server at one moment. */
export interface Played {
  /** Minutes after midnight at which they arrive. */
  readonly minute: number
  readonly actor: Actor
  readonly commands: readonly Command[]
}

const TRANSPORT = ['train', 'coach', 'car', 'shared', 'plane'] as const
const SURVEY_FIRST = '2020-01-22'
const SURVEY_DAYS = 5
const FIRST_ARRIVAL = '2020-01-12'
/** Share of households to which somebody comes home, by the days on which they come: most before the Spring Festival of 25 January. */
const COMING = 0.34
const BEFORE_FESTIVAL = 0.7
/** Share of the people who live in the villages in focus. */
const NEAR = 0.12
export const CONTACTS_IN_ALL = CONTACTS.at(-1)?.observed ?? 0

const hours = (h: number, m = 0) => h * 60 + m
const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (day: string, minute: number, zone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).add({ minutes: minute }).toInstant().toString({ smallestUnit: 'millisecond' })

export interface CourseOptions {
  readonly people: number
  readonly chance: Chance
  readonly land: Land
  readonly zone: string
  /** Villages in which a good part of the people live, so that whoever works there has something to do. */
  readonly focus?: readonly string[]
}

interface Coming {
  readonly household: InventedHousehold
  readonly person: InventedPerson
  readonly arrivedOn: string
  readonly declaredOn: string
}

interface ContactOf {
  readonly household: InventedHousehold
  readonly person: InventedPerson
  readonly lastContact: string
  readonly enteredOn: string
  readonly central: boolean
}

/** What happens in the city that is not an answer to what stands in the register: who lives there, comes home, is named as a contact. */
export class Course {
  readonly #options: CourseOptions
  readonly #villageOf: (index: number) => Village
  readonly households: number
  readonly #registered = new Set<number>()
  readonly #coming = new Map<string, Coming[]>()
  readonly #contacts = new Map<string, ContactOf[]>()
  readonly #comingHome = new Set<string>()
  readonly #rooms = new Map<string, number>()

  constructor(options: CourseOptions) {
    const { people, chance, land } = options
    this.#options = options
    const near = land.villages.filter(({ id }) => options.focus?.includes(id))
    this.#villageOf = (index) => {
      const among = near.length > 0 && chance.at('near', index) < NEAR ? near : land.villages
      const village = among[chance.whole('village', index, among.length)]
      if (!village) throw new RangeError('The city has no villages')
      return village
    }
    let count = 0
    let index = 0
    for (; count < people; index += 1) {
      const household = this.household(index)
      count += household.members.length
      this.#plan(household)
    }
    this.households = index
    this.#nameContacts(Math.min(CONTACTS_IN_ALL, Math.floor(this.households * 0.8)))
  }

  household(index: number): InventedHousehold {
    return householdAt(index, this.#villageOf(index).id, this.#options.chance)
  }

  /** Does somebody come home to this household, and when is it found out? */
  #plan(household: InventedHousehold): void {
    const { chance } = this.#options
    const { index } = household
    if (chance.at('coming', index) >= COMING) return
    const person = household.members.find(({ birthYear }) => birthYear > 1962 && birthYear < 2002)
    if (!person) return
    const early = chance.at('early', index) < BEFORE_FESTIVAL
    const arrivedOn = early
      ? addDays(FIRST_ARRIVAL, chance.whole('arrived', index, 13))
      : addDays('2020-01-26', chance.whole('arrived', index, 20))
    const surveyed = this.#surveyedOn(index)
    // Who came before the survey is found by it; afterwards most declare on the day, some are found a day or two later.
    const delay = chance.at('late', index) < 0.08 ? 1 + chance.whole('late by', index, 2) : 0
    const declaredOn = arrivedOn < surveyed ? surveyed : addDays(arrivedOn, delay)
    const list = this.#coming.get(declaredOn)
    const one = { household, person, arrivedOn, declaredOn }
    this.#comingHome.add(person.id)
    if (list) list.push(one)
    else this.#coming.set(declaredOn, [one])
  }

  #surveyedOn(index: number): string {
    return addDays(SURVEY_FIRST, this.#options.chance.whole('survey', index, SURVEY_DAYS))
  }

  /** Close contacts, so that observed and released meet the published figures on their days. */
  #nameContacts(count: number): void {
    const { chance } = this.#options
    const [first, second, third] = CONTACTS
    if (!first || !second || !third) return
    const named = this.#candidates(count)
    for (const [c, { household, person }] of named.entries()) {
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
      const central = c % 5 === 0
      const one = { household, person, lastContact, enteredOn, central }
      const list = this.#contacts.get(enteredOn)
      if (list) list.push(one)
      else this.#contacts.set(enteredOn, [one])
    }
  }

  /** One person each of households all over the city; whoever came home is observed for that already. */
  #candidates(count: number): { readonly household: InventedHousehold; readonly person: InventedPerson }[] {
    const { chance } = this.#options
    const found: { household: InventedHousehold; person: InventedPerson }[] = []
    const stride = Math.max(1, Math.floor(this.households / count))
    for (let pass = 0; pass < stride && found.length < count; pass += 1)
      for (let index = pass; index < this.households && found.length < count; index += stride) {
        const household = this.household(index)
        const others = household.members.filter(({ id }) => !this.#comingHome.has(id))
        const person = others[chance.whole('contact', index, others.length)]
        if (person) found.push({ household, person })
      }
    return found
  }

  /** What arrives on one day, in the order of its minutes. */
  *day(day: string): Generator<Played> {
    const acts = [...this.#sites(day), ...this.#survey(day), ...this.#arrivals(day), ...this.#entries(day), ...this.#cases(day)]
    yield* acts.sort((a, b) => a.minute - b.minute)
  }

  *#survey(day: string): Generator<Played> {
    const since = daysBetween(SURVEY_FIRST, day)
    if (since < 0 || since >= SURVEY_DAYS) return
    for (let index = 0; index < this.households; index += 1)
      if (this.#surveyedOn(index) === day) yield* this.#register(this.household(index), hours(9) + (index % 480), day)
  }

  /** A household with its people, entered once; now and then somebody is entered twice, as happens. */
  *#register(household: InventedHousehold, minute: number, day: string): Generator<Played> {
    if (this.#registered.has(household.index)) return
    this.#registered.add(household.index)
    const { chance, land } = this.#options
    const village = this.#villageOf(household.index)
    const actor = land.worker(village)
    const at = later(day, minute - 3, this.#options.zone)
    const act = (record: string, recordId: string, input: Command['input']): Command => ({
      id: derivedId(`register ${recordId}`),
      record,
      recordId,
      action: 'register',
      area: village.id,
      happenedAt: at,
      input,
    })
    const { door, order, members } = household
    yield {
      minute,
      actor,
      commands: [
        act('household', household.id, { door, kind: 'family', order, residents: members.length }),
        ...members.map((one) => act('person', one.id, personInput(one, household.id))),
      ],
    }
    const [head] = members
    if (head?.phone && chance.at('twice', household.index) < 0.004) {
      const again = {
        ...head,
        documentType: 'none' as const,
        documentNumber: undefined,
        name: `${head.name.slice(0, 1)}${head.name.slice(2)}`,
      }
      yield {
        minute: minute + 95,
        actor,
        commands: [
          {
            ...act('person', derivedId(`again ${head.id}`), personInput(again, household.id)),
            happenedAt: later(day, minute + 90, this.#options.zone),
          },
        ],
      }
    }
  }

  *#arrivals(day: string): Generator<Played> {
    const { chance, land, zone } = this.#options
    for (const { household, person, arrivedOn } of this.#coming.get(day) ?? []) {
      const { index } = household
      const minute = hours(9, 30) + chance.whole('declared', index, 500)
      yield* this.#register(household, minute - 10, day)
      const village = this.#villageOf(index)
      const recordId = derivedId(`arrival ${index}`)
      const [origin, originCode] = originAt(chance.at('origin', index))
      const act = (action: string, at: number, input: Command['input']): Command => ({
        id: derivedId(`${recordId} ${action}`),
        record: 'arrival',
        recordId,
        action,
        area: village.id,
        happenedAt: later(day, at, zone),
        input,
      })
      const declared = {
        person: person.id,
        household: household.id,
        channel: chance.at('channel', index) < 0.25 ? 'household' : 'worker',
        arrivedOn,
        origin,
        originCode,
        transport: chance.pick('transport', index, TRANSPORT),
        ownRoom: chance.at('room', index) < 0.93,
        temperature: Math.round((36.2 + chance.at('arrival temperature', index) * 0.7) * 10) / 10,
        purpose: 'home',
      }
      yield { minute, actor: land.worker(village), commands: [act('declare', minute - 4, declared)] }
      yield {
        minute: hours(20) + chance.whole('confirmed', index, 90),
        actor: land.at('town-clerk', { id: village.town, path: village.path.slice(0, -village.id.length - 1) }),
        commands: [act('confirm', hours(19, 50), {})],
      }
    }
  }

  *#entries(day: string): Generator<Played> {
    const { chance, land, zone } = this.#options
    for (const { household, person, lastContact, central } of this.#contacts.get(day) ?? []) {
      const { index } = household
      const minute = hours(11) + chance.whole('named at', index, 360)
      yield* this.#register(household, minute - 15, day)
      const village = this.#villageOf(index)
      const room = central ? this.#room(village.county) : undefined
      const recordId = derivedId(`contact ${person.id}`)
      yield {
        minute,
        actor: land.at('health-worker', { id: village.county, path: land.counties.find(({ id }) => id === village.county)?.path ?? '' }),
        commands: [
          {
            id: derivedId(`${recordId} enter`),
            record: 'watch',
            recordId,
            action: 'enter',
            area: village.id,
            happenedAt: later(day, minute - 5, zone),
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
      }
    }
  }

  #room(county: string): string | undefined {
    const used = this.#rooms.get(county) ?? 0
    this.#rooms.set(county, used + 1)
    return used < ROOMS ? roomName(used) : undefined
  }

  *#sites(day: string): Generator<Played> {
    if (day !== SURVEY_FIRST) return
    const { land, zone } = this.#options
    for (const county of land.counties) {
      const town = land.towns.find(({ path }) => path.startsWith(county.path))
      if (!town) continue
      const recordId = siteOf(county.id)
      const act = (action: string, minute: number, input: Command['input']): Command => ({
        id: derivedId(`${recordId} ${action}`),
        record: 'site',
        recordId,
        action,
        area: town.id,
        happenedAt: later(day, minute, zone),
        input,
      })
      yield {
        minute: hours(8, 30),
        actor: land.at('county-clerk', county),
        commands: [
          act('register', hours(8, 20), {
            name: `${county.name}示例集中隔离点`,
            kind: 'hotel',
            address: '示例路1号',
            rooms: Array.from({ length: ROOMS }, (_, k) => roomName(k)),
            doctors: 2,
            guards: 4,
            cleaners: 3,
          }),
          act('open', hours(8, 25), {}),
        ],
      }
    }
  }

  /** The counts of every county as of 24:00, as its health workers enter them. */
  *#cases(day: string): Generator<Played> {
    const { land, zone } = this.#options
    for (const county of land.counties) {
      const found = CASES.filter((one) => one.day === day && one.county === county.code)
      const recordId = derivedId(`cases ${county.id} ${day}`)
      const sum = (of: 'confirmed' | 'discharged') => found.reduce((total, one) => total + one[of], 0)
      yield {
        minute: hours(23, 50),
        actor: land.at('county-clerk', county),
        commands: [
          {
            id: derivedId(`${recordId} enter`),
            record: 'caseCount',
            recordId,
            action: 'enter',
            area: county.id,
            happenedAt: later(day, hours(23, 50), zone),
            input: { place: county.id, day, confirmed: sum('confirmed'), discharged: sum('discharged'), died: 0, source: CASES_SOURCE },
          },
        ],
      }
    }
  }
}

const ROOMS = 60
const roomName = (k: number) => `${1 + Math.floor(k / 20)}${String((k % 20) + 1).padStart(2, '0')}`
const siteOf = (county: string) => derivedId(`invented site ${county}`)
