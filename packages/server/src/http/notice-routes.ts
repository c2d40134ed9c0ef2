import { problem, Refused } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { type NoticeRequest, observationNotice } from '../documents/observation-notice.ts'
import type { Store } from '../store/store.ts'
import { idOf } from './ids.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const LONGEST = 200

/** The papers of an observation. They name a person: the purpose comes in the body, and the look is logged. */
export function noticeRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  for (const paper of ['notice', 'release'] as const) {
    app.post<{ Params: { id: string }; Querystring: { lang?: string } }>(`/api/watch/:id/${paper}.docx`, async (request, reply) => {
      const actor = await signedIn(sessions, request)
      const id = idOf(request.params.id, 'id')
      const lang = request.query.lang === 'en' ? 'en' : 'zh'
      const done = await observationNotice(store, actor, id, paper, readRequest(request.body), lang)
      if (!done.ok) return refuseWith(reply, done.problem)
      return reply
        .header('content-type', DOCX)
        .header('content-disposition', `attachment; filename="${paper}.docx"`)
        .header('cache-control', 'private, no-store')
        .send(done.value)
    })
  }
}

function readRequest(body: unknown): NoticeRequest {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
  const text = (name: string): string | undefined => {
    const value = sent[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string' || value.length > LONGEST || /[\p{Cc}\p{Cs}]/u.test(value))
      throw new Refused(
        problem('invalid', { field: name, why: { zh: '应为一行文字。', en: 'it must be one line of text.' } }, { path: name }),
      )
    return value
  }
  const [cadre, gridWorker, doctor] = [text('cadre'), text('gridWorker'), text('doctor')]
  return {
    purpose: text('purpose') ?? '',
    ...(cadre === undefined ? {} : { cadre }),
    ...(gridWorker === undefined ? {} : { gridWorker }),
    ...(doctor === undefined ? {} : { doctor }),
  }
}
