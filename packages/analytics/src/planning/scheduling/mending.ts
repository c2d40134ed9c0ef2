import { IMPOSSIBLE } from './decode/decoder.ts'
import { EventDecoder } from './decode/events.ts'
import { Profile } from './decode/profile.ts'
import { Stores } from './decode/stores.ts'
import type { Network } from './model/network.ts'
import { finishAt, lowerByArc, startUp, upperByArc } from './model/placing.ts'

/** Starts after mending, or the activity that could not be placed. */
export interface Mended {
  readonly failed: number
  readonly start: Int32Array
}

/** A schedule with what it occupies, from which activities are lifted and set down again. */
class Board {
  readonly net: Network
  readonly start: Int32Array
  readonly profile: Profile
  readonly stores: Stores

  constructor(net: Network, start: Int32Array) {
    this.net = net
    this.start = Int32Array.from(start)
    this.profile = new Profile(net)
    this.stores = new Stores(net)
    for (let j = 0; j < net.size; j++) if ((start[j] as number) >= 0) this.hold(j, 1)
  }

  hold(j: number, sign: 1 | -1): void {
    this.profile.add(j, this.start[j] as number, sign)
    this.stores.add(j, this.start[j] as number, sign)
  }

  /** Earliest start of j by its release and the lags from all that are placed. */
  lower(j: number): number {
    const { net } = this
    let low = net.release[j] as number
    for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
      const other = this.start[net.into.other[e] as number] as number
      if (other >= 0) low = Math.max(low, lowerByArc(net, j, e, other))
    }
    return startUp(net, j, low)
  }

  /** Sends back whoever moved and can stand at its old start, or nearer to it, after all; again while that makes room for others. */
  returnHome(old: Int32Array): void {
    const { start } = this
    const moved: number[] = []
    for (let j = 0; j < start.length; j++) if ((old[j] as number) >= 0 && start[j] !== old[j]) moved.push(j)
    for (let changed = true; changed; ) {
      changed = false
      moved.sort((a, b) => (start[a] as number) - (start[b] as number))
      for (const j of moved) {
        const now = start[j] as number
        if (now === old[j]) continue
        this.hold(j, -1)
        const least = Math.max(this.lower(j), old[j] as number, this.stores.earliest(j))
        const to = least < now ? this.profile.earliest(j, least, now) : now
        start[j] = to < 0 ? now : to
        this.hold(j, 1)
        if (start[j] !== now) changed = true
      }
    }
  }
}

/** The first activity behind its deadline, or -1. */
function late(net: Network, start: Int32Array): number {
  for (let j = 0; j < net.size; j++) if (finishAt(net, j, start[j] as number) > (net.deadline[j] as number)) return j
  return -1
}

/** Everything in the order of the old starts, none before its old start: who comes later gives way to who comes first. */
export function pushOn(net: Network, old: Int32Array): Mended {
  const release = Int32Array.from(net.release, (t, j) => Math.max(t, (net.fixed[j] as number) >= 0 ? 0 : (old[j] as number)))
  let last = 0
  for (const t of old) last = Math.max(last, t)
  const keys = Int32Array.from(old, (t) => (t < 0 ? last + 1 : t))
  const decoder = new EventDecoder({ ...net, release })
  const start = new Int32Array(net.size)
  if (decoder.build(keys, start) === IMPOSSIBLE) return { failed: Math.max(0, decoder.stuck), start }
  const board = new Board(net, start)
  board.returnHome(old)
  return { failed: late(net, board.start), start: board.start }
}

/** Only what is broken moves, to the first place that disturbs nobody; of the users of an overdrawn crew the last one gives way. */
export class PatientMender {
  private readonly net: Network
  private readonly old: Int32Array
  private readonly board: Board
  private readonly queue: number[] = []
  private readonly queued: Uint8Array
  private steps = 0

  constructor(net: Network, old: Int32Array) {
    this.net = net
    this.old = old
    this.board = new Board(net, old)
    this.queued = new Uint8Array(net.size)
  }

  run(): Mended {
    const { net, board } = this
    const { start } = board
    for (let j = 0; j < net.size; j++) {
      if ((start[j] as number) < 0) this.enqueue(j)
      else if ((net.fixed[j] as number) < 0 && board.lower(j) > (start[j] as number)) this.enqueue(j)
      else if (startUp(net, j, start[j] as number) !== start[j]) this.enqueue(j)
    }
    let failed = this.drain()
    for (let shortage = this.shortage(0); shortage && failed < 0; shortage = this.shortage(shortage.slot)) {
      if (shortage.mover < 0) return { failed: shortage.user, start }
      this.enqueue(shortage.mover)
      failed = this.drain()
    }
    if (failed < 0) {
      board.returnHome(this.old)
      failed = late(net, start)
    }
    return { failed, start }
  }

