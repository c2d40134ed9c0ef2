/** The two clocks of a phone, in milliseconds. */
export interface Watch {
  /** What it says the time is, since the epoch; anybody can set it. */
  wall(): number
  /** What has passed since some moment, whatever is done to the clock. */
  running(): number
}

export const systemWatch: Watch = { wall: () => Date.now(), running: () => performance.now() }

/** When something was done, as the phone knew it: what its clock showed, and in which era of that clock. */
export interface Stamp {
  readonly deviceAt: number
  readonly era: string
}

/** A stretch in which the clock ran undisturbed; `offset` turns its time into the city's. */
export interface Era {
  readonly id: string
  readonly offset: number
  /** A server was heard in it, so its offset is no guess. */
  readonly sure: boolean
  /** By how much the clock was set when this era began, where that is known exactly. */
  readonly jump?: number
}

export interface KeptClock {
  readonly eras: readonly Era[]
  /** The latest time that its clock showed. */
  readonly last: number
}

/** A clock that differs from the running one by more was set by somebody, milliseconds. */
const SET = 2_000
const MOST_ERAS = 200
/** An answer that took longer says too little of when it was given: the phone may have slept meanwhile, milliseconds. */
const TOO_SLOW = 20_000

/**
 * The time of the city on a phone whose own clock may be off by hours or days, and may be set while work goes on. Each opening of the
 * app begins an era, each setting of the clock another; a stamp remembers its era, and what a server says later corrects the
 * eras that were guesses. So what was done at eight is sent as done at eight.
 */
export class DeviceClock {
  readonly #watch: Watch
  #eras: Era[]
  #last: number
  #base: number

  constructor(watch: Watch, kept: KeptClock | undefined, newId: () => string) {
    this.#watch = watch
    const wall = watch.wall()
    const before = kept?.eras.at(-1)
    const last = kept?.last ?? wall
    // A clock that shows less than it has shown was set back while the app was closed; time itself does not go back.
    const back = Math.max(0, last - wall)
    this.#eras = [...(kept?.eras ?? []), { id: newId(), offset: (before?.offset ?? 0) + (back > SET ? back : 0), sure: false }].slice(
      -MOST_ERAS,
    )
    this.#last = Math.max(last, wall)
    this.#base = wall - watch.running()
  }

  get #era(): Era {
    const era = this.#eras.at(-1)
    if (!era) throw new Error('a clock has an era')
    return era
  }

  /** Notices a clock that was set since it was last looked at. */
  #look(): number {
    const wall = this.#watch.wall()
    const jump = wall - this.#watch.running() - this.#base
    if (Math.abs(jump) > SET) {
      this.#eras.push({ id: `${this.#era.id}+${this.#eras.length}`, offset: this.#era.offset - jump, sure: this.#era.sure, jump })
      this.#base += jump
      this.#last = wall
    }
    this.#last = Math.max(this.#last, wall)
    return wall
  }

  stamp(): Stamp {
    const deviceAt = this.#look()
    return { deviceAt, era: this.#era.id }
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.round(this.#look() + this.#era.offset))
  }

  /** The city's time of a stamp, as well as it is known by now. */
  instantOf(stamp: Stamp): number {
    const era = this.#eras.find((one) => one.id === stamp.era) ?? this.#era
    return Math.round(stamp.deviceAt + era.offset)
  }

  /**
   * A server said its time. `sent` and `received` are readings of the running clock, so that a slow network counts half.
   */
  heard(serverNow: string, sent: number, received: number): void {
    const wall = this.#look()
    const ago = this.#watch.running() - (sent + received) / 2
    const offset = Date.parse(serverNow) - (wall - ago)
    if (!Number.isFinite(offset) || (received - sent > TOO_SLOW && this.#era.sure)) return
    // Going back: a setting of the clock that was watched ties two eras exactly; eras of earlier openings that never heard a server
    // are believed to have been off by as much as this one.
    let next: Era = { ...this.#era, offset, sure: true }
    const eras = this.#eras.with(-1, next)
    for (let i = eras.length - 2; i >= 0; i -= 1) {
      const era = eras[i]
      if (!era) break
      const tied = next.jump === undefined ? undefined : next.offset + next.jump
      if (era.sure && tied === undefined) break
      next = { ...era, offset: tied ?? next.offset, sure: era.sure || (tied !== undefined && next.sure) }
      eras[i] = next
    }
    this.#eras = eras
  }

  /** How far this phone's clock is ahead of the city's, milliseconds; undefined until a server was heard. */
  get ahead(): number | undefined {
    return this.#era.sure ? -this.#era.offset : undefined
  }

  offsets(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#eras.map((era) => [era.id, era.offset]))
  }

  kept(): KeptClock {
    this.#look()
    return { eras: this.#eras, last: this.#last }
  }
}
