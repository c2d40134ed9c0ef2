import { brotliDecompressSync } from 'node:zlib'
import { type CarriedRow, type RowBlock, unpackRows } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { type LighthouseHttp, lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'
import { seal } from '../field/sealing.ts'
import type { SnapshotLine } from '../field/snapshot-lines.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const DEVICE = uuid(9)
const VILLAGES = ['11a1', '11a2', '12a1']

interface City extends LighthouseHttp {
  readonly worker: string
  readonly cookie: string
  readonly clerk: string
}

async function city(): Promise<City> {
  const at = await lighthouseHttp()
  await at.account('clerk', [{ role: 'town-clerk', area: '1' }])
  const worker = await at.account('worker', [{ role: 'grid-worker', area: '11a1' }])
  const clerk = await at.signIn('clerk')
  for (let i = 0; i < 9; i += 1) {
    const built = await at.post(
      `/api/lamp/${uuid(i)}/build`,
      {
        event: uuid(100 + i),
        area: VILLAGES[i % 3],
        happenedAt: '2020-01-10T00:00:00Z',
        input: { number: `DT-000${i}`, name: `塔${i}`, colour: 'red', candela: i, phone: '13800138000' },
      },
      clerk,
    )
    expect(built.status).toBe(201)
  }
  const cookie = await at.signIn('worker')
  expect((await at.post('/api/field/devices', { device: DEVICE }, cookie)).status).toBe(200)
  return { ...at, worker, cookie, clerk }
}

const linesOf = async (at: City, cursor?: string): Promise<SnapshotLine[]> => {
  const answer = await at.app.inject({
    url: `/api/field/snapshot?device=${DEVICE}${cursor === undefined ? '' : `&cursor=${cursor}`}`,
    headers: { cookie: at.cookie, 'accept-encoding': 'br' },
  })
  expect(answer.headers['content-encoding']).toBe('br')
  const text = brotliDecompressSync(answer.rawPayload).toString()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SnapshotLine)
}
const headsOf = async (at: City) => {
  const [first] = await linesOf(at)
  return first && 'head' in first ? first.head.heads : {}
}
const rowsOf = (lines: readonly SnapshotLine[]): CarriedRow[] => lines.flatMap((line) => ('block' in line ? unpackRows(line.block) : []))

const acts = (at: City, list: readonly object[], cookie = at.cookie, more: object = {}) =>
  at.post<{
    results: { event: string; record?: { state: string }; repeated?: boolean; handedOver?: string; problem?: { code: string } }[]
  }>('/api/field/acts', { device: DEVICE, acts: list, ...more }, cookie)
const light = (event: number, lamp: number, happenedAt: string) => ({
  record: 'lamp',
  id: uuid(lamp),
  action: 'light',
  event: uuid(event),
  happenedAt,
  input: {},
})

