import { type Act, CORRECT, type Follow, type Places, type RecordState } from '@guatu/kernel'
import { goesAlong, held, isForWork, wentAlong } from './moving.ts'

const MINE = { by: 'person', doubles: 'person', onward: true } as const

/** What was declared, who was observed, crossed a gate and was sent to the clinic, under whichever of the entries that were one. */
export const APART = {
  entries: { record: 'person', by: 'mergedInto', sees: ['mergedInto', 'household'], doubles: 'person', onward: true },
  arrivals: { ...MINE, record: 'arrival', sees: ['person', 'watch'] },
  watches: { ...MINE, record: 'watch', sees: ['person', 'household', 'site'] },
  transfers: { ...MINE, record: 'transfer', sees: ['person', 'lines'] },
  crossings: { ...MINE, record: 'crossing', sees: ['person'] },
  departures: { ...MINE, record: 'departure', sees: ['person'] },
  passes: { ...MINE, record: 'pass', sees: ['person', 'kind', 'movedAway'] },
} as const

interface Unmerging {
  readonly before: { readonly household?: string; readonly wentTo?: string } | undefined
  readonly act: Pick<Act, 'recordId' | 'day'>
  readonly area: string
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Whoever was taken for somebody else goes their own way, and the other one theirs. */
export function eachTheirOwn(at: Unmerging): readonly Follow[] {
  const { entries = [] } = at.related
  const leaving = new Set<unknown>([at.act.recordId])
  for (const _ of entries) for (const { id, fields } of entries) if (leaving.has(fields.mergedInto)) leaving.add(id)
  const leaves = ({ fields }: RecordState) => leaving.has(fields.person)
  const others = entries.filter(({ id, state }) => id !== at.act.recordId && state === 'merged' && leaving.has(id))
  return [...observedApart(at, leaves), ...sentApart(at, leaves), ...goesBack(at, others, leaves)]
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

/** What stands where the one that stays is goes to where the entry is: whoever was taken for them is there, with their household. */
function goesBack({ before, act, area, places, related }: Unmerging, others: readonly RecordState[], leaves: Leaves): readonly Follow[] {
  const { wentTo, household } = before ?? {}
  if (wentTo === undefined) return []
  const [from = wentTo] = places.heirs(wentTo, act.day)
  if (from === area) return []
  const stand = places.path(from, act.day) ?? ''
  const went = (row: RecordState) => leaves(row) && (places.path(row.area, act.day) ?? '').startsWith(stand)
  const rows = Object.fromEntries(Object.entries(related).map(([name, all]) => [name, all.filter(went)]))
  const homes = new Map(others.map(({ id, fields }) => [id, fields.household]))
  const athome = ({ fields }: RecordState) => {
    const merged = household !== undefined && fields.person !== act.recordId
    const home = household ?? homes.get(String(fields.person))
    return { ...(home === undefined ? {} : { household: home }), merged }
  }
  const passes = (related.passes ?? []).filter(leaves)
  return [
    ...goesAlong(rows, { from, to: area }, athome),
    ...passes.filter(isForWork).map(({ id }) => held(id, from, area)),
    ...passes
      .filter(({ state, fields }) => state === 'revoked' && fields.movedAway === true)
      .map(
        ({ id }): Follow => ({
          record: 'pass',
          recordId: id,
          action: CORRECT,
          input: { act: { action: 'leaveScope', input: { merged: true } }, reason: '合并登记已撤销', void: true },
        }),
      ),
    ...others.map(({ id }) => wentAlong(id, area)),
  ]
}
