import { type Actor, type AnyRecord, erase, ROLES, type Role, scopeOf } from '@guatu/kernel'
import { lamp, visitor } from '@guatu/testing'
import exceljs from 'exceljs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isForeign, mayLookUp, mayRead, reaches } from '../../../../testing/src/access/readable.ts'
import { type LighthouseHttp, lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'
import type { NewGrant } from '../accounts/granting.ts'

const AREAS = ['1', '11', '12', '11a', '11b', '12a', '11a1', '11a2', '11b1', '12a1']
const VILLAGES = ['11a1', '11a2', '11b1', '12a1']
const LAMPS = 24
const PHONE = '13800138000'
const def: AnyRecord = erase(lamp)
const guests: AnyRecord = erase(visitor)
const VISITORS = 8
const documentOf = (i: number) => `P${String(i).padStart(7, '0')}`
const visitorId = (i: number) => uuid(500 + i)
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

interface Row {
  readonly id: string
  readonly path: string
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly offers: readonly { readonly action: string; readonly allowed: boolean }[]
}
/** All cells of a workbook as text. */
async function cellsOf(content: Buffer): Promise<readonly string[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(content as unknown as exceljs.Buffer)
  const cells: string[] = []
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text))))
  return cells
}

interface Refusal {
  readonly code: string
}

const grantOf: fc.Arbitrary<NewGrant> = fc
  .record({
    role: fc.constantFrom(...(Object.keys(ROLES) as Role[])),
    area: fc.constantFrom(...AREAS),
    unit: fc.option(fc.constantFrom('harbour', 'hq-11', 'other'), { nil: undefined }),
    // Before, on and after the day; the oracle below compares days by itself.
    from: fc.constantFrom('2020-01-01', '2020-02-14', '2020-02-15'),
    to: fc.constantFrom(undefined, undefined, undefined, '2020-02-13', '2020-02-14'),
  })
  .map(({ unit, to, ...one }) => ({ ...one, ...(unit === undefined ? {} : { unit }), ...(to === undefined ? {} : { to }) }))

async function lamps(at: LighthouseHttp): Promise<Row[]> {
  const boss: Actor = { id: 'boss', name: 'boss', grants: [{ role: 'town-clerk', path: '1/' }] }
  for (let i = 0; i < LAMPS; i += 1) {
    const done = await at.store.writer.submit(
      {
        id: uuid(1000 + i),
        record: 'lamp',
        recordId: uuid(i),
        action: 'build',
        area: VILLAGES[i % 4] ?? '11a1',
        input: {
          number: `DT-${String(i).padStart(6, '0')}`,
          name: `塔${i}`,
          colour: ['red', 'white', 'green'][i % 3],
          candela: i,
          phone: PHONE,
          ...(i % 3 === 0 ? { keeper: 'harbour' } : i % 5 === 0 ? { guests: ['hq-11', 'harbour'] } : {}),
        },
      },
      boss,
    )
    if (!done.ok) throw new Error(done.problem.message.en)
    if (i % 2 === 0) continue
    const lit = await at.store.writer.submit({ id: uuid(2000 + i), record: 'lamp', recordId: uuid(i), action: 'light', input: {} }, boss)
    if (!lit.ok) throw new Error(lit.problem.message.en)
  }
  const all: Row[] = []
  for (let i = 0; i < LAMPS; i += 1) {
    const one = await at.store.as({ ...boss, system: true }).get('lamp', uuid(i))
    if (one.ok) all.push({ ...one.value, offers: [] })
  }
  return all
}

/** People who came to the towers, two to a village, with one name among them. */
async function visitors(at: LighthouseHttp): Promise<Row[]> {
  const boss: Actor = { id: 'boss', name: 'boss', grants: [{ role: 'town-clerk', path: '1/' }] }
  const all: Row[] = []
  for (let i = 0; i < VISITORS; i += 1) {
    const came = await at.store.writer.submit(
      {
        id: uuid(3000 + i),
        record: 'visitor',
        recordId: visitorId(i),
        action: 'arrive',
        area: VILLAGES[i % 4] ?? '11a1',
        input: { name: '测试甲', document: documentOf(i), phone: `1380000${String(i).padStart(4, '0')}` },
      },
      boss,
    )
    if (!came.ok) throw new Error(came.problem.message.en)
    const one = await at.store.as({ ...boss, system: true }).get('visitor', visitorId(i))
    if (one.ok) all.push({ ...one.value, offers: [] })
  }
  return all
}

