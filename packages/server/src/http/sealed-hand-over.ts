import { Readable } from 'node:stream'
import { LARGEST_FILE, problem } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { type TakingIn, takeIn } from '../field/acts.ts'
import type { Devices } from '../field/devices.ts'
import { type Sealed, unseal } from '../field/sealing.ts'
import { takeFile } from '../store/desk/sent-files.ts'
import { deviceOf, fieldsOf, LARGEST_BATCH, openedAct } from './phone-acts.ts'
import { refuseWith } from './problems.ts'

/** Calls a minute of one address; what is sealed for one phone costs little, and several phones may stand behind one router. */
const CALLS_A_MINUTE = 240
const MOST_FILES = 20
/** One file as large as any may be, as base64, and what stands around it; bytes. */
const BODY_LIMIT = Math.ceil((LARGEST_FILE / 3) * 4) + 64 * 1024

const sealedOf = (value: unknown): Sealed | undefined => {
  const { iv, data } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return typeof iv === 'string' && typeof data === 'string' ? { iv, data } : undefined
}

const listOf = (value: unknown, most: number): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : [])

/**
 * What lies on a phone whose worker has left, or that is wiped: sealed as it is. Only that phone's key makes it readable, so it
 * needs no session, and nobody else can make it up. The phone learns what it need not keep, not what is in it: whoever holds it now need not be the
 * worker. What this server cannot open stays there; `again` says that something could not be taken just now.
 */
export function sealedHandOver(app: FastifyInstance, field: TakingIn & { readonly devices: Devices }): void {
  const { store, accounts, devices } = field
  // Cookies are the sender's to choose, the address is not.
  const rateLimit = { max: CALLS_A_MINUTE, timeWindow: '1 minute', keyGenerator: (request: { ip: string }) => `hand-over ${request.ip}` }
  app.post('/api/field/hand-over', { bodyLimit: BODY_LIMIT, config: { rateLimit } }, async (request, reply) => {
    const { device: id, offsets, entries, files } = fieldsOf(request.body)
    const device = deviceOf(id)
    const known = await devices.keyOf(device)
    if (!known) return refuseWith(reply, problem('not-found', { what: { zh: '这部手机', en: 'phone' } }))
    const opened = (value: unknown) => {
      const sealed = sealedOf(value)
      return sealed && unseal(known.key, sealed)
    }
    let again = false
    const fileIsDone = async (file: unknown): Promise<boolean> => {
      const content = opened(file)
      if (!content) return false
      if (!store.attachments) return true
      const name = String((file as { name?: unknown }).name ?? 'photo')
      const taken = await takeFile(store, store.attachments, known.account, { name, content: Readable.from([content]) })
      const later = !taken.ok && taken.problem.status >= 500
      again ||= later
      // What is refused for good is told with the act that names it.
      return !later
    }
    const done: boolean[] = []
    for (const file of listOf(files, MOST_FILES)) done.push(await fileIsDone(file))
    const read = listOf(entries, LARGEST_BATCH).map((entry) => {
      const bytes = opened(entry)
      return bytes ? openedAct(JSON.parse(bytes.toString()), offsets) : undefined
    })
    const acts = read.filter((act) => act !== undefined)
    const taken = await takeIn(field, { actor: await accounts.actorOf(known.account), device, unattended: true }, acts)
    const byEvent = new Map(taken.map((one) => [one.event, one]))
    again ||= taken.some((one) => 'problem' in one)
    const kept = read.map((act) => {
      const answer = act && byEvent.get(act.command.id)
      return answer !== undefined && !('problem' in answer)
    })
    return reply.header('cache-control', 'no-store').send({ now: store.clock.now().toString(), kept, files: done, again })
  })
}
