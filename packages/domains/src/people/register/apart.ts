import type { Act, Follow, RecordState } from '@guatu/kernel'

const MINE = { by: 'person', doubles: 'person', onward: true } as const

/** What was declared, who was observed, crossed a gate and was sent to the clinic, under whichever of the entries that were one. */
export const APART = {
  entries: { record: 'person', by: 'mergedInto', sees: ['mergedInto'], doubles: 'person', onward: true },
  arrivals: { ...MINE, record: 'arrival', sees: ['person', 'watch'] },
  watches: { ...MINE, record: 'watch', sees: ['person', 'household'] },
  transfers: { ...MINE, record: 'transfer', sees: ['person', 'lines'] },
  crossings: { ...MINE, record: 'crossing', sees: ['person'] },
} as const

interface Unmerging {
  readonly act: Pick<Act, 'recordId'>
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Whoever was taken for somebody else goes their own way, and the other one theirs. */
export function eachTheirOwn(at: Unmerging): readonly Follow[] {
  const { entries = [] } = at.related
  const leaving = new Set<unknown>([at.act.recordId])
  for (const _ of entries) for (const { id, fields } of entries) if (leaving.has(fields.mergedInto)) leaving.add(id)
  const leaves = ({ fields }: RecordState) => leaving.has(fields.person)
  return [...observedApart(at, leaves), ...sentApart(at, leaves)]
}

type Leaves = (row: RecordState) => boolean

/** They are observed on their own for what was declared of them, and the other one for it no more. */
function observedApart({ related: { arrivals = [], watches = [] } }: Unmerging, leaves: Leaves): readonly Follow[] {
  const of = new Map<unknown, boolean>(watches.map((one) => [one.id, leaves(one)]))
  return arrivals
    .filter((one) => of.has(one.fields.watch) && of.get(one.fields.watch) !== leaves(one))
    .map(({ id }) => ({ record: 'arrival', recordId: id, action: 'part', input: {} }))
}

/** A transfer is that of the entry under which it was asked for: it parts with what is of the other one. */
function sentApart({ related }: Unmerging, leaves: Leaves): readonly Follow[] {
  const { transfers = [], watches = [], arrivals = [], crossings = [] } = related
  return transfers.flatMap((transfer): readonly Follow[] => {
    const others = (rows: readonly RecordState[]) => rows.filter((one) => leaves(one) !== leaves(transfer))
    const [theirs, lines] = [others(watches), new Set(Array.isArray(transfer.fields.lines) ? transfer.fields.lines : [])]
    const ids = (rows: readonly RecordState[]) => rows.map(({ id }) => id)
    const input = {
      watches: ids(theirs),
      households: [...new Set(theirs.flatMap(({ fields }) => fields.household ?? []))],
      arrivals: ids(others(arrivals)),
      lines: ids(others(crossings)).filter((id) => lines.has(id)),
    }
    const some = Object.values(input).some((list) => list.length > 0)
    return some ? [{ record: 'transfer', recordId: transfer.id, action: 'part', input }] : []
  })
}
