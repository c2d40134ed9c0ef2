import { type AnyRecord, type DomainEvent, postings, type Registry, steps } from '@guatu/kernel'
import { walkChain } from '../audit/chains.ts'
import type { Database } from '../database/index.ts'
import type { Keeper } from '../identity/keeper.ts'
import { Seals } from '../identity/seals.ts'
import { EVENT_COLUMNS, type EventRow, fromEventRow, fromStateRow, type Runner, type StateRow, sqlOf, writeStates } from '../log/rows.ts'
import type { AreaIndex } from '../log/workspace.ts'
import { hasIdentity } from '../schema/model.ts'
import { Books } from '../tallies/books.ts'

export interface RebuildReport {
  readonly events: number
  readonly records: number
  readonly tallies: number
  /** What did not agree with the events; at most 100 are named. */
  readonly differences: readonly string[]
  readonly seconds: number
}

export interface RebuildOptions {
  /** Only compares, changes nothing. */
  readonly check: boolean
  readonly onProgress?: (done: number, all: number) => void
}

const PAGE = 20_000
const MOST_NAMED = 100

/** Reads all events of one record type, grouped by record, in pages. */
async function* histories(run: Keeper, record: string): AsyncGenerator<DomainEvent[][]> {
  let after = { id: '00000000-0000-0000-0000-000000000000', at: new Date(0), event: '00000000-0000-0000-0000-000000000000' }
  let open: DomainEvent[] = []
  for (;;) {
    const rows = await run.query<EventRow>(
      `select ${EVENT_COLUMNS} from events where record = $1 and (record_id, happened_at, id) > ($2::uuid, $3::timestamptz, $4::uuid)
       order by record_id, happened_at, id limit ${PAGE}`,
      [record, after.id, after.at, after.event],
    )
    const done: DomainEvent[][] = []
    for (const row of rows) {
      const event = fromEventRow(run, row)
      if (open.length > 0 && open[0]?.recordId !== event.recordId) {
        done.push(open)
        open = []
      }
      open.push(event)
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) {
      if (open.length > 0) done.push(open)
      yield done
      return
    }
    after = { id: last.record_id, at: last.happened_at, event: last.id }
    yield done
  }
}

/**
 * Folds every event again and compares (or replaces) states and books, and walks the hash chain of every county. The result of
 * a rebuild is the same, bit for bit, as what the write path had kept (design law 4).
 */
export async function rebuild(
  db: Database<unknown>,
  registry: Registry,
  areas: AreaIndex,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const started = performance.now()
  const differences: string[] = []
  const differ = (what: string) => {
    if (differences.length < MOST_NAMED) differences.push(what)
  }
  const [total] = await db.query<{ n: number }>('select count(*) as n from events')
  const all = Number(total?.n ?? 0)
  const books = new Books()
  let events = 0
  let records = 0

  const work = async (run: Keeper) => {
    // Whoever writes, in whichever process, waits for the end of this and then forgets what it remembered.
    if (!options.check) await run.query('update turns set taken = taken + 1 where one')
    for (const def of registry.records.values()) {
      const sql = sqlOf(def)
      if (!options.check) await run.query(`delete from ${sql.table}`)
      for await (const page of histories(run, def.name)) {
        const states = page.flatMap((history) => {
          const state = foldInto(books, registry, def, history, areas)
          events += history.length
          return state ? [{ state, path: areas.currentPath(state.area) ?? '' }] : []
        })
        records += states.length
        if (options.check) await compareStates(run, def, states, differ)
        else
          await writeStates(
            run,
            sql,
            states,
            await Seals.forRecords(run, registry, hasIdentity(def) ? states.map(({ state }) => state.id) : []),
          )
        options.onProgress?.(events, all)
      }
      if (options.check) await countStates(run, def, differ)
    }
    if (options.check) await compareBooks(run, books, differ)
    else {
      await run.query('delete from tallies')
      await books.post(run)
    }
    await checkChains(run, differ)
  }
  if (options.check) await db.snapshot(work)
  else await db.transaction(work)
  return { events, records, tallies: books.lines().length, differences, seconds: (performance.now() - started) / 1000 }
}

