import { progress } from '@guatu/domains'
import { expect, it } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { cityTables, openCity, people, playHistory } from '../documents/testing/scripted-city.ts'
import { scriptedHttp } from './testing/scripted-http.ts'

const engine = testEngine('postgres')

it('composes, stores, compares and sends a report, within the scope of who asks', async () => {
  const city = await openCity(await engine.place(cityTables))
  await playHistory(city)
  city.at(19, '12:00')
  const { ask, close } = scriptedHttp(city)

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
  await close()
})
