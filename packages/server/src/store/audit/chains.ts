import type { Clock } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import type { Keeper } from '../identity/keeper.ts'
import { GENESIS, link } from '../log/chain.ts'
import { Lane } from '../log/lane.ts'
import { countyPages, type LogLine } from '../log/pages.ts'

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

const FACT = 'chains.verified'

/** The newest event of a county's chain. */
export interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}

/** Follows a chain from its beginning, line by line. One changed, missing or inserted event breaks it. */
export class ChainWalk {
  readonly #head: Head
  #seq = 0
  #hash = GENESIS
  #brokenAt: number | undefined

  constructor(head: Head) {
    this.#head = head
  }

  take({ seq, hash, stored }: LogLine): void {
    if (this.#brokenAt !== undefined) return
    if (seq !== this.#seq + 1 || hash !== link(this.#hash, stored)) this.#brokenAt = seq
    else {
      this.#seq = seq
      this.#hash = hash
    }
  }

  /** What was found, once the last line was taken. */
  end(): ChainState {
    const { seq, hash } = this.#head
    if (this.#brokenAt !== undefined) return { ...this.#head, verifiedTo: this.#seq, brokenAt: this.#brokenAt }
    if (this.#seq === seq && this.#hash === hash) return { ...this.#head, verifiedTo: seq }
    const last = Math.min(this.#seq, seq)
    return { ...this.#head, verifiedTo: last, brokenAt: last + 1 }
  }
}

async function walked(run: Keeper, head: Head): Promise<ChainState> {
  const walk = new ChainWalk(head)
  for await (const page of countyPages(run, new Lane(), head.county, { of: 1 })) for (const line of page) walk.take(line)
  return walk.end()
}

/** Verifies the chains of all counties on one unchanging view, and keeps the result for {@link lastVerification}. */
export async function verifyChains(db: Database<unknown>, clock: Clock): Promise<ChainReport> {
  const started = performance.now()
  const chains: ChainState[] = []
  await db.snapshot(async (run) => {
    const heads = await run.query<{ county: string; seq: number; hash: string }>('select county, seq, hash from chains order by county')
    for (const head of heads) chains.push(await walked(run, { ...head, seq: Number(head.seq) }))
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

export interface Verified {
  readonly heads: readonly Head[]
  readonly last: ChainReport | null
}

/** The heads as they stand, and what the last verification found; none before the first. */
export async function lastVerification(db: Database<unknown>): Promise<Verified> {
  const heads = await db.query<Head>('select county, seq, hash from chains order by county')
  const [fact] = await db.query<{ value: ChainReport }>('select value from facts where name = $1', [FACT])
  return { heads: heads.map((head) => ({ ...head, seq: Number(head.seq) })), last: fact?.value ?? null }
}
