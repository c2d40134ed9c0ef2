import { registry } from '@guatu/domains'
import { type Actor, buildRegistry, fixedClock, type Role } from '@guatu/kernel'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { migrated } from '../../../../testing/src/stores/tables.ts'
import { migrations } from '../store/migrations/index.ts'
import { openStore } from '../store/store.ts'
import { handleErrors } from './problems.ts'
import { settingsRoutes } from './settings-routes.ts'

const actor = (role: Role): Actor => ({ id: role, name: role, grants: [{ role, path: '1/' }] })

async function setUp() {
  const place = await testEngine('postgres').place(migrated(migrations))
  const store = await openStore({
    target: place.target,
    registry: buildRegistry(registry.domains),
    clock: fixedClock('2020-02-14T02:00:00Z'),
    migrations,
  })
  const app = fastify()
  handleErrors(app, (_reference, error) => {
    throw error
  })
  // Who asks is named by a header here; what a person may do is what is tested.
  settingsRoutes(app, store, {
    of: async (headers) =>
      headers.authorization === undefined ? undefined : { actor: actor(headers.authorization as Role), session: 's' },
  })
  const set = (role: string, payload: Record<string, unknown>, code = 'command.sign.days') =>
    app.inject({ method: 'POST', url: `/api/settings/${code}`, headers: { authorization: role }, payload })
  const close = async () => {
    await app.close()
    await store.close()
  }
  return { store, app, set, close }
}

const RULE = { value: 2, from: '2020-02-20', instrument: { zh: '演示文件1号', en: 'Demonstration order 1' } }

describe('dated parameters over HTTP', () => {
  it('are read by everybody signed in, and hold from their day on while earlier days keep theirs', async () => {
    const { store, app, set, close } = await setUp()
    expect((await app.inject('/api/settings')).statusCode).toBe(401)
    expect((await set('administrator', RULE)).statusCode).toBe(201)
    const read = async (day: string) => {
      const answer = await app.inject({ url: `/api/settings?day=${day}`, headers: { authorization: 'agency-clerk' } })
      const found = answer.json<{ parameters: { code: string; inForce: unknown }[] }>()
      return found.parameters.find((one) => one.code === 'command.sign.days')?.inForce
    }
    expect([await read('2020-02-19'), await read('2020-02-20')]).toEqual([1, 2])
    expect(store.settings.at('2020-02-20', '1/')('command.sign.days')).toBe(2)
    await close()
  })

  it('are set by the administrator alone, with a value of their kind, a day and a document', async () => {
    const { set, close } = await setUp()
    expect((await set('supervision-office', RULE)).statusCode).toBe(403)
    expect((await set('administrator', RULE, 'no.such')).statusCode).toBe(404)
    for (const [path, wrong] of [
      ['value', { ...RULE, value: 'two' }],
      ['from', { ...RULE, from: 'tomorrow' }],
      ['from', { ...RULE, from: '2020-02-30' }],
      ['to', { ...RULE, to: '2020-02-19' }],
      ['to', { ...RULE, to: '2020-99-99' }],
      ['instrument', { ...RULE, instrument: ' ' }],
    ] as const) {
      const answer = await set('administrator', wrong)
      expect(answer.statusCode).toBe(422)
      expect(answer.json<{ path: string }>().path).toBe(path)
    }
    await close()
  })
})
