import multipart from '@fastify/multipart'
import { type Actor, type AnyRecord, ok, problem, type Result, today } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { csvStream } from '../sheets/csv/out.ts'
import { dailyLogTable } from '../sheets/daily-log.ts'
import { derivedTable } from '../sheets/derived.ts'
import { outgoing } from '../sheets/export.ts'
import { type Job, openJobs } from '../sheets/jobs.ts'
import type { OutgoingOptions, OutgoingTable } from '../sheets/outgoing.ts'
import { readColumns } from '../sheets/seen.ts'
import { xlsxStream } from '../sheets/xlsx/out.ts'
import { flagOf } from '../store/query/flag.ts'
import { type Query, readListRequest } from '../store/query/list-request.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { idOf } from './ids.ts'
import { refuseWith, toBody } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'
import { receive } from './upload.ts'

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', stream: csvStream },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', stream: xlsxStream },
} as const

/** An import that ends within this time is answered with its end, a longer one with where to look. Milliseconds. */
const PATIENCE = 3_000
const NOT_FILTERS = new Set(['lang', 'sort', 'limit', 'cursor', 'columns', 'purpose', 'reveal', 'area'])

/** Sheets out and in, and the jobs that long imports are. */
export async function sheetRoutes(app: FastifyInstance, store: Store, sessions: Sessions): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart, { limits: { files: 1 } })
  const jobs = await openJobs(store)
  app.addHook('onClose', () => jobs.close())

  for (const def of store.registry.records.values()) {
    exportRoutes(app, def, store, sessions)
    app.post<{ Querystring: { dryRun?: string; area?: string } }>(`/api/${def.name}/import`, async (request, reply) => {
      const actor = await signedIn(sessions, request)
      const { area } = request.query
      const dryRun = flagOf(request.query, 'dryRun')
      if (area !== undefined && store.areas.index.currentPath(area) === undefined)
        return refuseWith(reply, problem('area-not-listed', { area }, { path: 'area' }))
      const { path, file } = await receive(request, store)
      const job = await jobs.import({ record: def.name, file, path, dryRun, ...(area === undefined ? {} : { area }) }, actor)
      const ended = await Promise.race([job.ended, later()])
      reply.header('location', `/api/jobs/${job.id}`)
      if (ended?.problem) return refuseWith(reply, { ...ended.problem, data: { ...ended.problem.data, job: job.id } })
      const found = ended ?? (await jobs.get(job.id, actor))
      return found ? reply.code(ended ? 200 : 202).send(shown(found)) : refuseWith(reply, problem('not-found', { what: job.id }))
    })
  }

  app.get<{ Params: { id: string }; Querystring: Query }>('/api/watch/:id/log.xlsx', async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const { lang, purpose } = request.query
    const table = await dailyLogTable({
      store,
      desk,
      id: idOf(request.params.id, 'id'),
      lang: lang === 'en' ? 'en' : 'zh',
      reveal: flagOf(request.query, 'reveal'),
      ...(typeof purpose === 'string' ? { purpose } : {}),
    })
    return table.ok ? sendTable(reply, table.value, 'xlsx', store) : refuseWith(reply, table.problem)
  })

  app.get('/api/jobs', async (request) => ({ jobs: (await jobs.list(await signedIn(sessions, request))).map(shown) }))
  app.get<{ Params: { id: string } }>('/api/jobs/:id', async (request, reply) => {
    const job = await jobs.get(request.params.id, await signedIn(sessions, request))
    return job ? reply.header('cache-control', 'no-store').send(shown(job)) : refuseWith(reply, noJob())
  })
  app.post<{ Params: { id: string } }>('/api/jobs/:id/cancel', async (request, reply) => {
    const job = await jobs.cancel(request.params.id, await signedIn(sessions, request))
    return job ? shown(job) : refuseWith(reply, noJob())
  })
  app.get<{ Params: { id: string } }>('/api/jobs/:id/report.csv', async (request, reply) => {
    const report = await jobs.report(request.params.id, await signedIn(sessions, request))
    return report ? download(reply, `${request.params.id}.csv`, FORMATS.csv.type).send(report) : refuseWith(reply, noJob())
  })
}

const noJob = () => problem('not-found', { what: { zh: '这项任务或它的结果', en: 'job, or report of one' } })

const later = () =>
  new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE).unref()
  })

/** A job as the screen shows it, its problems as RFC 9457 says them. */
const shown = (job: Job) => ({
  ...job,
  problem: job.problem && toBody(job.problem),
  examples: job.examples.map((one) => ({ ...one, ...(one.problem ? { problem: toBody(one.problem) } : {}) })),
})

/** The list itself as a sheet, and every table that is derived from it. */
function exportRoutes(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  for (const format of ['csv', 'xlsx'] as const) {
    const route = (name: string, table: (options: OutgoingOptions, query: Query) => Promise<Result<OutgoingTable>>) =>
      app.get<{ Querystring: Query }>(`/api/${def.name}/${name}.${format}`, async (request, reply) => {
        const options = readOptions(def, store, await signedIn(sessions, request), request.query)
        if (!options.ok) return refuseWith(reply, options.problem)
        const made = await table(options.value, request.query)
        return made.ok ? sendTable(reply, made.value, format, store) : refuseWith(reply, made.problem)
      })
    route('export', async (options, { columns: written }) => {
      const columns = readColumns(def, written === undefined ? undefined : String(written))
      return columns.ok ? outgoing({ ...options, columns: columns.value }) : columns
    })
    for (const sheet of def.sheets ?? []) route(sheet.name, (options) => derivedTable(options, sheet))
  }
}

/** What every sheet that goes out is asked by: the filters of the list, the language, and why it is wanted in clear. */
function readOptions(def: AnyRecord, store: Store, actor: Actor, asked: Query): Result<OutgoingOptions> {
  const lang = asked.lang === 'en' ? 'en' : 'zh'
  const { limit: _limit, cursor: _cursor, ...query } = asked
  const wanted = readListRequest(def, query, surroundings(store, lang), (area) => store.areas.index.currentPath(area))
  if (!wanted.ok) return wanted
  const filters = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (NOT_FILTERS.has(name) || value === undefined ? [] : [[name, String(value)]])),
  )
  const { purpose } = query
  return ok({
    store,
    desk: store.as(actor),
    def,
    request: wanted.value,
    lang,
    filters,
    ...(typeof purpose === 'string' ? { purpose } : {}),
    reveal: flagOf(asked, 'reveal'),
  })
}

function sendTable(reply: Parameters<typeof refuseWith>[0], table: OutgoingTable, format: keyof typeof FORMATS, store: Store) {
  const day = today(store.clock)
  const { type, stream } = FORMATS[format]
  return download(reply, `${table.title} ${day}.${format}`, type).send(stream(table))
}

const download = (reply: Parameters<typeof refuseWith>[0], name: string, type: string) =>
  reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('cache-control', 'no-store')
