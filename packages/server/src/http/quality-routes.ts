import { problem, today } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

/** How the readings of a day came in: which look copied, how many came late. The limits are dated parameters. */
export function qualityRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: { area?: string; day?: string } }>('/api/watch/quality', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const { area } = request.query
    const day = dayNamed(request.query.day, 'day') ?? today(store.clock)
    const path = area === undefined ? undefined : store.areas.index.currentPath(area)
    if (area !== undefined && path === undefined) return refuseWith(reply, problem('area-unknown', { area, day }, { path: 'area' }))
    const parameter = store.settings.at(day, path ?? '')
    const asked = { action: 'check', field: 'temperature', day, ...(path === undefined ? {} : { path }) }
    const found = await store.as(actor).entering('watch', {
      ...asked,
      atLeast: parameter<number>('monitoring.copied.minute'),
      hours: parameter<number>('monitoring.late.hours'),
    })
    return found.ok ? reply.header('cache-control', 'no-store').send({ day, ...found.value }) : refuseWith(reply, found.problem)
  })
}
