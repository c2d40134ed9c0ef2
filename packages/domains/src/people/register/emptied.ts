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
  on: ['person.unmerge', 'person.register', 'person.update', 'person.changeHousehold', 'person.comeHome'],
  related: { members: { record: 'person', by: 'household', sees: [] } },
  act: ({ fields }, { related }) => {
    const living = (related.members ?? []).filter(({ state }) => state === 'registered')
    if (living.length === 0) return undefined
    // Whoever lives there from now on is given a pass of their own; whose home it was all the time has the one they had.
    return { action: 'refill', input: living.some(({ id }) => id === fields.emptiedBy) ? { undone: true } : {} }
  },
}

export const emptied: readonly StandingDuty[] = [empty, refilled]
