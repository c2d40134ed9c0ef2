import { type StandingDuty, toExpression } from '@guatu/kernel'

/** A departure whose confirmation was voided by a correction ended nothing: the observation goes on while its period runs. */
export const notGone: StandingDuty = {
  name: 'watch-not-gone',
  record: 'watch',
  where: { op: 'every', of: [toExpression({ state: 'transferred' }), { op: 'given', field: 'departure' }] },
  on: ['departure'],
  related: {
    departure: { record: 'departure', at: 'departure', sees: [] },
    mine: { record: 'watch', by: 'person', through: 'person', sees: [], doubles: 'person' },
  },
  act: ({ fields }, { day, related }) => {
    const gone = related.departure?.[0]?.state
    const other = (related.mine ?? []).some(({ state }) => state === 'watching' || state === 'absent')
    return gone === 'declared' && !other && String(fields.until ?? '') > day ? { action: 'resume', input: {} } : undefined
  },
}
