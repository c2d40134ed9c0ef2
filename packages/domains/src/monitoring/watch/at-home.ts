import { type RecordState, type StandingDuty, toExpression } from '@guatu/kernel'
import { isOpen, OBSERVED } from './fields.ts'

/**
 * Whoever is observed at home is observed where they live, and while entries are merged they live where the one that stays does. A place that
 * the observation names and that was not the home of its entry is the place all the same.
 */
const atSurvivor: StandingDuty = {
  name: 'watch-at-survivor',
  record: 'person',
  where: { op: 'every', of: [toExpression({ state: 'merged' }), { op: 'given', field: 'mergedInto' }] },
  on: [
    'person.merge',
    'person.unmerge',
    'person.changeHousehold',
    'person.update',
    'watch.enter',
    'watch.begin',
    'watch.reopen',
    'watch.resume',
    'watch.double',
    'watch.separate',
  ],
  // Who moves takes the observation along, but for what became known late and was before they were one.
  concerns: ({ action, input, happenedAt, recordedAt }) =>
    (action !== 'changeHousehold' && action !== 'update') || (input.household !== undefined && happenedAt < recordedAt),
  related: {
    survivor: { record: 'person', at: 'mergedInto', sees: ['household'] },
    entries: { record: 'person', by: 'mergedInto', sees: ['household', 'mergedInto'], doubles: 'person' },
    mine: { record: 'watch', by: 'person', sees: ['person', 'household', 'atSurvivor'], doubles: 'person' },
    members: {
      record: 'person',
      by: 'household',
      through: 'mergedInto',
      via: [{ record: 'person', field: 'household' }],
      sees: [],
    },
  },
  act: (_entry, { related }) => {
    const [survivor] = related.survivor ?? []
    const open = (related.mine ?? []).filter(isOpen)
    const [watch] = open
    // Of two one goes on, and that is looked at once the other has ended.
    if (survivor?.state !== 'registered' || watch === undefined || open.length > 1) return undefined
    const { person, household: at, atSurvivor } = watch.fields
    if (person === survivor.id) return undefined
    const { household } = survivor.fields
    const homes = homesOf(related.entries ?? [], person)
    if (household === undefined) return atSurvivor === true && at !== undefined ? leftBehind(watch.id, at, homes) : undefined
    const follows = atSurvivor === true || at === undefined || at === homes[0]
    if (!follows || at === household) return undefined
    const alone = (related.members ?? []).every(({ id, state }) => state !== 'registered' || id === survivor.id)
    return { record: 'watch', recordId: watch.id, action: 'rehome', input: { household, merged: true, ...(alone ? { alone } : {}) } }
  },
}

/** Homes of an entry, and of each into which it was merged in turn. */
function homesOf(entries: readonly RecordState[], person: unknown): readonly unknown[] {
  const out: unknown[] = []
  const next = (id: unknown) => entries.find((one) => one.id === id)
  for (let one = next(person); one && out.length <= entries.length; one = next(one.fields.mergedInto)) out.push(one.fields.household)
  return out
}

/** The one that stays has no home, and that of one that is not them after all is theirs no more: the last one known is. */
function leftBehind(recordId: string, at: unknown, homes: readonly unknown[]) {
  if (homes.includes(at)) return undefined
  const host = homes.findLastIndex((one) => one !== undefined)
  const home = host < 0 ? {} : { household: homes[host] }
  return { record: 'watch', recordId, action: 'rehome', input: { ...home, merged: host > 0 } }
}

/** They are two people after all: each is observed in their own home. */
const backHome: StandingDuty = {
  name: 'watch-back-home',
  record: 'watch',
  where: toExpression({ state: OBSERVED, atSurvivor: true }),
  on: ['person.unmerge', 'watch.separate', 'watch.reopen', 'watch.resume'],
  anywhere: true,
  related: { me: { record: 'person', at: 'person', sees: ['household'] } },
  act: (_watch, { related }) => {
    const [me] = related.me ?? []
    if (me?.state !== 'registered') return undefined
    const { household } = me.fields
    return { action: 'rehome', input: { ...(household === undefined ? {} : { household }), merged: false } }
  },
}

export const atHome: readonly StandingDuty[] = [atSurvivor, backHome]
