import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { describe, expect, it } from 'vitest'
import { openCity } from './testing/city.ts'

/** Acts whose figures the system counts, and who may do them. */
const COMPOSED = [...registry.records.values()].flatMap((def) =>
  Object.entries(def.actions).flatMap(([action, { composed }]) => (composed ? [{ record: def.name, action }] : [])),
)
const WRITERS: Readonly<Record<string, string>> = { dailyReport: 'duty', report: 'office', bulletin: 'office' }

describe('figures that the system counts', { timeout: 240_000 }, () => {
  it('are taken from nobody, by no door: neither the record’s own, nor many acts at once, nor a phone, nor a sheet', async () => {
    expect(COMPOSED.map(({ record }) => record).sort()).toEqual(Object.keys(WRITERS).sort())
    const at = await openCity('postgres', registry)
    const given = {
      title: '自拟',
      day: '2020-02-14',
      from: '2020-02-01',
      to: '2020-02-14',
      text: '自拟',
      content: '{}',
      figures: '{}',
      hash: '0',
    }
    for (const { record, action } of COMPOSED) {
      const as = WRITERS[record] ?? ''
      const id = randomUUID()
      const fields = registry.records.get(record)?.fields ?? {}
      const input = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(fields, name)))
      const act = { record, id, action, event: randomUUID(), area: at.city, input, composed: true }
      const refused = { code: 'composed-by-system' }
      const door = async (url: string, body: object) => (await at.ask(as, 'POST', url, body)).json()
      expect(await door(`/api/${record}/${id}/${action}`, act)).toMatchObject(refused)
      expect(await door('/api/events', { acts: [act] })).toMatchObject({ results: [{ problem: refused }] })
      expect(await door('/api/events', { acts: [act], together: true })).toMatchObject(refused)

      const device = randomUUID()
      expect((await at.ask(as, 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
      const offline = { ...act, event: randomUUID(), happenedAt: '2020-02-14T01:00:00Z' }
      expect(await door('/api/field/acts', { device, acts: [offline] })).toMatchObject({ results: [{ problem: refused }] })

      const columns = Object.keys(input)
      const sheet = [columns, columns.map((name) => input[name])].map((row) => row.join()).join('\n')
      const imported = await at.send(as, `/api/${record}/import?area=${at.city}`, 'own.csv', sheet)
      expect(imported.json()).toMatchObject({ code: 'import-no-action' })
      expect((await at.ask(as, 'GET', `/api/${record}/${id}`)).statusCode).toBe(404)
      expect((await at.ask(as, 'GET', `/api/${record}/count`)).json()).toEqual({ count: 0 })
    }
  })
})
