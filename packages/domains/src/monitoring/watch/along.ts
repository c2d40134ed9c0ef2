import { type Follow, MOVE, type RecordState } from '@guatu/kernel'
import { isUnderWay, TRANSFERS } from '../care/sick.ts'
import { isOfTransfer } from '../care/told.ts'
import { OPEN, TASKS } from './entrusted.ts'
import type { WatchSituation } from './fields.ts'

/** What goes along with an observation to another area; what becomes known late of it follows. */
export const ALONG = {
  needs: { ...TASKS.needs, sees: ['kind', 'household'], onward: true },
  visits: { ...TASKS.visits, sees: [], onward: true },
  transfers: { ...TRANSFERS.transfers, sees: [], onward: true },
} as const

/** Whoever is observed elsewhere is looked after there: what is still to be done for them goes along. */
export function tasksGoAlong({ related, area, act }: WatchSituation): readonly Follow[] {
  if (act.area === area) return []
  // Told is where the transfer stands, which goes along itself.
  const own = (one: RecordState) => one.fields.kind !== 'tell' || !isOfTransfer(one)
  return (['needs', 'visits', 'transfers'] as const).flatMap((name) =>
    (related[name] ?? [])
      .filter((one) => name !== 'needs' || own(one))
      .filter((one) => (name === 'transfers' ? isUnderWay(one) : OPEN.includes(one.state)))
      .map(({ id }) => ({ record: ALONG[name].record, recordId: id, action: MOVE, area: act.area, input: {} })),
  )
}
