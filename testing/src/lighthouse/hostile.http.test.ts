import { expect, it } from 'vitest'
import { type LighthouseHttp, lighthouseHttp } from '../stores/lighthouse-http.ts'

interface Refusal {
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
}

const uuid = () => crypto.randomUUID()
let numbers = 1000
const lampInput = (more: Readonly<Record<string, unknown>> = {}) => {
  numbers += 1
  return { number: `DT-${numbers}`, name: '塔', colour: 'red', candela: 5, ...more }
}

async function city(): Promise<LighthouseHttp & { town: string; duty: string }> {
  const http = await lighthouseHttp()
  await http.account('town', [{ role: 'town-clerk', area: '11a' }])
  await http.account('duty', [{ role: 'duty-officer', area: '1' }])
  return { ...http, town: await http.signIn('town'), duty: await http.signIn('duty') }
}

it('answers hostile input with a refusal, never with an internal error', { timeout: 120_000 }, async () => {
  const { app, post, get, town, logged } = await city()
  const lamp = uuid()
  expect((await post(`/api/lamp/${lamp}/build`, { event: uuid(), area: '11a1', input: lampInput() }, town)).status).toBe(201)

  const odd: [string, unknown][] = [
    ['a NUL in a text', { area: '11a1', input: lampInput({ name: 'a\u0000b' }) }],
    ['a lone surrogate', { area: '11a1', input: lampInput({ name: 'a\ud800b' }) }],
    ['a lone surrogate in a localized text', { area: '11a1', input: lampInput({ motto: { zh: '\udc00', en: 'x' } }) }],
    ['a NUL in a file name', { area: '11a1', input: lampInput({ plan: { hash: 'a'.repeat(64), name: 'a\u0000', type: 'x', size: 1 } }) }],
    ['a NUL in an authority', { area: '11a1', authority: 'a\u0000', input: lampInput() }],
    ['a lone surrogate in an authority', { area: '11a1', authority: '\ud800', input: lampInput() }],
    ['a NUL in an area', { area: '\u0000', input: lampInput() }],
    ['a number beyond int32', { area: '11a1', input: lampInput({ candela: 2_147_483_648 }) }],
    ['a decimal with thirty digits', { area: '11a1', input: lampInput({ height: `${'1'.repeat(30)}.00` }) }],
    ['a day that is none', { area: '11a1', input: lampInput({ builtOn: '2020-02-30' }) }],
    ['the year 0', { area: '11a1', input: lampInput({ builtOn: '0000-01-01' }) }],
    ['the year 10000', { area: '11a1', input: lampInput({ builtOn: '10000-01-01' }) }],
    ['a list too long', { area: '11a1', input: lampInput({ guests: Array.from({ length: 21 }, () => 'x') }) }],
    ['an area before it existed', { area: '11a1', happenedAt: '1800-01-01T00:00:00Z', input: lampInput() }],
    ['the oldest instant', { area: '11a1', happenedAt: '-271821-04-20T00:00:00Z', input: lampInput() }],
    ['the newest instant', { area: '11a1', happenedAt: '+275760-09-13T00:00:00Z', input: lampInput() }],
    ['a future', { area: '11a1', happenedAt: '2020-02-14T02:06:00Z', input: lampInput() }],
    ['no instant', { area: '11a1', happenedAt: 'yesterday', input: lampInput() }],
    ['input that is a list', { area: '11a1', input: [] }],
    ['input named like a prototype', { area: '11a1', input: { ...lampInput(), constructor: 1 } }],
  ]
  const bad: string[] = []
  for (const [what, body] of odd) {
    const answer = await post<Refusal>(`/api/lamp/${uuid()}/build`, { event: uuid(), ...(body as object) }, town)
    if (answer.status < 400 || answer.status >= 500) bad.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  for (const [action, body] of [
    ['moveArea', { area: '11a2', happenedAt: 'yesterday' }],
    ['moveArea', { area: '11a2', happenedAt: '2030-01-01T00:00:00Z' }],
    ['moveArea', { area: '1', happenedAt: '2020-02-14T02:00:00Z' }],
    ['correct', { input: { event: uuid(), reason: 'x' } }],
    ['correct', { input: { event: 7, reason: '\u0000' } }],
    ['constructor', {}],
    ['__proto__', {}],
  ] as const) {
    const answer = await post<Refusal>(`/api/lamp/${lamp}/${action}`, { event: uuid(), ...body }, town)
    if (answer.status < 400 || answer.status >= 500)
      bad.push(`${action} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.body)}`)
    const bulk = await post<{ results: { problem?: Refusal & { status: number } }[] }>(
      '/api/events',
      { acts: [{ record: 'lamp', id: lamp, action, event: uuid(), ...body }] },
      town,
    )
    const status = bulk.status === 200 ? (bulk.body.results[0]?.problem?.status ?? 200) : bulk.status
    if (status < 400 || status >= 500) bad.push(`bulk ${action}: ${status} ${JSON.stringify(bulk.body)}`)
  }
  const place = (value: unknown, sort = 'number') => Buffer.from(JSON.stringify([sort, value, lamp])).toString('base64url')
  for (const url of [
    '/api/lamp?constructor=1',
    '/api/lamp?__proto__=1',
    '/api/lamp?state=constructor',
    '/api/lamp?sort=constructor',
    '/api/lamp?sort=-__proto__',
    '/api/lamp?sort=guests',
    '/api/lamp?q=%00',
    '/api/lamp?name=%00',
    '/api/lamp?number=%00',
    '/api/lamp?area=%00',
    '/api/lamp?candela=1e400',
    '/api/lamp?candela.from=99999999999',
    '/api/lamp?builtOn.from=2020-02-30',
    '/api/lamp?builtOn.from=0000-01-01',
    '/api/lamp?limit=1e9999',
    '/api/lamp?limit=-1',
    '/api/lamp?guests=harbour',
    '/api/lamp?guests.from=harbour',
    '/api/lamp?place.from=1,1',
    '/api/lamp?colour=%ff',
    `/api/lamp?cursor=${place('\u0000')}`,
    `/api/lamp?cursor=${place({})}`,
    `/api/lamp?cursor=not-a-cursor`,
    `/api/lamp?sort=builtOn&cursor=${place('abc', 'builtOn')}`,
    `/api/lamp?sort=candela&cursor=${place('1e400', 'candela')}`,
    `/api/lamp?sort=candela&cursor=${place(1e300, 'candela')}`,
    '/api/lamp/count?constructor=1',
    '/api/lamp/groups?by=constructor',
    '/api/lamp/groups?by=__proto__',
    '/api/lamp/groups?by=constructor.month',
    '/api/lamp/groups',
    '/api/lamp/not-an-id',
    '/api/lamp/not-an-id/timeline',
    '/api/board?areas=11a&day=2020-02-30',
    '/api/board?areas=11a&day=0000-01-01',
    '/api/board?areas=%00',
    '/api/board?areas=11a&indicators=constructor',
    '/api/board?areas=11a&days=1e9',
    '/api/map?indicator=lit&day=2020-02-30',
    '/api/map?indicator=constructor&day=2020-02-14',
    '/api/areas?day=2020-02-30',
    '/api/areas?day=x',
    '/api/areas?day=2020-99-99',
    '/api/areas/in-place?areas=11a&since=2020-02-30',
    '/api/areas/in-place?areas=11a&day=2020-02-30',
    '/api/areas/11a/figures?counted=2020-02-30',
    '/api/settings?day=2020-02-30',
    '/api/lamp/00000000-0000-4000-8000-000000000001/files/..%2f..%2fetc%2fpasswd',
    '/api/nothing',
    '/api/%00',
    '/api/%zz',
  ]) {
    const answer = await get(url, town)
    if (answer.status >= 500) bad.push(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
    if (answer.status === 200 && !/q=%00|state=|limit=|colour|name=|groups/.test(url)) bad.push(`${url}: taken`)
  }
  const raw = async (payload: string | Buffer, type = 'application/json', method: 'POST' | 'PUT' | 'DELETE' | 'PATCH' = 'POST') => {
    const answer = await app.inject({ method, url: '/api/events', payload, headers: { cookie: town, 'content-type': type } })
    if (answer.statusCode < 400 || answer.statusCode >= 500)
      bad.push(`${method} ${type} ${payload.slice(0, 40)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    if (!String(answer.headers['content-type']).startsWith('application/problem+json')) bad.push(`${method} ${type}: no problem`)
  }
  await raw('{"acts":')
  await raw('{"acts":[],"__proto__":{"together":true}}')
  await raw('{"acts":[],"constructor":{"prototype":{}}}')
  await raw('x', 'text/plain')
  await raw('<a/>', 'application/xml')
  await raw('{}', 'application/json; charset=utf-16')
  await raw(`{"acts":${'['.repeat(100_000)}`)
  await raw(Buffer.alloc(9_000_000, 32))
  await raw('null')
  await raw('7')
  await raw('{"acts":[1],"together":true}')
  await raw('{}', 'application/json', 'PUT')
  await raw('{}', 'application/json', 'DELETE')
  await raw('{}', 'application/json', 'PATCH')
  expect(bad).toEqual([])
  expect(logged).toEqual([])
})

it('names the key that no body may hold', async () => {
  const { app, town, logged } = await city()
  for (const [payload, path, key] of [
    ['{"acts":[],"__proto__":{"together":true}}', '__proto__', '__proto__'],
    ['{"acts":[{"input":{"name":"a","\\u005f_proto__":1}}]}', 'acts.0.input.__proto__', '__proto__'],
    ['{"acts":[],"constructor":{"prototype":{}}}', 'constructor.prototype', 'constructor.prototype'],
  ] as const) {
    const headers = { cookie: town, 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/api/events', payload, headers })
    expect([answer.statusCode, answer.json<Refusal>()]).toMatchObject([400, { code: 'key-not-allowed', path }])
    const { zh, en } = answer.json<Refusal>().message
    expect([zh, en]).toEqual([expect.stringContaining(`“${key}”的字段`), expect.stringContaining(`a key “${key}”`)])
  }
  expect(logged).toEqual([])
})

it('takes an act once, however often and in whatever company it comes', { timeout: 120_000 }, async () => {
  const { post, get, town, duty, store } = await city()
  const lamp = uuid()
  const build = { event: uuid(), area: '11a1', input: lampInput() }
  const act = { record: 'lamp', id: lamp, action: 'build', ...build }
  type Bulk = { results: { repeated?: boolean; problem?: Refusal }[] }
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => post<{ repeated: boolean }>(`/api/lamp/${lamp}/build`, build, town)),
    post<Bulk>('/api/events', { acts: Array.from({ length: 20 }, () => act) }, town),
    post<Bulk>('/api/events', { acts: Array.from({ length: 20 }, () => act), together: true }, town),
    post<Bulk>('/api/events', { acts: [act, { ...act, event: build.event.toUpperCase(), id: lamp.toUpperCase() }] }, town),
  ])
  expect(answers.map((one) => (one.status < 300 ? '' : JSON.stringify(one.body))).filter(Boolean)).toEqual([])
  const results = answers.flatMap((one) => ('results' in one.body ? one.body.results : [one.body]))
  expect(results.filter((one) => one.repeated === false)).toHaveLength(1)
  expect(results.filter((one) => one.repeated === true)).toHaveLength(results.length - 1)
  const timeline = await get<{ events: unknown[] }>(`/api/lamp/${lamp}/timeline`, town)
  expect(timeline.body.events).toHaveLength(1)

  // The first sending of a group that repeats itself counts once as well.
  const other = uuid()
  const twice = { record: 'lamp', id: other, action: 'build', event: uuid(), area: '11a1', input: lampInput() }
  const pair = await post<Bulk>('/api/events', { acts: [twice, twice], together: true }, town)
  expect([pair.status, pair.body.results.map((one) => one.repeated)]).toEqual([200, [false, true]])

  // Another act under a known id is refused: another action, another record, other values.
  for (const [path, body] of [
    [`/api/lamp/${lamp}/light`, { event: build.event }],
    [`/api/lamp/${uuid()}/build`, build],
    [`/api/lamp/${lamp}/build`, { ...build, input: { ...build.input, candela: 6 } }],
  ] as const) {
    const answer = await post<Refusal>(path, body, town)
    expect([path, answer.status, answer.body.code]).toEqual([path, 409, 'id-reused'])
  }

  // Consequences are drawn once.
  const storm = uuid()
  await Promise.all(Array.from({ length: 20 }, () => post(`/api/lamp/${lamp}/storm`, { event: storm }, duty)))
  expect((await get<{ rows: unknown[] }>('/api/repair', duty)).body.rows).toHaveLength(1)

  // Acts that stand together fall together, and leave no trace in the books.
  const third = uuid()
  const fell = await post<Refusal & { path: string }>(
    '/api/events',
    {
      together: true,
      acts: [
        { record: 'lamp', id: third, action: 'build', event: uuid(), area: '11a1', input: lampInput() },
        { record: 'lamp', id: third, action: 'light', event: uuid(), input: { oilTemperature: 44 } },
      ],
    },
    town,
  )
  expect([fell.status, fell.body.code, fell.body.path]).toEqual([422, 'oil-too-hot', 'commands.1.input.oilTemperature'])
  expect((await get(`/api/lamp/${third}`, town)).status).toBe(404)
  expect((await store.rebuild({ check: true })).differences).toEqual([])
})

it('tells nobody of a record by the id of its act', async () => {
  const { post, account, signIn, town } = await city()
  await account('stranger', [{ role: 'town-clerk', area: '12a' }])
  const stranger = await signIn('stranger')
  const lamp = uuid()
  const build = { event: uuid(), area: '11a1', input: lampInput() }
  await post(`/api/lamp/${lamp}/build`, build, town)
  const answer = await post<Refusal>(`/api/lamp/${lamp}/build`, build, stranger)
  expect([answer.status, JSON.stringify(answer.body).includes('DT-')]).toEqual([409, false])
})

it('keeps a key unique through corrections and late acts', async () => {
  const { post, town, clock, store } = await city()
  const [one, two] = [uuid(), uuid()]
  const [first, second] = [lampInput(), lampInput()]
  const built = uuid()
  await post(`/api/lamp/${one}/build`, { event: uuid(), area: '11a1', input: first }, town)
  await post(`/api/lamp/${two}/build`, { event: built, area: '11a1', input: second }, town)
  const corrected = await post<Refusal>(
    `/api/lamp/${two}/correct`,
    { event: uuid(), input: { event: built, reason: '误', input: { number: first.number } } },
    town,
  )
  expect([corrected.status, corrected.body.code]).toEqual([409, 'already-exists'])
  clock.set('2020-02-14T06:00:00Z')
  await post(`/api/lamp/${two}/light`, { event: uuid() }, town)
  const late = await post<Refusal>(
    `/api/lamp/${two}/refit`,
    { event: uuid(), happenedAt: '2020-02-14T03:00:00Z', input: { number: first.number } },
    town,
  )
  expect([late.status, late.body.code]).toEqual([409, 'already-exists'])
  expect((await store.rebuild({ check: true })).differences).toEqual([])
})

it('says what to do where an area is not on the list, or a file was not sent as one', { timeout: 120_000 }, async () => {
  const { get, post, town } = await city()
  const filtered = await get<Refusal>('/api/lamp?area=zzz', town)
  expect([filtered.status, filtered.body.code]).toEqual([422, 'area-not-listed'])
  expect(filtered.body.message).toEqual({
    zh: '没有区划“zzz”；请从列表中选择。',
    en: 'There is no area “zzz”; choose one from the list.',
  })
  const plain = await post<Refusal>('/api/files', { name: 'a.txt' }, town)
  expect([plain.status, plain.body.message.en]).toEqual([415, 'Send the file as multipart/form-data.'])
})
