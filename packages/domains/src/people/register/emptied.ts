import { type StandingDuty, toExpression } from '@guatu/kernel'

/** A household whose only person turned out to be somebody else's second entry was never there. */
const empty: StandingDuty = {
  name: 'household-empty',
  record: 'person',
  where: { op: 'every', of: [toExpression({ state: 'merged' }), { op: 'given', field: 'household' }] },
  on: ['person.merge'],
  related: {
    home: { record: 'household', at: 'household', sees: [] },
    members: { record: 'person', by: 'household', through: 'household', sees: [] },
  },
  act: ({ id }, { related }) => {
    const [home] = related.home ?? []
    const lived = (related.members ?? []).some(({ state }) => state === 'registered')
    return home?.state === 'registered' && !lived
      ? { record: 'household', recordId: home.id, action: 'empty', input: { emptiedBy: id } }
      : undefined
  },
}

/** Undone, or with somebody else entered there, it is there again. One that somebody dissolved stays dissolved. */
const refilled: StandingDuty = {
  name: 'household-refilled',
  record: 'household',
  where: { op: 'every', of: [toExpression({ state: 'dissolved' }), { op: 'given', field: 'emptiedBy' }] },
  on: ['person.unmerge', 'person.register', 'person.update', 'person.changeHousehold'],
  related: { members: { record: 'person', by: 'household', sees: [] } },
  act: (_row, { related }) =>
    (related.members ?? []).some(({ state }) => state === 'registered') ? { action: 'refill', input: {} } : undefined,
}

export const emptied: readonly StandingDuty[] = [empty, refilled]