function foldInto(books: Books, registry: Registry, def: AnyRecord, history: readonly DomainEvent[], areas: AreaIndex) {
  const measures = registry.measures.get(def.name) ?? []
  const all = steps(def, history)
  for (const s of all) books.add(s.event.county, postings(measures, s.event, s.before, s.after, areas.lineage))
  const last = all.at(-1)
  return last && { ...last.after, version: history.length }
}

async function compareStates(
  run: Keeper,
  def: AnyRecord,
  states: readonly { state: ReturnType<typeof fromStateRow>; path: string }[],
  differ: (what: string) => void,
): Promise<void> {
  const sql = sqlOf(def)
  const ids = states.map(({ state }) => state.id)
  const rows =
    ids.length === 0 ? [] : await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where id = any($1::uuid[])`, [ids])
  const stored = new Map(rows.map((row) => [row.id, { state: fromStateRow(run, sql, row), row }]))
  for (const { state, path } of states) {
    const found = stored.get(state.id)
    if (!found) differ(`${def.name} ${state.id}: the events make a record that is not stored`)
    else if (ordered({ ...state, path }) !== ordered({ ...found.state, path: found.row.path }))
      differ(`${def.name} ${state.id}: the stored state differs from its events`)
    else if (Object.entries(run.vault.finder.tokens(def, state.fields)).some(([column, token]) => found.row[column] !== token))
      differ(`${def.name} ${state.id}: it is not found by what its events say`)
  }
}

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )

async function countStates(run: Runner, def: AnyRecord, differ: (what: string) => void): Promise<void> {
  const [row] = await run.query<{ n: number }>(
    `select count(*) as n from ${sqlOf(def).table} r where not exists (select 1 from events e where e.record = $1 and e.record_id = r.id)`,
    [def.name],
  )
  if (row && Number(row.n) > 0) differ(`${def.name}: ${row.n} stored records have no event`)
}

async function compareBooks(run: Runner, books: Books, differ: (what: string) => void): Promise<void> {
  const rows = await run.query<{
    county: string
    measure: string
    area: string
    day: string
    entered: number
    left: number
    moved_in: number
    moved_out: number
  }>('select county, measure, area, day, entered, "left", moved_in, moved_out from tallies')
  const text = (entered: number, left: number, movedIn: number, movedOut: number) => `${entered}/${left}/${movedIn}/${movedOut}`
  const ours = new Map(
    books.lines().map((p) => [`${p.county} ${p.measure} ${p.area} ${p.day}`, text(p.entered, p.left, p.movedIn, p.movedOut)]),
  )
  for (const row of rows) {
    const key = `${row.county} ${row.measure} ${row.area} ${row.day}`
    const stored = text(row.entered, row.left, row.moved_in, row.moved_out)
    const expected = ours.get(key) ?? '0/0/0/0'
    if (stored !== expected) differ(`tally ${key}: stored ${stored}, the events say ${expected}`)
    ours.delete(key)
  }
  for (const [key, expected] of ours) differ(`tally ${key}: not stored, the events say ${expected}`)
}

/** Walks the chain of every county: one changed, missing or inserted event breaks it. */
async function checkChains(run: Runner, differ: (what: string) => void): Promise<void> {
  const heads = await run.query<{ county: string; seq: number; hash: string }>('select county, seq, hash from chains order by county')
  for (const head of heads) {
    const { county, brokenAt, verifiedTo } = await walkChain(run, head)
    if (brokenAt !== undefined)
      differ(`chain of ${county}: broken at event ${brokenAt}; whole up to ${verifiedTo}, the head says ${head.seq}`)
  }
}
