// The yardstick: a Fastify handler that does nothing but batch an insert, durable before it answers. No session, permission, fold, books or chain.
// Usage: forked with <data folder> [postgres URL], as server.ts.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastify from 'fastify'
import { openDatabase } from '../../packages/server/src/store/database/index.ts'
import { serveBench } from './serve.ts'

const [, , data = '', database] = process.argv
mkdirSync(data, { recursive: true })
const db = await openDatabase<unknown>(database === undefined ? { dir: join(data, 'database') } : { url: database })
await db.query('create table if not exists bare (id uuid primary key, record_id uuid not null, area text not null, input jsonb not null)')

let waiting: { row: object; done: () => void }[] = []
let running = false
async function flush(): Promise<void> {
  running = true
  while (waiting.length > 0) {
    const batch = waiting
    waiting = []
    await db.query(
      'insert into bare select id, record_id, area, input from jsonb_to_recordset($1::jsonb) as t(id uuid, record_id uuid, area text, input jsonb)',
      [JSON.stringify(batch.map(({ row }) => row))],
    )
    for (const { done } of batch) done()
  }
  running = false
}

const app = fastify()
app.post<{ Params: { id: string }; Body: { event: string; area: string; input: object } }>(
  '/api/lamp/:id/build',
  async (request, reply) => {
    const { event, area, input } = request.body
    await new Promise<void>((done) => {
      waiting.push({ row: { id: event, record_id: request.params.id, area, input }, done })
      if (!running) void flush()
    })
    return reply.code(201).send({ event })
  },
)
await serveBench(app, { token: 'none', villages: ['11'] }, () => db.close())
