import { expect, it } from 'vitest'
import { lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'

const uuid = () => crypto.randomUUID()
interface Row {
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
}

it('shows, finds and exports identity in clear to those who may, with a purpose, and writes each look down', {
  timeout: 120_000,
}, async () => {
  const at = await lighthouseHttp()
  await at.account('town', [{ role: 'town-clerk', area: '11a' }])
  await at.account('other', [{ role: 'town-clerk', area: '12a' }])
  await at.account('watcher', [{ role: 'auditor', area: '1' }])
  const [town, other, watcher] = [await at.signIn('town'), await at.signIn('other'), await at.signIn('watcher')]
  const id = uuid()
  const input = { name: '测试甲', document: 'P0000001', phone: '13800000000', allergies: '花粉' }
  const made = await at.post<{ record: Row }>(`/api/visitor/${id}/arrive`, { event: uuid(), area: '11a1', input }, town)
  expect([made.status, made.body.record.fields.name, made.body.record.fields.document]).toEqual([201, '测*', 'P***1'])

  const masked = await at.get<Row>(`/api/visitor/${id}`, town)
  expect(JSON.stringify(masked.body)).not.toMatch(/测试|P0000001|13800000000|花粉/)
  expect((await at.post(`/api/visitor/${id}/reveal`, {}, town)).status).toBe(422)
  expect((await at.post(`/api/visitor/${id}/reveal`, { purpose: '核对证件' }, other)).status).toBe(404)
  expect((await at.post(`/api/visitor/${id}/reveal`, { purpose: '核对证件' }, watcher)).status).toBe(403)
  const revealed = await at.post<Row>(`/api/visitor/${id}/reveal`, { purpose: '核对证件' }, town)
  expect([revealed.status, revealed.body.fields]).toMatchObject([200, input])
  expect(revealed.headers['cache-control']).toBe('no-store')

  for (const word of ['cs j', 'csj', '测试甲', 'p0000001', '13800000000']) {
    const found = await at.post<{ rows: Row[] }>('/api/visitor/find', { word, purpose: '上门走访' }, town)
    expect([word, found.body.rows.map((row) => row.fields.name)]).toEqual([word, ['测*']])
    expect((await at.post<{ rows: Row[] }>('/api/visitor/find', { word, purpose: '上门走访' }, other)).body.rows).toEqual([])
  }
  expect((await at.post('/api/visitor/find', { word: 'csj' }, town)).status).toBe(422)
  expect((await at.post('/api/visitor/find', { purpose: '上门走访' }, town)).status).toBe(422)
  const names = await at.get<{ names: Record<string, { name: string }> }>(`/api/visitor/names?ids=${id},${uuid()}`, town)
  expect(names.body.names).toEqual({ [id]: { id, name: '测*' } })
  expect((await at.get<{ names: object }>(`/api/visitor/names?ids=${id}`, other)).body.names).toEqual({})

  const plain = await at.get<string>('/api/visitor/export.csv', town)
  expect(String(plain.body)).not.toMatch(/测试甲|P0000001/)
  expect((await at.get('/api/visitor/export.csv?reveal=1', town)).status).toBe(422)
  expect((await at.get(`/api/visitor/export.csv?reveal=1&purpose=${encodeURIComponent('上报')}`, watcher)).status).toBe(403)
  const clear = await at.get<string>(`/api/visitor/export.csv?reveal=1&purpose=${encodeURIComponent('上报')}`, town)
  expect(String(clear.body)).toContain('测试甲')
  expect(String((await at.get<string>(`/api/visitor/export.csv?reveal=1&purpose=x1`, other)).body)).not.toContain('测试甲')

  const looks = await at.get<{ looks: { what: string; purpose: string | null; recordId: string | null; rows: number }[] }>(
    '/api/audit/looks',
    watcher,
  )
  const noted = looks.body.looks.map(({ what, purpose, rows }) => [what, purpose, rows])
  expect(noted).toContainEqual(['reveal', '核对证件', 1])
  expect(noted).toContainEqual(['search', '上门走访', 1])
  expect(noted).toContainEqual(['export-in-clear', '上报', 1])
  expect(noted).toContainEqual(['export', null, 1])
  expect(JSON.stringify(looks.body)).not.toMatch(/测试甲|P0000001|csj/)
  expect(JSON.stringify(at.logged)).not.toMatch(/测试甲|P0000001|13800000000/)
})
