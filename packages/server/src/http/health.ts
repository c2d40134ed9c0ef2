import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../store/store.ts'

/** `/healthz` for those who watch, `/metrics` for Prometheus. Labels name routes, never people. */
export function healthRoutes(app: FastifyInstance, store: Store): void {
  const registers = [new Registry()]
  const [register] = registers
  if (!register) return
  collectDefaultMetrics({ register })
  const took = new Histogram({
    name: 'guatu_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  const accepted = new Counter({ name: 'guatu_events_total', help: 'Events accepted since the start', labelNames: ['record'], registers })
  new Gauge({
    name: 'guatu_writer_waiting',
    help: 'Requests that wait for the write path',
    registers,
    collect() {
      this.set(store.writer.waiting)
    },
  })
  store.writer.onCommitted((receipts) => {
    const counts = new Map<string, number>()
    for (const { event } of receipts) counts.set(event.record, (counts.get(event.record) ?? 0) + 1)
    for (const [record, count] of counts) accepted.inc({ record }, count)
  })
  // One look by labels for each combination, not for each request.
  const series = new Map<string, { observe(seconds: number): void }>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'other'
    const status = reply.statusCode
    const key = `${method} ${status} ${route}`
    const one = series.get(key) ?? took.labels(method, route, String(status))
    series.set(key, one)
    one.observe(reply.elapsedTime / 1000)
    done()
  })
  app.get('/metrics', async (_request, reply) => reply.header('content-type', register.contentType).send(await register.metrics()))
  app.get('/healthz', async (_request, reply) => {
    await store.db.query('select 1')
    return reply.header('cache-control', 'no-store').send({ ok: true, now: store.clock.now().toString() })
  })
}
