import type { Act, Follow, RecordState } from '@guatu/kernel'

const MINE = { by: 'person', doubles: 'person', onward: true } as const

/** What was declared and who was observed, under whichever of the entries that were one. */
export const APART = {
  entries: { record: 'person', by: 'mergedInto', sees: ['mergedInto'], doubles: 'person', onward: true },
  arrivals: { ...MINE, record: 'arrival', sees: ['person', 'watch'] },
  watches: { ...MINE, record: 'watch', sees: ['person'] },
} as const

interface Unmerging {
  readonly act: Pick<Act, 'recordId'>
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Whoever was taken for somebody else is observed on their own for what was declared of them, and the other one for it no more. */
export function observedApart({ act, related }: Unmerging): readonly Follow[] {
  const { entries = [], arrivals = [], watches = [] } = related
  const leaving = new Set<unknown>([act.recordId])
  for (const _ of entries) for (const { id, fields } of entries) if (leaving.has(fields.mergedInto)) leaving.add(id)
  const leaves = new Map<unknown, boolean>(watches.map(({ id, fields }) => [id, leaving.has(fields.person)]))
  return arrivals
    .filter(({ fields }) => leaves.has(fields.watch) && leaves.get(fields.watch) !== leaving.has(fields.person))
    .map(({ id }) => ({ record: 'arrival', recordId: id, action: 'part', input: {} }))
}
