import { type Lang, Refused } from '@guatu/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { idOf } from './ids.ts'

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A request that names a record and a language. */
export interface OfRecord {
  Params: { id: string }
  Querystring: { lang?: string }
}

/** The record of a request as the caller may see it. @throws Refused */
export async function rowOf(
  store: Store,
  request: FastifyRequest<OfRecord>,
  record: string,
  actor: Parameters<Store['as']>[0],
): Promise<Listed> {
  const row = await store.as(actor).get(record, idOf(request.params.id, 'id'))
  if (!row.ok) throw new Refused(row.problem)
  return row.value
}

export const langOf = (request: FastifyRequest<OfRecord>): Lang => (request.query.lang === 'en' ? 'en' : 'zh')

/** Sends a document under its Chinese name; nobody keeps a copy on the way. */
export const sendDocument = (reply: FastifyReply, name: string, content: Buffer, type: keyof typeof TYPES = 'docx') =>
  reply
    .header('content-type', TYPES[type])
    .header('content-disposition', `attachment; filename="document.${type}"; filename*=UTF-8''${encodeURIComponent(`${name}.${type}`)}`)
    .header('cache-control', 'private, no-store')
    .send(content)