  private enqueue(j: number): void {
    if (this.queued[j]) return
    this.queued[j] = 1
    this.queue.push(j)
  }

  /** Moves what is queued, earliest first; the activity that finds no place, or -1. */
  private drain(): number {
    const { net, board, queue } = this
    const { start } = board
    while (queue.length > 0) {
      let pick = 0
      for (let k = 1; k < queue.length; k++) if ((start[queue[k] as number] as number) < (start[queue[pick] as number] as number)) pick = k
      const j = queue[pick] as number
      queue[pick] = queue.at(-1) as number
      queue.pop()
      this.queued[j] = 0
      if ((net.fixed[j] as number) >= 0 || this.steps++ > 50 * net.size + 1000) return j
      if ((start[j] as number) >= 0) board.hold(j, -1)
      const least = Math.max(board.lower(j), start[j] as number, board.stores.earliest(j))
      const to = least > net.horizon ? -1 : board.profile.earliest(j, least, net.horizon)
      if (to < 0 || finishAt(net, j, to) > (net.deadline[j] as number)) return j
      start[j] = to
      board.hold(j, 1)
      for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++) {
        const next = net.outOf.other[e] as number
        const now = start[next] as number
        if (now >= 0 && upperByArc(net, j, e, now) < to) this.enqueue(next)
      }
    }
    return -1
  }

  /** The next overdrawn slot and, of those who use what is short, the free one that starts last. */
  private shortage(from: number): { readonly slot: number; readonly mover: number; readonly user: number } | null {
    const { net, board } = this
    const { start } = board
    for (let crew = board.profile.overdrawn(from); crew; crew = board.profile.overdrawn(crew.slot + 1)) {
      const { slot, resource } = crew
      const found = this.lastUser((j) => {
        const time = net.time[j]
        if (time && time.done[slot + 1] === time.done[slot]) return false
        if ((start[j] as number) > slot || finishAt(net, j, start[j] as number) <= slot) return false
        for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++)
          if (net.needResource[e] === resource) return true
        return false
      })
      if (found.user >= 0) return { slot, ...found }
    }
    const store = board.stores.overdrawn()
    if (!store) return null
    const found = this.lastUser((j) => {
      if ((start[j] as number) > store.slot) return false
      for (let e = net.takeFirst[j] as number; e < (net.takeFirst[j + 1] as number); e++)
        if (net.takeMaterial[e] === store.material) return true
      return false
    })
    return { slot: from, ...found }
  }

  private lastUser(uses: (j: number) => boolean): { readonly mover: number; readonly user: number } {
    const { net, board } = this
    let mover = -1
    let user = -1
    for (let j = 0; j < net.size; j++) {
      if (!uses(j)) continue
      user = j
      if ((net.fixed[j] as number) < 0 && (mover < 0 || (board.start[j] as number) >= (board.start[mover] as number))) mover = j
    }
    return { mover, user }
  }
}

/** Why an activity could not keep its start. `by` is the activity, resource or material that stands in the way. */
export interface MoveReason {
  readonly kind: 'date' | 'lag' | 'resource' | 'material' | 'new'
  readonly by?: string
}

/** What kept each moved activity from its old start in the mended schedule. */
export function reasonsFor(net: Network, old: Int32Array, start: Int32Array, moved: readonly number[]): Map<number, MoveReason> {
  const board = new Board(net, start)
  const reasons = new Map<number, MoveReason>()
  for (const j of moved) reasons.set(j, reasonFor(board, old[j] as number, j))
  return reasons
}

function reasonFor(board: Board, home: number, j: number): MoveReason {
  const { net, start } = board
  if (home < 0) return { kind: 'new' }
  if (startUp(net, j, Math.max(home, net.release[j] as number)) > home) return { kind: 'date' }
  let pushed = home
  let by = -1
  for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
    const i = net.into.other[e] as number
    const least = lowerByArc(net, j, e, start[i] as number)
    if (least <= pushed) continue
    pushed = least
    by = i
  }
  if (by >= 0) return { kind: 'lag', by: net.ids[by] as string }
  board.hold(j, -1)
  const stored = board.stores.earliest(j) <= home
  board.hold(j, 1)
  if (!stored) return { kind: 'material', by: net.materials[net.takeMaterial[net.takeFirst[j] as number] as number]?.id as string }
  const end = finishAt(net, j, home)
  for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++)
    for (let i = 0; i < net.size; i++) {
      if (i === j || (start[i] as number) >= end || finishAt(net, i, start[i] as number) <= home) continue
      for (let f = net.needFirst[i] as number; f < (net.needFirst[i + 1] as number); f++)
        if (net.needResource[f] === net.needResource[e]) return { kind: 'resource', by: net.ids[i] as string }
    }
  return { kind: 'resource', by: net.resourceIds[net.needResource[net.needFirst[j] as number] as number] as string }
}
