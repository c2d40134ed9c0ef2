import { dailyFigures } from '@guatu/domains'
import { isDay, no, ok, problem, Refused, type Result } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { composeDaily, inputOf } from '../../documents/daily/compose.ts'
import { dailyDocument } from '../../documents/daily/document.ts'
import { dailySheet } from '../../documents/daily/sheet.ts'
import { frozenReports, replacedBy } from '../../documents/daily/since-last.ts'
import type { Store } from '../../store/store.ts'
import { composedAct } from '../composed-act.ts'
import { langOf, type OfRecord, rowOf, sendDocument } from '../document-replies.ts'
import { refuseWith } from '../problems.ts'
import { type Sessions, signedIn } from '../session.ts'
import { englishNames, everPublished } from './public-bulletins.ts'

function asked(body: { readonly area?: unknown; readonly day?: unknown } | null | undefined): Result<{ area: string; day: string }> {
  const { area, day } = body ?? {}
  if (typeof day !== 'string' || !isDay(day))
    return no(
      problem('invalid', { field: { zh: '数据日', en: 'day' }, why: { zh: '请使用YYYY-MM-DD。', en: 'use YYYY-MM-DD.' } }, { path: 'day' }),
    )
  if (typeof area !== 'string' || area === '') return no(problem('required', { field: { zh: '地区', en: 'area' } }, { path: 'area' }))
  return ok({ area, day })
}

/** The daily report: composed from the books, compared with the present, set as sheet and document; the bulletin drafted from it. */
export function dailyRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.post<{ Body: { area?: unknown; day?: unknown } | null }>('/api/daily/compose', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const wanted = asked(request.body)
    if (!wanted.ok) return refuseWith(reply, wanted.problem)
    const composed = await composeDaily(store, actor, wanted.value)
    if (!composed.ok) return refuseWith(reply, composed.problem)
    const { area, day } = wanted.value
    const [standing] = await frozenReports(store, area, day, day)
    return reply.header('cache-control', 'no-store').send({ ...composed.value, ...(standing ? { replaces: standing.id } : {}) })
  })

  // Counted anew and stored in one step: what was shown before is a preview, and nothing of it is taken back.
  composedAct(
    app,
    { store, sessions },
    { record: 'dailyReport', action: 'compose', takes: ['day', 'replaces'] },
    async (actor, area, input) => {
      const wanted = asked({ area, day: input.day })
      if (!wanted.ok) return wanted
      const composed = await composeDaily(store, actor, wanted.value)
      return composed.ok
        ? ok({ input: { ...inputOf(composed.value), ...(input.replaces === undefined ? {} : { replaces: input.replaces }) } })
        : composed
    },
  )

  // What a report of the same day would say now, whether the stored one is still what was frozen, and which one corrects it.
  app.get<OfRecord>('/api/dailyReport/:id/since', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const row = await rowOf(store, request, 'dailyReport', actor)
    const content = frozen(row.fields.content)
    const now = await composeDaily(store, actor, content)
    if (!now.ok) return refuseWith(reply, now.problem)
    const later = await replacedBy(store, row.id)
    return reply.header('cache-control', 'no-store').send({
      asOf: now.value.content.composedAt,
      intact: dailyFigures.sealOfDaily(content) === row.fields.hash,
      changed: dailyFigures.changedFigures(content, now.value.content),
      ...(later === undefined ? {} : { replacedBy: later }),
    })
  })

  app.get<OfRecord>('/api/dailyReport/:id/report.xlsx', async (request, reply) => {
    const row = await rowOf(store, request, 'dailyReport', await signedIn(sessions, request))
    return sendDocument(reply, String(row.fields.title), await dailySheet(frozen(row.fields.content), langOf(request)), 'xlsx')
  })

  app.get<OfRecord>('/api/dailyReport/:id/document.docx', async (request, reply) => {
    const row = await rowOf(store, request, 'dailyReport', await signedIn(sessions, request))
    return sendDocument(reply, String(row.fields.title), await dailyDocument(frozen(row.fields.content), langOf(request)))
  })

  // Figures and first words of the bulletin of a frozen report; storing and publishing are acts of the record.
  app.get<OfRecord>('/api/dailyReport/:id/bulletin', async (request, reply) => {
    const row = await rowOf(store, request, 'dailyReport', await signedIn(sessions, request))
    if (row.state !== 'frozen')
      throw new Refused(
        problem('wrong-state', {
          state: { zh: '未冻结', en: 'not frozen' },
          action: { zh: '起草公众通报', en: 'draft a bulletin' },
          instead: { zh: '请先冻结日报。', en: 'Freeze the report first.' },
        }),
      )
    const content = frozen(row.fields.content)
    const smallest = store.settings.at(content.day, row.path)<number>('daily.bulletin.smallest')
    const known = dailyFigures.knownBy(await everPublished(store), content)
    if (!known.ok) throw new Refused(known.problem)
    const figures = dailyFigures.publicFigures(content, smallest, known.value)
    return reply
      .header('cache-control', 'no-store')
      .send({ figures, hash: dailyFigures.sealOfFigures(figures), text: dailyFigures.draftText(figures) })
  })

  // What readers of English will read the areas of a bulletin as: whoever writes it sees the page as it will be.
  app.get<OfRecord>('/api/publicBulletin/:id/english', async (request, reply) => {
    const row = await rowOf(store, request, 'publicBulletin', await signedIn(sessions, request))
    const figures = dailyFigures.readFigures(String(row.fields.figures ?? ''))
    if (!figures.ok) throw new Refused(figures.problem)
    return reply.header('cache-control', 'private, no-cache').send(englishNames(figures.value))
  })
}

/** @throws Refused where the content cannot be read */
function frozen(json: unknown): dailyFigures.DailyContent {
  const content = dailyFigures.readDaily(typeof json === 'string' ? json : undefined)
  if (!content.ok) throw new Refused(content.problem)
  return content.value
}
