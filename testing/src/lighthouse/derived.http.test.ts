import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type LighthouseHttp, lighthouseHttp } from '../stores/lighthouse-http.ts'

/** The fictional domain end to end over the interface that is derived from it: no line of it was written for lamps. */
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const PHONE = '13800138000'
interface Lamp {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
}
interface Refusal {
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
  readonly data?: { readonly version?: number }
}

async function signedIn(at: LighthouseHttp): Promise<string> {
  await at.account('clerk', [{ role: 'town-clerk', area: '1' }])
  return at.signIn('clerk')
}
const lampOf = (n: number, more: object = {}) => ({
  event: uuid(100_000 + n),
  area: n % 2 ? '11a1' : '12a1',
  input: { number: `DT-${String(n).padStart(6, '0')}`, name: `塔${n}`, colour: 'red', candela: n % 5, phone: PHONE, ...more },
})

it('answers a record with its tag, says “not modified”, and refuses an act on an older version with a sentence that says so', async () => {
  const at = await lighthouseHttp()
  const cookie = await signedIn(at)
  const made = await at.post<{ record: Lamp }>(`/api/lamp/${uuid(1)}/build`, lampOf(1), cookie)
  expect([made.status, made.headers.etag]).toEqual([201, '"1"'])
  const again = await at.app.inject({ url: `/api/lamp/${uuid(1)}`, headers: { cookie, 'if-none-match': '"1"' } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const act = (event: number, headers: object) =>
    at.app.inject({
      method: 'POST',
      url: `/api/lamp/${uuid(1)}/refit`,
      payload: { event: uuid(event), input: { candela: event } },
      headers: { cookie, ...headers },
    })
  expect((await act(201, { 'if-match': '"1"' })).statusCode).toBe(200)
  const stale = await act(202, { 'if-match': '"1"' })
  expect([stale.statusCode, stale.headers['content-type']]).toEqual([409, 'application/problem+json; charset=utf-8'])
  const refused = stale.json<Refusal>()
  expect(refused).toMatchObject({ code: 'version-conflict', data: { version: 2 } })
  expect(refused.message.zh).toMatch(/[\u4e00-\u9fff]/)
  expect(refused.message.en).toMatch(/version|changed/i)
  const now = await at.app.inject({ url: `/api/lamp/${uuid(1)}`, headers: { cookie, 'if-none-match': '"1"' } })
  expect([now.statusCode, now.headers.etag, now.json<Lamp>().fields.candela]).toEqual([200, '"2"', 201])
  // The same act again, under its id, is answered as it was the first time and counts once.
  const twice = await act(201, {})
  expect([twice.statusCode, twice.json<{ repeated: boolean }>().repeated]).toEqual([200, true])
})

it('takes an act on whichever version there is, or on one of several, where that is asked for', async () => {
  const at = await lighthouseHttp()
  const cookie = await signedIn(at)
  const act = async (event: number, action: string, tag: string, payload: object) => {
    const headers = { cookie, 'if-match': tag }
    const answer = await at.app.inject({
      method: 'POST',
      url: `/api/lamp/${uuid(1)}/${action}`,
      payload: { event: uuid(event), ...payload },
      headers,
    })
    return [answer.statusCode, answer.statusCode < 300 ? answer.headers.etag : answer.json<Refusal>().code]
  }
  const refit = (event: number, tag: string) => act(event, 'refit', tag, { input: { candela: event } })
  // Where there is no record yet, none of its versions is there.
  expect(await act(301, 'build', '*', lampOf(1))).toEqual([412, 'no-version-yet'])
  expect(await refit(302, '*')).toEqual([404, 'not-found'])
  expect((await at.post(`/api/lamp/${uuid(1)}/build`, lampOf(1), cookie)).status).toBe(201)
  expect(await refit(303, '*')).toEqual([200, '"2"'])
  expect(await refit(304, '"1", W/"2"')).toEqual([200, '"3"'])
  expect(await refit(305, '"1", "2"')).toEqual([409, 'version-conflict'])
  expect(await refit(306, 'newest')).toEqual([422, 'invalid'])
})

it('pages by cursor: each row once and in order, whatever is added while somebody reads', async () => {
  const at = await lighthouseHttp()
  const cookie = await signedIn(at)
  for (let n = 0; n < 23; n += 1) await at.post(`/api/lamp/${uuid(n)}/build`, lampOf(n), cookie)
  for (const sort of ['number', '-number', 'candela', '-candela']) {
    const seen: Lamp[] = []
    let added = 0
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: { body: { rows: Lamp[]; next?: string } } = await at.get(
        `/api/lamp?sort=${sort}&limit=5${next ? `&cursor=${next}` : ''}`,
        cookie,
      )
      seen.push(...page.body.rows)
      next = page.body.next
      if (added === 0) {
        added = 1
        await at.post(`/api/lamp/${uuid(5_000 + seen.length + sort.length)}/build`, lampOf(5_000 + seen.length + sort.length), cookie)
      }
    }
    const ids = seen.map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (let n = 0; n < 23; n += 1) expect(ids).toContain(uuid(n))
    const key = (row: Lamp) => (sort.endsWith('candela') ? Number(row.fields.candela) : String(row.fields.number))
    const keys = seen.map(key)
    const up = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
    expect(keys).toEqual([...keys].sort((a, b) => (sort.startsWith('-') ? up(b, a) : up(a, b))))
  }
  expect((await at.get<Refusal>('/api/lamp?cursor=nonsense', cookie)).status).toBe(422)
})

it('keeps attachments by what they are: hashed, looked at, limited, outside the database', async () => {
  const at = await lighthouseHttp()
  const cookie = await signedIn(at)
  const send = (name: string, content: Buffer) => {
    const form = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`
    return at.app.inject({
      method: 'POST',
      url: '/api/files',
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([Buffer.from(form), content, Buffer.from('\r\n--b--\r\n')]),
    })
  }
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const kept = await send('../图纸.png', png)
  expect(kept.statusCode).toBe(201)
  const file = kept.json<{ hash: string; name: string; type: string; size: number }>()
  expect(file).toMatchObject({ name: '图纸.png', type: 'image/png', size: png.length })
  expect(existsSync(join(at.store.attachments?.dir ?? '', file.hash.slice(0, 2), file.hash))).toBe(true)
  expect((await send('照片.png', Buffer.from('4d5a900003000000', 'hex'))).json<Refusal>().code).toBe('file-type')
  expect((await send('大.png', Buffer.concat([png, Buffer.alloc(200_000)]))).json<Refusal>().code).toBe('too-large')
  expect((await at.post(`/api/lamp/${uuid(1)}/build`, lampOf(1, { plan: file }), cookie)).status).toBe(201)
  // A lamp names its keeper: its papers are for those who may read it, and say why.
  const address = `/api/lamp/${uuid(1)}/files/${file.hash}`
  const ask = (who: string, url: string, purpose: string) =>
    at.app.inject({ method: 'POST', url, headers: { cookie: who }, payload: { purpose } })
  expect((await at.get<Refusal>(address, cookie)).status).toBe(422)
  const back = await ask(cookie, address, '核对图纸')
  expect([back.rawPayload.equals(png), back.headers['content-type'], back.headers['content-disposition']]).toEqual([
    true,
    'application/octet-stream',
    `attachment; filename*=UTF-8''${encodeURIComponent('图纸.png')}`,
  ])
  const id = await at.account('elsewhere', [{ role: 'county-clerk', area: '12' }])
  await at.account('auditor', [{ role: 'auditor', area: '1' }])
  const [elsewhere, auditor] = [await at.signIn('elsewhere'), await at.signIn('auditor')]
  expect((await ask(elsewhere, address, '核对图纸')).statusCode).toBe(404)
  // Whoever has the same paper knows its hash; another record that does not carry it gives nothing.
  expect((await at.post(`/api/lamp/${uuid(2)}/build`, lampOf(2), cookie)).status).toBe(201)
  expect((await ask(cookie, `/api/lamp/${uuid(2)}/files/${file.hash}`, '核对图纸')).statusCode).toBe(404)
  const { body } = await at.get<{ looks: { actor: string }[] }>('/api/audit/looks', auditor)
  expect(body.looks).toMatchObject([{ what: 'file', record: 'lamp', recordId: uuid(1), purpose: '核对图纸', rows: 1 }])
  expect(body.looks[0]?.actor).not.toBe(id)
  expect((await at.get(`/api/files/${file.hash}`, cookie)).status).toBe(404)
  expect((await at.get(address)).status).toBe(401)
  expect((await ask(cookie, `/api/lamp/${uuid(1)}/files/${'0'.repeat(64)}`, '核对图纸')).statusCode).toBe(404)
})

it('shows personal data in clear to those who need to know, with a purpose that is logged, and to nobody else', async () => {
  const at = await lighthouseHttp()
  const clerk = await signedIn(at)
  const id = await at.account('county', [{ role: 'county-clerk', area: '11' }])
  await at.account('auditor', [{ role: 'auditor', area: '1' }])
  const [county, auditor] = [await at.signIn('county'), await at.signIn('auditor')]
  for (const n of [1, 2]) await at.post(`/api/lamp/${uuid(n)}/build`, lampOf(n), clerk)
  const look = (n: number, purpose: string, cookie: string) => at.post<Lamp & Refusal>(`/api/lamp/${uuid(n)}/reveal`, { purpose }, cookie)
  expect((await at.get<Lamp>(`/api/lamp/${uuid(1)}`, county)).body.fields.phone).toBe('138****8000')
  const seen = await look(1, '电话核实', county)
  expect([seen.status, seen.body.fields.phone, seen.headers['cache-control']]).toEqual([200, PHONE, 'no-store'])
  expect((await look(1, ' ', county)).status).toBe(422)
  expect((await look(2, '电话核实', county)).status).toBe(404)
  expect((await look(1, '电话核实', clerk)).body.code).toBe('not-allowed')
  expect((await look(1, '电话核实', auditor)).status).toBe(403)
  const looks = await at.get<{ looks: object[] }>('/api/audit/looks', auditor)
  expect(looks.body.looks).toMatchObject([{ what: 'reveal', record: 'lamp', recordId: uuid(1), purpose: '电话核实', rows: 1, actor: id }])
  expect(JSON.stringify([looks.body, at.logged])).not.toContain(PHONE)
})

it('tells a stream that broke what it missed, no more and no less, and one from another time to begin anew', async () => {
  const at = await lighthouseHttp()
  const cookie = await signedIn(at)
  const base = await at.app.listen({ port: 0, host: '127.0.0.1' })
  const listen = async (wanted: number, last?: string) => {
    const stop = new AbortController()
    const answer = await fetch(`${base}/api/live`, {
      headers: { cookie, ...(last === undefined ? {} : { 'last-event-id': last }) },
      signal: stop.signal,
    })
    const reader = answer.body?.getReader()
    let text = ''
    while (text.split('event: ').length - 1 < wanted) text += Buffer.from((await reader?.read())?.value ?? new Uint8Array()).toString()
    stop.abort()
    return [...text.matchAll(/id: (\S+)\nevent: change\ndata: (.*)\n/g)].map(([, at_, data]) => ({
      at: at_ ?? '',
      id: (JSON.parse(data ?? '{}') as Lamp).id,
      text,
    }))
  }
  const build = (n: number) => at.post(`/api/lamp/${uuid(n)}/build`, lampOf(n), cookie)
  const first = listen(3)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await build(1)
  await build(2)
  const heard = await first
  expect(heard.map((one) => one.id)).toEqual([uuid(1), uuid(2)])
  for (const n of [3, 4, 5]) await build(n)
  const missed = await listen(4, heard.at(-1)?.at)
  expect(missed.map((one) => one.id)).toEqual([uuid(3), uuid(4), uuid(5)])
  const stop = new AbortController()
  const foreign = await fetch(`${base}/api/live`, {
    headers: { cookie, 'last-event-id': 'older.7' },
    signal: stop.signal,
  })
  const reader = foreign.body?.getReader()
  let text = ''
  while (!text.includes('event: reset')) text += Buffer.from((await reader?.read())?.value ?? new Uint8Array()).toString()
  stop.abort()
})
