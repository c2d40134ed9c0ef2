import { today as cityToday, problem, Refused, readAliases } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { administersAll } from '../accounts/administers.ts'
import { addUnit, endUnit, listUnits, recordUnits, renameUnit, unitsFromFile } from '../sheets/areas/units.ts'
import { flagOf } from '../store/query/flag.ts'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith, toBody } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'
import { withUpload } from './upload.ts'

type Fields = Readonly<Record<string, unknown>>

/** The register of units and grids: everybody signed in reads it, who administers all areas changes it, each change with its day and document. */
export function unitRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  const administrator = async (request: FastifyRequest) => {
    const actor = await signedIn(sessions, request)
    const outside = administersAll(store, actor, { zh: '登记单位和网格', en: 'record units and grids' })
    if (outside) throw new Refused(outside)
    return actor
  }
  const bodyOf = (request: FastifyRequest): Fields => (typeof request.body === 'object' && request.body !== null ? { ...request.body } : {})
  const dateOf = ({ date }: Fields): string => dayNamed(date, 'date', { zh: '日期', en: 'date' }) ?? cityToday(store.clock)

  app.get('/api/areas/units', async (request, reply) => {
    await signedIn(sessions, request)
    return reply.header('cache-control', 'no-store').send({ day: cityToday(store.clock), units: listUnits(store) })
  })

  app.post('/api/areas/units', async (request, reply) => {
    const actor = await administrator(request)
    const body = bodyOf(request)
    const { name, parent, level, aliases, date, id } = body
    if (date !== undefined && date !== null) dateOf(body)
    const added = await addUnit(store, { name, parent, level, aliases, date, id }, instrumentOf(body), actor)
    return added.ok ? reply.status(201).send(added.value) : refuseWith(reply, added.problem)
  })

  app.post<{ Params: { id: string } }>('/api/areas/units/:id/rename', async (request, reply) => {
    const actor = await administrator(request)
    const body = bodyOf(request)
    const name = typeof body.name === 'string' ? body.name.trim() : ''
    const renaming = {
      name,
      date: dateOf(body),
      instrument: instrumentOf(body),
      ...(body.aliases === undefined ? {} : { aliases: readAliases(body.aliases, name) }),
    }
    const done = await renameUnit(store, request.params.id, renaming, actor)
    return done.ok ? reply.status(204).send() : refuseWith(reply, done.problem)
  })

  app.post<{ Params: { id: string } }>('/api/areas/units/:id/end', async (request, reply) => {
    const actor = await administrator(request)
    const body = bodyOf(request)
    const done = await endUnit(store, request.params.id, dateOf(body), instrumentOf(body), actor)
    return done.ok ? reply.status(204).send() : refuseWith(reply, done.problem)
  })

  app.post<{ Querystring: { dryRun?: string; instrument?: string } }>('/api/areas/units/import', async (request, reply) => {
    const actor = await administrator(request)
    const { instrument } = request.query
    const dryRun = flagOf(request.query, 'dryRun')
    return withUpload(request, store, async ({ path, file }) => {
      const rows = await unitsFromFile(path, file)
      if (!rows.ok) return refuseWith(reply, rows.problem)
      const list = { instrument: instrument?.trim() || file, dryRun }
      const done = await recordUnits(store, rows.value, list, actor)
      if (!done.ok) return refuseWith(reply, done.problem)
      const { recorded, known, refusals } = done.value
      return { recorded, known, refusals: refusals.map(({ line, problem: why }) => ({ line, problem: toBody(why) })) }
    })
  })
}

function instrumentOf({ instrument }: Fields): string {
  if (typeof instrument === 'string' && instrument.trim() !== '') return instrument.trim()
  throw wrong('instrument', { zh: '依据文件', en: 'document' }, '请写明批准文件或名册。', 'name the document or list it rests on.')
}

const wrong = (path: string, field: { zh: string; en: string }, zh: string, en: string) =>
  new Refused(problem('invalid', { field, why: { zh, en } }, { path }))
