import { progress } from '@guatu/domains'
import { problem, Refused, today } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { bulletinDocument, minutesDocument } from '../documents/bulletin-document.ts'
import { composeProgressReport } from '../documents/progress-report.ts'
import { reportDocument } from '../documents/report-document.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { langOf, type OfRecord, rowOf, sendDocument } from './document-replies.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

interface Asked {
  readonly meetings?: unknown
  readonly cutOff?: unknown
}

/** Progress reports: composed, compared with the present, and set as documents. Everything goes through the caller's desk. */
export function reportRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.post<{ Body: Asked | null }>('/api/reports/progress', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const { meetings, cutOff } = request.body ?? {}
    if (!Array.isArray(meetings) || (cutOff !== undefined && typeof cutOff !== 'string'))
      throw new Refused(
        problem(
          'invalid',
          { field: { zh: '会议', en: 'meetings' }, why: { zh: '应为会议编号的列表。', en: 'it must be a list of meeting ids.' } },
          { path: 'meetings' },
        ),
      )
    const composed = await composeProgressReport(store, actor, {
      meetings: meetings.map(String),
      ...(cutOff === undefined ? {} : { cutOff }),
    })
    return composed.ok ? reply.header('cache-control', 'no-store').send(composed.value) : refuseWith(reply, composed.problem)
  })

  // Figures that a report written now would show otherwise, and whether the stored ones are still those that were frozen.
  app.get<OfRecord>('/api/report/:id/since', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const row = await rowOf(store, request, 'report', actor)
    const content = progress.readContent(row.fields.content)
    if (!content.ok) return refuseWith(reply, content.problem)
    const now = await composeProgressReport(store, actor, { meetings: content.value.meetings.map((one) => one.id) })
    if (!now.ok) return refuseWith(reply, now.problem)
    return reply.header('cache-control', 'no-store').send({
      asOf: now.value.content.cutOff,
      intact: progress.hashOf(content.value) === row.fields.hash,
      changed: progress.changedSince(content.value, now.value.content),
    })
  })

  app.get<OfRecord>('/api/report/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'report', await signedIn(sessions, request))
    const content = progress.readContent(row.fields.content)
    if (!content.ok) return refuseWith(reply, content.problem)
    const lang = langOf(request)
    const title = lang === 'zh' ? String(row.fields.title) : undefined
    return sendDocument(reply, String(row.fields.title), await reportDocument(content.value, lang, title))
  })

  app.get<OfRecord>('/api/bulletin/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'bulletin', await signedIn(sessions, request))
    return sendDocument(reply, String(row.fields.title), await bulletinDocument(row, bodyAt(store, row), langOf(request)))
  })

  app.get<OfRecord>('/api/meeting/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'meeting', await signedIn(sessions, request))
    return sendDocument(reply, String(row.fields.title), await minutesDocument(row, bodyAt(store, row), langOf(request)))
  })
}

/** Name of the place that a record belongs to: who signs when nothing else says so. */
const bodyAt = (store: Store, row: Listed): string => store.areas.tree.asOf(today(store.clock)).get(row.area)?.name ?? ''
