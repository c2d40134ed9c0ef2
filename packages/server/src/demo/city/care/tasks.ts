import type { Store } from '../../../store/store.ts'
import type { InventedCity } from '../city.ts'
import { actOf, type Due, hash, hours } from '../played.ts'

/** Share of visits and of small tasks that are done on a day. */
const VISITED = 0.6
const DONE = 0.8
const RESULTS: Readonly<Record<string, string>> = {
  tell: '已电话告知，嘱做好防护和自我监测',
  find: '已找到本人',
  medicine: '已送药上门',
}
const DELIVERED = '已送到门口'

interface NeedRow {
  readonly id: string
  readonly area: string
  readonly kind: string
}

/** What workers do about their small tasks: those left at home are visited, households are told, what is lacking is brought. */
export class Tasks {
  readonly #store: Pick<Store, 'db'>
  readonly #city: InventedCity

  constructor(store: Pick<Store, 'db'>, city: InventedCity) {
    this.#store = store
    this.#city = city
  }

  async day(day: string): Promise<readonly Due[]> {
    return [...(await this.#visits(day)), ...(await this.#needs(day))]
  }

  async #visits(day: string): Promise<Due[]> {
    const { chance, land, zone } = this.#city
    const rows = await this.#store.db.query<{ id: string; area: string }>(`select id, area from r_visit where state = 'due' order by id`)
    return rows.flatMap(({ id, area }) => {
      const village = this.#city.land.village(area)
      if (!village || chance.at('visited', hash(`${id}${day}`)) > VISITED) return []
      const minute = hours(14) + chance.whole('visit', hash(id), 180)
      const input = { groups: [chance.pick('group', hash(id), ['none', 'old', 'child', 'poor'])] }
      return [actOf({ day, minute, actor: land.worker(village), record: 'visit', recordId: id, action: 'finish', input }, zone)]
    })
  }

  /** Whoever is still looked for stays on the list. */
  async #needs(day: string): Promise<Due[]> {
    const { chance, land, zone } = this.#city
    const rows = await this.#store.db.query<NeedRow>(
      `select n.id, n.area, n.kind from r_need n left join r_watch w on w.id = n.watch
        where n.state in ('open', 'taken') and (n.kind <> 'find' or (w.state <> 'absent' and w.lost is not true)) order by n.id`,
    )
    return rows.flatMap(({ id, area, kind }) => {
      const village = this.#city.land.village(area)
      if (!village || chance.at('need done', hash(`${id}${day}`)) > DONE) return []
      const minute = hours(10) + chance.whole('need', hash(id), 400)
      const input = { result: RESULTS[kind] ?? DELIVERED }
      return [actOf({ day, minute, actor: land.worker(village), record: 'need', recordId: id, action: 'finish', input }, zone)]
    })
  }
}
