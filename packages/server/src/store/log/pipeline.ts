import type { Result } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import type { Keeper } from '../identity/keeper.ts'
import { Seals } from '../identity/seals.ts'
import { append, type Prepared, prepare, wasWritten } from './append.ts'
import { Batch } from './batch.ts'
import { breath } from './breath.ts'
import { Foresight } from './foresight.ts'
import { Growth } from './growth.ts'
import { LARGEST_BATCH, Load } from './load.ts'
import { LookAhead } from './look-ahead.ts'
import type { Memory } from './memory.ts'
import { Queue, type Waiting } from './queue.ts'
import type { Receipt, Surround } from './receipt.ts'
import { lastTurn } from './statements.ts'

/** Hands out answers that are final, and says what was written. */
export type Done = (waiting: readonly Waiting[], answers: readonly Result<readonly Receipt[]>[], written: readonly Receipt[]) => void

/** Decides and writes the careful way, and answers. */
export type Settle = (waiting: readonly Waiting[]) => Promise<void>

/**
 * Groups decided before the answers of the database are looked at again. While many wait, more: every round asks the database and is written
 * at some price of its own, and the embedded database answers no question while it writes.
 */
const AT_A_TIME = 50
const AT_A_TIME_OF_MANY = 500
const MANY = 200
/** Batches written the careful way after one could not be written as it was decided: what broke one often breaks the next. */
const CAREFUL_AFTER = 8

/**
 * Decides one batch while the one before it is written. What is being written counts as done for whoever comes after; should it not be written,
 * both are decided again, carefully: everything looked up, in a transaction of its own. Nobody is answered before the own batch is durable, and
 * the next batch is handed to the database before anybody is answered: it should not wait for what the answers set off.
 */
export class Pipeline {
  readonly #db: Database<unknown>
  readonly #reading: Keeper
  readonly #writing: Keeper
  readonly #foresight: Foresight
  readonly #lookAhead: LookAhead
  readonly #growth: Growth
  readonly #at: Surround
  readonly #memory: Memory
  readonly #settle: Settle
  readonly #done: Done
  readonly #queue = new Queue()
  #careful = 0
  #running: Promise<void> | undefined
  #held: Promise<unknown> | undefined
  #wake: () => void = () => undefined

  constructor(db: Database<unknown>, at: Surround, memory: Memory, settle: Settle, done: Done) {
    this.#db = db
    // Few questions and few statements, again and again: they are planned once.
    this.#reading = { vault: db.vault, rowTypes: db.rowTypes, abreast: true, query: (sql, parameters) => db.read(sql, parameters) }
    this.#foresight = new Foresight(this.#reading, db.engine, at.registry, memory, () => this.#wake())
    this.#lookAhead = new LookAhead(db.engine, this.#queue, (flying) => this.#begin(flying))
    this.#writing = { vault: db.vault, rowTypes: db.rowTypes, query: (sql, parameters) => db.write(sql, parameters) }
    this.#growth = new Growth((table) => db.query(`analyze "${table}"`))
    this.#at = at
    this.#memory = memory
    this.#settle = settle
    this.#done = done
  }

  get waiting(): number {
    return this.#queue.size
  }

  add(waiting: Waiting): void {
    this.#queue.add(waiting)
    this.#start()
    this.#wake()
  }

