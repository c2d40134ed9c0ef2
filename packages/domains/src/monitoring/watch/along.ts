import { type Follow, MOVE, type RecordState } from '@guatu/kernel'
import { isOfTransfer } from '../care/told.ts'
import { OPEN, TASKS } from './entrusted.ts'
import type { WatchSituation } from './fields.ts'

const TO_THE_CLINIC: readonly string[] = ['open', 'sent', 'admitted']

/** What goes along with an observation to another area; what becomes known late of it follows. */
export const ALONG = {
  needs: { ...TASKS.needs, sees: ['kind', 'household'], onward: true },
  visits: { ...TASKS.visits, sees: [], onward: true },
  transfers: { record: 'transfer', by: 'person', through: 'person', sees: [], doubles: 'person', onward: true },
} as const

/** Whoever is observed elsewhere is looked after there: what is still to be done for them goes along. */
export function tasksGoAlong({ related, area, act }: WatchSituation): readonly Follow[] {
  if (act.area === area) return []
  // Told is where the transfer stands, which goes along itself.
  const own = (one: RecordState) => one.fields.kind !== 'tell' || !isOfTransfer(one)
  return (['needs', 'visits', 'transfers'] as const).flatMap((name) =>
    (related[name] ?? [])
      .filter((one) => name !== 'needs' || own(one))
      .filter(({ state }) => (name === 'transfers' ? TO_THE_CLINIC : OPEN).includes(state))
      .map(({ id }) => ({ record: ALONG[name].record, recordId: id, action: MOVE, area: act.area, input: {} })),
  )
}
