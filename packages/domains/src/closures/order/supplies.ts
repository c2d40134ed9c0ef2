import { addDays, derivedId, type Follow, type Situation } from '@guatu/kernel'
import { isNear } from '../near.ts'
import type { fields } from './fields.ts'
import { landClosed } from './scope.ts'

/** Closing an area makes its supplies somebody's task: one need for each area of the scope, or where the order stands. */
export function supplies({ after, act, area, places, today, zone, parameter }: Situation<typeof fields>): readonly Follow[] {
  const dueOn = addDays(today, parameter<number>('monitoring.need.days', 1))
  return landClosed({ area, fields: after }, places, today, zone)
    .map((one) => one.area)
    .filter((one) => isNear(places.level(one, today)))
    .map((one) => ({
      record: 'need',
      recordId: derivedId(`supplies/${act.recordId}/${one}`),
      once: true,
      action: 'open',
      area: one,
      input: { kind: 'daily', closure: act.recordId, text: `封控区生活物资保障：${after.title ?? ''}`, dueOn },
    }))
}

/** What an order made due, wherever it stands. */
export const SUPPLIES = { supplied: { record: 'need', by: 'closure', sees: [], onward: true } } as const

/** Nobody is supplied because of an order that is over. */
export const suppliesEnd = ({ related }: Pick<Situation<typeof fields>, 'related'>): readonly Follow[] =>
  (related.supplied ?? [])
    .filter(({ state }) => state === 'open' || state === 'taken')
    .map(({ id }) => ({ record: 'need', recordId: id, action: 'cancel', input: { result: '封控已结束' } }))
