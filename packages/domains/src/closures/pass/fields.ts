import { f, NAMELESS, PLATE, type Situation } from '@guatu/kernel'
import { PASS_NUMBER } from './number.ts'
import type { KINDS } from './ticket.ts'

const KIND_LABELS = {
  household: { zh: '家庭出行', en: 'Household' },
  worker: { zh: '务工人员', en: 'Worker' },
  vehicle: { zh: '车辆', en: 'Vehicle' },
} as const satisfies Record<(typeof KINDS)[number], { zh: string; en: string }>

/** What stands on a pass. */
export const fields = {
  number: f.code({ label: { zh: '证号', en: 'Number' }, pattern: PASS_NUMBER, example: '7K3M-Q0ZD-5V8H', optional: true }),
  closure: f.record({ label: { zh: '封控决定', en: 'Closing order' }, of: 'closure' }),
  kind: f.choice({ label: { zh: '种类', en: 'Kind' }, options: KIND_LABELS }),
  household: f.record({ label: { zh: '家庭', en: 'Household' }, of: 'household', optional: true }),
  person: f.person({ label: { zh: '持证人', en: 'Holder' }, optional: true }),
  plate: f.text({ label: { zh: '车牌', en: 'Number plate' }, max: 12, sensitive: true, find: 'exact', foundAs: PLATE, optional: true }),
  trade: f.text({ label: { zh: '行业', en: 'Trade' }, max: 40, optional: true }),
  validFrom: f.moment({ label: { zh: '有效期起', en: 'Valid from' } }),
  validTo: f.moment({ label: { zh: '有效期止', en: 'Valid to' } }),
  stopReason: f.text({ label: { zh: '停用原因', en: 'Why stopped' }, hint: NAMELESS, max: 200, optional: true }),
  stoppedAt: f.moment({ label: { zh: '停用时间', en: 'Stopped at' }, optional: true }),
  movedAway: f.flag({ label: { zh: '已迁出封控范围', en: 'Moved out of the order' }, optional: true }),
} as const

export type PassSituation = Situation<typeof fields>