/** What a live stream tells, from the beginning of the server's memory: read until it says no more. */
async function streamed(base: string, cookie: string, epoch: string): Promise<{ status: number; text: string }> {
  const stop = new AbortController()
  const answer = await fetch(`${base}/api/live?after=${epoch}.0`, { headers: { cookie }, signal: stop.signal })
  if (answer.status !== 200 || !answer.body) return { status: answer.status, text: await answer.text() }
  const reader = answer.body.getReader()
  let text = ''
  // After the missed changes the stream beats for the first time.
  while (!text.includes(': beat')) {
    const part = await reader.read()
    if (part.done) break
    text += Buffer.from(part.value).toString()
  }
  stop.abort()
  return { status: 200, text }
}

it('answers really signed-in people over HTTP exactly as a plain oracle says, for any grants, records and actions', {
  timeout: 180_000,
}, async () => {
  const at = await lighthouseHttp()
  const all = await lamps(at)
  expect(all).toHaveLength(LAMPS)
  const came = await visitors(at)
  expect(came).toHaveLength(VISITORS)
  const id = await at.account('somebody')
  const cookie = await at.signIn('somebody')
  const base = await at.app.listen({ port: 0, host: '127.0.0.1' })
  await at.accounts.grant(id, { role: 'leader', area: '1' }, 'test')
  const hello = (await streamed(base, cookie, 'none')).text
  const epoch = /id: (\w+)\./.exec(hello)?.[1] ?? ''
  expect(epoch).not.toBe('')
  let tried = 5000

  await fc.assert(
    fc.asyncProperty(
      fc.array(grantOf, { maxLength: 3 }),
      fc.nat({ max: LAMPS - 1 }),
      fc.constantFrom('light', 'dim', 'refit', 'storm', 'retire'),
      fc.constantFrom(...AREAS),
      async (given, n, action, area) => {
        await at.store.db.query('delete from grants')
        for (const one of given) await at.accounts.grant(id, one, 'test')
        at.accounts.forget()
        const held = given.filter((one) => (one.from ?? '') <= '2020-02-14' && (one.to === undefined || one.to >= '2020-02-14'))
        const pathOf = (place: string) => at.store.areas.index.currentPath(place) ?? ''
        const actor: Actor = {
          id,
          name: 'somebody',
          grants: held.map((one) => ({ role: one.role, path: pathOf(one.area), ...(one.unit ? { unit: one.unit } : {}) })),
        }
        const readable = all.filter((row) => mayRead(def, actor, row))
        expect(readable.filter((row) => isForeign(def, actor, row))).toEqual([])
        const ids = readable.map((row) => row.id).sort()
        const reader = scopeOf(def.read, actor)
        const none = !reader.all && reader.paths.length === 0 && reader.units.length === 0

        const listed: Row[] = []
        for (let next: string | undefined = ''; next !== undefined; ) {
          const page: { status: number; body: { rows?: Row[]; next?: string } } = await at.get(
            `/api/lamp?limit=7${next ? `&cursor=${next}` : ''}`,
            cookie,
          )
          expect(page.status).toBe(none ? 403 : 200)
          listed.push(...(page.body.rows ?? []))
          next = page.body.next
        }
        expect(listed.map((row) => row.id).sort()).toEqual(ids)
        for (const row of listed) expect(row.fields.phone).toBe('138****8000')

        const count = await at.get<{ count?: number }>('/api/lamp/count', cookie)
        expect(count.body.count ?? 0).toBe(ids.length)
        const groups = await at.get<{ groups?: { count: number }[] }>('/api/lamp/groups?by=state,colour', cookie)
        expect((groups.body.groups ?? []).reduce((sum, one) => sum + one.count, 0)).toBe(ids.length)
        const sheet = await at.get<string>('/api/lamp/export.csv?columns=number,phone,keeperId', cookie)
        expect(sheet.status).toBe(none ? 403 : 200)
        expect(none ? [] : [...String(sheet.body).matchAll(/DT-\d{6}/g)].map(([one]) => one).sort()).toEqual(
          readable.map((row) => String(row.fields.number)).sort(),
        )
        expect(String(sheet.body)).not.toContain(PHONE)

        const book = await at.app.inject({ url: '/api/lamp/export.xlsx?columns=all', headers: { cookie } })
        expect(book.statusCode).toBe(none ? 403 : 200)
        if (!none) {
          const cells = await cellsOf(book.rawPayload)
          expect(cells.filter((cell) => /^DT-\d{6}$/.test(cell)).sort()).toEqual(readable.map((row) => String(row.fields.number)).sort())
          expect(cells.join()).not.toContain(PHONE)
        }
        // What is searched for by words is found exactly among what may be read.
        const word = `塔${n}`
        const found = await at.get<{ rows?: Row[] }>(`/api/lamp?limit=50&q=${encodeURIComponent(word)}`, cookie)
        expect((found.body.rows ?? []).map((row) => row.id).sort()).toEqual(
          readable
            .filter((row) => String(row.fields.name).includes(word))
            .map((row) => row.id)
            .sort(),
        )

        // Asking by a masked value, or in its order, would tell the value.
        for (const probing of [`?phone=${PHONE}`, '?sort=phone', `?phone.from=${PHONE}`])
          expect((await at.get(`/api/lamp${probing}`, cookie)).status).toBe(403)
        for (const probing of ['count', 'groups?by=state', 'export.csv'])
          expect((await at.get(`/api/lamp/${probing}${probing.includes('?') ? '&' : '?'}phone=${PHONE}`, cookie)).status).toBe(403)

        const row = all[n]
        if (!row) return
        const may = ids.includes(row.id)
        const hidden = none ? 403 : 404
        const detail = await at.get<Row>(`/api/lamp/${row.id}`, cookie)
        expect(detail.status).toBe(may ? 200 : hidden)
        const timeline = await at.get(`/api/lamp/${row.id}/timeline`, cookie)
        expect(timeline.status).toBe(may ? 200 : hidden)
        expect(JSON.stringify([detail.body, timeline.body])).not.toContain(PHONE)

        const allowed = reaches(def, def.actions[action]?.by, actor, row)
        if (isForeign(def, actor, row)) expect(allowed).toBe(false)
        const offer = (detail.body.offers ?? []).find((one) => one.action === action)
        if (offer) expect(offer.allowed).toBe(allowed)
        tried += 1
        // A version that nobody has: what is permitted fails at the version, what is not fails before it, and nothing changes.
        const done = await at.post<Refusal>(`/api/lamp/${row.id}/${action}`, { event: uuid(tried), version: 99, input: {} }, cookie)
        // Of what they neither know nor have a part in they are told what they are of one that was never there.
        const never = { event: uuid(tried + 1_000_000), version: 99, input: {} }
        const { body: unheard } = await at.post<Refusal>(`/api/lamp/${uuid(800_000)}/${action}`, never, cookie)
        const knows = mayLookUp(def, actor, row) || Object.values(def.actions).some(({ by }) => reaches(def, by, actor, row))
        if (!knows) expect(done.body).toEqual(unheard)
        else if (done.body.code !== 'wrong-state')
          expect(['not-allowed', 'outside-jurisdiction'].includes(done.body.code) ? 'refused' : done.body.code).toBe(
            allowed ? 'version-conflict' : 'refused',
          )
        expect(JSON.stringify(done.body)).not.toContain(PHONE)

        // Named is what may be read or looked up; anything else is answered like what was never there. Without a name the act itself is refused.
        const arrive = async (lamp: string) => {
          const answer = await at.post<Refusal>(
            `/api/visitor/${uuid(700_000)}/arrive`,
            { event: uuid(700_000), area, input: { lamp } },
            cookie,
          )
          return { ...answer.body, status: answer.status }
        }
        const [naming, unnamed] = [await arrive(row.id), await arrive(uuid(800_000))]
        const does = scopeOf(guests.actions.arrive?.by ?? {}, actor)
        const known = mayLookUp(def, actor, row)
        if (does.paths.length === 0) expect([naming.code, unnamed.code]).toEqual(['not-allowed', 'not-allowed'])
        else if (unnamed.code === 'invalid') expect([naming.code === 'invalid', unnamed.code]).toEqual([!known, 'invalid'])
        // An act that is none in this place is refused for that, whatever it names.
        else expect([['outside-jurisdiction', 'area-level'].includes(unnamed.code), naming]).toEqual([true, unnamed])
        if (!known) expect(naming).toEqual(unnamed)

        const sees = (one: string) => actor.grants.some((grant) => pathOf(one).startsWith(grant.path))
        expect((await at.get(`/api/board?indicators=lighthouse.lit&areas=${area}`, cookie)).status).toBe(sees(area) ? 200 : 403)
        const map = await at.get<{ figures: { area: string }[] }>('/api/map?indicator=lighthouse.lit', cookie)
        expect(map.body.figures.every((figure) => sees(figure.area))).toBe(true)

        // Whoever only looks visitors up finds the one whose document or phone is shown, masked, and nobody by any other way.
        const listedGuests = came.filter((one) => mayRead(guests, actor, one)).map((one) => one.id)
        const reads = scopeOf(guests.read, actor)
        const noList = !reads.all && reads.paths.length === 0
        const asks = scopeOf(guests.lookUp ?? {}, actor)
        const noLook = noList && !asks.all && asks.paths.length === 0
        const guest = came[n % VISITORS]
        if (!guest) return
        for (const way of ['', '/count', '/groups?by=state', '/export.csv', '/export.xlsx', '?q=测试甲', `/names?ids=${guest.id}`])
          expect([way, (await at.get(`/api/visitor${way}`, cookie)).status]).toEqual([way, noList ? 403 : 200])
        for (const way of ['', '/timeline']) {
          const told = (await at.get(`/api/visitor/${guest.id}${way}`, cookie)).status
          expect([way, told]).toEqual([way, noList ? 403 : listedGuests.includes(guest.id) ? 200 : 404])
        }
        const looks = async () => Number((await at.store.db.query<{ n: number }>('select count(*)::int as n from looks'))[0]?.n)
        const noted = await looks()
        const find = async (wanted: string) => {
          const answer = await at.post<{ rows?: Row[] }>('/api/visitor/find', { word: wanted, purpose: '核对' }, cookie)
          expect(answer.status).toBe(noLook ? 403 : 200)
          expect(JSON.stringify(answer.body)).not.toContain(documentOf(n % VISITORS))
          return (answer.body.rows ?? []).map((one) => one.id).sort()
        }
        const shown = mayLookUp(guests, actor, guest) ? [guest.id] : []
        expect(await find(documentOf(n % VISITORS))).toEqual(shown)
        expect(await find(`1380000${String(n % VISITORS).padStart(4, '0')}`)).toEqual(shown)
        for (const name of ['测试甲', 'ceshijia', 'csj']) expect(await find(name)).toEqual([...listedGuests].sort())
        expect(await looks()).toBe(noted + (noLook ? 0 : 5))

        const live = await streamed(base, cookie, epoch)
        expect(live.status).toBe(200)
        const told = [...live.text.matchAll(/event: change\ndata: (.*)\n/g)].map(([, data]) => (JSON.parse(data ?? '{}') as Row).id)
        expect([...new Set(told)].sort()).toEqual([...ids, ...listedGuests].sort())
        expect(live.text).not.toContain(PHONE)
      },
    ),
    { numRuns: 40, seed: 52 },
  )
})

