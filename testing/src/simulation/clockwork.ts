/** Something that happens at a moment; it is over, with all that it causes at that moment, when the promise resolves. */
export type Happening = () => Promise<void> | void

interface Due {
  readonly at: number
  readonly n: number
  readonly run: Happening
  off: boolean
}

/** Time that only passes when nothing is left to do at a moment: one thing after the other, in an order that the seed alone decides. */
export class Clockwork {
  readonly #due: Due[] = []
  readonly #moved: (now: number) => void
  #n = 0
  now: number

  /** @param start milliseconds since the epoch @param moved told of every new moment, before anything happens in it */
  constructor(start: number, moved: (now: number) => void) {
    this.now = start
    this.#moved = moved
    moved(start)
  }

  /** Lets something happen later. @returns how to call it off */
  in(ms: number, run: Happening): () => void {
    this.#n += 1
    const due: Due = { at: this.now + Math.max(0, Math.round(ms)), n: this.#n, run, off: false }
    const before = this.#due.findIndex((one) => one.at > due.at)
    this.#due.splice(before < 0 ? this.#due.length : before, 0, due)
    return () => {
      due.off = true
    }
  }

  /** Runs until nothing is due any more, or `until`. */
  async run(until: number): Promise<void> {
    for (;;) {
      const next = this.#due[0]
      if (!next || next.at > until) break
      this.#due.shift()
      if (next.off) continue
      this.now = next.at
      this.#moved(next.at)
      await next.run()
    }
    this.now = Math.max(this.now, until)
    this.#moved(this.now)
  }
}
