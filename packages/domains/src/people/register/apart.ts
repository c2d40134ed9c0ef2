import { type Act, CORRECT, type Follow, type Places, type RecordState } from '@guatu/kernel'
import { goesAlong, held, isForWork, RESUMABLE, standing } from './moving.ts'
import { AS_TAKEN, standsAt, type TakenForOne, takenForOne } from './taken-for-one.ts'

const MINE = { by: 'person', doubles: 'person', onward: true } as const

/** What was declared, who was observed, crossed a gate and was sent to the clinic, under whichever of the entries that were one. */
export const APART = {
  entries: { record: 'person', by: 'mergedInto', sees: AS_TAKEN, doubles: 'person', onward: true },
  arrivals: { ...MINE, record: 'arrival', sees: ['person', 'watch'] },
  watches: { ...MINE, record: 'watch', sees: ['person', 'household', 'site', ...RESUMABLE] },
  transfers: { ...MINE, record: 'transfer', sees: ['person', 'lines', 'wentTo'] },
  crossings: { ...MINE, record: 'crossing', sees: ['person'] },
  departures: { ...MINE, record: 'departure', sees: ['person'] },
  passes: { ...MINE, record: 'pass', sees: ['person', 'kind', 'movedAway'] },
} as const

interface Unmerging {
  readonly before: { readonly household?: string; readonly wentTo?: string; readonly mergedInto?: string } | undefined
  readonly act: Pick<Act, 'recordId' | 'day'>
  readonly area: string
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Whoever was taken for somebody else goes their own way, and the other one theirs. */
export function eachTheirOwn(at: Unmerging): readonly Follow[] {
  const taken = takenForOne(at.related.entries ?? [], at.act.recordId, at.before?.mergedInto)
  const leaves = ({ fields }: RecordState) => taken.below.includes(String(fields.person))
  return [...observedApart(at, leaves), ...sentApart(at, leaves), ...goesBack(at, taken)]
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

/**
 * What stands where the one that stays is goes to where the entry is: whoever was taken for them is there, with their household. Whoever had been
 * merged into that entry before is there only if they had gone along with it, and else where they were.
 */
function goesBack({ before, act, area, places, related }: Unmerging, { below, above, way }: TakenForOne): readonly Follow[] {
  const went = [before?.wentTo, ...above.map(({ fields }) => fields.wentTo)].filter((one) => typeof one === 'string')
  if (went.length === 0) return []
  const now = (one: unknown) => places.heirs(String(one), act.day)[0] ?? String(one)
  const under = (one: string, stand: string) => {
    const wide = places.path(stand, act.day)
    return wide !== undefined && places.path(one, act.day)?.startsWith(wide) === true
  }
  const last = now(went.at(-1))
  const follows = below.flatMap((entry): readonly Follow[] => {
    const steps = entry === act.recordId ? [] : way(entry)
    const [own] = steps
    const to = now(standsAt(steps, area))
    const stands = [...went, ...steps.map(({ fields }) => fields.wentTo), own?.area].filter((one) => one !== undefined).map(now)
    const from = stands.filter((one) => one !== to)
    const theirs = (rows: readonly RecordState[]) => rows.filter(({ fields }) => fields.person === entry)
    const left = (row: RecordState) => from.some((one) => under(standing(row), one))
    const rows = Object.fromEntries(Object.entries(related).map(([name, all]) => [name, theirs(all).filter(left)]))
    // Who went along has left the homes of those who did.
    const gone = steps.findLastIndex(({ fields }) => fields.wentTo !== undefined)
    const host = steps.slice(gone + 1).findLast(({ fields }) => fields.household !== undefined)
    const home = before?.household ?? host?.fields.household
    const merged = gone >= 0 || (home !== undefined && (before?.household === undefined ? host !== own : own !== undefined))
    const athome = () => ({ ...(home === undefined ? {} : { household: home }), merged })
    const passes = theirs(related.passes ?? [])
    return [
      ...goesAlong(rows, { from, to, day: act.day }, athome),
      ...(last === to ? [] : passesLeave(passes, last, to)),
      ...(last !== to && to === now(own?.area ?? area) ? passesBack(passes) : []),
    ]
  })
  // A transfer goes along with an observation of its person: its own way is the last.
  const late = ({ record }: Follow) => (record === 'transfer' ? 1 : 0)
  return follows.toSorted((a, b) => late(a) - late(b))
}

const passesLeave = (passes: readonly RecordState[], left: string, to: string): readonly Follow[] =>
  passes.filter(isForWork).map(({ id }) => held(id, left, to))

/** What ended with a move that was none of theirs holds again. */
const passesBack = (passes: readonly RecordState[]): readonly Follow[] =>
  passes
    .filter(({ state, fields }) => state === 'revoked' && fields.movedAway === true)
    .map(
      ({ id }): Follow => ({
        record: 'pass',
        recordId: id,
        action: CORRECT,
        input: { act: { action: 'leaveScope', input: { merged: true } }, reason: '合并登记已撤销', void: true },
      }),
    )
