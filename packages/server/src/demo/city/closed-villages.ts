import { addDays, type Command, derivedId } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import type { InventedCity } from './city.ts'
import type { Village } from './places.ts'
import { type Due, hash, hours, instantAt } from './played.ts'

/** Share of the households of a closed village that ask for a pass on a day, and of those with one that go out. */
const ASKS = 0.5
const GOES_OUT = 0.4
const PASS_DAYS = 6
/** Share of those at the gate without a mask, and with a fever. */
const NO_MASK = 0.02
const FEVER = 0.0015

interface PassRow {
  readonly id: string
  readonly area: string
  readonly number: string
}

interface DoorRow {
  readonly id: string
  readonly area: string
  readonly closure: string
  readonly end: Date
}

/** Life in closed villages: passes for households, and who crosses the gate. */
export class ClosedVillages {
  readonly #store: Pick<Store, 'db'>
  readonly #city: InventedCity

  constructor(store: Pick<Store, 'db'>, city: InventedCity) {
    this.#store = store
    this.#city = city
  }

  async *day(day: string): AsyncGenerator<Due> {
    const { chance, land } = this.#city
    for (const row of await this.#doors(day)) {
      const village = this.#city.land.village(row.area)
      if (!village || chance.at('asks', hash(`${row.id}${day}`)) > ASKS) continue
      const last = instantAt(addDays(day, PASS_DAYS), hours(20), this.#city.zone)
      const end = row.end.toISOString()
      const input = {
        closure: row.closure,
        kind: 'household',
        household: row.id,
        validFrom: instantAt(day, hours(8, 20), this.#city.zone),
        validTo: [last, end].sort()[0],
      }
      const recordId = derivedId(`pass ${row.id} ${day}`)
      yield {
        minute: hours(8, 25),
        play: () => ({ actor: land.worker(village), commands: [this.#act(day, hours(8, 20), 'pass', recordId, 'issue', village, input)] }),
      }
    }
    for (const row of await this.#passes(day)) yield* this.#outing(day, row)
  }

  /** Households of closed villages without a pass, in which nobody is isolated at home. */
  #doors(day: string): Promise<DoorRow[]> {
    return this.#store.db.query<DoorRow>(
      `select distinct on (h.id) h.id, h.area, c.id as closure, c."end" from r_closure c, r_household h
        where c.state = 'inForce' and c."end" > $1 and jsonb_exists(c.areas, h.area) and h.state = 'registered'
          and not exists (select 1 from r_pass p where p.household = h.id and p.state in ('issued', 'suspended') and p.valid_to > $1)
          and not exists (select 1 from r_watch w where w.household = h.id and w.kind = 'home' and w.state in ('watching', 'absent'))
        order by h.id, c."end" desc, c.id`,
      [instantAt(day, hours(12), this.#city.zone)],
    )
  }

  #passes(day: string): Promise<PassRow[]> {
    return this.#store.db.query<PassRow>(
      `select id, area, number from r_pass where state = 'issued' and valid_from <= $1 and valid_to > $2 order by id`,
      [instantAt(day, 0, this.#city.zone), instantAt(day, hours(14), this.#city.zone)],
    )
  }

  *#outing(day: string, row: PassRow): Generator<Due> {
    const { chance, land } = this.#city
    const village = this.#city.land.village(row.area)
    const k = hash(`${row.id}${day}`)
    if (!village || chance.at('goes out', k) > GOES_OUT) return
    const out = hours(8, 40) + chance.whole('out at', k, 150)
    const mask = chance.at('mask', k) >= NO_MASK
    const fever = mask && chance.at('gate fever', k) < FEVER
    const seen = { gate: 'estate', pass: row.id, passNumber: row.number, checked: 'valid', mask }
    const temperature = fever ? 37.5 : Math.round((36.1 + chance.at('gate temperature', k) * 0.8) * 10) / 10
    const first = { ...seen, direction: 'out', temperature, decision: fever ? 'clinic' : mask ? 'pass' : 'turnBack' }
    const log = (minute: number, input: Command['input']): Due => {
      const recordId = derivedId(`crossing ${row.id} ${day} ${minute}`)
      return {
        minute: minute + 3,
        play: () => ({
          actor: land.at('gate-officer', village),
          commands: [this.#act(day, minute, 'crossing', recordId, 'record', village, input)],
        }),
      }
    }
    yield log(out, first)
    if (mask && !fever) yield log(out + 40 + chance.whole('back after', k, 70), { ...seen, direction: 'in', temperature, decision: 'pass' })
  }

  #act(day: string, minute: number, record: string, recordId: string, action: string, { id }: Village, input: Command['input']): Command {
    const happenedAt = instantAt(day, minute, this.#city.zone)
    return { id: derivedId(`${recordId} ${action}`), record, recordId, action, area: id, happenedAt, input }
  }
}
