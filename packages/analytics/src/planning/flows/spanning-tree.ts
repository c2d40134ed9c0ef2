/**
 * A rooted spanning tree kept for the network simplex method: parent, connecting arc and depth of every node, and the
 * preorder ("thread") as a doubly linked ring (Bradley, Brown & Graves 1977; Ahuja, Magnanti & Orlin 1993, ch. 11).
 */
export interface SpanningTree {
  readonly parent: Int32Array
  /** Arc to the parent; −1 at the root. */
  readonly arc: Int32Array
  /** 1 where the connecting arc points to the parent, 0 where it comes from there. */
  readonly upward: Uint8Array
  readonly depth: Int32Array
  readonly next: Int32Array
  readonly previous: Int32Array
  readonly potential: Float64Array
}

/** A star: every node hangs directly below the root, which is the last node. */
export function starTree(nodes: number): SpanningTree {
  const root = nodes
  const tree: SpanningTree = {
    parent: new Int32Array(nodes + 1).fill(root),
    arc: new Int32Array(nodes + 1).fill(-1),
    upward: new Uint8Array(nodes + 1),
    depth: new Int32Array(nodes + 1).fill(1),
    next: new Int32Array(nodes + 1),
    previous: new Int32Array(nodes + 1),
    potential: new Float64Array(nodes + 1),
  }
  tree.parent[root] = -1
  tree.depth[root] = 0
  for (let v = 0; v <= nodes; v++) {
    tree.next[v] = v + 1 > nodes ? 0 : v + 1
    tree.previous[v] = v === 0 ? root : v - 1
  }
  return tree
}

/**
 * Cuts the subtree of `cut` off and hangs it below `below` by the arc `entering` at its node `graft`, adding `shift` to
 * the potentials of all nodes moved. One walk over the subtree renews depths, potentials and preorder; `thread` outside
 * the subtree changes in two places only.
 */
export function regraft(
  tree: SpanningTree,
  cut: number,
  graft: number,
  below: number,
  entering: number,
  enteringUpward: number,
  shift: number,
): void {
  const { parent, arc, upward, depth, next, previous, potential } = tree
  const before = previous[cut] as number
  let stem = graft
  let stemParent = below
  let stemArc = entering
  let stemUpward = enteringUpward
  let stemDepth = (depth[below] as number) + 1
  let done = -1
  let afterDone = -1
  let tail = -1
  let after = -1
  for (;;) {
    const oldDepth = depth[stem] as number
    const oldParent = parent[stem] as number
    const oldArc = arc[stem] as number
    const oldUpward = upward[stem] as number
    const deeper = stemDepth - oldDepth
    if (tail >= 0) {
      next[tail] = stem
      previous[stem] = tail
    }
    let x = stem
    for (;;) {
      depth[x] = (depth[x] as number) + deeper
      potential[x] = (potential[x] as number) + shift
      tail = x
      x = next[x] as number
      if (x === done) {
        // The branch that went before is a child no more: jump over it.
        x = afterDone
        if ((depth[x] as number) <= oldDepth) break
        next[tail] = x
        previous[x] = tail
      } else if ((depth[x] as number) <= oldDepth) break
    }
    parent[stem] = stemParent
    arc[stem] = stemArc
    upward[stem] = stemUpward
    if (stem === cut) {
      after = x
      break
    }
    done = stem
    afterDone = x
    stemParent = stem
    stemArc = oldArc
    stemUpward = 1 - oldUpward
    stemDepth += 1
    stem = oldParent
  }
  next[before] = after
  previous[after] = before
  const follower = next[below] as number
  next[below] = graft
  previous[graft] = below
  next[tail] = follower
  previous[follower] = tail
}
