import type { Registry } from '@guatu/kernel'
import { ChainWalk } from '../audit/chains.ts'
import type { Database, Session } from '../database/index.ts'
import type { Keeper } from '../identity/keeper.ts'
import { breath } from '../log/breath.ts'
import { GENESIS } from '../log/chain.ts'
import { Lane } from '../log/lane.ts'
import { countyPages, eventOf, historiesOf } from '../log/pages.ts'
import type { AreaIndex } from '../log/places.ts'
import type { Runner } from '../log/statements.ts'
import { Books } from '../tallies/books.ts'
import { CountyFold } from './county-fold.ts'
import { RecordTables } from './record-tables.ts'
import { compareBooks, mendBooks } from './stored-books.ts'

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

const MOST_NAMED = 100
/** Events whose records are kept in memory at a time, at most; a county with more is folded in shares of its records. */
const SHARE = 250_000
/** Events folded in one go. */
const BREATH_AFTER = 100

interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}

/** The counties of the log, each with the head of its chain; none of the two can be left out without its being noticed. */
async function headsOf(run: Runner): Promise<readonly Head[]> {
  const heads = await run.query<Head>('select county, seq, hash from chains order by county')
  const counties = await run.query<{ county: string }>(
    `with recursive one as (select min(county) as county from events union all
       select (select min(e.county) from events e where e.county > one.county) from one where one.county is not null)
     select county from one where county is not null`,
  )
  const known = new Set(heads.map(({ county }) => county))
  return [...heads, ...counties.filter(({ county }) => !known.has(county)).map(({ county }) => ({ county, seq: 0, hash: GENESIS }))]
}

/**
 * Folds every event again and compares (or mends) states and books, and walks the hash chain of every county: one reading of the log for all
 * three. The result of a rebuild is the same, bit for bit, as what the write path had kept (design law 4).
 */
export async function rebuild(
  db: Database<unknown>,
  registry: Registry,
  areas: AreaIndex,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const started = performance.now()
  const { check, onProgress } = options
  const differences: string[] = []
  const differ = (what: string) => {
    if (differences.length < MOST_NAMED) differences.push(what)
  }
  const books = new Books()
  let events = 0
  let records = 0
  let tallies = 0

  const work = async (run: Session<unknown>) => {
    // Whoever writes, in whichever process, waits for the end of this and then forgets what it remembered.
    if (!check) await run.query('update turns set taken = taken + 1 where one')
    await run.beside((query) => walk(run, { ...run, query }))
  }
  /** Reads the log by `other`, and compares by `run`, which may be the same connection. */
  const walk = async (run: Keeper, other: Keeper) => {
    const heads = await headsOf(run)
    const all = heads.reduce((sum, { seq }) => sum + seq, 0)
    const lane = new Lane()
    const reading = other.query === run.query ? lane : new Lane()
    const tables = new RecordTables({ run, lane, registry, areas, check, differ })
    await tables.begin()
    // What one county made is compared while the next is read.
    let comparing = Promise.resolve()
    for (const head of heads) {
      const { county } = head
      const chain = new ChainWalk(head)
      const shares = Math.max(1, Math.ceil(head.seq / SHARE))
      for (let share = 0; share < shares; share += 1) {
        const fold = new CountyFold(registry, areas, books)
        for await (const page of countyPages(other, reading, county, share === 0 ? { of: shares } : { of: shares, only: share })) {
          for (const [n, line] of page.entries()) {
            // While a page is folded the database goes on with what waits in the lane.
            if (n % BREATH_AFTER === 0) await breath()
            if (share === 0) chain.take(line)
            if (line.share === share) fold.take(eventOf(run, line))
          }
          onProgress?.(events + fold.events, all)
        }
        events += fold.events
        const folded = await fold.end((record, ids) => historiesOf(other, reading, county, record, ids))
        await comparing
        comparing = tables.take(folded)
        // It is waited for below; until then its failure is not nobody's.
        comparing.catch(() => undefined)
      }
      const { brokenAt, verifiedTo } = chain.end()
      if (brokenAt !== undefined)
        differ(`chain of ${county}: broken at event ${brokenAt}; whole up to ${verifiedTo}, the head says ${head.seq}`)
    }
    await comparing
    await tables.end()
    records = tables.records
    const lines = books.lines()
    tallies = lines.length
    await (check ? compareBooks(run, lines, differ) : mendBooks(run, lines))
  }
  if (check) await db.snapshot(work)
  else await db.transaction(work)
  return { events, records, tallies, differences, seconds: (performance.now() - started) / 1000 }
}
