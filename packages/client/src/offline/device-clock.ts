/** The two clocks of a phone, in milliseconds. */
export interface Watch {
  /** What it says the time is, since the epoch; anybody can set it. */
  wall(): number
  /** What has passed since some moment, whatever is done to the clock; on most phones it stands still while they sleep. */
  running(): number
}

export const systemWatch: Watch = { wall: () => Date.now(), running: () => performance.now() }

/** Both clocks at the moment at which a server was asked. */
export interface Asked {
  readonly wall: number
  readonly running: number
}

export const askedAt = (watch: Watch): Asked => ({ wall: watch.wall(), running: watch.running() })

/** When something was done, as the phone knew it: what its clock showed, and in which era of that clock. */
export interface Stamp {
  readonly deviceAt: number
  readonly era: string
}

/** A stretch in which the clock ran undisturbed; `offset` turns its time into the city's. */
export interface Era {
  readonly id: string
  readonly offset: number
  /** A server was heard in it or since, so its offset is no guess. */
  readonly sure: boolean
  /**
   * By how much the clock went on without the running one when this era began: the phone slept, or its clock was set, or both. What
   * is more than the difference of the two offsets was sleep. Absent where the app was opened.
   */
  readonly gap?: number
}

export interface KeptClock {
  readonly eras: readonly Era[]
  /** The latest time that its clock showed. */
  readonly last: number
}

/** A clock that parts from the running one by more was set, or the phone slept, milliseconds. */
const PARTED = 2_000
/** Two stretches of time that differ by less are taken for the same one, milliseconds: answers are slow, clocks are set by hand. */
const NEAR = 60_000
/** No phone sleeps longer with the app in its memory, milliseconds: more is a clock that was set. */
const LONGEST_SLEEP = 72 * 3_600_000
const MOST_ERAS = 1_000
/** An answer that took longer says too little of when it was given, milliseconds. */
const TOO_SLOW = 20_000

/**
 * What of a gap was somebody setting the clock. Time does not go back, so a clock that did was set; one that went ahead belongs to a
 * phone that slept, unless it was wrong before by just that much and is right now.
 */
function settingIn(gap: number, offset: number): number {
  const putRight = offset > NEAR && Math.abs(offset - gap) <= NEAR
  return gap < 0 || gap > LONGEST_SLEEP || putRight ? gap : 0
}

/**
 * The time of the city on a phone whose own clock may be off by hours or days, may be set while work goes on, and whose running clock
 * stands still while it sleeps. Each opening of the app begins an era, each parting of the two clocks another; a stamp remembers its
 * era, and what a server says later corrects the eras that were guesses. So what was done at eight is sent as done at eight.
 */
export class DeviceClock {
  readonly #watch: Watch
  readonly #opening: string
  #eras: Era[]
  #last: number
  #base: number
  #partings = 0
  /** What the latest stamp of this era showed: each shows more than the one before. */
  #stamped: number | undefined

  constructor(watch: Watch, kept: KeptClock | undefined, newId: () => string) {
    this.#watch = watch
    this.#opening = newId()
    const wall = watch.wall()
    const before = kept?.eras.at(-1)
    const last = kept?.last ?? wall
    // A clock that shows less than it has shown was set back while the app was closed; time itself does not go back.
    const back = Math.max(0, last - wall)
    const offset = (before?.offset ?? 0) + (back > PARTED ? back : 0)
    this.#eras = [...(kept?.eras ?? []), { id: this.#opening, offset, sure: false }].slice(-MOST_ERAS)
    this.#last = Math.max(last, wall)
    this.#base = wall - watch.running()
  }

