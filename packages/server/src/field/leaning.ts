import { type Command, isId } from '@guatu/kernel'
import { namedBy, recordNamed } from '../store/log/mentions.ts'
import { sqlOf } from '../store/log/state-rows.ts'
import type { Store } from '../store/store.ts'

type Kept = Pick<Store, 'db' | 'registry'>

/** What of an act of the box says on what it builds. */
export interface Leaning {
  readonly id: string
  readonly record: string
  readonly record_id: string
  readonly action: string
  readonly happened_at: Date
}

/**
 * What has to be taken over before each of these acts, in its order: what was done before it on the same record and still waits, and whatever makes a record
 * that it names and that is not there yet; and what those build on in turn. Of an act that does not open nobody knows what it names.
 */
export async function buildsOn<R extends Leaning>(
  at: Kept,
  acts: readonly R[],
  waitingOn: (ids: readonly string[]) => Promise<readonly R[]>,
  commandOf: (row: R) => Command | undefined,
): Promise<ReadonlyMap<string, readonly R[]>> {
  const named = new Map<string, ReadonlySet<string>>()
  const rows = new Map<string, R>()
  const asked = new Set<string>()
  for (let fresh = acts; fresh.length > 0; ) {
    for (const row of fresh) {
      rows.set(row.id, row)
      const act = commandOf(row)
      named.set(row.id, act ? namesOf(at, act) : new Set())
    }
    const ids = fresh.flatMap((row) => [row.record_id, ...(named.get(row.id) ?? [])]).filter((id) => !asked.has(id))
    for (const id of ids) asked.add(id)
    fresh = ids.length === 0 ? [] : (await waitingOn([...new Set(ids)])).filter(({ id }) => !rows.has(id))
  }
  const isMaking = ({ record, action }: R) => makes(at, record, action)
  const there = await existing(at, [...rows.values()].filter(isMaking))
  const ofRecord = Map.groupBy(rows.values(), (row) => row.record_id)
  const earlier = (a: R, b: R) =>
    Number(isMaking(b)) - Number(isMaking(a)) || a.happened_at.getTime() - b.happened_at.getTime() || (a.id < b.id ? -1 : 1)
  const direct = (row: R): readonly R[] => {
    const before = (ofRecord.get(row.record_id) ?? []).filter((one) => one.id !== row.id && earlier(one, row) < 0)
    const makers = [...(named.get(row.id) ?? [])].flatMap((id) => (there.has(id) ? [] : (ofRecord.get(id) ?? []).filter(isMaking)))
    return [...makers, ...before].sort(earlier)
  }
  return new Map(acts.map((row) => [row.id, inOrder(row, direct)]))
}

/** Everything under a row, what comes first first; a circle is no reason to go round for ever. */
function inOrder<R extends Leaning>(row: R, direct: (row: R) => readonly R[]): readonly R[] {
  const out: R[] = []
  const met = new Set([row.id])
  const visit = (one: R) => {
    for (const under of direct(one)) {
      if (met.has(under.id)) continue
      met.add(under.id)
      visit(under)
      out.push(under)
    }
  }
  visit(row)
  return out
}

/** Does an act make its record? */
export const makes = ({ registry }: Pick<Kept, 'registry'>, record: string, action: string): boolean =>
  registry.records.get(record)?.actions[action]?.from === 'new'

/** Records that an act names. */
export function namesOf({ registry }: Pick<Kept, 'registry'>, act: Command): ReadonlySet<string> {
  const def = registry.records.get(act.record)
  const names = def ? namedBy(def, act).filter((one) => recordNamed(registry, one) !== undefined) : []
  return new Set(names.map(({ id }) => id).filter((id) => isId(id) && id !== act.recordId))
}

async function existing({ db, registry }: Kept, rows: readonly Leaning[]): Promise<ReadonlySet<string>> {
  const there = new Set<string>()
  for (const [record, of] of Map.groupBy(rows, (row) => row.record)) {
    const def = registry.records.get(record)
    if (!def) continue
    const ids = of.map((row) => row.record_id)
    for (const { id } of await db.query<{ id: string }>(`select id from ${sqlOf(def).table} where id = any($1::uuid[])`, [ids]))
      there.add(id)
  }
  return there
}
