import { type Area, areasOf, problem, today } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

const MOST_ASKED = 200

const shown = (area: Area) => ({
  id: area.id,
  level: area.level,
  nature: area.nature,
  code: area.code,
  name: area.name,
  ...(area.aliases ? { aliases: area.aliases } : {}),
  parent: area.parent,
})

/** The dated area tree: as of a day, below a node, successors. Names and codes of areas are public knowledge to everybody signed in. */
export function areaRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  const dayOf = (day: string | undefined, path = 'day') => dayNamed(day, path) ?? today(store.clock)

  app.get<{ Querystring: { day?: string; below?: string; depth?: string } }>('/api/areas', async (request, reply) => {
    await signedIn(sessions, request)
    const day = dayOf(request.query.day)
    const view = store.areas.tree.asOf(day)
    const { below } = request.query
    if (below !== undefined && !view.get(below)) return refuseWith(reply, problem('area-unknown', { area: below, day }, { path: 'below' }))
    const areas = below === undefined ? [...view.nodes()] : [...view.descendants(below)]
    const others = below === undefined ? [...store.areas.tree.notLiving(day)].map(({ id, name }) => ({ id, name })) : []
    return reply
      .header('cache-control', 'private, max-age=60')
      .send({ day, first: store.areas.tree.first ?? null, areas: areas.map(shown), others })
  })

  // Where what some areas were on `since` lies on a day: they themselves, and what reforms have put in their place.
  app.get<{ Querystring: { areas?: string; since?: string; day?: string } }>('/api/areas/in-place', async (request) => {
    await signedIn(sessions, request)
    const { tree, index } = store.areas
    const day = dayOf(request.query.day)
    const since = dayOf(request.query.since, 'since')
    const asked = (request.query.areas ?? '').split(',').slice(0, MOST_ASKED)
    const view = tree.asOf(day)
    const ended = asked.flatMap((area) => {
      const last = tree.last(area)
      if (!last || view.get(area)) return []
      const now = index.inPlaceOf([area], day, since).map((one) => one.area)
      const alike = now.filter((one) => view.get(one)?.level === last.level)
      return [{ area, in: alike.length > 0 ? alike : now }]
    })
    const places = index.inPlaceOf(asked, day, since).map(({ area, whole, without }) => ({
      area,
      whole,
      ...(without === undefined ? {} : { without: without.flatMap((path) => areasOf(path).at(-1) ?? []) }),
    }))
    return { day, places, ended }
  })

  app.get<{ Params: { id: string } }>('/api/areas/:id', async (request, reply) => {
    await signedIn(sessions, request)
    const { id } = request.params
    const area = store.areas.tree.last(id)
    if (!area) return refuseWith(reply, problem('area-not-listed', { area: id }))
    const day = dayOf(undefined)
    return {
      ...shown(area),
      from: area.from,
      to: area.to,
      history: store.areas.tree.history(id),
      successors: store.areas.tree.successorsOf(id, day),
    }
  })
}
