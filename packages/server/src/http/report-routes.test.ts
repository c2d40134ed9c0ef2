import { progress } from '@guatu/domains'
import fastify from 'fastify'
import { expect, it } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { openCity, people, playHistory } from '../documents/testing/scripted-city.ts'
import { handleErrors } from './problems.ts'
import { recordRoutes } from './records.ts'
import { reportRoutes } from './report-routes.ts'
import type { Sessions } from './session.ts'

const engine = testEngine('postgres')
/** Who calls is named in a header: the accounts have tests of their own. */
const sessions: Sessions = {
  of: async (headers) => {
    const actor = Object.entries(people).find(([name]) => name === headers['x-person'])?.[1]
    return actor && { actor, session: 'test' }
  },
}

it('composes, stores, compares and sends a report, within the scope of who asks', async () => {
  const city = await openCity(await engine.place())
  await playHistory(city)
  city.at(19, '12:00')
  const app = fastify()
  handleErrors(app, () => undefined)
  recordRoutes(app, { store: city.store, sessions })
  reportRoutes(app, city.store, sessions)
  const ask = (who: keyof typeof people | undefined, method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({ method, url, headers: who ? { 'x-person': who } : {}, ...(payload ? { payload } : {}) })

  const wanted = { meetings: [city.meeting] }
  expect((await ask(undefined, 'POST', '/api/reports/progress', wanted)).statusCode).toBe(401)
  expect((await ask('hq1', 'POST', '/api/reports/progress', wanted)).statusCode).toBe(403)
  expect((await ask('office', 'POST', '/api/reports/progress', { meetings: 'all' })).json()).toMatchObject({
    code: 'invalid',
    path: 'meetings',
  })
  const composed = (await ask('office', 'POST', '/api/reports/progress', wanted)).json<{ content: progress.ReportContent; hash: string }>()
  expect(progress.hashOf(composed.content)).toBe(composed.hash)

  const id = crypto.randomUUID()
  const { content, hash } = composed
  const forged = { ...content, figures: content.figures.map((one) => ({ ...one, value: one.value + 1 })) }
  const own = { title: content.title.zh, cutOff: content.cutOff, content: JSON.stringify(forged), hash: progress.hashOf(forged) }
  const place = { event: crypto.randomUUID(), area: 'c' }
  expect((await ask('office', 'POST', `/api/report/${id}/write`, { ...place, input: own })).json()).toMatchObject({
    code: 'composed-by-system',
  })
  const act = { record: 'report', id, action: 'write', ...place, input: own }
  expect((await ask('office', 'POST', '/api/events', { acts: [act] })).json()).toMatchObject({
    results: [{ problem: { code: 'composed-by-system' } }],
  })
  const written = await ask('office', 'POST', `/api/report/${id}/write`, {
    ...place,
    input: wanted,
  })
  expect(written.statusCode, written.body).toBe(201)
  expect(written.json()).toMatchObject({ record: { fields: { hash, title: content.title.zh, meeting: city.meeting } } })
  const corrected = await ask('office', 'POST', `/api/report/${id}/correct`, {
    event: crypto.randomUUID(),
    input: { event: place.event, reason: '更正', input: { content: own.content, hash: own.hash } },
  })
  expect(corrected.json()).toMatchObject({ code: 'composed-by-system' })
  expect((await ask('leader', 'GET', `/api/report/${id}/since`)).json()).toMatchObject({ intact: true, changed: [] })
  city.at(19, '13:00')
  await city.act(people.hq2, 'task', await city.task('hq2', 1), 'sign')
  const since = (await ask('leader', 'GET', `/api/report/${id}/since`)).json<{ changed: progress.ChangedFigure[] }>()
  const signed = content.figures.find((one) => one.key === 'command.signed@all')?.id
  expect(since.changed).toContainEqual({ id: signed, frozen: { value: 3, per: 6 }, now: { value: 4, per: 6 } })

  const document = await ask('leader', 'GET', `/api/report/${id}/document.docx`)
  expect(document.headers['content-type']).toContain('wordprocessingml.document')
  expect(decodeURIComponent(String(document.headers['content-disposition']))).toContain(`${content.title.zh}.docx`)
  expect(document.rawPayload.subarray(0, 2).toString()).toBe('PK')
  expect((await ask('hq1', 'GET', `/api/report/${id}/document.docx`)).statusCode).toBe(403)
  expect((await ask('office', 'GET', `/api/report/${crypto.randomUUID()}/document.docx`)).statusCode).toBe(404)
  expect((await ask('office', 'GET', '/api/report/1/document.docx')).statusCode).toBe(422)
  expect((await ask('leader', 'GET', `/api/meeting/${city.meeting}/document.docx`)).statusCode).toBe(200)

  const bulletin = crypto.randomUUID()
  const input = { title: '办理情况通报', from: '2020-02-14', to: '2020-02-19', text: '各区县：\n一、总体情况\n签收3件。' }
  await city.act(people.office, 'bulletin', bulletin, 'write', input)
  // Whom it names reads it when it is out, and not before, by no way.
  const ways = ['', `/${bulletin}`, '/count', `/${bulletin}/document.docx?lang=en`].map((way) => `/api/bulletin${way}`)
  const seen = async (who: keyof typeof people) => {
    const answers = await Promise.all(ways.map((url) => ask(who, 'GET', url)))
    const [list, , count] = answers.map((one) => (one.headers['content-type']?.toString().includes('json') ? one.json() : undefined))
    return [answers.map((one) => one.statusCode), list.rows.length, count.count]
  }
  expect(await seen('hq1')).toEqual([[200, 404, 200, 404], 0, 0])
  expect(await seen('leader')).toEqual([[200, 200, 200, 200], 1, 1])
  await city.act(people.office, 'bulletin', bulletin, 'publish', {})
  expect(await seen('hq1')).toEqual([[200, 200, 200, 200], 1, 1])
  await app.close()
  await city.store.close()
})
