/** Numbers of one county's chain, both ends included. */
export interface Stretch {
  readonly county: string
  readonly from: number
  readonly to: number
}

interface Span {
  readonly from: number
  to: number
  written: boolean
}

/**
 * Which turns and which numbers of the chains this process wrote itself: the others are those of other processes on the same database. What is
 * being written is noted before it is sent, because it stands in the log before its answer is here.
 */
export class OwnWriting {
  readonly #spans = new Map<string, Span[]>()
  #firstTurn = 1
  #lastTurn = 0

  /** These are about to be written. The answer is called with the turn that was taken, or with whether they were written where the turn is not known. */
  begin(stretches: readonly Stretch[]): (written: number | boolean) => void {
    const begun = stretches.map(({ county, from, to }) => {
      const span = { from, to, written: false }
      const spans = this.#spans.get(county) ?? []
      this.#spans.set(county, spans)
      spans.push(span)
      return { county, span }
    })
    return (written) => {
      if (typeof written === 'number') this.#take(written)
      for (const { county, span } of begun) {
        const spans = this.#spans.get(county) ?? []
        const at = spans.indexOf(span)
        if (at < 0) continue
        const before = spans[at - 1]
        span.written = written !== false
        if (!span.written) spans.splice(at, 1)
        else if (before?.written && before.to === span.from - 1) {
          before.to = span.to
          spans.splice(at, 1)
        }
      }
    }
  }

  #take(turn: number): void {
    if (turn !== this.#lastTurn + 1) this.#firstTurn = turn
    this.#lastTurn = turn
  }

  /** Whether every turn after `since` up to `last` is known to be of this process. */
  tookAll(since: number, last: number): boolean {
    return since === last || (this.#firstTurn <= since + 1 && last <= this.#lastTurn)
  }

  /** What others wrote in a county after the number `told` up to `head`. It ends at `upTo`, before what is being written here. */
  others(county: string, told: number, head: number): { readonly gaps: readonly Stretch[]; readonly upTo: number } {
    const gaps: Stretch[] = []
    let at = told
    const reach = (to: number) => {
      if (to > at) gaps.push({ county, from: at + 1, to })
      at = Math.max(at, to)
    }
    const spans = (this.#spans.get(county) ?? []).filter((span) => !span.written || span.to > told).sort((a, b) => a.from - b.from)
    this.#spans.set(county, spans)
    for (const span of spans) {
      if (span.from > head) break
      // Somebody else has these numbers: what is being written with them will not be.
      if (!span.written && span.from <= at) continue
      reach(span.from - 1)
      if (!span.written) return { gaps, upTo: at }
      at = Math.max(at, span.to)
    }
    reach(head)
    return { gaps, upTo: at }
  }
}
