import type { Store } from '../../store/store.ts'
import { CONTACTS } from './anchors.ts'
import { Readings, type Watched } from './care/readings.ts'
import type { Stories } from './care/stories.ts'
import type { InventedCity } from './city.ts'
import type { Village } from './places.ts'
import { actOf, type Due, hash, hours } from './played.ts'

interface WatchRow extends Watched {
  readonly area: string
  readonly state: string
  readonly until: string
  readonly proposed_on: string | null
  readonly served_on: string | null
  readonly signs: boolean
}

/** Share of those observed who leave without leave on a day, and of those who are found on the day after. */
const LEAVES = 0.0003
const FOUND = 0.8
/** Up to here contacts stay where they are: they are released on the days that were published. */
const PUBLISHED = CONTACTS.at(-1)?.day ?? ''

/** What those at work do about whoever is under observation: readings, notices, releases, the search for whoever left. */
export class Answers {
  readonly #store: Pick<Store, 'db' | 'settings'>
  readonly #city: InventedCity
  readonly #stories: Stories
  readonly #readings: Readings

  constructor(store: Pick<Store, 'db' | 'settings'>, city: InventedCity, stories: Stories) {
    this.#store = store
    this.#city = city
    this.#stories = stories
    this.#readings = new Readings(store, city, stories)
  }

  /** What arrives on a day about the observations that there were in its morning. */
  async *day(day: string): AsyncGenerator<Due> {
    for (const row of await this.#watches()) {
      const village = this.#city.land.village(row.area)
      if (!village) continue
      if (row.state === 'absent') yield* this.#absent(day, row, village)
      else yield* this.#observed(day, row, village)
    }
  }

  *#observed(day: string, row: WatchRow, village: Village): Generator<Due> {
    const { chance } = this.#city
    const k = hash(`${row.id}${day}`)
    if (row.served_on === null) yield this.#act(day, hours(10, 20), row, village, 'serve', {})
    const ends = row.proposed_on !== null && row.until <= day
    const mayLeave = !ends && !row.signs && !this.#stories.tells(row.person) && (row.class !== 'contact' || day > PUBLISHED)
    const leaves = mayLeave && chance.at('leaves', k) < LEAVES
    const sick = yield* this.#readings.day(day, row, village, ends || leaves ? 'morning' : 'evening')
    if (leaves && !sick) yield this.#act(day, hours(12, 30), row, village, 'leave', { exitTo: '去向不明' })
    if (ends && !row.signs && !sick)
      yield this.#act(day, hours(15) + chance.whole('released', hash(row.id), 120), row, village, 'release', { signed: true })
  }

  *#absent(day: string, row: WatchRow, village: Village): Generator<Due> {
    if (this.#stories.tells(row.person) || this.#city.chance.at('found', hash(`${row.id}${day}`)) >= FOUND) return
    yield this.#act(day, hours(9, 15), row, village, 'comeBack', {})
  }

  #watches(): Promise<WatchRow[]> {
    return this.#store.db.query<WatchRow>(
      `select id, person, area, class, state, until::text, proposed_on::text, served_on::text, (alarm is true or transfer is not null) as signs
         from r_watch where state in ('watching', 'absent') order by id`,
    )
  }

  #act(day: string, minute: number, row: WatchRow, village: Village, action: string, input: Readonly<Record<string, unknown>>): Due {
    const actor = this.#city.land.worker(village)
    return actOf({ day, minute, actor, record: 'watch', recordId: row.id, action, input }, this.#city.zone)
  }
}
