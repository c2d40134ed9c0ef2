import { type RecordState, type StandingDuty, toExpression } from '@guatu/kernel'
import { STRICTNESS } from '../arrivals/rule.ts'
import { isUnderWay, TRANSFERS } from '../care/sick.ts'
import type { Kind } from '../options.ts'
import { isOpen } from './fields.ts'

const { record, by, sees, doubles } = TRANSFERS.transfers

/** The one that stays of several: the stricter measure, then whoever is lodged, then the entry of the register that stays, then the first. */
function stays(open: readonly RecordState[], merged: ReadonlySet<unknown>): RecordState | undefined {
  const rank = ({ fields }: RecordState) => [
    STRICTNESS[fields.kind as Kind],
    fields.site === undefined ? 0 : 1,
    merged.has(fields.person) ? 0 : 1,
  ]
  const before = (a: RecordState, b: RecordState) => {
    const [one, other] = [rank(a), rank(b)]
    const i = one.findIndex((value, at) => value !== other[at])
    if (i >= 0) return (other[i] ?? 0) - (one[i] ?? 0)
    return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? -1 : 1
  }
  return open.toSorted(before)[0]
}

/**
 * Two entries of the register turn out to be one person while both are under observation: one observation stays. And whoever is on the way to the
 * clinic under one entry is so under the other.
 */
const together: StandingDuty = {
  name: 'watch-together',
  record: 'person',
  where: { op: 'every', of: [toExpression({ state: 'merged' }), { op: 'given', field: 'mergedInto' }] },
  on: ['person.merge', 'watch.enter', 'watch.begin', 'watch.reopen', 'watch.resume', 'watch.double', 'transfer.open'],
  related: {
    mine: { record: 'watch', by: 'person', sees: ['person', 'kind', 'site', 'transfer'], doubles: 'person' },
    entries: { record: 'person', by: 'mergedInto', sees: [], doubles: 'person' },
    transfers: { record, by, sees, doubles },
  },
  act: (_entry, { day, related }) => {
    const open = (related.mine ?? []).filter(isOpen)
    const kept = stays(open, new Set((related.entries ?? []).filter(({ state }) => state === 'merged').map(({ id }) => id)))
    if (!kept) return undefined
    const other = open.find(({ id }) => id !== kept.id)
    if (other) return { record: 'watch', recordId: other.id, action: 'double', input: { keptBy: kept.id } }
    const way = (related.transfers ?? []).find(isUnderWay)
    if (!way || kept.fields.transfer !== undefined) return undefined
    const signs = way.fields.reason === 'signs' ? { signsOn: day } : {}
    return { record: 'watch', recordId: kept.id, action: 'attend', input: { transfer: way.id, ...signs } }
  },
}

/** They are two people after all, or the observation that stayed was none: the other one goes on. */
const apart: StandingDuty = {
  name: 'watch-apart',
  record: 'watch',
  where: { op: 'every', of: [toExpression({ state: 'void' }), { op: 'given', field: 'keptBy' }] },
  on: ['person.unmerge', 'watch.void', 'watch.unask'],
  anywhere: true,
  related: {
    kept: { record: 'watch', at: 'keptBy', sees: ['keptBy'] },
    mine: { record: 'watch', by: 'person', through: 'person', sees: [], doubles: 'person' },
  },
  act: ({ id }, { related }) => {
    const [kept] = related.kept ?? []
    const mine = related.mine ?? []
    const onePerson = mine.some((one) => one.id === kept?.id)
    const over = kept?.state === 'void' && kept.fields.keptBy === undefined
    if (onePerson && !over) return undefined
    // Whoever is observed otherwise by now is not observed twice for it.
    return mine.some((one) => one.id !== id && isOpen(one)) ? undefined : { action: 'separate', input: {} }
  },
}

export const onceObserved: readonly StandingDuty[] = [together, apart]