  get #era(): Era {
    const era = this.#eras.at(-1)
    if (!era) throw new Error('a clock has an era')
    return era
  }

  /** Notices that the clock was set, or that the phone slept, since it was last looked at. */
  #look(): number {
    const wall = this.#watch.wall()
    const gap = wall - this.#watch.running() - this.#base
    if (Math.abs(gap) > PARTED) {
      this.#base += gap
      this.#part(gap)
      this.#last = wall
    }
    this.#last = Math.max(this.#last, wall)
    return wall
  }

  #part(gap: number): void {
    // Nothing was done in an era that only a gap began: both gaps are one.
    const unused = this.#era.gap !== undefined && !this.#era.sure && this.#stamped === undefined ? this.#eras.pop() : undefined
    const whole = gap + (unused?.gap ?? 0)
    // Set back by what it went ahead before: that was no sleep either.
    const ahead = whole < 0 ? this.#likeliest(whole) : undefined
    if (ahead && ahead.apart <= NEAR) this.#shift(ahead.at, -ahead.slept)
    this.#partings += 1
    const { offset } = this.#era
    this.#eras.push({ id: `${this.#opening}+${this.#partings}`, offset: offset - settingIn(whole, offset), sure: false, gap: whole })
    this.#stamped = undefined
  }

  /** The era on whose offset that of another rests: a known one, or the one with which the app was opened. */
  #anchorOf(at: number): number {
    let anchor = at
    while (anchor > 0 && !this.#eras[anchor]?.sure && this.#eras[anchor]?.gap !== undefined) anchor -= 1
    return anchor
  }

  get #anchor(): number {
    return this.#anchorOf(this.#eras.length - 1)
  }

  /** From here on no offset rests on a server. */
  get #guessed(): number {
    let from = this.#eras.length
    while (from > 0) {
      const anchor = this.#anchorOf(from - 1)
      if (this.#eras[anchor]?.sure) break
      from = anchor
    }
    return from
  }

  /** The gap since the anchor that most probably was understood wrong, when the offset turns out to be `off` more than was thought. */
  #likeliest(off: number) {
    const gaps = this.#eras.slice(this.#anchor + 1).map(({ gap = 0, offset }, i) => {
      const at = this.#anchor + 1 + i
      const set = (this.#eras[at - 1]?.offset ?? offset) - offset
      const slept = gap - set
      // The clock is further ahead: sleep was setting. It is further behind: setting was sleep.
      return { at, slept, apart: off < 0 ? Math.abs(slept + off) : set > 0 ? Math.abs(set - off) : Number.POSITIVE_INFINITY }
    })
    const best = gaps.toSorted((a, b) => a.apart - b.apart || b.slept - a.slept)[0]
    // Nobody set it ahead: it was set back in the longest sleep.
    return off > 0 && best && best.apart > NEAR ? gaps.toSorted((a, b) => b.slept - a.slept)[0] : best
  }

  #shift(from: number, by: number): void {
    this.#eras = this.#eras.map((era, i) => (i < from ? era : { ...era, offset: era.offset + by }))
  }

  stamp(): Stamp {
    const wall = this.#look()
    const deviceAt = Math.max(wall, (this.#stamped ?? 0) + 1)
    this.#stamped = deviceAt
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

  /** A server said its time; a slow network counts half. An answer on whose way the phone slept says nothing. */
  heard(serverNow: string, asked: Asked): void {
    const wall = this.#look()
    const waited = this.#watch.running() - asked.running
    const offset = Date.parse(serverNow) - (wall - waited / 2)
    if (!Number.isFinite(offset) || Math.abs(wall - asked.wall - waited) > PARTED || (waited > TOO_SLOW && this.#era.sure)) return
    const anchor = this.#anchor
    const known = this.#eras[anchor]?.sure === true
    const off = offset - this.#era.offset
    const wrong = Math.abs(off) > NEAR ? this.#likeliest(off) : undefined
    if (wrong && (known || wrong.apart <= NEAR)) this.#shift(wrong.at, off)
    else if (known) this.#shift(this.#eras.length - 1, off)
    // Nothing was known of this opening, nor of others before it: they were off by as much as this one.
    else this.#shift(this.#guessed, off)
    this.#eras = this.#eras.map((era, i) => (i < anchor || era.sure ? era : { ...era, sure: true }))
  }

  /** How far this phone's clock is ahead of the city's, milliseconds; undefined until a server was heard. */
  get ahead(): number | undefined {
    return this.#era.sure ? 0 - this.#era.offset : undefined
  }

  kept(): KeptClock {
    this.#look()
    return { eras: this.#eras, last: this.#last }
  }
}
