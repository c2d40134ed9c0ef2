/**
 * Maximum flow by blocking flows (Dinitz 1970) on arcs added one by one; arc `e` and its reverse `e ^ 1` lie side by side.
 * Capacities are integers or `Infinity`.
 */
export class MaximumFlow {
  private readonly head: Int32Array
  private readonly link: number[] = []
  private readonly end: number[] = []
  /** Room left on each arc and each reverse arc. */
  readonly room: number[] = []
  private readonly level: Int32Array
  private readonly current: Int32Array
  private readonly nodes: number

  constructor(nodes: number) {
    this.nodes = nodes
    this.head = new Int32Array(nodes).fill(-1)
    this.level = new Int32Array(nodes)
    this.current = new Int32Array(nodes)
  }

  /** Adds an arc and gives its index; the flow on it is later `flowOn(index)`. */
  addArc(from: number, to: number, capacity: number): number {
    const arc = this.end.length
    this.end.push(to, from)
    this.room.push(capacity, 0)
    this.link.push(this.head[from] as number, this.head[to] as number)
    this.head[from] = arc
    this.head[to] = arc + 1
    return arc
  }

  flowOn(arc: number): number {
    return this.room[arc ^ 1] as number
  }

  /** Sends as much more as possible and gives the amount added. */
  augment(source: number, sink: number): number {
    let total = 0
    while (this.layer(source, sink)) {
      this.current.set(this.head)
      for (let pushed = this.push(source, sink); pushed > 0; pushed = this.push(source, sink)) total += pushed
    }
    return total
  }

  /** Nodes that still can be reached from `source` through arcs with room. */
  reachableFrom(source: number): Uint8Array {
    return this.sweep(source, 0)
  }

  /** Nodes from which `sink` still can be reached. */
  reaching(sink: number): Uint8Array {
    return this.sweep(sink, 1)
  }

  private sweep(start: number, reverse: 0 | 1): Uint8Array {
    const seen = new Uint8Array(this.nodes)
    const queue = [start]
    seen[start] = 1
    for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
      for (let e = this.head[v] as number; e >= 0; e = this.link[e] as number) {
        const w = this.end[e] as number
        if (seen[w] === 0 && (this.room[e ^ reverse] as number) > 0) {
          seen[w] = 1
          queue.push(w)
        }
      }
    }
    return seen
  }

  private layer(source: number, sink: number): boolean {
    this.level.fill(-1)
    this.level[source] = 0
    const queue = [source]
    for (let k = 0; k < queue.length; k++) {
      const v = queue[k] as number
      for (let e = this.head[v] as number; e >= 0; e = this.link[e] as number) {
        const w = this.end[e] as number
        if ((this.level[w] as number) < 0 && (this.room[e] as number) > 0) {
          this.level[w] = (this.level[v] as number) + 1
          queue.push(w)
        }
      }
    }
    return (this.level[sink] as number) >= 0
  }

  /** One path of the layered network, found with an explicit stack. */
  private push(source: number, sink: number): number {
    const path: number[] = []
    let v = source
    for (;;) {
      if (v === sink) {
        let amount = Number.POSITIVE_INFINITY
        for (const e of path) amount = Math.min(amount, this.room[e] as number)
        for (const e of path) {
          this.room[e] = (this.room[e] as number) - amount
          this.room[e ^ 1] = (this.room[e ^ 1] as number) + amount
        }
        return amount
      }
      let e = this.current[v] as number
      while (e >= 0 && !((this.room[e] as number) > 0 && this.level[this.end[e] as number] === (this.level[v] as number) + 1)) {
        e = this.link[e] as number
      }
      this.current[v] = e
      if (e >= 0) {
        path.push(e)
        v = this.end[e] as number
      } else {
        const back = path.pop()
        if (back === undefined) return 0
        this.level[v] = -1
        v = this.end[back ^ 1] as number
      }
    }
  }
}
