import type { ServerResponse } from 'node:http'
import { problem, Refused } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { type SignedIn, sessionOf, type WatchedSessions } from './session.ts'

/** Changes kept for those who come back after a break. */
const KEPT = 20_000

export interface LiveOptions {
  /** How long a stream goes on by what was known of the session and its grants, milliseconds. */
  readonly heartbeat?: number
  /** Bytes that wait for a reader before it is let go. */
  readonly behind?: number
  /** Streams of one session at a time. */
  readonly streams?: number
}

/** How often it is asked what other processes wrote while somebody listens, milliseconds. */
const ELSEWHERE_MS = 1_000
const HEARTBEAT_MS = 5_000
const BEHIND = 1_000_000
/** Bytes in which a change is told, and then some. */
const CHANGE_BYTES = 400
/** Streams of one session at a time: as many windows as anybody watches. */
const STREAMS = 32

/** Somebody who listens. */
interface Reader {
  readonly account: string
  readonly session: string
  /** Asks at once whether this reader may go on, and what it may read. */
  ask(): void
}

interface Change {
  readonly at: number
  readonly receipt: Receipt
}

/**
 * Live updates by server-sent events. A client that comes back with `Last-Event-ID` gets what it missed, or `reset` when that
 * is no longer known, or too much. The stream says what changed, never the values: the reader fetches what it may see. A session or grant that this process
 * ends is heard of at once, one that another ends at the next heartbeat; nothing is told while it is asked.
 */
export function liveRoutes(app: FastifyInstance, store: Store, sessions: WatchedSessions, options: LiveOptions = {}): void {
  const { heartbeat = HEARTBEAT_MS, behind = BEHIND, streams = STREAMS } = options
  const changes: Change[] = []
  let last = 0
  const epoch = Date.now().toString(36)
  const waiting = new Set<(change: Change) => void>()
  const open = new Map<ServerResponse, Reader>()
  // A server that is asked to end does not wait for those who listen: they come back and are told what they missed.
  app.addHook('preClose', (done) => {
    for (const raw of open.keys()) raw.destroy()
    done()
  })
  const hear = (receipts: readonly Receipt[]) => {
    for (const receipt of receipts) {
      last += 1
      const change = { at: last, receipt }
      changes.push(change)
      for (const tell of waiting) tell(change)
    }
    if (changes.length > KEPT * 2) changes.splice(0, changes.length - KEPT)
  }
  const { elsewhere } = store
  store.writer.onCommitted(hear)
  elsewhere?.onWritten(hear)
  sessions.onChanged((account) => {
    for (const reader of open.values()) if (reader.account === account) reader.ask()
  })
  let asking: NodeJS.Timeout | undefined
  // Where it cannot be asked, the next time tells.
  const ask = () => elsewhere?.look().catch(() => undefined)

  app.get<{ Querystring: { after?: string } }>('/api/live', async (request, reply) => {
    const found = await sessionOf(sessions, request)
    const { session, actor } = found
    await ask()
    const own = [...open.values()].filter((reader) => reader.session === session).length
    if (own >= streams) throw new Refused(problem('too-many-streams', { most: streams }))
    let desk = store.as(actor)
    reply.hijack()
    const { raw } = reply
    // Whoever broke off meanwhile is told nothing, and nobody would notice that they went.
    if (raw.destroyed) return
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    })
    const say = (text: string) => {
      // A reader too slow to follow is let go; it comes back and is told what it missed.
      if (raw.writableLength > behind) raw.destroy()
      else raw.write(text)
    }
    /** Changes that wait until it is known anew who reads; undefined while that is known. */
    let held: Change[] | undefined
    let asked = 0
    const tell = (change: Change) => {
      if (held) held.push(change)
      else send(change)
    }
    const send = ({ at, receipt: { event, state } }: Change) => {
      if (!desk.sees(event, state)) return
      const data = {
        record: event.record,
        id: event.recordId,
        action: event.action,
        state: state.state,
        area: state.area,
        version: state.version,
        happenedAt: event.happenedAt,
      }
      say(`id: ${epoch}.${at}\nevent: change\ndata: ${JSON.stringify(data)}\n\n`)
    }
    /** Sessions and grants begin and end while somebody listens. */
    const askAnew = async () => {
      asked += 1
      const turn = asked
      held ??= []
      const now = await sameSession(sessions, request.headers, found)
      // Asked again meanwhile, the newer answer holds.
      if (turn !== asked) return
      if (!now) return void raw.end()
      desk = store.as(now.actor)
      const waited = held
      held = undefined
      for (const change of waited) send(change)
      say(': beat\n\n')
    }
    waiting.add(tell)
    open.set(raw, { account: actor.id, session, ask: () => void askAnew() })
    // What is remembered of the session may be older than its end.
    void askAnew()
    const from = request.headers['last-event-id'] ?? request.query.after
    const known = readPlace(from, epoch)
    // More than may wait for a reader at once would only let it go again, and again.
    const whole = known !== undefined && (changes[0]?.at ?? last + 1) <= known + 1 && (last - known) * CHANGE_BYTES <= behind
    // The greeting names the place that the reader has reached: should the line break before the missed changes arrive, they are told again.
    say(
      `retry: 2000\nevent: hello\nid: ${epoch}.${whole ? known : last}\ndata: ${JSON.stringify({ at: store.clock.now().toString() })}\n\n`,
    )
    if (whole) for (const change of changes) if (change.at > known) tell(change)
    if (from !== undefined && !whole) say('event: reset\ndata: {}\n\n')
    if (elsewhere) asking ??= setInterval(ask, ELSEWHERE_MS).unref()
    const beat = setInterval(() => void askAnew(), heartbeat).unref()
    raw.on('close', () => {
      clearInterval(beat)
      waiting.delete(tell)
      open.delete(raw)
      if (waiting.size > 0) return
      clearInterval(asking)
      asking = undefined
    })
  })
}

const readPlace = (place: string | string[] | undefined, epoch: string): number | undefined => {
  const [era, at] = String(place ?? '').split('.')
  const n = Number(at)
  return era === epoch && Number.isInteger(n) ? n : undefined
}

async function sameSession(sessions: WatchedSessions, headers: Parameters<WatchedSessions['of']>[0], was: SignedIn) {
  const found = await sessions.of(headers, true).catch(() => undefined)
  return found?.actor.id === was.actor.id && !found.pending ? found : undefined
}
