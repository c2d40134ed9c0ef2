import { type DailyDuty, daysBetween, type TimedDuty, where } from '@guatu/kernel'
import { closure } from './closure.ts'
import { LIMITING } from './limits.ts'

/** At its start, what is approved and announced begins; at its end, whatever stands lapses. */
export const timed: readonly TimedDuty[] = [
  {
    name: 'closure-begin',
    record: 'closure',
    where: { op: 'every', of: [where(closure, { state: 'approved' }), { op: 'given', field: 'announcedAt' }] },
    at: 'start',
    act: (row, moment) => (String(row.fields.end) > moment ? { action: 'begin', input: {} } : undefined),
  },
  {
    name: 'closure-lapse',
    record: 'closure',
    where: where(closure, { state: ['submitted', 'approved', ...LIMITING] }),
    at: 'end',
    act: () => ({ action: 'lapse', input: {} }),
  },
]

/**
 * A review date that passed without a review is an alarm from the next midnight on; whoever still does not look after the days of grace lets the
 * order lapse, as if its end had come.
 */
export const dailyReview: DailyDuty = {
  name: 'closure-review',
  record: 'closure',
  where: where(closure, { state: [...LIMITING] }),
  act: (row, day, parameter) => {
    const { reviewBy, reviewOverdue } = row.fields
    if (typeof reviewBy !== 'string' || reviewBy >= day) return undefined
    if (daysBetween(reviewBy, day) > parameter<number>('closures.review.grace')) return { action: 'lapse', input: {} }
    return reviewOverdue === true ? undefined : { action: 'flagReview', input: { reviewOverdue: true } }
  },
}
