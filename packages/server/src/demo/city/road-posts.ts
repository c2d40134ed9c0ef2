import { gates } from '@guatu/domains'
import { type Command, derivedId, type ParameterReader } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import type { InventedCity } from './city.ts'
import { originAt } from './declared.ts'
import type { Village } from './places.ts'
import { type Due, hours, instantAt } from './played.ts'

/** Day from which the posts work: the day of the first rule table. */
const FIRST = '2020-01-28'
/** Vehicles a day for each of the invented people. */
const VEHICLES = 0.0015
/** Share of those sent on who arrive and are received; the others are chased. */
const RECEIVED = 0.93
/** Share of cases in which the officer decides otherwise than the table, and says why. */
const OTHERWISE = 0.01

interface County {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly path: string
}

/** A road post at the border of every county: vehicles, what the dated table says, and the arrival at the destination. */
export class RoadPosts {
  readonly #store: Pick<Store, 'settings'>
  readonly #city: InventedCity

  constructor(store: Pick<Store, 'settings'>, city: InventedCity) {
    this.#store = store
    this.#city = city
  }

  *day(day: string): Generator<Due> {
    if (day < FIRST) return
    const { land, households } = this.#city
    const each = Math.max(1, Math.round((households * 2.9 * VEHICLES) / Math.max(1, land.counties.length)))
    for (const county of land.counties) {
      const villages = land.villages.filter((village) => village.county === county.id)
      if (day === FIRST) yield this.#built(county, day)
      for (let k = 0; k < each; k += 1) yield* this.#vehicle(county, villages, day, k)
    }
  }

  #built(county: County, day: string): Due {
    const recordId = postOf(county)
    const input = { name: `${county.name}示例县界卡口`, kind: 'road', address: '示例公路' }
    return {
      minute: hours(6),
      play: () => ({
        actor: this.#city.land.at('gate-officer', county),
        commands: [this.#act(day, hours(5, 50), 'place', recordId, 'register', county.id, input, `${recordId} register`)],
      }),
    }
  }

  *#vehicle(county: County, villages: readonly Village[], day: string, n: number): Generator<Due> {
    const { chance, land } = this.#city
    const recordId = derivedId(`vehicle ${county.id} ${day} ${n}`)
    const k = Number.parseInt(recordId.slice(0, 8), 16)
    const village = villages[chance.whole('bound for', k, villages.length)]
    if (!village) return
    const minute = hours(6, 30) + chance.whole('crosses', k, 900)
    const parameter = this.#store.settings.at(day, county.path)
    const seen = this.#seen(k, village, parameter)
    const eventId = derivedId(`${recordId} record`)
    yield {
      minute: minute + 2,
      play: () => ({
        actor: land.at('gate-officer', county),
        commands: [
          this.#act(day, minute, 'crossing', recordId, 'record', county.id, { post: postOf(county), ...seen.input }, `${recordId} record`),
        ],
      }),
    }
    if (!seen.goesOn || chance.at('received', k) >= RECEIVED) return
    const arrives = minute + 25 + chance.whole('drives', k, 75)
    if (arrives < hours(23, 40))
      yield {
        minute: arrives + 2,
        play: () => {
          const transit = derivedId(`${eventId}/0/record`)
          return {
            actor: land.at('town-clerk', land.town(village)),
            commands: [this.#act(day, arrives, 'transit', transit, 'arrive', village.id, {}, `${transit} arrive`)],
          }
        },
      }
  }

  /** What is found at the post, and what the table in force says of it. */
  #seen(k: number, village: Village, parameter: ParameterReader): { readonly input: Command['input']; readonly goesOn: boolean } {
    const { chance } = this.#city
    const out = chance.at('leaves', k) < 0.4
    const local = chance.at('local', k) < 0.6
    const [origin] = local ? ['四川省巴中市'] : originAt(chance.at('road origin', k))
    const listed = gates.isListed(origin, parameter) === true
    const home = chance.at('has home', k) < 0.85
    const temperature = chance.at('road fever', k) < 0.001 ? 37.6 : Math.round((36 + chance.at('road temperature', k) * 0.9) * 10) / 10
    const facts = { temperature, out, listed, home, local, through: false, certificate: false, refuses: false }
    const unasked = { mask: null, pass: null, spent: null, isolated: null, exempt: null, courier: null }
    const ruling = gates.rule('road', { ...facts, ...unasked }, parameter)
    const says = ruling.ok ? ruling.value : { decision: 'pass' as const }
    const otherwise = says.decision !== 'pass' && chance.at('otherwise', k) < OTHERWISE
    const decision = otherwise ? 'pass' : says.decision
    const input = {
      gate: 'road',
      direction: out ? 'out' : 'in',
      plate: `示A${String(k % 100_000).padStart(5, '0')}`,
      origin,
      destination: village.id,
      travellers: 1 + chance.whole('travellers', k, 4),
      temperature,
      listed,
      home,
      local,
      decision,
      ...('days' in says && says.days !== undefined && !otherwise ? { days: says.days } : {}),
      ...(otherwise ? { because: '运送急需药品，已电话报告' } : {}),
    }
    return { input, goesOn: !['pass', 'turnBack'].includes(decision) }
  }

  #act(
    day: string,
    minute: number,
    record: string,
    recordId: string,
    action: string,
    area: string,
    input: Command['input'],
    id: string,
  ): Command {
    return { id: derivedId(id), record, recordId, action, area, happenedAt: instantAt(day, minute, this.#city.zone), input }
  }
}

/** The road post of a county. */
export const postOf = ({ id }: Pick<County, 'id'>): string => derivedId(`invented road post ${id}`)
