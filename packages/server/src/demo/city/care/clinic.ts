import { addDays, type Command } from '@guatu/kernel'
import type { Store } from '../../../store/store.ts'
import { CASES } from '../anchors.ts'
import type { InventedCity } from '../city.ts'
import type { Village } from '../places.ts'
import { actOf, type Due, hash, hours } from '../played.ts'
import { FETCHED } from './fetched.ts'
import type { Stories } from './stories.ts'

/** Share of transfers that turn out not to be needed before anybody is fetched, of those taken in who are suspected, of those cleared who are judged anew. */
const NOT_NEEDED = 0.05
const SUSPECTED = 0.1
const JUDGED_ANEW = 0.03
/** Days after which a suspicion that was not confirmed is given up. */
const SUSPECTED_DAYS = 2

const NOTHING_FOUND = ['血常规、胸部影像未见异常，考虑普通感冒', '两次复测体温正常，胸部影像未见异常', '急性咽炎，予以对症治疗'] as const

interface TransferRow {
  readonly id: string
  readonly area: string
  readonly person: string
  readonly state: string
  readonly settled_on: string | null
  readonly until: string | null
}

/**
 * What the fever clinics do about whoever was sent to them, beside the stories: fetched and taken in the next morning, cleared or suspected in the
 * evening after the readings. No more are confirmed in a county on a day than it really had.
 */
export class Clinic {
  readonly #store: Pick<Store, 'db'>
  readonly #city: InventedCity
  readonly #stories: Stories

  constructor(store: Pick<Store, 'db'>, city: InventedCity, stories: Stories) {
    this.#store = store
    this.#city = city
    this.#stories = stories
  }

  async day(day: string): Promise<readonly Due[]> {
    const rows = await this.#store.db.query<TransferRow>(
      `select t.id, t.area, t.person, t.state, t.settled_on::text, w.until::text from r_transfer t left join r_watch w on w.id = t.watch
        where t.state in ('open', 'sent', 'admitted', 'suspected') or (t.state = 'cleared' and t.settled_on = $1) order by t.id`,
      [addDays(day, -1)],
    )
    const cases = new Map<string, number>()
    for (const { county, confirmed, day: on } of CASES)
      if (on === day) cases.set(county, (cases.get(county) ?? 0) + confirmed - this.#stories.confirmed(county, day))
    return rows.flatMap((row) => {
      const village = this.#city.land.village(row.area)
      return village === undefined || this.#stories.tells(row.person) ? [] : this.#next(day, row, village, cases)
    })
  }

  #next(day: string, row: TransferRow, village: Village, cases: Map<string, number>): Due[] {
    const { chance, land, zone } = this.#city
    const k = hash(row.id)
    const act = (minute: number, action: string, input: Command['input'] = {}): Due =>
      actOf(
        { day, minute, actor: land.at('health-worker', land.county(village)), record: 'transfer', recordId: row.id, action, input },
        zone,
      )
    const clear = () => act(hours(20, 40), 'clear', { findings: chance.pick('findings', k, NOTHING_FOUND) })
    switch (row.state) {
      case 'open':
        return chance.at('not needed', k) < NOT_NEEDED
          ? [act(hours(9, 20), 'cancel', { reason: '多次复测体温正常，无需转诊' })]
          : [act(hours(9, 10), 'send', FETCHED), act(hours(10, 5), 'admit')]
      case 'sent':
        return [act(hours(9, 10), 'admit')]
      case 'admitted':
        return [chance.at('suspect', k) < SUSPECTED ? act(hours(20, 40), 'suspect', { findings: '胸部影像有改变，隔离待检' }) : clear()]
      case 'suspected': {
        const left = cases.get(village.countyCode) ?? 0
        if (left > 0) {
          cases.set(village.countyCode, left - 1)
          return [act(hours(20, 30), 'confirm', { findings: '核酸检测阳性' })]
        }
        return addDays(row.settled_on ?? day, SUSPECTED_DAYS) <= day ? [clear()] : []
      }
      default:
        // Whoever is released today is past being judged anew.
        return chance.at('judged anew', k) < JUDGED_ANEW && (row.until ?? '') > day
          ? [act(hours(9, 30), 'reconsider', { reason: '影像复核有新发现，需再次会诊' })]
          : []
    }
  }
}
