import { gates, passes } from '@guatu/domains'
import { type Actor, dayOf, EVERYTHING, isEmpty, lookersOf, problem, Refused, scopeOf } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { closureDocument } from '../documents/closure-document.ts'
import { gateBooks } from '../gates/book.ts'
import { lookByDocument, lookByNumber, lookByPlate, unreadable } from '../gates/look.ts'
import { numbered } from '../gates/numbered.ts'
import { bookKey } from '../gates/recognition.ts'
import { definition, text } from '../gates/register.ts'
import { openSigningKey, verifyEd25519 } from '../gates/signing-key.ts'
import { verifyPass } from '../gates/verify.ts'
import { recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { publicSurroundings } from '../store/surroundings.ts'
import { langOf, type OfRecord, rowOf, sendDocument } from './document-replies.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

interface Shown {
  readonly code?: unknown
  readonly number?: unknown
  readonly direction?: unknown
  readonly shown?: unknown
}

/** Gates: passes held against the register, what gates carry without a network, codes of passes, announcements. */
export async function gateRoutes(app: FastifyInstance, store: Store, accounts: Accounts, data: string | undefined): Promise<void> {
  // A server over other definitions has no gates.
  if (!store.registry.records.has('pass')) return
  const sessions: Sessions = accounts
  const { secret } = await accounts.auth.$context
  const bookFor = gateBooks(store, secret)
  lookRoutes(app, store, sessions, secret)
  const signingKey = openSigningKey(store, data)

  app.post<{ Body: Shown | null }>('/api/passes/verify', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const def = definition(store, 'pass')
    const scope = lookersOf(def, actor)
    if (isEmpty(scope)) return refuseWith(reply, problem('not-allowed', { action: { zh: '查验通行证', en: 'check passes' } }))
    const { code, number, direction } = request.body ?? {}
    const way = direction === 'in' ? 'in' : 'out'
    const signed = typeof code === 'string' ? passes.readTicket(code.slice(0, 400)) : undefined
    // A code is first of all genuine; then the register knows more than it can say.
    if (typeof code === 'string') {
      const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
      const verdict = await passes.checkTicket(signed, await bookFor(actor), verifyEd25519, { now, direction: way, exits: [] })
      if (!signed || ['not-ours', 'forged', 'key-unknown', 'key-stopped', 'key-elsewhere'].includes(verdict.code))
        return reply.header('cache-control', 'no-store').send({ verdict })
    }
    const wanted = signed?.ticket.pass ?? (typeof number === 'string' ? passes.readNumber(number) : undefined)
    if (wanted === undefined)
      throw new Refused(
        problem(
          'invalid',
          {
            field: { zh: '证号', en: 'number' },
            why: { zh: '请扫码，或输入12位证号（旧证8位）。', en: 'scan the code, or type the twelve letters (eight on an older pass).' },
          },
          { path: 'number' },
        ),
      )
    const found = await numbered(store, scope, wanted, way)
    return found ? reply.header('cache-control', 'no-store').send(found) : refuseWith(reply, problem('not-found', { what: def.label }))
  })

  app.get('/api/passes/book', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    if (isEmpty(lookersOf(definition(store, 'pass'), actor)))
      return refuseWith(reply, problem('not-allowed', { action: { zh: '查验通行证', en: 'check passes' } }))
    await signingKey()
    return reply.header('cache-control', 'private, no-store').send(await bookFor(actor))
  })

  // The text of the QR code, and what a gate says of it now. It names nobody, and is signed anew each time, so nothing of it needs to be kept.
  app.get<OfRecord>('/api/pass/:id/code', async (request, reply) => {
    const row = await rowOf(store, request, 'pass', await signedIn(sessions, request))
    if (row.state !== 'issued')
      return refuseWith(
        reply,
        problem('wrong-state', {
          state: definition(store, 'pass').states[row.state] ?? row.state,
          action: { zh: '出示二维码', en: 'show its code' },
          instead: { zh: '请为本人另发通行证。', en: 'Issue the person another pass.' },
        }),
      )
    // The plate is masked for whoever asks; what the code says of it is not.
    const [whole = row] = await recordsOf(store.db, definition(store, 'pass'), EVERYTHING, [row.id])
    const key = await signingKey()
    const kind = passes.KINDS.find((one) => one === row.fields.kind) ?? 'household'
    const ticket: passes.Ticket = {
      kind,
      pass: text(row.fields.number),
      order: passes.shortNumberOf(text(row.fields.closure)),
      from: text(row.fields.validFrom),
      to: text(row.fields.validTo),
      key: key.name,
      tail: kind === 'vehicle' ? passes.plateTail(text(whole.fields.plate)) : '',
    }
    const [code, verdict] = await Promise.all([passes.signTicket(ticket, key.sign), verifyPass(store, whole, 'out')])
    return reply.header('cache-control', 'private, no-store').send({ code, number: ticket.pass, tail: ticket.tail, verdict })
  })

  app.get<OfRecord>('/api/closure/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'closure', await signedIn(sessions, request))
    const lang = langOf(request)
    const said = row.fields.announcedAt ?? row.fields.decidedAt
    const day = said === undefined ? undefined : dayOf(Temporal.Instant.from(text(said)), store.clock.zone)
    const content = await closureDocument(definition(store, 'closure'), row, publicSurroundings(store, lang, day), lang)
    return sendDocument(reply, text(row.fields.title), content)
  })
}

const CHECK = { zh: '查验', en: 'check at a gate' }

/** Documents and plates at a gate. What was shown travels in the body. */
function lookRoutes(app: FastifyInstance, store: Store, sessions: Sessions, secret: string): void {
  const mayCheck = (actor: Actor) => !isEmpty(scopeOf(definition(store, 'crossing').actions.record?.by ?? {}, actor))

  app.post<{ Body: Shown | null }>('/api/gate/look', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    if (!mayCheck(actor)) return refuseWith(reply, problem('not-allowed', { action: CHECK }))
    const { shown, direction } = request.body ?? {}
    const read = typeof shown === 'string' ? gates.readShown(shown.slice(0, 60)) : undefined
    const way = direction === 'in' ? 'in' : 'out'
    const desk = store.as(actor)
    const look =
      read?.kind === 'document'
        ? await lookByDocument(store, desk, read, way)
        : read?.kind === 'plate'
          ? await lookByPlate(store, desk, read.plate, way)
          : read?.kind === 'number'
            ? await lookByNumber(store, desk, read, way)
            : undefined
    if (!look) return refuseWith(reply, unreadable())
    return look.ok ? reply.header('cache-control', 'no-store').send(look.value) : refuseWith(reply, look.problem)
  })

  // Recognises what the book carries. The device keeps it sealed with everything else.
  app.get('/api/gate/key', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    if (!mayCheck(actor)) return refuseWith(reply, problem('not-allowed', { action: CHECK }))
    return reply.header('cache-control', 'no-store').send({ recognise: bookKey(store, secret, actor).toString('base64') })
  })
}
