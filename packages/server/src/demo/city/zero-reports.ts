import { addDays, type Command, derivedId } from '@guatu/kernel'
import { Gathered } from '../../store/query/gathered.ts'
import type { Store } from '../../store/store.ts'
import { CASES } from './anchors.ts'
import type { InventedCity } from './city.ts'
import type { Town } from './places.ts'
import { type Due, hash, hours, instantAt } from './played.ts'

const FIRST = '2020-01-24'
/** Share of towns that say nothing on a day, and that say it the morning after. */
const SILENT = 0.04
const LATE = 0.05

/** Zero reports 零报告: towns and counties that have nothing to report say so, most of them on the day. Silence is not taken for it. */
export class ZeroReports {
  readonly #store: Pick<Store, 'db'>
  readonly #city: InventedCity
  /** By town or county and day: where somebody came, left or was entered. All who look at one moment ask together. */
  readonly #news: Gathered<true>

  constructor(store: Pick<Store, 'db'>, city: InventedCity) {
    this.#store = store
    this.#city = city
    this.#news = new Gathered((keys) => this.#whereNews(keys))
  }

  async *day(day: string): AsyncGenerator<Due> {
    if (day < FIRST) return
    const { chance, land } = this.#city
    const [inhabited, sick] = [await this.#towns(`select distinct area from r_household`), await this.#towns(OPEN)]
    for (const town of land.towns) {
      if (!inhabited.has(town.id) || sick.has(town.id)) continue
      const [k, before] = [hash(`${town.id}${day}`), addDays(day, -1)]
      const late = (of: string) => chance.at('zero late', hash(`${town.id}${of}`)) < LATE
      if (before >= FIRST && late(before)) yield this.#report(town, 'town-clerk', before, day, hours(8, 15) + (k % 40))
      if (!late(day) && chance.at('silent', k) >= SILENT) yield this.#report(town, 'town-clerk', day, day, hours(16, 30) + (k % 90))
    }
    for (const county of land.counties)
      if (!CASES.some((one) => one.day === day && one.county === county.code && one.confirmed > 0))
        yield this.#report(county, 'county-clerk', day, day, hours(23, 40))
  }

  async #towns(sql: string): Promise<ReadonlySet<string>> {
    const rows = await this.#store.db.query<{ area: string }>(sql)
    const areas = new Set(rows.map(({ area }) => area))
    return new Set(this.#city.land.villages.filter(({ id }) => areas.has(id)).map(({ town }) => town))
  }

  #report(area: Town, role: 'town-clerk' | 'county-clerk', of: string, day: string, minute: number): Due {
    const recordId = derivedId(`zero ${area.id} ${of}`)
    const command: Command = {
      id: derivedId(`${recordId} report`),
      record: 'zeroReport',
      recordId,
      action: 'report',
      area: area.id,
      happenedAt: instantAt(day, minute - 2, this.#city.zone),
      input: { day: of, of: area.id },
    }
    return {
      minute,
      play: async () => ({ actor: this.#city.land.at(role, area), commands: (await this.#hasNews(area, of)) ? [] : [command] }),
    }
  }

  /** Whoever looks before reporting that there is nothing sees who came, left, was entered or fell under suspicion on that day. */
  async #hasNews(area: Town, day: string): Promise<boolean> {
    const key = keyOf(area.id, day)
    return (await this.#news.of([key])).has(key)
  }

  async #whereNews(keys: readonly string[]): Promise<ReadonlyMap<string, true>> {
    const { zone, land } = this.#city
    const found = new Map<string, true>()
    for (const day of new Set(keys.map((key) => key.slice(0, DAY_LENGTH)))) {
      const rows = await this.#store.db.query<{ area: string }>(NEWS, [instantAt(day, 0, zone), instantAt(addDays(day, 1), 0, zone), day])
      const areas = new Set(rows.map(({ area }) => area))
      for (const area of areas) found.set(keyOf(area, day), true)
      for (const { id, town, county } of land.villages)
        if (areas.has(id)) for (const above of [town, county]) found.set(keyOf(above, day), true)
    }
    return found
  }
}

const DAY_LENGTH = 'YYYY-MM-DD'.length
const keyOf = (area: string, day: string) => `${day} ${area}`

/** Where somebody is on the way to the clinic, nobody reports that there is nothing. */
const OPEN = `select distinct area from r_transfer where state in ('open', 'sent', 'admitted')`

const NEWS = [
  ...['watch', 'arrival', 'departure'].map((record) => `select area from r_${record} where created_at >= $1 and created_at < $2`),
  `select area from r_transfer where settled_on = $3 and state in ('suspected', 'confirmed')`,
].join(' union ')
