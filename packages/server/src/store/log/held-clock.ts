import type { Clock } from '@guatu/kernel'

/**
 * The moment at which acts that stand or fall together are decided: one for all of them and for what follows from them, however long it takes. By the
 * clock itself what follows would be later than its cause, and everything else that was done would be asked whether it rests on it.
 */
export class HeldClock implements Clock {
  readonly #clock: Clock
  #now: Temporal.Instant

  constructor(clock: Clock) {
    this.#clock = clock
    this.#now = clock.now()
  }

  get zone(): string {
    return this.#clock.zone
  }

  now(): Temporal.Instant {
    return this.#now
  }

  /** Time goes on to what the clock says. */
  pass(): void {
    this.#now = this.#clock.now()
  }
}
