import { type Actor, type Command, no, type Problem, problem, type Result } from '@guatu/kernel'
import { type Database, type Session, StoreProblem } from '../database/index.ts'
import { append, prepare } from './append.ts'
import { asOf } from './as-of.ts'
import { Batch } from './batch.ts'
import { Memory } from './memory.ts'
import { type Done, Pipeline } from './pipeline.ts'
import type { Waiting } from './queue.ts'
import type { Group, Receipt, Surround } from './receipt.ts'
import { RecordingClock } from './recording-clock.ts'
import { fixMoment, lastFixed, lastTurn, type Runner, takeTurn } from './statements.ts'

/** How acts come. What the program does by itself names what it has read, and nothing is said of it. */
export interface How extends Pick<Group, 'outside' | 'shown'> {
  /** As the rows of a file: everybody else passes before them. */
  readonly bulk?: boolean
}

export interface Writer {
  /** One act. Resolves when it is durable, or refused. */
  submit(command: Command, actor: Actor, how?: How): Promise<Result<Receipt>>
  /** Acts that stand or fall together. */
  submitTogether(commands: readonly Command[], actor: Actor, how?: How): Promise<Result<readonly Receipt[]>>
  /** Called after every commit with what it brought, consequences included. */
  onCommitted(listener: (receipts: readonly Receipt[]) => void): () => void
  /** Waits for the write path to be idle and keeps it so while `work` runs: for reforms and rebuilds. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Runs `work` on a view of all that was recorded up to a moment, and of nothing else: see {@link asOf}. It must not write. */
  asOf<T>(work: (session: Session<unknown>, moment: Temporal.Instant) => Promise<T>): Promise<T>
  readonly waiting: number
  close(): Promise<void>
}

/**
 * The one write path. Adaptive group commit: an idle writer flushes at once, a busy one decides what arrives while the last batch is being
 * written ({@link Pipeline}). Each request gets its own answer, and one that breaks the statement of all is found and refused alone.
 */
export function createWriter(db: Database<unknown>, surround: Surround, log: (problem: string, error: unknown) => void): Writer {
  const clock = new RecordingClock(surround.clock)
  const newest = async (run: Runner) => {
    await surround.newest?.(run)
    clock.heard(await lastFixed(run))
  }
  const at: Surround = { ...surround, clock, newest }
  const memory = new Memory()
  const listeners = new Set<(receipts: readonly Receipt[]) => void>()
  let closed = false

  /** Looks everything up, decides and writes in one transaction that nobody else can come between. */
  const commit = async (groups: readonly Group[]) => {
    let own: ((written: number | boolean) => void) | undefined
    try {
      const { taken, ...done } = await db.transaction(async (session) => {
        const turn = await lastTurn(session, true)
        if (turn !== memory.turn) {
          memory.forget()
          await at.newest?.(session)
        }
        const batch = new Batch(session, at)
        const answers = await batch.decideAll(groups)
        const prepared = await prepare(session, batch, memory)
        own = at.own?.begin(prepared.stretches)
        const passage = await append(session, prepared, turn, memory)
        if (passage.taken === null) throw new Error('a turn was taken although its row was locked')
        return { answers, written: batch.receipts(), taken: passage.taken }
      })
      own?.(taken)
      return done
    } catch (error) {
      own?.(false)
      memory.forget()
      throw error
    }
  }

  const tell: Done = (waiting, answers, written) => {
    answers.forEach((answer, i) => {
      waiting[i]?.answer(answer)
    })
    if (written.length > 0) for (const listener of listeners) listener(written)
  }

  async function settle(waiting: readonly Waiting[]): Promise<void> {
    try {
      const { answers, written } = await commit(waiting)
      tell(waiting, answers, written)
    } catch (error) {
      // One request may have broken the transaction of all: each gets a transaction of its own, unless the store itself is ill.
      if (waiting.length > 1 && !(error instanceof StoreProblem)) {
        for (const one of waiting) await settle([one])
        return
      }
      const refusal = asProblem(error, log)
      tell(
        waiting,
        waiting.map(() => no(refusal)),
        [],
      )
    }
  }

  const pipeline = new Pipeline(db, at, memory, settle, tell)

  /** Takes a turn for `work`, and tells others what moment it fixes. What is remembered stays true where nobody else had one since. */
  const inTurn = async (work: () => Promise<Temporal.Instant>) => {
    try {
      const taken = await db.transaction(async (session) => {
        const turn = await takeTurn(session)
        await fixMoment(session, await work())
        return turn
      })
      at.own?.begin([])(taken)
      if (memory.turn === taken - 1) memory.turn = taken
      else memory.forget()
    } catch (error) {
      memory.forget()
      throw error
    }
  }

  const submitTogether = (commands: readonly Command[], actor: Actor, how?: How) =>
    new Promise<Result<readonly Receipt[]>>((resolve) => {
      if (closed) return resolve(no(problem('unavailable')))
      pipeline.add({ commands, actor, bulk: how?.bulk === true, outside: how?.outside === true, shown: how?.shown, answer: resolve })
    })

  return {
    submitTogether,
    submit: async (command, actor, how) => {
      const done = await submitTogether([command], actor, how)
      if (!done.ok) return done
      const [receipt] = done.value
      return receipt ? { ok: true, value: receipt } : no(problem('unavailable'))
    },
    onCommitted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    exclusively: (work) =>
      pipeline.hold(async () => {
        // What this and other processes remember may no longer be true, however the work ends.
        const forget = () => {
          memory.forget()
          return db.write('update turns set taken = taken + 1 where one')
        }
        try {
          const done = await work()
          await forget()
          return done
        } catch (error) {
          await forget().catch(() => undefined)
          throw error
        }
      }),
    asOf: (work) =>
      asOf(db, { clock, hold: (held) => pipeline.hold(held), alone: db.engine === 'postgres' ? inTurn : (only) => only() }, work),
    get waiting() {
      return pipeline.waiting
    },
    close: () => {
      closed = true
      return pipeline.idle()
    },
  }
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
