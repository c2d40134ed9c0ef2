import type { Clock } from '@guatu/kernel'

/** The clock by which acts are recorded: after whatever moment was fixed on their log, also where the clock stands still or runs behind others. */
export class RecordingClock implements Clock {
  readonly #clock: Clock
  /** Epoch milliseconds. */
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

  /** The end of the present day. Clocks that go together show the same day: what another one says of later days is not heard. */
  get endOfDay(): Temporal.Instant {
    return this.#clock.now().toZonedDateTimeISO(this.zone).startOfDay().add({ days: 1 }).toInstant()
  }

  /** The present millisecond, or that of the last act of the day where it is later: whatever is recorded from here on bears a later one. */
  fix(last: Date | null): Temporal.Instant {
    const moment = Math.max(this.#clock.now().epochMilliseconds, last?.getTime() ?? 0)
    this.#fixed = Math.max(this.#fixed, moment)
    return Temporal.Instant.fromEpochMilliseconds(moment)
  }

  /** Told what another process fixed. */
  heard(moment: Date | null): void {
    if (moment && moment.getTime() < this.endOfDay.epochMilliseconds) this.#fixed = Math.max(this.#fixed, moment.getTime())
  }
}
