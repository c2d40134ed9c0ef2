import multipart from '@fastify/multipart'
import { registry } from '@guatu/domains'
import { type Actor, fixedClock, SYSTEM } from '@guatu/kernel'
import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { openStore } from '../store/store.ts'
import { handleErrors } from './problems.ts'
import { reconcileRoutes } from './reconcile-routes.ts'

const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }

it('takes a list with what is asked of it, answers it, enters those missed, and says what is wrong with a request', async () => {
  const place = await testEngine('postgres').place(migrated(tablesOf(registry)))
  const store = await openStore({
    target: place.target,
    registry,
    clock: fixedClock('2020-02-14T02:00:00Z'),
    migrations: tablesOf(registry),
  })
  const app = fastify()
  onTestFinished(async () => {
    await app.close()
    await store.close()
  })
  handleErrors(app, (_reference, error) => {
    throw error
  })
  await app.register(multipart, { limits: { files: 1, fields: 0 } })
  reconcileRoutes(app, store, { of: async (headers) => (headers['x-person'] === 'clerk' ? { actor: clerk, session: 'test' } : undefined) })
  await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  const send = async (url: string, asked: string | undefined, list: string | undefined, who = 'clerk') => {
    const form = new FormData()
    if (asked !== undefined) form.append('asked', asked)
    if (list !== undefined) form.append('file', new Blob([list]), '名单.csv')
    const answer = await app.inject({ method: 'POST', url, headers: { 'x-person': who }, payload: form })
    return { status: answer.statusCode, body: answer.json() }
  }
  const list = '姓名,证件号码\r\n测试甲,E00000001\r\n测试乙,\r\n'
  const purpose = '核对推送名单'
  expect((await send('/api/reconcile', '{}', list, 'nobody')).status).toBe(401)
  expect((await send('/api/reconcile', JSON.stringify({ purpose }), undefined)).body).toMatchObject({ code: 'required', path: 'file' })
  expect((await send('/api/reconcile', undefined, list)).body).toMatchObject({ code: 'required', path: 'purpose' })
  expect((await send('/api/reconcile', '{', list)).body).toMatchObject({ code: 'invalid', path: 'asked' })
  expect((await send('/api/reconcile', JSON.stringify({ purpose, meanings: ['name'] }), list)).body).toMatchObject({ path: 'meanings' })
  expect((await send('/api/reconcile', JSON.stringify({ purpose }), '%PDF-1.4')).body).toMatchObject({ code: 'sheet-kind' })
  const compared = await send('/api/reconcile', JSON.stringify({ purpose }), list)
  expect(compared).toMatchObject({ status: 200, body: { counts: { missed: 1, wrong: 1 } } })
  expect((await send('/api/reconcile/decide', JSON.stringify({ purpose, lines: 'all' }), list)).body).toMatchObject({ path: 'lines' })
  expect((await send('/api/reconcile/decide', JSON.stringify({ purpose, lines: [2], decision: 'ignore' }), list)).body).toMatchObject({
    path: 'decision',
  })
  const decision = { purpose, lines: [2, 3], decision: 'enter', area: '11a1', kind: 'home', class: 'listed' }
  expect((await send('/api/reconcile/decide', JSON.stringify(decision), list)).body).toMatchObject({
    results: [
      { line: 2, done: true },
      { line: 3, done: false, problem: { code: 'invalid' } },
    ],
  })
})
