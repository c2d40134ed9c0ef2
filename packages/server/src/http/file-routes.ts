import { buffer } from 'node:stream/consumers'
import multipart from '@fastify/multipart'
import { type Actor, isEmpty, problem, scopeOf } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { textOf } from '../documents/text-of.ts'
import { carriesFiles, fileOf } from '../store/desk/files.ts'
import { takeFile } from '../store/desk/sent-files.ts'
import type { Store } from '../store/store.ts'
import { idOf } from './ids.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

/**
 * Attachments: up as a stream, known by the hash of what they are; down with the record that carries them and its permission, only as a
 * download, never run in the page.
 */
export async function fileRoutes(app: FastifyInstance, store: Store, sessions: Sessions): Promise<void> {
  const { attachments } = store
  if (!attachments) return
  await app.register(multipart, { limits: { files: 1, fields: 0, fileSize: 64 * 1024 * 1024 } })
  app.post('/api/files', async (request, reply) => {
    const { id } = await signedIn(sessions, request)
    const part = await request.file()
    if (!part) return refuseWith(reply, problem('required', { field: { zh: '附件', en: 'file' } }))
    const kept = await takeFile(store, attachments, id, { name: part.filename, content: part.file })
    return kept.ok ? reply.code(201).send(kept.value) : refuseWith(reply, kept.problem)
  })
  const meeting = store.registry.records.get('meeting')
  // The file is kept as the source of the meeting; its text is what is read, for those who may file one.
  const mayFile = (actor: Actor) => !isEmpty(scopeOf(meeting?.actions.record?.by ?? {}, actor))
  app.post('/api/communique/text', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    if (!mayFile(actor)) return refuseWith(reply, problem('not-allowed', { action: { zh: '新会议', en: 'New meeting' } }))
    const part = await request.file()
    if (!part) return refuseWith(reply, problem('required', { field: { zh: '附件', en: 'file' } }))
    const kept = await takeFile(store, attachments, actor.id, { name: part.filename, content: part.file })
    if (!kept.ok) return refuseWith(reply, kept.problem)
    const stream = await attachments.read(kept.value.hash)
    const text = await textOf(stream ? await buffer(stream) : Buffer.alloc(0), kept.value.type)
    return text.ok ? { text: text.value, file: kept.value } : refuseWith(reply, text.problem)
  })
  for (const def of store.registry.records.values()) {
    if (!carriesFiles(def)) continue
    const give = async (request: FastifyRequest<{ Params: { id: string; hash: string } }>, reply: FastifyReply, purpose: string) => {
      const desk = store.as(await signedIn(sessions, request))
      const { id, hash } = request.params
      const found = await fileOf(store, desk, def, idOf(id, 'id'), { hash, purpose })
      if (!found.ok) return refuseWith(reply, found.problem)
      const content = await attachments.read(hash)
      if (!content) return refuseWith(reply, problem('not-found', { what: { zh: '附件', en: 'file' } }))
      return reply
        .header('content-type', 'application/octet-stream')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(await attachments.nameOf(hash, found.value.name))}`,
        )
        .header('cache-control', 'private, no-store')
        .send(content)
    }
    app.get<{ Params: { id: string; hash: string } }>(`/api/${def.name}/:id/files/:hash`, (request, reply) => give(request, reply, ''))
    // A purpose comes in the body, never in an address.
    app.post<{ Params: { id: string; hash: string } }>(`/api/${def.name}/:id/files/:hash`, (request, reply) => {
      const { purpose } = (request.body ?? {}) as { purpose?: unknown }
      return give(request, reply, typeof purpose === 'string' ? purpose : '')
    })
  }
}