describe('a phone', () => {
  it('gets the rows of its area, masked, and goes on where it broke off', async () => {
    const at = await city()
    const lines = await linesOf(at)
    const rows = rowsOf(lines)
    expect(rows.map((row) => row.area)).toEqual(['11a1', '11a1', '11a1'])
    expect(rows[0]?.fields).toMatchObject({ number: expect.stringMatching(/^DT-/), phone: '138****8000' })
    expect(lines[0]).toMatchObject({ head: { day: '2020-02-14', heads: { '11': 6 }, records: expect.arrayContaining(['lamp']) } })
    expect(lines.at(-1)).toEqual({ done: true })
    const cursor = lines.find((line) => 'block' in line && line.cursor !== undefined)
    const rest = await linesOf(at, cursor && 'cursor' in cursor ? cursor.cursor : '')
    expect(rowsOf(rest)).toEqual([])
    expect((await at.get(`/api/field/snapshot?device=${DEVICE}&cursor=nonsense`, at.cookie)).status).toBe(422)
  })

  it('learns what changed since, and what left its area', async () => {
    const at = await city()
    const changes = (since: Record<string, number>) =>
      at.post<{ reset: boolean; heads: Record<string, number>; blocks: RowBlock[]; gone: { id: string }[] }>(
        '/api/field/changes',
        { device: DEVICE, since },
        at.cookie,
      )
    const heads = await headsOf(at)
    expect((await changes(heads)).body).toMatchObject({ reset: false, blocks: [], gone: [], heads })
    await at.post(`/api/lamp/${uuid(0)}/light`, { event: uuid(200), input: {} }, at.clerk)
    await at.post(`/api/lamp/${uuid(1)}/light`, { event: uuid(201), input: {} }, at.clerk)
    const after = await changes(heads)
    expect(after.body.blocks.flatMap((block) => unpackRows(block)).map((row) => [row.id, row.state])).toEqual([[uuid(0), 'lit']])
    expect((await changes(after.body.heads)).body.blocks).toEqual([])
    expect((await changes({ ...heads, '11': 999 })).body.reset).toBe(true)
  })

  it('whose worker has another scope is told to start over, also where it goes on by a place or a cursor of before', async () => {
    const at = await city()
    type Answer = { reset: boolean; heads: Record<string, number>; blocks: unknown[] }
    const changes = async (since: Record<string, number>) =>
      (await at.post<Answer>('/api/field/changes', { device: DEVICE, since }, at.cookie)).body
    const lines = await linesOf(at)
    const heads = await headsOf(at)
    const cursor = lines.flatMap((line) => ('cursor' in line && line.cursor !== undefined ? [line.cursor] : []))[0]
    // A place that names no scope was given out before places did.
    const { scope: _, ...bare } = heads
    expect(await changes(bare)).toMatchObject({ reset: true, blocks: [] })

    const moved = await at.accounts.grant(at.worker, { role: 'grid-worker', area: '12a1', from: '2020-02-14' }, 'admin')
    const both = await changes(heads)
    expect(both).toMatchObject({ reset: true, blocks: [] })
    expect((await changes(both.heads)).reset).toBe(false)
    const anew = await linesOf(at, cursor)
    expect(anew[0]).toHaveProperty('head')
    expect(new Set(rowsOf(anew).map((row) => row.area))).toEqual(new Set(['11a1', '12a1']))

    // The same areas under the same role are the same scope, whichever grant gives them.
    await at.accounts.endGrant(moved, '2020-02-13', 'admin')
    expect((await changes(both.heads)).reset).toBe(true)
    expect((await changes(heads)).reset).toBe(false)

    const [grant] = await at.store.db.query<{ id: string }>('select id from grants where account = $1 and to_day is null', [at.worker])
    await at.accounts.endGrant(grant?.id ?? '', '2020-02-13', 'admin')
    expect(await changes(heads)).toMatchObject({ reset: true, blocks: [], heads: { scope: expect.any(Number) } })
    expect(rowsOf(await linesOf(at, cursor))).toEqual([])
  })

  it('is heard exactly once, in the order of each record, however often it sends', async () => {
    const at = await city()
    const list = [
      light(300, 0, '2020-02-13T01:00:00Z'),
      { ...light(301, 0, '2020-02-13T02:00:00Z'), action: 'dim' },
      light(302, 0, '2020-02-13T03:00:00Z'),
      { ...light(303, 3, '2020-02-13T03:00:00Z'), action: 'dim' },
    ]
    const first = (await acts(at, list, at.cookie, { deviceNow: '2020-02-14T05:00:00Z', app: 'test' })).body.results
    expect(first.map((one) => one.record?.state ?? one.problem?.code)).toEqual(['lit', 'dark', 'lit', 'wrong-state'])
    const again = (await acts(at, list)).body.results
    expect(again.slice(0, 3).every((one) => one.repeated)).toBe(true)
    const { body } = await at.get<{ events: unknown[] }>(`/api/lamp/${uuid(0)}/timeline`, at.clerk)
    expect(body.events).toHaveLength(4)
    const devices = await at.get<{ devices: { skew: number; app: string }[] }>('/api/field/devices', at.cookie)
    expect(devices.body.devices).toMatchObject([{ skew: 3 * 3_600_000, app: 'test' }])
  })

  it('of a worker who was moved away: work done before counts, work done after goes to the clerk, nothing is lost', async () => {
    const at = await city()
    const [grant] = await at.store.db.query<{ id: string }>('select id from grants where account = $1', [at.worker])
    await at.accounts.endGrant(grant?.id ?? '', '2020-02-12', 'admin')
    const answers = (await acts(at, [light(400, 0, '2020-02-12T01:00:00Z'), light(401, 3, '2020-02-13T01:00:00Z')])).body.results
    expect(answers).toMatchObject([{ record: { state: 'lit' } }, { handedOver: 'waiting' }])
    expect((await acts(at, [light(401, 3, '2020-02-13T01:00:00Z')])).body.results).toMatchObject([{ handedOver: 'waiting' }])

    const box = await at.get<{ acts: { id: string; problem: { code: string }; command: object }[] }>('/api/field/handed-over', at.clerk)
    expect(box.body.acts).toMatchObject([{ id: uuid(401), problem: { code: 'not-allowed' }, command: { action: 'light' } }])
    expect((await at.get('/api/field/handed-over', at.cookie)).status).toBe(403)
    const taken = await at.post(`/api/field/handed-over/${uuid(401)}/take`, {}, at.clerk)
    expect(taken.body).toMatchObject({ state: 'taken' })
    const lamp = await at.get<{ events: { id: string; happenedAt: string; actor: string; authority: string }[] }>(
      `/api/lamp/${uuid(3)}/timeline`,
      at.clerk,
    )
    expect(lamp.body.events.at(-1)).toMatchObject({ id: uuid(401), happenedAt: '2020-02-13T01:00:00.000Z' })
    expect((await acts(at, [light(401, 3, '2020-02-13T01:00:00Z')])).body.results).toMatchObject([{ handedOver: 'taken' }])
  })

  it('does not accept what was done too long after the end of a grant, and keeps it all the same', async () => {
    const at = await city()
    const [grant] = await at.store.db.query<{ id: string }>('select id from grants where account = $1', [at.worker])
    await at.accounts.endGrant(grant?.id ?? '', '2020-01-20', 'admin')
    expect((await acts(at, [light(500, 0, '2020-01-15T01:00:00Z')])).body.results).toMatchObject([{ handedOver: 'waiting' }])
  })

  it('that is wiped gets nothing more, and what it sealed is taken over without a session', async () => {
    const at = await city()
    const registered = await at.post<{ key: string }>('/api/field/devices', { device: DEVICE }, at.cookie)
    const key = Buffer.from(registered.body.key, 'base64')
    await at.account('admin', [{ role: 'administrator', area: '1' }])
    // Whoever answers for other places answers for other phones.
    await at.account('stranger', [{ role: 'town-clerk', area: '12' }])
    await at.account('administrator-elsewhere', [{ role: 'administrator', area: '12' }])
    type Phones = { devices: { id: string; username: string }[] }
    for (const name of ['stranger', 'administrator-elsewhere']) {
      const other = await at.signIn(name)
      expect([name, (await at.get<Phones>('/api/field/workers-devices', other)).body.devices]).toEqual([name, []])
      expect([name, (await at.post(`/api/field/devices/${DEVICE}/wipe`, {}, other)).status]).toEqual([name, 404])
    }
    expect((await at.get<Phones>('/api/field/workers-devices', at.clerk)).body.devices).toMatchObject([{ id: DEVICE, username: 'worker' }])
    expect((await at.post(`/api/field/devices/${DEVICE}/wipe`, {}, await at.signIn('admin'))).status).toBe(200)
    expect((await at.get(`/api/field/devices/${DEVICE}`)).body).toMatchObject({ known: true, wiped: true })
    expect((await at.post('/api/field/devices', { device: DEVICE }, at.cookie)).status).toBe(410)
    expect((await at.get(`/api/field/snapshot?device=${DEVICE}`, at.cookie)).status).toBe(410)
    expect((await acts(at, [light(600, 0, '2020-02-13T01:00:00Z')])).status).toBe(410)

    const sealed = (act: object, deviceAt: string) =>
      seal(key, Buffer.from(JSON.stringify({ act, deviceAt: Date.parse(deviceAt), era: 'e1' })))
    const { happenedAt: _, ...act } = light(601, 0, '')
    // The phone's clock was a day ahead.
    const entries = [sealed(act, '2020-02-14T01:00:00Z'), { iv: 'AAAAAAAAAAAAAAAA', data: 'made up by somebody' }]
    const handed = await at.post<{ kept: boolean[] }>('/api/field/hand-over', { device: DEVICE, offsets: { e1: -86_400_000 }, entries })
    expect(handed.body.kept).toEqual([true, false])
    const { body } = await at.get<{ events: { id: string; happenedAt: string; actor: string }[] }>(
      `/api/lamp/${uuid(0)}/timeline`,
      at.clerk,
    )
    expect(body.events.at(-1)).toMatchObject({ id: uuid(601), happenedAt: '2020-02-13T01:00:00.000Z', actor: at.worker })
  })

  it('belongs to one account', async () => {
    const at = await city()
    expect((await at.post('/api/field/devices', { device: DEVICE }, at.clerk)).status).toBe(404)
    expect((await at.post('/api/field/changes', { device: DEVICE, since: {} }, at.clerk)).status).toBe(404)
    expect((await at.get(`/api/field/recognition?device=${DEVICE}`, at.cookie)).body).toMatchObject({ key: expect.any(String) })
  })
})
