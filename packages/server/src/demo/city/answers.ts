import { type Actor, type Command, derivedId } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import type { InventedCity } from './city.ts'
import type { Land, Village } from './places.ts'
import { type Due, hash, hours, instantAt } from './played.ts'
import type { Chance } from './random.ts'

interface WatchRow {
  readonly id: string
  readonly area: string
  readonly class: string
  readonly until: string
  readonly proposed_on: string | null
  readonly served_on: string | null
}

/** Share of readings that are missed, reach the server only at night, are corrected, show a fever. */
const MISSED = 0.03
const SENT_LATE = 0.02
const CORRECTED = 0.003
const FEVER = 0.0006
/** Share of workers who write the same for everybody. */
const COPIERS = 0.02
const COPIED = 36.5

/** What those at work do about what stands in the register: readings, notices, releases, transfers, visits. */
export class Answers {
  readonly #store: Pick<Store, 'db'>
  readonly #land: Land
  readonly #chance: Chance
  readonly #zone: string
  readonly #villages: ReadonlyMap<string, Village>
  #reading = 0

  constructor(store: Pick<Store, 'db'>, { land, chance, zone }: InventedCity) {
    this.#store = store
    this.#land = land
    this.#chance = chance
    this.#zone = zone
    this.#villages = new Map(land.villages.map((village) => [village.id, village]))
  }

  /** What arrives on a day about the records that were there in its morning. */
  async *day(day: string): AsyncGenerator<Due> {
    for (const row of await this.#watches()) {
      const village = this.#villages.get(row.area)
      if (!village) continue
      const actor = this.#land.worker(village)
      if (row.served_on === null) yield this.#act(day, hours(10, 20), actor, 'watch', row, 'serve', {})
      const leaves = row.proposed_on !== null && row.until <= day
      yield* this.#readings(day, row, village, actor, leaves)
      if (leaves)
        yield this.#act(day, hours(15) + this.#chance.whole('released', hash(row.id), 120), actor, 'watch', row, 'release', {
          signed: true,
        })
    }
    yield* await this.#transfers(day)
    yield* await this.#visits(day)
  }

  #watches(): Promise<WatchRow[]> {
    return this.#store.db.query<WatchRow>(
      `select id, area, class, until::text, proposed_on::text, served_on::text from r_watch where state = 'watching' order by id`,
    )
  }

  *#readings(day: string, row: WatchRow, village: Village, actor: Actor, leaves: boolean): Generator<Due> {
    const copier = this.#chance.at('copier', hash(village.id)) < COPIERS
    for (const half of ['morning', 'evening'] as const) {
      const k = this.#reading++
      // Who is released in the afternoon is not read in the evening.
      if (leaves && half === 'evening') continue
      if (this.#chance.at('missed', k) < MISSED && row.class !== 'contact' && !leaves) continue
      const taken =
        half === 'morning' ? hours(7, 40) + this.#chance.whole('taken', k, 110) : hours(17, 10) + this.#chance.whole('taken', k, 120)
      const fever = row.class !== 'contact' && this.#chance.at('fever', k) < FEVER
      const temperature = fever ? 37.6 : copier ? COPIED : Math.round((36 + this.#chance.at('temperature', k) * 0.9) * 10) / 10
      const at = copier ? (half === 'morning' ? hours(8) : hours(18)) : taken
      const offline = !leaves && this.#chance.at('offline', k) < SENT_LATE
      const idOf = () => derivedId(`reading ${row.id} ${day} ${half}`)
      const input = { half, temperature, how: this.#chance.at('how', k) < 0.7 ? 'worker' : 'phone' }
      // An offline phone sends in the evening what was read in the morning; the happening keeps its time.
      const minute = offline ? Math.max(at + 4, hours(21, 30)) : at + 4
      yield { minute, play: () => ({ actor, commands: [this.#command(day, at, 'watch', row, 'check', input, idOf())] }) }
      if (this.#chance.at('corrected', k) < CORRECTED && !fever && !offline)
        yield { minute: minute + 30, play: () => ({ actor, commands: [corrected(row.id, idOf())] }) }
    }
  }

  async #transfers(day: string): Promise<Due[]> {
    const rows = await this.#store.db.query<{ id: string; area: string; state: string }>(
      `select id, area, state from r_transfer where state in ('open', 'sent', 'admitted') order by id`,
    )
    return rows.flatMap((row) => {
      const village = this.#villages.get(row.area)
      if (!village) return []
      const actor = this.#land.at('health-worker', {
        id: village.county,
        path: this.#land.counties.find(({ id }) => id === village.county)?.path ?? '',
      })
      const next =
        row.state === 'open'
          ? (['send', { vehicle: '救护车', clinic: '示例医院发热门诊' }] as const)
          : row.state === 'sent'
            ? (['admit', {}] as const)
            : undefined
      if (next) return [this.#act(day, hours(9, 10), actor, 'transfer', row, next[0], next[1])]
      return [this.#act(day, hours(16), actor, 'transfer', row, this.#chance.at('suspect', hash(row.id)) < 0.1 ? 'suspect' : 'clear', {})]
    })
  }

  async #visits(day: string): Promise<Due[]> {
    const rows = await this.#store.db.query<{ id: string; area: string }>(`select id, area from r_visit where state = 'due' order by id`)
    return rows.flatMap((row) => {
      const village = this.#villages.get(row.area)
      if (!village || this.#chance.at('visited', hash(`${row.id}${day}`)) > 0.6) return []
      const groups = [this.#chance.pick('group', hash(row.id), ['none', 'old', 'child', 'poor'])]
      return [
        this.#act(day, hours(14) + this.#chance.whole('visit', hash(row.id), 180), this.#land.worker(village), 'visit', row, 'finish', {
          groups,
        }),
      ]
    })
  }

  #act(
    day: string,
    minute: number,
    actor: Actor,
    record: string,
    row: { readonly id: string },
    action: string,
    input: Command['input'],
  ): Due {
    return {
      minute: minute + 5,
      play: () => ({
        actor,
        commands: [this.#command(day, minute, record, row, action, input, derivedId(`${row.id} ${action} ${day}`))],
      }),
    }
  }

  #command(
    day: string,
    minute: number,
    record: string,
    row: { readonly id: string },
    action: string,
    input: Command['input'],
    id: string,
  ): Command {
    return {
      id,
      record,
      recordId: row.id,
      action,
      happenedAt: instantAt(day, minute, this.#zone),
      input,
    }
  }
}

const corrected = (recordId: string, event: string): Command => ({
  id: derivedId(`corrected ${event}`),
  record: 'watch',
  recordId,
  action: 'correct',
  input: { event, reason: '读数录错，重新核对', input: { temperature: 36.6 } },
})
