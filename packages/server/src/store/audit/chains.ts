import type { Clock } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { GENESIS, link } from '../log/chain.ts'
import { type EventRow, type Runner, STORED_COLUMNS, storedEvent } from '../log/rows.ts'

/** What the last walk over one county's chain found. */
export interface ChainState {
  readonly county: string
  /** The head: number and hash of the newest event. */
  readonly seq: number
  readonly hash: string
  /** Every event up to this number was found unchanged. */
  readonly verifiedTo: number
  /** Number of the first event that does not fit; the log was tampered with there. */
  readonly brokenAt?: number
}

export interface ChainReport {
  readonly at: string
  readonly seconds: number
  readonly events: number
  readonly chains: readonly ChainState[]
}

const PAGE = 20_000
const FACT = 'chains.verified'

/** Walks a chain to its head. One changed, missing or inserted event breaks it. */
export async function walkChain(
  run: Runner,
  head: { readonly county: string; readonly seq: number; readonly hash: string },
): Promise<ChainState> {
  let hash = GENESIS
  let seq = 0
  for (;;) {
    const rows = await run.query<EventRow>(
      `select ${STORED_COLUMNS} from events where county = $1 and seq > $2 order by seq limit ${PAGE}`,
      [head.county, seq],
    )
    for (const row of rows) {
      const next = link(hash, storedEvent(row))
      if (Number(row.seq) !== seq + 1 || row.hash !== next) return { ...head, verifiedTo: seq, brokenAt: Number(row.seq) }
      hash = next
      seq += 1
    }
    if (rows.length < PAGE) break
  }
  return seq === head.seq && hash === head.hash
    ? { ...head, verifiedTo: seq }
    : { ...head, verifiedTo: Math.min(seq, head.seq), brokenAt: Math.min(seq, head.seq) + 1 }
}

/** Verifies the chains of all counties on one unchanging view, and keeps the result for {@link lastVerification}. */
export async function verifyChains(db: Database<unknown>, clock: Clock): Promise<ChainReport> {
  const started = performance.now()
  const chains: ChainState[] = []
  await db.snapshot(async (run) => {
    const heads = await run.query<{ county: string; seq: number; hash: string }>('select county, seq, hash from chains order by county')
    for (const head of heads) chains.push(await walkChain(run, { ...head, seq: Number(head.seq) }))
  })
  const report: ChainReport = {
    at: clock.now().toString(),
    seconds: (performance.now() - started) / 1000,
    events: chains.reduce((sum, one) => sum + one.verifiedTo, 0),
    chains,
  }
  await db.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
    FACT,
    JSON.stringify(report),
  ])
  return report
}

/** The heads as they stand, and what the last verification found; none before the first. */
export async function lastVerification(
  db: Database<unknown>,
): Promise<{ readonly heads: readonly { county: string; seq: number; hash: string }[]; readonly last: ChainReport | null }> {
  const heads = await db.query<{ county: string; seq: number; hash: string }>('select county, seq, hash from chains order by county')
  const [fact] = await db.query<{ value: ChainReport }>('select value from facts where name = $1', [FACT])
  return { heads: heads.map((head) => ({ ...head, seq: Number(head.seq) })), last: fact?.value ?? null }
}
