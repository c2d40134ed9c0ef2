import type { DomainEvent, Registry } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { Seals } from '../identity/seals.ts'
import type { Batch } from './batch.ts'
import { GENESIS, type Link, link } from './chain.ts'
import { eventsPiece } from './event-rows.ts'
import type { Head, Memory } from './memory.ts'
import { hashesIn } from './named-files.ts'
import type { Stretch } from './own-writing.ts'
import { type Passage, pieceOf, type Ready, type Runner, readyToWrite, writeThrough } from './statements.ts'

/** What a batch decided, ready to be written: its statement, and where the chains will stand. */
export interface Prepared {
  readonly batch: Batch
  /** Undefined when there is nothing to write. */
  readonly ready: Ready | undefined
  readonly heads: ReadonlyMap<string, Head>
  /** The numbers that its events take. */
  readonly stretches: readonly Stretch[]
}

/**
 * Makes the one statement that a batch is written by: events with their links, chain heads, states, books. `below` was prepared before it and is
 * not yet known to be written: the chains go on from where it leaves them.
 */
export async function prepare(run: Keeper, batch: Batch, memory: Memory, below?: Prepared): Promise<Prepared> {
  const { work } = batch
  if (work.events.length === 0) return { batch, ready: undefined, heads: new Map(), stretches: [] }
  const heads = await headsOf(run, [...new Set(work.events.map((e) => e.county))].sort(), memory, below?.heads)
  const before = new Map([...heads].map(([county, { seq }]) => [county, seq]))
  const seals = await Seals.forActs(run, work.registry, work.events)
  const linked = work.events.map((act) => {
    // What is chained is what is stored: the chain stays whole when a key is erased.
    const event = seals.event(act)
    const head = heads.get(event.county) ?? { county: event.county, seq: 0, hash: GENESIS }
    const next = { county: event.county, seq: head.seq + 1, hash: link(head.hash, event) }
    heads.set(event.county, next)
    return { event, seq: next.seq, hash: next.hash }
  })
  batch.last = linked.at(-1)
  const chains = pieceOf(
    'chains',
    `insert into chains (county, seq, hash) select county, seq, hash from $rows as t
     on conflict (county) do update set seq = excluded.seq, hash = excluded.hash`,
    [...heads.values()],
  )
  const mentions = pieceOf(
    'file_mentions',
    `insert into file_mentions (county, hash, record, record_id) select county, hash, record, record_id from $rows as t
     on conflict do nothing`,
    work.events.flatMap((event) => mentionsOf(work.registry, event)),
  )
  const stretches = [...heads.values()].map(({ county, seq }) => ({ county, from: (before.get(county) ?? 0) + 1, to: seq }))
  return {
    batch,
    heads,
    stretches,
    ready: await readyToWrite(run, work.assumed(), [eventsPiece(linked), chains, mentions, ...work.pieces(seals)]),
  }
}

/** Each file once, by the record that names it. */
function mentionsOf({ records }: Registry, event: DomainEvent) {
  const def = records.get(event.record)
  const { county, record, recordId } = event
  const hashes = def ? hashesIn(def, event) : []
  return hashes.length === 0 ? [] : [...new Set(hashes)].map((hash) => ({ county, hash, record, record_id: recordId }))
}

/**
 * Writes what was prepared, all of it or nothing: when another process wrote since `turn`, or something taken for new is there already, no turn is
 * taken and nothing is written. The memory learns what was.
 */
export async function append(run: Runner, { batch, ready, heads }: Prepared, turn: number, memory: Memory): Promise<Passage> {
  if (!ready) return { taken: turn, seen: turn }
  const passage = await writeThrough(run, ready, turn)
  if (passage.taken !== null) memory.learn(passage.taken, heads.values(), batch.work.changed())
  return passage
}

/** Whether a batch with this last link stands in the log; it was written whole or not at all. */
export async function wasWritten(run: Runner, last: Link | undefined): Promise<boolean> {
  if (!last) return false
  const rows = await run.query('select 1 from events where id = $1 and county = $2 and hash = $3', [
    last.event.id,
    last.event.county,
    last.hash,
  ])
  return rows.length > 0
}

/** The last links of the chains that a batch adds to. */
async function headsOf(
  run: Runner,
  counties: readonly string[],
  memory: Memory,
  below?: ReadonlyMap<string, Head>,
): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>()
  const missing: string[] = []
  for (const county of counties) {
    const head = below?.get(county) ?? memory.head(county)
    if (head) heads.set(county, head)
    else missing.push(county)
  }
  if (missing.length > 0) {
    const read = await run.query<Head>('select county, seq, hash from chains where county = any($1::text[])', [missing])
    for (const head of read) heads.set(head.county, head)
  }
  return heads
}
