import { type Actor, type Command, no, type Problem, problem, type Result } from '@guatu/kernel'
import { type Database, StoreProblem } from '../database/index.ts'
import { Batch } from './batch.ts'
import { GENESIS, link } from './chain.ts'
import type { Group, Receipt, Surround } from './receipt.ts'
import { eventsPiece, type Runner, writePieces } from './rows.ts'

interface Waiting extends Group {
  answer(result: Result<readonly Receipt[]>): void
}

export interface Writer {
  /** One act. Resolves when it is durable, or refused. */
  submit(command: Command, actor: Actor): Promise<Result<Receipt>>
  /** Acts that stand or fall together. */
  submitTogether(commands: readonly Command[], actor: Actor): Promise<Result<readonly Receipt[]>>
  /** Called after every commit with what it brought. */
  onCommitted(listener: (receipts: readonly Receipt[]) => void): () => void
  /** Waits for the write path to be idle and keeps it so while `work` runs: for reforms and rebuilds. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  readonly waiting: number
  close(): Promise<void>
}

/** Acts taken into one transaction at most. */
const LARGEST_BATCH = 2_000
/** One writer at a time, whichever process it lives in. */
const WRITER_LOCK = 5119_0214

/**
 * The one write path. Adaptive group commit: an idle writer flushes at once, a busy one gathers what arrives meanwhile. Each
 * request gets its own answer, and one that breaks the transaction is found and refused alone.
 */
export function createWriter(db: Database<unknown>, at: Surround, log: (problem: string, error: unknown) => void): Writer {
  let queue: Waiting[] = []
  let running: Promise<void> | undefined
  let closed = false
  const listeners = new Set<(receipts: readonly Receipt[]) => void>()

  const lock = db.engine === 'postgres' ? (run: Runner) => run.query(`select pg_advisory_xact_lock(${WRITER_LOCK})`) : undefined

  // The embedded database has one process and so one writer: its heads need not be read again. A failed batch forgets them.
  const remembered = db.engine === 'pglite' ? new Map<string, Head>() : undefined

  const commit = async (groups: readonly Group[]) => {
    try {
      const done = await db.transaction(async (session) => {
        await lock?.(session)
        const batch = new Batch(session, at)
        const answers = await batch.decideAll(groups)
        return { answers, heads: await append(session, batch, remembered) }
      })
      for (const [county, head] of done.heads) remembered?.set(county, head)
      return done.answers
    } catch (error) {
      remembered?.clear()
      throw error
    }
  }

  async function settle(waiting: readonly Waiting[]): Promise<void> {
    let answers: readonly Result<readonly Receipt[]>[]
    try {
      answers = await commit(waiting)
    } catch (error) {
      // One request may have broken the transaction of all: each gets a transaction of its own, unless the store itself is ill.
      if (waiting.length > 1 && !(error instanceof StoreProblem)) {
        for (const one of waiting) await settle([one])
        return
      }
      const refusal = asProblem(error, log)
      answers = waiting.map(() => no(refusal))
    }
    const fresh: Receipt[] = []
    answers.forEach((answer, i) => {
      if (answer.ok) fresh.push(...answer.value.filter((r) => !r.repeated))
      waiting[i]?.answer(answer)
    })
    if (fresh.length > 0) for (const listener of listeners) listener(fresh)
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch: Waiting[] = []
      let acts = 0
      while (batch.length < queue.length && acts < LARGEST_BATCH) {
        const next = queue[batch.length]
        if (!next) break
        batch.push(next)
        acts += next.commands.length
      }
      queue = queue.slice(batch.length)
      await settle(batch)
    }
    running = undefined
  }

  const start = () => {
    running ??= run()
  }

  const submitTogether = (commands: readonly Command[], actor: Actor) =>
    new Promise<Result<readonly Receipt[]>>((resolve) => {
      if (closed) return resolve(no(problem('unavailable')))
      queue.push({ commands, actor, answer: resolve })
      start()
    })

  return {
    submitTogether,
    submit: async (command, actor) => {
      const done = await submitTogether([command], actor)
      if (!done.ok) return done
      const [receipt] = done.value
      return receipt ? { ok: true, value: receipt } : no(problem('unavailable'))
    },
    onCommitted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    exclusively: async (work) => {
      while (running) await running
      let release: () => void = () => undefined
      running = new Promise<void>((resolve) => {
        release = resolve
      })
      try {
        return await work()
      } finally {
        running = undefined
        release()
        if (queue.length > 0) start()
      }
    },
    get waiting() {
      return queue.length
    },
    close: async () => {
      closed = true
      while (running) await running
    },
  }
}

interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}

/** The last links of the chains that a batch adds to. `known` holds them where this process is the only writer. */
async function headsOf(run: Runner, counties: readonly string[], known: ReadonlyMap<string, Head> | undefined): Promise<Map<string, Head>> {
  const missing = known ? counties.filter((county) => !known.has(county)) : counties
  const read =
    missing.length === 0 ? [] : await run.query<Head>('select county, seq, hash from chains where county = any($1::text[])', [missing])
  const heads = new Map(read.map((head) => [head.county, head]))
  for (const county of counties) {
    const head = known?.get(county)
    if (head) heads.set(county, head)
  }
  return heads
}

/** Writes what a batch decided: events with their links, chain heads, states, books. Gives back the new heads. */
async function append(run: Runner, batch: Batch, known: ReadonlyMap<string, Head> | undefined): Promise<ReadonlyMap<string, Head>> {
  const { work } = batch
  if (work.events.length === 0) return new Map()
  const heads = await headsOf(run, [...new Set(work.events.map((e) => e.county))].sort(), known)
  const linked = work.events.map((event) => {
    const head = heads.get(event.county) ?? { county: event.county, seq: 0, hash: GENESIS }
    const next = { county: event.county, seq: head.seq + 1, hash: link(head.hash, event) }
    heads.set(event.county, next)
    return { event, seq: next.seq, hash: next.hash }
  })
  const chains = {
    sql: `insert into chains (county, seq, hash) select county, seq, hash from jsonb_to_recordset($1::jsonb) as t(county text, seq bigint, hash text)
     on conflict (county) do update set seq = excluded.seq, hash = excluded.hash`,
    rows: [...heads.values()],
  }
  await writePieces(run, [eventsPiece(linked), chains, ...work.pieces()])
  return heads
}

function asProblem(error: unknown, log: (problem: string, error: unknown) => void): Problem {
  if (error instanceof StoreProblem) {
    return { code: error.code === 'disk-full' ? 'store-full' : error.code, status: error.status, message: { zh: error.zh, en: error.en } }
  }
  const ref = Math.random().toString(36).slice(2, 10)
  try {
    log(ref, error)
  } catch {
    // A log that cannot be written must not hold up whoever waits for an answer.
  }
  return problem('internal', { ref })
}
