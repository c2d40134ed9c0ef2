import { type Act, addDays, type Changes, type Draft, f } from '@guatu/kernel'
import { KINDS } from '../options.ts'
import type { arrivalFields } from './fields.ts'
import { type GateDecided, STRICTNESS } from './rule.ts'

type Row = Draft<typeof arrivalFields>

/** What the gate judged by: said otherwise since, its days rest on nothing any more, and those of the class hold. */
const GROUNDS = ['origin', 'originCode', 'via', 'history'] as const

/**
 * What a gate decided of whoever declares, as it holds after the act. Its measure stays, whatever is corrected; only that somebody has a room of
 * their own after all makes home of a central point. Its days go with the day of arrival, as long as nobody corrects what they rest on.
 */
export function decidedAtGate({
  before,
  after,
  act,
}: {
  readonly before: Row | undefined
  readonly after: Row
  readonly act: Pick<Act, 'input'>
}): GateDecided | undefined {
  const { gateMeasure: measure, gateDays: days, gateFrom: from } = after
  if (measure === undefined || from === undefined) return undefined
  const corrected = (name: keyof Row) =>
    before?.gateMeasure !== undefined && name in act.input && JSON.stringify(before[name]) !== JSON.stringify(after[name])
  const hasRoom = corrected('ownRoom') && before?.ownRoom === false && after.ownRoom === true
  return {
    measure: hasRoom ? 'home' : measure,
    days: GROUNDS.some(corrected) ? undefined : days,
    from: corrected('arrivedOn') && from === before?.arrivedOn ? (after.arrivedOn ?? from) : from,
  }
}

/** What a gate decided of somebody who has declared already. */
export const DECIDED = {
  measure: f.choice({ label: { zh: '卡口查验结果', en: 'Decision of the gate' }, options: { home: KINDS.home, central: KINDS.central } }),
  days: f.count({ label: { zh: '观察天数', en: 'Days of observation' }, max: 60, optional: true }),
  on: f.date({ label: { zh: '到达日期', en: 'Arrived on' } }),
  listed: f.flag({ label: { zh: '来自或14天内到过重点地区', en: 'From a listed place, or was there within the period' }, optional: true }),
} as const

/** Of what two gates decided, the stricter measure holds, until the later end. */
export function upheld(row: Row, { input }: Act): Changes<typeof arrivalFields> {
  const { measure, days, on, listed } = input as Draft<typeof DECIDED>
  const stricter = STRICTNESS[measure ?? 'none'] > STRICTNESS[row.gateMeasure ?? 'none']
  const end = (from: string | undefined, count: number | undefined) => (from === undefined ? '' : addDays(from, count ?? 0))
  const longer = end(on, days) > end(row.gateFrom, row.gateDays)
  return {
    ...(stricter ? { gateMeasure: measure } : {}),
    ...(longer || row.gateFrom === undefined ? { gateFrom: on, gateDays: days ?? null } : {}),
    ...(listed ? { history: [...(row.history ?? []).filter((one) => one !== 'none' && one !== 'listed'), 'listed'] } : {}),
  }
}
