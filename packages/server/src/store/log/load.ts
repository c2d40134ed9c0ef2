import type { Result } from '@guatu/kernel'
import type { Prepared } from './append.ts'
import type { Batch } from './batch.ts'
import type { Waiting } from './queue.ts'
import type { Receipt } from './receipt.ts'

/** Acts taken into one statement at most. */
export const LARGEST_BATCH = 2_000
/** The same of rows of files. They wait until so many are together: what one batch enters into the same line of the books is written once. */
const LARGEST_OF_BULK = 3_000

/** A batch: who waits for it and what they will be told. */
export class Load {
  readonly batch: Batch
  readonly waiting: Waiting[] = []
  readonly answers: Result<readonly Receipt[]>[] = []
  acts = 0
  /** Holds nothing but rows of files. */
  bulk = true
  prepared: Prepared | undefined
  /** Further rows of files would have to ask while another batch is written. */
  closed = false
  /** Whether it was seen to be full, see `#ahead`. */
  full = false
  /** Undefined while it is being written; then whether it was. */
  written: boolean | undefined
  /** Its acts were decided again, the careful way, and answered there. */
  again = false

  constructor(batch: Batch) {
    this.batch = batch
  }

  take(waiting: readonly Waiting[], answers: readonly Result<readonly Receipt[]>[]): void {
    this.waiting.push(...waiting)
    this.answers.push(...answers)
    for (const { commands, bulk } of waiting) {
      this.acts += commands.length
      if (!bulk) this.bulk = false
    }
  }

  get filled(): boolean {
    return this.acts >= (this.bulk ? LARGEST_OF_BULK : LARGEST_BATCH)
  }
}
