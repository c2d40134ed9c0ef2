/**
 * The accepted bids of every post, as one binary heap per post with the lowest bid on top, all in flat arrays.
 * A full post can be entered only by a bid above its lowest one, which is then pushed out.
 */
export class PostHeaps {
  /** First slot of each post; the slots of post `j` end at `first[j + 1]`. */
  readonly first: Int32Array
  readonly held: Int32Array
  readonly worker: Int32Array
  readonly bid: Float64Array

  constructor(openings: Int32Array) {
    this.first = new Int32Array(openings.length + 1)
    for (let j = 0; j < openings.length; j++) this.first[j + 1] = (this.first[j] as number) + (openings[j] as number)
    const slots = this.first[openings.length] as number
    this.held = new Int32Array(openings.length)
    this.worker = new Int32Array(slots)
    this.bid = new Float64Array(slots)
  }

  isFull(post: number): boolean {
    return (this.held[post] as number) === (this.first[post + 1] as number) - (this.first[post] as number)
  }

  /** Lowest accepted bid; only for posts that hold somebody. */
  lowest(post: number): number {
    return this.bid[this.first[post] as number] as number
  }

  /** Accepts a bid; gives the worker pushed out, or −1. */
  accept(post: number, bidder: number, amount: number): number {
    const { bid, worker } = this
    const base = this.first[post] as number
    const size = this.held[post] as number
    const room = (this.first[post + 1] as number) - base
    if (size < room) {
      let k = size
      while (k > 0) {
        const parent = (k - 1) >> 1
        if ((bid[base + parent] as number) <= amount) break
        bid[base + k] = bid[base + parent] as number
        worker[base + k] = worker[base + parent] as number
        k = parent
      }
      bid[base + k] = amount
      worker[base + k] = bidder
      this.held[post] = size + 1
      return -1
    }
    const out = worker[base] as number
    let k = 0
    for (;;) {
      let child = 2 * k + 1
      if (child >= room) break
      if (child + 1 < room && (bid[base + child + 1] as number) < (bid[base + child] as number)) child++
      if ((bid[base + child] as number) >= amount) break
      bid[base + k] = bid[base + child] as number
      worker[base + k] = worker[base + child] as number
      k = child
    }
    bid[base + k] = amount
    worker[base + k] = bidder
    return out
  }

  clear(): void {
    this.held.fill(0)
  }
}
