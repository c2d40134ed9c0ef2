import { progress } from '@guatu/domains'
import { no, ok, problem, type Result } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keepLists } from '../documents/act-lists.ts'
import { isIntact, listActsOfFigure, tracedFigure } from '../documents/acts-of-figure.ts'
import { bulletinDocument, minutesDocument } from '../documents/bulletin-document.ts'
import { composeBulletin } from '../documents/bulletin-figures.ts'
import { composeProgressReport, type ProgressReportRequest } from '../documents/progress-report.ts'
import { reportDocument } from '../documents/report-document.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { composedAct } from './composed-act.ts'
import { langOf, type OfRecord, rowOf, sendDocument } from './document-replies.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

interface Asked {
  readonly meetings?: unknown
  readonly cutOff?: unknown
}

function asked({ meetings, cutOff }: Asked): Result<ProgressReportRequest> {
  if (!Array.isArray(meetings) || (cutOff !== undefined && typeof cutOff !== 'string'))
    return no(
      problem(
        'invalid',
        { field: { zh: '会议', en: 'meetings' }, why: { zh: '应为会议编号的列表。', en: 'it must be a list of meeting ids.' } },
        { path: 'meetings' },
      ),
    )
  return ok({ meetings: meetings.map(String), ...(cutOff === undefined ? {} : { cutOff }) })
}

interface OfFigure extends OfRecord {
  Params: { id: string; figure: string }
  Querystring: { lang?: string; of?: string; from?: string }
}

/** Progress reports and bulletins: composed, compared with the present, and set as documents. Everything goes through the caller's desk. */
export function reportRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.post<{ Body: Asked | null }>('/api/reports/progress', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const wanted = asked(request.body ?? {})
    const composed = wanted.ok ? await composeProgressReport(store, actor, wanted.value) : wanted
    if (!composed.ok) return refuseWith(reply, composed.problem)
    const { content, hash } = composed.value
    return reply.header('cache-control', 'no-store').send({ content, hash })
  })

  // Composed and stored in one step: no figure of it comes from whoever asks.
  composedAct(
    app,
    { store, sessions },
    { record: 'report', action: 'write', takes: ['meetings', 'cutOff'] },
    async (actor, _area, input) => {
      const wanted = asked(input)
      if (!wanted.ok) return wanted
      const composed = await composeProgressReport(store, actor, wanted.value)
      if (!composed.ok) return composed
      const { content, hash, lists } = composed.value
      const [meeting] = wanted.value.meetings
      return ok({
        input: { title: content.title.zh, cutOff: content.cutOff, content: JSON.stringify(content), hash, meeting },
        // The report is stored by then; a list that could not be kept is made anew when somebody asks for it.
        keep: () => keepLists(store.db, lists).catch(() => undefined),
      })
    },
  )

  composedAct(app, { store, sessions }, { record: 'bulletin', action: 'write', takes: ['from', 'to'] }, async (actor, area, input) => {
    const composed = await composeBulletin(store, actor, { area, ...input })
    return composed.ok ? ok({ input: composed.value }) : composed
  })

  // Figures that a report written now would show otherwise, and whether the stored ones are still those that were frozen.
  app.get<OfRecord>('/api/report/:id/since', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const row = await rowOf(store, request, 'report', actor)
    const content = progress.readContent(row.fields.content)
    if (!content.ok) return refuseWith(reply, content.problem)
    const now = await composeProgressReport(store, actor, { meetings: content.value.meetings.map((one) => one.id) }, { traced: false })
    if (!now.ok) return refuseWith(reply, now.problem)
    return reply.header('cache-control', 'no-store').send({
      asOf: now.value.content.cutOff,
      intact: progress.hashOf(content.value) === row.fields.hash,
      changed: progress.changedSince(content.value, now.value.content),
    })
  })

  const ofFigure = async (request: FastifyRequest<OfFigure>) => {
    const actor = await signedIn(sessions, request)
    const row = await rowOf(store, request, 'report', actor)
    const content = progress.readContent(row.fields.content)
    const traced = content.ok ? tracedFigure(store, content.value, request.params.figure, request.query.of) : content
    return { actor, traced }
  }

  // The acts that a figure of the books counts, as of the cut-off: those whose record the caller may read; of the others only how many.
  app.get<OfFigure>('/api/report/:id/figures/:figure/acts', async (request, reply) => {
    const { actor, traced } = await ofFigure(request)
    const listed = traced.ok ? await listActsOfFigure(store, actor, traced.value, request.query.from) : traced
    return listed.ok ? reply.header('cache-control', 'no-store').send(listed.value) : refuseWith(reply, listed.problem)
  })

  // Whether the log still says the same: every record that may count is folded anew, as of the cut-off.
  app.get<OfFigure>('/api/report/:id/figures/:figure/acts/check', async (request, reply) => {
    const { traced } = await ofFigure(request)
    if (!traced.ok) return refuseWith(reply, traced.problem)
    return reply.header('cache-control', 'no-store').send({ intact: await isIntact(store, traced.value) })
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
    return sendDocument(
      reply,
      String(row.fields.title),
      await bulletinDocument(row, { issuer: bodyAt(store, row, row.fields.to), zone: store.clock.zone }, langOf(request)),
    )
  })

  app.get<OfRecord>('/api/meeting/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'meeting', await signedIn(sessions, request))
    return sendDocument(reply, String(row.fields.title), await minutesDocument(row, bodyAt(store, row, row.fields.heldOn), langOf(request)))
  })
}

/** Name that the place of a record had on a day: who signs when nothing else says so. */
const bodyAt = (store: Store, row: Listed, day: unknown): string => store.areas.tree.known(row.area, String(day))?.name ?? ''