it('lets a grant end with its last day, and tells a system administrator nothing of operations or persons', async () => {
  const at = await lighthouseHttp()
  await lamps(at)
  await at.account('clerk', [{ role: 'county-clerk', area: '11', to: '2020-02-14' }])
  await at.account('admin', [{ role: 'administrator', area: '1' }])
  const [clerk, admin] = [await at.signIn('clerk'), await at.signIn('admin')]
  expect((await at.get('/api/lamp', clerk)).status).toBe(200)
  at.clock.set('2020-02-15T02:00:00Z')
  at.accounts.forget()
  expect((await at.get('/api/lamp', clerk)).status).toBe(403)
  for (const url of [
    'lamp',
    'lamp/count',
    'lamp/groups?by=state',
    'lamp/export.csv',
    'lamp/export.xlsx',
    `lamp/${uuid(0)}`,
    `lamp/${uuid(0)}/timeline`,
    'repair',
    'audit/events',
    'audit/looks',
    'audit/accounts',
    'audit/chains',
  ])
    expect([url, (await at.get(`/api/${url}`, admin)).status]).toEqual([url, 403])
  for (const [url, body] of [
    [`lamp/${uuid(0)}/reveal`, { purpose: 'check' }],
    ['visitor/find', { word: 'x', purpose: 'check' }],
  ] as const)
    expect([url, (await at.post(`/api/${url}`, body, admin)).status]).toEqual([url, 403])
})
