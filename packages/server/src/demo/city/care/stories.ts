import type { Command } from '@guatu/kernel'
import type { InventedCity } from '../city.ts'
import type { ComingHome } from '../coming-home.ts'
import type { Contacts } from '../contacts.ts'
import { actOf, type Due } from '../played.ts'
import { postOf } from '../road-posts.ts'
import type { Half, Reading } from './reading.ts'
import { SCRIPTS, type Script, type StoryAct } from './scripts.ts'
import { CONFIRMED, type Subject, Subjects } from './subjects.ts'

interface Told {
  readonly name: string
  readonly subject: Subject
  readonly script: Script
}

/**
 * The least that is told of care in a city of any size: by its usual rates a city of two thousand has hardly a fever, and nobody who is shown it
 * would see what becomes of one. Each story happens once, to somebody found by the seed, in small cities and large ones alike; the rates
 * come on top and are the same at every size. Where a city has nobody who fits, the story is not told.
 */
export class Stories {
  readonly #city: InventedCity
  readonly #told: readonly Told[]
  readonly #byPerson: ReadonlyMap<string, Told>

  constructor(city: InventedCity, contacts: Contacts, coming: ComingHome) {
    this.#city = city
    const subjects = new Subjects(city, contacts, coming)
    this.#told = Object.entries(SCRIPTS).flatMap(([name, { part, near, tell }]) => {
      const subject = subjects.take(part, near === true)
      return subject ? [{ name, subject, script: tell(subject) }] : []
    })
    this.#byPerson = new Map(this.#told.map((told) => [told.subject.person.id, told]))
  }

  /** Names of the stories that are told. */
  get names(): readonly string[] {
    return this.#told.map(({ name }) => name)
  }

  /** Ids of whom they are told, in the same order. */
  get people(): readonly string[] {
    return this.#told.map(({ subject }) => subject.person.id)
  }

  /** Is there a story of this person? */
  tells(person: string): boolean {
    return this.#byPerson.has(person)
  }

  /** How many a story confirms in a county on a day: they are among the cases that were published. */
  confirmed(county: string, day: string): number {
    return county === CONFIRMED.county && day === CONFIRMED.day && this.names.includes('confirmed') ? 1 : 0
  }

  /** The reading that the story asks for; null where nobody is read, nothing where it is a reading like any other. */
  reading(person: string, day: string, half: Half): Reading | null | undefined {
    return this.#byPerson.get(person)?.script.readings?.[`${day} ${half}`]
  }

  /** What a declaration says beside the usual. */
  declares(person: string): Command['input'] {
    return this.#byPerson.get(person)?.script.declares ?? {}
  }

  *day(day: string): Generator<Due> {
    for (const { subject, script } of this.#told) for (const act of script.acts) if (act.day === day) yield this.#due(subject, act)
  }

  #due({ village }: Subject, { day, minute, by, record, recordId, action, input, at }: StoryAct): Due {
    const { land, zone } = this.#city
    const county = land.counties.find(({ id }) => id === village.county)
    const actor = {
      clinic: () => land.at('health-worker', land.county(village)),
      gate: () => land.at('gate-officer', land.county(village)),
      town: () => land.at('town-clerk', land.town(village)),
      worker: () => land.worker(village),
    }[by]()
    const where = at === 'post' && county ? { area: county.id, input: { ...input, post: postOf(county) } } : { input }
    return actOf({ day, minute, actor, record, recordId, action, ...where }, zone)
  }
}