  async idle(): Promise<void> {
    while (this.#running ?? this.#held) await (this.#running ?? this.#held)
    await this.#growth.idle()
  }

  /** Lets nothing be written while `work` runs. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    while (this.#held) await this.#held
    const running = this.#running
    const done = (async () => {
      await running
      return work()
    })()
    this.#held = done.catch(() => undefined)
    try {
      return await done
    } finally {
      this.#held = undefined
      this.#start()
    }
  }

  #start(): void {
    if (this.#held || this.#running || this.waiting === 0) return
    // What arrives together is decided together.
    this.#running = breath()
      .then(() => this.#run())
      .finally(() => {
        this.#running = undefined
        // Something may have come in between the last look and here.
        this.#start()
      })
  }

  /** Until there is nothing to do, or others want the write path for themselves. */
  async #run(): Promise<void> {
    let flying: Load | undefined
    let open: Load | undefined
    for (;;) {
      if (flying?.written === true) {
        const landed: Load = flying
        open?.batch.settle()
        flying = undefined
        if (open && !this.#fills(open)) {
          flying = open
          open = undefined
          await this.#launch(flying)
        }
        if (!landed.again) this.#done(landed.waiting, landed.answers, landed.batch.receipts())
      } else if (flying?.written === false) {
        const again = [...flying.waiting, ...(open?.waiting ?? [])]
        flying = undefined
        open = undefined
        this.#careful = CAREFUL_AFTER
        await this.#settle(again)
      } else if (open && !flying && !this.#fills(open)) {
        flying = open
        open = undefined
        await this.#launch(flying)
      } else if (this.waiting > 0 && !this.#held && !(open && this.#isFull(open)) && this.#decidable(flying, open) > 0) {
        if (this.#careful > 0 && !flying) {
          this.#careful -= 1
          await this.#settle(this.#queue.take(LARGEST_BATCH))
        } else if (this.#careful > 0) await this.#nap()
        else open = await this.#decide(open, flying)
      } else if (flying && open && !open.full) await this.#ahead(open, flying)
      else if (flying) await this.#nap()
      else return
    }
  }

  /**
   * A full batch that waits for the one before it is made ready meanwhile. Not where it needs keys: what is being written may just be making them.
   * A batch that is not full waits, for there may be more to come.
   */
  async #ahead(open: Load, flying: Load): Promise<void> {
    if (!this.#isFull(open)) return this.#nap()
    open.full = true
    const { registry, events } = open.batch.work
    if (Seals.keysFor(registry, events).length > 0) return
    // Should it fail, it fails again when its turn comes, and is looked into there.
    open.prepared = await prepare(this.#writing, open.batch, this.#memory, flying.prepared).catch(() => undefined)
  }

  /** Decides some of what waits, on top of what is being written. Undefined when it could not be: then it was settled the careful way. */
  async #decide(open: Load | undefined, flying: Load | undefined): Promise<Load | undefined> {
    const ahead = open ? undefined : this.#lookAhead.take(flying)
    const some = ahead?.waiting ?? this.#queue.take(this.#decidable(flying, open))
    let load = open
    try {
      if (this.#memory.turn === undefined) await this.#catchUp()
      load ??= ahead?.load ?? this.#begin(flying)
      const answers = await load.batch.decideAll(some, ahead !== undefined)
      load.take(some, answers)
      if (ahead?.whole) load.closed = true
      if (this.waiting > 0) await breath()
      return load
    } catch {
      // Whatever it is, the careful way finds whose act it is and says so.
      while (flying && flying.written === undefined) await this.#nap()
      const before = flying?.written === false ? flying.waiting : []
      if (flying?.written === false) {
        flying.again = true
        flying.written = true
      }
      await this.#settle([...before, ...(load?.waiting ?? []), ...some])
      return undefined
    }
  }

  /** A batch on top of the one that is being written. */
  #begin(flying: Load | undefined): Load {
    const below = flying && flying.written !== true ? flying.batch : undefined
    return new Load(
      new Batch(this.#reading, this.#at, {
        trusting: true,
        state: (id) => this.#memory.state(id),
        ...(below ? { below } : {}),
      }),
    )
  }

  /** Where everything was forgotten somebody else may have written. In this order: a reform that comes in between has taken another turn. */
  async #catchUp(): Promise<void> {
    const turn = await lastTurn(this.#db)
    await this.#at.newest?.(this.#db)
    this.#memory.turn = turn
  }

  /** Hands a batch to the database; it is being written when this is done. */
  async #launch(load: Load): Promise<void> {
    const { turn } = this.#memory
    const looked = this.#lookAhead.ask(load)
    try {
      load.prepared ??= await prepare(this.#writing, load.batch, this.#memory)
    } catch {
      this.#memory.forget()
    }
    if (turn === undefined || !load.prepared) load.written = false
    else {
      this.#foresight.ask(this.#queue.next(LARGEST_BATCH), load.batch.work)
      await looked
      void this.#write(load, load.prepared, turn)
      await breath()
    }
  }

  /** Is more to come that belongs into the same batch, with nobody waiting for an answer in it? */
  #fills(open: Load): boolean {
    return open.bulk && !this.#isFull(open) && this.waiting > 0 && !this.#held && this.#careful === 0
  }

  /** Nothing more goes into a batch that was made ready. Acts that somebody waits for still go into one that is closed. */
  #isFull(open: Load): boolean {
    return open.full || open.filled || (open.closed && this.#queue.next(1).every(({ bulk }) => bulk))
  }

  /** How many of those that wait can be decided now. */
  #decidable(flying: Load | undefined, open: Load | undefined): number {
    const most = this.waiting > MANY ? AT_A_TIME_OF_MANY : AT_A_TIME
    return flying ? this.#foresight.decidable(this.#queue.next(most), flying.batch.work, open?.batch.work) : Math.min(most, this.waiting)
  }

  async #write(load: Load, prepared: Prepared, turn: number): Promise<void> {
    const own = this.#at.own?.begin(prepared.stretches)
    let written = false
    let taken: number | null = null
    try {
      const passage = await append(this.#writing, prepared, turn, this.#memory)
      taken = passage.taken
      written = taken !== null
      if (!written && passage.seen !== turn) this.#memory.forget()
    } catch {
      this.#memory.forget()
      // The answer may have been lost after everything was written.
      written = await wasWritten(this.#db, load.batch.last).catch(() => false)
    }
    own?.(taken ?? written)
    if (written) for (const [table, count] of prepared.ready?.rows ?? []) this.#growth.written(table, count)
    load.written = written
    this.#wake()
  }

  #nap(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
