import { addDays, type Command, derivedId } from '@guatu/kernel'
import { CASES } from './anchors.ts'
import type { InventedCity } from './city.ts'
import type { Village } from './places.ts'
import { type Due, hours, instantAt } from './played.ts'

/** Days that an order holds: the longest that the rule allows. */
const TERM = 14
const BEFORE_REVIEW = 6
const BASIS = { basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项', basisVersion: '2013年修正' }
/** Share of orders that the city does not approve, whose review is forgotten, that are lifted before their end. */
const REFUSED = 0.12
const FORGOTTEN = 0.15
const LIFTED = 0.3
const LIFTED_AFTER = 10
/** Tries to find somebody who lives in a county, so that a closed village has people in it. */
const TRIES = 400

interface Order {
  readonly id: string
  readonly n: number
  readonly village: Village
  /** Day on which it is drafted: the day after the cases were known. */
  readonly day: string
}

/** Closing orders: the day after cases a village of the county is closed, as the law asks: drafted by the county, decided by the city, announced, reviewed. */
export class Orders {
  readonly #city: InventedCity
  readonly #orders: readonly Order[]

  constructor(city: InventedCity) {
    this.#city = city
    this.#orders = CASES.flatMap((found, n) => {
      const village = found.confirmed > 0 ? this.#villageIn(found.county, n) : undefined
      return village ? [{ id: derivedId(`invented order ${n}`), n, village, day: addDays(found.day, 1) }] : []
    })
  }

  /** A village of the county where somebody lives: the one in focus first. */
  #villageIn(county: string, n: number): Village | undefined {
    const { chance, focus, households } = this.#city
    if (CASES.findIndex((one) => one.county === county) === n) {
      const near = focus.find(({ countyCode }) => countyCode === county)
      if (near) return near
    }
    for (let k = 0; k < TRIES; k += 1) {
      const village = this.#city.villageOf(chance.whole('closed', n * TRIES + k, households))
      if (village.countyCode === county) return village
    }
    return undefined
  }

  *day(day: string): Generator<Due> {
    for (const order of this.#orders) {
      if (order.day === day) yield* this.#decided(order, day)
      if (this.#isRefused(order)) continue
      const { chance } = this.#city
      if (addDays(order.day, BEFORE_REVIEW) === day && chance.at('forgotten', order.n) >= FORGOTTEN)
        yield this.#county(order, day, hours(16), 'review', {
          reviewNote: '村内仍有在观人员，继续实施',
          reviewBy: addDays(day, BEFORE_REVIEW + 1),
        })
      if (addDays(order.day, LIFTED_AFTER) === day && chance.at('lifted', order.n) < LIFTED)
        yield this.#county(order, day, hours(17, 30), 'lift', {
          liftedBy: order.village.county,
          liftReason: '村内连续多日无新增，提前解除',
        })
    }
  }

  #isRefused({ n }: Order): boolean {
    return n > 0 && this.#city.chance.at('order refused', n) < REFUSED
  }

  *#decided(order: Order, day: string): Generator<Due> {
    const { land, zone } = this.#city
    const decision = { decidedBy: '示例市应急指挥部', decisionNo: `示指〔2020〕${order.n + 1}号` }
    const content = {
      title: `示例村封闭管理（${order.n + 1}）`,
      measure: 'closeArea',
      organ: order.village.county,
      ...BASIS,
      reason: '村内发现确诊病例',
      scope: '全村村组',
      areas: [order.village.id],
      start: instantAt(day, hours(10), zone),
      end: instantAt(addDays(day, TERM), hours(10), zone),
      reviewBy: addDays(day, BEFORE_REVIEW + 1),
      announcement: '自即日起实行封闭管理，每户每两天可有一人次外出采购生活物资。',
      outings: 1,
      outingDays: 2,
      trades: ['医疗', '保供'],
      couriers: 'contactless',
      support: '生活物资由村委会统一配送，包保责任人负责',
    }
    yield {
      minute: hours(8, 40),
      play: () => ({
        actor: land.at('county-clerk', land.county(order.village)),
        commands: [this.#act(order, day, hours(8, 30), 'draft', content), this.#act(order, day, hours(8, 35), 'submit', {})],
      }),
    }
    const refused = this.#isRefused(order)
    yield {
      minute: hours(10, 32),
      play: () => ({
        actor: land.at('leader', land.city),
        commands: [
          refused
            ? this.#act(order, day, hours(10, 30), 'refuse', { ...decision, refusedBecause: '范围过大，请具体到村组后另报' })
            : this.#act(order, day, hours(10, 30), 'approve', decision),
        ],
      }),
    }
    if (!refused) yield this.#county(order, day, hours(10, 45), 'announce', { announcedWhere: '村务公开栏、村村响广播' })
  }

  #county(order: Order, day: string, minute: number, action: string, input: Command['input']): Due {
    const { land } = this.#city
    return {
      minute: minute + 2,
      play: () => ({
        actor: land.at('county-clerk', land.county(order.village)),
        commands: [this.#act(order, day, minute, action, input)],
      }),
    }
  }

  #act({ id, village }: Order, day: string, minute: number, action: string, input: Command['input']): Command {
    return {
      id: derivedId(`${id} ${action}`),
      record: 'closure',
      recordId: id,
      action,
      area: village.id,
      happenedAt: instantAt(day, minute, this.#city.zone),
      input,
    }
  }
}
