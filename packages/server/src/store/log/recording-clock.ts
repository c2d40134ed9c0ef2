import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@guatu/kernel'

/** Milliseconds after which a clock is taken to stand still. */
const STANDS_STILL = 10

/** The clock by which acts are recorded: after a moment that was fixed, also where the clock stands still or is put back. */
export class RecordingClock implements Clock {
  readonly #clock: Clock
  /** Epoch milliseconds. */
  #last = Number.NEGATIVE_INFINITY
  #fixed = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get zone(): string {
    return this.#clock.zone
  }

  now(): Temporal.Instant {
    const now = this.#clock.now()
    return now.epochMilliseconds > this.#fixed ? now : Temporal.Instant.fromEpochMilliseconds(this.#fixed + 1)
  }

  /** Told what was recorded last, an ISO moment. */
  recorded(moment: string): void {
    this.#last = Date.parse(moment)
  }

  /** The present millisecond: nothing was recorded after it, and whatever is recorded from here on bears a later one. */
  fix(): Temporal.Instant {
    this.#fixed = Math.max(this.#last, this.#clock.now().epochMilliseconds)
    return Temporal.Instant.fromEpochMilliseconds(this.#fixed)
  }

  /** Waits until the clock itself has gone past the moment that was fixed last; one that stands still is not waited for. */
  async over(): Promise<void> {
    for (let waited = 0; waited < STANDS_STILL && this.#clock.now().epochMilliseconds <= this.#fixed; waited += 1) await sleep(1)
  }
}
