import type { Engine } from '../database/engine.ts'
import type { Load } from './load.ts'
import type { Queue, Waiting } from './queue.ts'

/** Rows of files that are looked ahead for, at most; they are then one round and one batch. */
const LARGEST = 1_500

/** What was asked for before a batch was handed to the database. */
interface Ahead {
  readonly flying: Load
  readonly load: Load
  readonly waiting: readonly Waiting[]
  /** More waited than that. */
  readonly whole: boolean
}

/**
 * While the embedded database writes it answers no question. So what rows of files will want to see beside their own records is asked for before it is
 * given a batch to write, and they are decided while it writes; else of the two threads one would always wait for the other. What is asked for is
 * good as long as that batch counts as not yet written. A server answers beside its writing and needs none of this.
 */
export class LookAhead {
  readonly #needed: boolean
  readonly #queue: Queue
  readonly #begin: (flying: Load) => Load
  #ahead: Ahead | undefined

  constructor(engine: Engine, queue: Queue, begin: (flying: Load) => Load) {
    this.#needed = engine === 'pglite'
    this.#queue = queue
    this.#begin = begin
  }

  /** Asks for what the next rows will want to see on top of a batch that is about to be written. */
  async ask(flying: Load): Promise<void> {
    this.#ahead = undefined
    const waiting = this.#needed ? this.#queue.next(LARGEST) : []
    if (waiting.length === 0 || waiting.some(({ bulk }) => !bulk)) return
    const load = this.#begin(flying)
    // What could not be read is asked for again when it is wanted.
    const asked = await load.batch.lookAhead(waiting).catch(() => false)
    if (asked) this.#ahead = { flying, load, waiting, whole: waiting.length === LARGEST }
  }

  /** Takes what was looked ahead for from the queue, where the same is being written still and nobody has come before it. */
  take(flying: Load | undefined): Ahead | undefined {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (!ahead || ahead.flying !== flying) return undefined
    const next = this.#queue.next(ahead.waiting.length)
    if (next.some((one, i) => one !== ahead.waiting[i])) return undefined
    this.#queue.take(next.length)
    return ahead
  }
}
