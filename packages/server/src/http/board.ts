import { today as cityToday, problem, Refused } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

const MOST_DAYS = 400

const list = (value: string | undefined): string[] => (value ?? '').split(',').filter((one) => one !== '')

/** Figures of indicators by area and day, and what stands behind them. */
export function boardRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: { indicators?: string; areas?: string; day?: string; days?: string } }>('/api/board', async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const { query } = request
    const today = cityToday(store.clock)
    const day = dayNamed(query.day, 'day') ?? today
    const days = Number(query.days ?? 1)
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      throw new Refused(
        problem(
          'invalid',
          { field: 'days', why: { zh: `请填写1到${MOST_DAYS}之间的天数。`, en: `give 1 to ${MOST_DAYS} days.` } },
          { path: 'days' },
        ),
      )
    }
    const indicators = query.indicators === undefined ? [...store.registry.indicators.keys()] : list(query.indicators)
    const board = await desk.board({ indicators, areas: list(query.areas), day, days })
    if (!board.ok) return refuseWith(reply, board.problem)
    const first = await desk.firstDay(indicators)
    return reply
      .header('cache-control', 'no-store')
      .send({ asOf: store.clock.now().toString(), day, ...(first === undefined ? {} : { first }), series: board.value })
  })

  // Today's town over the figures of the old ones: boundaries of `day`, figures of `counted`.
  app.get<{ Params: { id: string }; Querystring: { indicators?: string; day?: string; counted?: string } }>(
    '/api/areas/:id/figures',
    async (request, reply) => {
      const desk = store.as(await signedIn(sessions, request))
      const today = cityToday(store.clock)
      const { indicators } = request.query
      const day = dayNamed(request.query.day, 'day') ?? today
      const counted = dayNamed(request.query.counted, 'counted') ?? day
      const wanted = indicators === undefined ? [...store.registry.indicators.keys()] : list(indicators)
      const found = await desk.areaOver(request.params.id, day, counted, wanted)
      return found.ok ? reply.header('cache-control', 'no-store').send(found.value) : refuseWith(reply, found.problem)
    },
  )

  app.get<{ Querystring: { indicator?: string; day?: string } }>('/api/map', async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const day = dayNamed(request.query.day, 'day') ?? cityToday(store.clock)
    const figures = await desk.map(request.query.indicator ?? '', day)
    return figures.ok
      ? reply.header('cache-control', 'no-store').send({ asOf: store.clock.now().toString(), day, figures: figures.value })
      : refuseWith(reply, figures.problem)
  })
}
