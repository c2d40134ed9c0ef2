import type { ServerResponse } from 'node:http'
import type { Actor } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { type Sessions, signedIn } from './session.ts'

/** Changes kept for those who come back after a break. */
const KEPT = 20_000

export interface LiveOptions {
  /** How long a stream goes on by what was known of the session and its grants, milliseconds. */
  readonly heartbeat?: number
  /** Bytes that wait for a reader before it is let go. */
  readonly behind?: number
}

/** How often it is asked what other processes wrote while somebody listens, milliseconds. */
const ELSEWHERE_MS = 1_000
const HEARTBEAT_MS = 5_000
const BEHIND = 1_000_000

interface Change {
  readonly at: number
  readonly receipt: Receipt
}

/**
 * Live updates by server-sent events. A client that comes back with `Last-Event-ID` gets what it missed, or `reset` when that
 * is no longer known. The stream says what changed, never the values: the reader fetches what it may see.
 */
export function liveRoutes(app: FastifyInstance, store: Store, sessions: Sessions, options: LiveOptions = {}): void {
  const { heartbeat = HEARTBEAT_MS, behind = BEHIND } = options
  const changes: Change[] = []
  let last = 0
  const epoch = Date.now().toString(36)
  const waiting = new Set<(change: Change) => void>()
  const open = new Set<ServerResponse>()
  // A server that is asked to end does not wait for those who listen: they come back and are told what they missed.
  app.addHook('preClose', (done) => {
    for (const raw of open) raw.destroy()
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
  let asking: NodeJS.Timeout | undefined
  // Where it cannot be asked, the next time tells.
  const ask = () => elsewhere?.look().catch(() => undefined)

  app.get<{ Querystring: { after?: string } }>('/api/live', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    await ask()
    let desk = store.as(actor)
    reply.hijack()
    const { raw } = reply
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
    const tell = ({ at, receipt: { event, state } }: Change) => {
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
    const from = request.headers['last-event-id'] ?? request.query.after
    const known = readPlace(from, epoch)
    const whole = known !== undefined && (changes[0]?.at ?? last + 1) <= known + 1
    // The greeting names the place that the reader has reached: should the line break before the missed changes arrive, they are told again.
    say(
      `retry: 2000\nevent: hello\nid: ${epoch}.${whole ? known : last}\ndata: ${JSON.stringify({ at: store.clock.now().toString() })}\n\n`,
    )
    if (whole) for (const change of changes) if (change.at > known) tell(change)
    if (from !== undefined && !whole) say('event: reset\ndata: {}\n\n')
    waiting.add(tell)
    open.add(raw)
    if (elsewhere) asking ??= setInterval(ask, ELSEWHERE_MS).unref()
    const beat = setInterval(() => {
      void sameActor(sessions, request.headers, actor).then((now) => {
        if (!now) return raw.end()
        // Grants begin and end while somebody listens.
        desk = store.as(now)
        say(': beat\n\n')
        return undefined
      })
    }, heartbeat)
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

async function sameActor(sessions: Sessions, headers: Parameters<Sessions['of']>[0], actor: Actor): Promise<Actor | undefined> {
  const found = await sessions.of(headers).catch(() => undefined)
  return found?.actor.id === actor.id && !found.pending ? found.actor : undefined
}
