import { SYSTEM } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { lighthouseHttp, PASSWORD } from '../../../../testing/src/stores/lighthouse-http.ts'

interface Refusal {
  readonly code: string
  readonly path?: string
  readonly message: { readonly zh: string; readonly en: string }
}
interface Listed {
  readonly id: string
  readonly username: string
  readonly locked: boolean
  readonly grants: readonly {
    readonly id: string
    readonly role: string
    readonly area: string
    readonly to: string | null
    readonly ended?: { readonly day: string; readonly successors: readonly object[] }
  }[]
}
interface Events {
  readonly events: readonly {
    readonly id: string
    readonly record: string
    readonly area: string
    readonly actor: string
    readonly input: object
  }[]
  readonly next?: string
  readonly actors: Readonly<Record<string, { readonly name: string }>>
}

describe('the administration of accounts', () => {
  describe('of whoever worked where a reform took the area away', () => {
    const ON = { date: '2020-02-14', instrument: '示例' }
    const heir = (area: string, more: object = {}) => ({ area, further: false, above: false, held: false, ...more })

    async function reformed() {
      const at = await lighthouseHttp()
      await at.account('admin', [{ role: 'administrator', area: '1' }])
      await at.account('auditor', [{ role: 'auditor', area: '1' }])
      const worker = (username: string, ...areas: readonly string[]) =>
        at.account(
          username,
          areas.map((area) => ({ role: 'grid-worker', area })),
        )
      const ids: Record<string, string> = {
        merged: await worker('merged', '11a1'),
        both: await worker('both', '11a1', '11a2'),
        split: await worker('split', '12a1'),
        alone: await worker('alone', '11b1'),
      }
      const village = (id: string, parent: string) =>
        ({ kind: 'created', id, level: 'village', code: null, name: id, parent, ...ON }) as const
      const done = await at.store.areas.confirm(
        [
          { kind: 'merged', ids: ['11a1'], into: '11a2', ...ON },
          village('east', '12a'),
          village('west', '12a'),
          {
            kind: 'split',
            id: '12a1',
            into: [
              { id: 'east', parts: 1 },
              { id: 'west', parts: 2 },
            ],
            ...ON,
          },
          { kind: 'abolished', id: '11b1', ...ON },
        ],
        SYSTEM,
        at.store.writer,
      )
      expect(done).toMatchObject({ ok: true })
      const admin = await at.signIn('admin')
      const left = async () => {
        const { accounts } = (await at.get<{ accounts: Listed[] }>('/api/accounts/ended', admin)).body
        return accounts.flatMap(({ username, grants }) =>
          grants.flatMap(({ id, area, to, ended }) => (ended && to === null ? [{ username, id, area, ...ended }] : [])),
        )
      }
      /** Gives the grants of these again, each at the areas named, and answers with the refusals. */
      const again = async (chosen: Readonly<Record<string, readonly string[]>>, as = admin) => {
        const found = await left()
        const grants = Object.entries(chosen).map(([username, areas]) => ({
          account: ids[username],
          grant: found.find((one) => one.username === username)?.id,
          areas,
        }))
        const { body } = await at.post<{ results: { problem?: Refusal }[] }>('/api/accounts/grants-again', { grants }, as)
        return { grants, codes: body.results?.map(({ problem }) => problem?.code) }
      }
      const reach = async (username: string) => (await at.accounts.actorOf(ids[username] ?? '')).grants.map(({ path }) => path)
      return { at, admin, ids, left, again, reach }
    }

    it('says what took the place and whether it is more than was given: a grant goes on to nobody by itself', async () => {
      const { left, reach } = await reformed()
      const day = ON.date
      expect((await left()).map(({ id: _, ...one }) => one)).toEqual([
        { username: 'alone', area: '11b1', day, successors: [heir('11b', { further: true, above: true })] },
        { username: 'both', area: '11a1', day, successors: [heir('11a2', { further: true, held: true })] },
        { username: 'merged', area: '11a1', day, successors: [heir('11a2', { further: true })] },
        { username: 'split', area: '12a1', day, successors: [heir('west'), heir('east')] },
      ])
      expect(await reach('merged')).toEqual(['1/11/11a/11a2/11a1/'])
    })

    it('gives the role again where somebody chose it, ends the old grant, and notes each as one act', async () => {
      const { at, left, again, reach } = await reformed()
      expect((await again({ merged: ['11a2'], both: ['11a2'], split: ['east'] })).codes).toEqual([undefined, undefined, undefined])
      expect(await reach('merged')).toEqual(['1/11/11a/11a2/'])
      expect(await reach('both')).toEqual(['1/11/11a/11a2/'])
      expect(await reach('split')).toEqual(['1/12/12a/east/'])
      expect((await left()).map(({ username }) => username)).toEqual(['alone'])
      const { acts } = (await at.get<{ acts: { what: string }[] }>('/api/audit/accounts', await at.signIn('auditor'))).body
      expect(acts.flatMap(({ what }) => (what.startsWith('grant') && what !== 'granted' ? [what] : []))).toEqual(
        Array.from({ length: 3 }, () => 'granted-again'),
      )
    })

    it('refuses a new one in an area that ended, be it with an account, and names what took its place', async () => {
      const { at, admin, ids } = await reformed()
      const grant = { role: 'grid-worker', area: '12a1' }
      const anew = await at.post<Refusal>(`/api/accounts/${ids.both}/grants`, grant, admin)
      const ended = { code: 'grant-area-ended', path: 'area', data: { area: '12a1', successors: ['west', 'east'] } }
      expect([anew.status, anew.body]).toMatchObject([422, ended])
      expect(anew.body.message.zh).toContain('现为：west、east')
      const added = await at.post<Refusal>('/api/accounts', { username: 'late', name: '示例', grants: [grant] }, admin)
      expect(added.body).toMatchObject(ended)
      const own = await at.accounts.add({ username: 'later', name: '示例', grants: [{ role: 'grid-worker', area: '12a1' }] }, 'x')
      expect(own).toMatchObject({ ok: false, problem: ended })
      // What it was until then may be said.
      const past = { ...grant, from: '2020-02-01', to: '2020-02-13' }
      expect((await at.post(`/api/accounts/${ids.both}/grants`, past, admin)).status).toBe(200)
    })

    it('refuses what did not take the place, what is over, what stands, and whoever does not administer it', async () => {
      const { at, admin, ids, left, again, reach } = await reformed()
      expect((await again({ merged: ['11a'], split: ['east', '11a2'], alone: [] })).codes).toEqual(['invalid', 'invalid', 'invalid'])
      const { grants } = await again({ merged: ['11a2'] })
      const { grants: both = [] } = (await at.get<Listed>(`/api/accounts/${ids.both}`, admin)).body
      const stands = { account: ids.both, grant: both.find(({ area }) => area === '11a2')?.id, areas: ['11a2'] }
      const twice = { grants: [...grants, stands] }
      const { results } = (await at.post<{ results: { problem?: Refusal }[] }>('/api/accounts/grants-again', twice, admin)).body
      expect(results.map(({ problem }) => problem?.code)).toEqual(['grant-over', 'area-not-ended'])
      await at.account('east', [{ role: 'administrator', area: '11' }])
      expect((await again({ split: ['east'] }, await at.signIn('east'))).codes).toEqual(['not-found'])
      expect(await reach('split')).toHaveLength(1)
      expect((await left()).map(({ username }) => username)).toEqual(['alone', 'both', 'split'])
    })
  })

  it('makes accounts with a first password that must be changed, gives and ends grants, resets, unlocks and closes', async () => {
    const at = await lighthouseHttp()
    const self = await at.account('admin', [{ role: 'administrator', area: '1' }])
    const admin = await at.signIn('admin')
    const made = await at.post<{ id: string; password: string }>(
      '/api/accounts',
      { username: 'newcomer', name: '新人', grants: [{ role: 'town-clerk', area: '11a', to: '2020-02-20' }] },
      admin,
    )
    expect(made.status).toBe(201)
    const { id, password } = made.body
    const first = await at.signIn('newcomer', password)
    expect((await at.get<Refusal>('/api/lamp', first)).body.code).toBe('password-needed')
    expect((await at.post('/api/account/password', { current: password, next: PASSWORD }, first)).status).toBe(200)
    expect((await at.get('/api/lamp', first)).status).toBe(200)

    const act = async (what: string) => (await at.post(`/api/accounts/${id}/${what}`, {}, admin)).status
    const list = async () => (await at.get<{ accounts: Listed[] }>('/api/accounts?q=newcomer', admin)).body.accounts[0]
    for (let i = 0; i < 5; i += 1) await at.post('/api/auth/sign-in/username', { username: 'newcomer', password: 'wrong-password-1' })
    expect((await list())?.locked).toBe(true)
    expect(await act('unlock')).toBe(200)
    const again = await at.signIn('newcomer')
    expect((await at.get('/api/me', again)).status).toBe(200)

    const grant = (await list())?.grants[0]?.id ?? ''
    expect((await at.post(`/api/accounts/${id}/grants/${grant}/end`, {}, admin)).status).toBe(200)
    expect((await at.get('/api/lamp', again)).status).toBe(403)
    expect((await at.post(`/api/accounts/${id}/grants`, { role: 'leader', area: '1' }, admin)).status).toBe(200)
    // A day that no calendar has is refused with the field, and never reaches the database.
    for (const [path, days] of [
      ['from', { from: '2020-02-30' }],
      ['to', { to: '2020-99-99' }],
    ] as const) {
      const refused = await at.post<Refusal>(`/api/accounts/${id}/grants`, { role: 'leader', area: '1', ...days }, admin)
      expect([refused.status, refused.body.code, refused.body.path]).toEqual([422, 'invalid', path])
    }
    expect((await at.get('/api/lamp', again)).status).toBe(200)

    expect(await act('close')).toBe(200)
    expect((await at.get('/api/me', again)).status).toBe(401)
    expect((await at.post<Refusal>('/api/auth/sign-in/username', { username: 'newcomer', password: PASSWORD })).body.code).toBe(
      'account-closed',
    )
    expect(await act('open')).toBe(200)
    expect((await at.get('/api/me', await at.signIn('newcomer'))).status).toBe(200)
    const reset = await at.post<{ password: string }>(`/api/accounts/${id}/reset`, {}, admin)
    expect((await at.post('/api/auth/sign-in/username', { username: 'newcomer', password: PASSWORD })).status).toBe(401)
    expect((await at.get<{ pending: string }>('/api/me', await at.signIn('newcomer', reset.body.password))).body.pending).toBe('password')

    // Duties stay apart: not to oneself, not together with operations.
    expect((await at.post(`/api/accounts/${self}/grants`, { role: 'leader', area: '1' }, admin)).status).toBe(403)
    for (const role of ['administrator', 'auditor'])
      expect((await at.post<Refusal>(`/api/accounts/${id}/grants`, { role, area: '1' }, admin)).body.code).toBe('duties-apart')
  })

  it('ends at the area of the administrator, and is nobody else’s', async () => {
    const at = await lighthouseHttp()
    await at.account('admin', [{ role: 'administrator', area: '11' }])
    const west = await at.account('west', [{ role: 'county-clerk', area: '12' }])
    const east = await at.account('east', [{ role: 'county-clerk', area: '11' }])
    await at.account('leader', [{ role: 'leader', area: '1' }])
    const [admin, leader] = [await at.signIn('admin'), await at.signIn('leader')]
    const listed = await at.get<{ accounts: { username: string }[] }>('/api/accounts', admin)
    expect(listed.body.accounts.map(({ username }) => username)).toEqual(['admin', 'east'])
    expect((await at.get(`/api/accounts/${west}`, admin)).status).toBe(404)
    expect((await at.get(`/api/accounts/${east}`, admin)).status).toBe(200)
    expect((await at.post(`/api/accounts/${west}/reset`, {}, admin)).status).toBe(404)
    const both = await at.account('both', [
      { role: 'county-clerk', area: '11' },
      { role: 'county-clerk', area: '12' },
    ])
    expect((await at.get(`/api/accounts/${both}`, admin)).status).toBe(200)
    expect((await at.post(`/api/accounts/${both}/reset`, {}, admin)).status).toBe(403)
    // What holds for the whole city is not for the administrator of one of its counties.
    const rule = { value: 3, from: '2020-02-20', instrument: '示例文件' }
    const reform = { draft: {}, date: '2020-02-14', instrument: '示例文件' }
    for (const [url, body] of [
      ['/api/settings/accounts.attempts', rule],
      ['/api/areas/boundaries?crs=wgs84', {}],
      ['/api/areas/reform/propose', {}],
      ['/api/areas/reform/confirm', reform],
    ] as const) {
      const answer = await at.post<Refusal>(url, body, admin)
      expect([url, answer.status, answer.body.code]).toEqual([url, 403, 'outside-jurisdiction'])
      expect(answer.body.message.zh).toContain('请由管理灯塔市的系统管理员办理')
    }
    expect((await at.post(`/api/accounts/${east}/grants`, { role: 'county-clerk', area: '12' }, admin)).status).toBe(403)
    expect((await at.post(`/api/accounts/${east}/grants`, { role: 'town-clerk', area: '11a' }, admin)).status).toBe(200)
    // Naming one's own area gives no right over a unit elsewhere.
    const clerk = (area: string, unit: string) => ({ role: 'agency-clerk', area, unit })
    const abroad = await at.post<Refusal>(`/api/accounts/${east}/grants`, clerk('11', 'harbour'), admin)
    expect([abroad.status, abroad.body.code, abroad.body.message.zh]).toEqual([
      422,
      'unit-outside-area',
      expect.stringContaining('“灯塔市”'),
    ])
    const spy = { username: 'spy', name: 'spy', grants: [clerk('11a', 'hq-11')] }
    expect((await at.post<Refusal>('/api/accounts', spy, admin)).body.code).toBe('unit-outside-area')
    expect((await at.post(`/api/accounts/${east}/grants`, clerk('11', 'hq-11'), admin)).status).toBe(200)
    expect((await at.get('/api/accounts', leader)).status).toBe(403)
    for (const what of ['reset', 'unlock', 'close', 'open', 'end-sessions', 'remove-second-factor', 'grants'])
      expect((await at.post(`/api/accounts/${east}/${what}`, { role: 'leader', area: '1' }, leader)).status).toBe(403)
    expect((await at.get('/api/accounts')).status).toBe(401)
  })
})

describe('the audit', () => {
  it('shows auditors every act masked, page by page, by record, actor, day and area; looks with their purpose; and whether the log is whole', async () => {
    const at = await lighthouseHttp()
    const clerk = await at.account('clerk', [
      { role: 'town-clerk', area: '1' },
      { role: 'county-clerk', area: '1' },
    ])
    await at.account('auditor', [{ role: 'auditor', area: '1' }])
    const [working, auditor] = [await at.signIn('clerk'), await at.signIn('auditor')]
    const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    for (let i = 0; i < 7; i += 1) {
      if (i === 4) at.clock.set('2020-02-15T16:30:00Z') // half past midnight on the 16th in the city
      const input = { number: `DT-${String(i).padStart(6, '0')}`, name: `塔${i}`, colour: 'red', candela: i, phone: '13800138000' }
      const body = { event: uuid(100 + i), area: i % 2 ? '11a1' : '12a1', input }
      expect((await at.post(`/api/lamp/${uuid(i)}/build`, body, working)).status).toBe(201)
    }
    const read = async (query = '') => (await at.get<Events>(`/api/audit/events?${query}`, auditor)).body
    const all: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: Events = await read(`record=lamp&limit=3${next ? `&cursor=${next}` : ''}`)
      all.push(...page.events.map((event) => event.id))
      expect(JSON.stringify(page)).not.toContain('13800138000')
      expect(page.actors[clerk]?.name).toBe('clerk')
      next = page.next
    }
    expect([...all].sort()).toEqual(Array.from({ length: 7 }, (_, i) => uuid(100 + i)))
    expect(all.slice(0, 3).every((id) => id >= uuid(104))).toBe(true)
    expect((await read('record=lamp&from=2020-02-16&to=2020-02-16')).events).toHaveLength(3)
    expect((await read('record=lamp&to=2020-02-15')).events).toHaveLength(4)
    expect((await read('record=lamp&area=11')).events).toHaveLength(3)
    expect((await read(`actor=${clerk}`)).events).toHaveLength(7)
    expect((await read('actor=Clerk')).events).toHaveLength(7)
    expect((await read('actor=nobody')).events).toEqual([])
    expect((await at.get('/api/audit/events?from=2020-02-31', auditor)).status).toBe(422)
    expect((await at.get('/api/audit/events', working)).status).toBe(403)

    await at.get(`/api/lamp/export.csv?purpose=${encodeURIComponent('月度核对')}`, working)
    const looks = await at.get<{ looks: { what: string; purpose: string; rows: number; actor: string }[] }>('/api/audit/looks', auditor)
    expect(looks.body.looks).toMatchObject([{ what: 'export', purpose: '月度核对', rows: 7, actor: clerk }])
    const acts = await at.get<{ acts: { what: string }[] }>('/api/audit/accounts', auditor)
    expect(acts.body.acts.map((one) => one.what).sort()).toEqual(['added', 'added', 'granted', 'granted', 'granted'])

    interface Chains {
      readonly running: boolean
      readonly last: { readonly events: number; readonly chains: readonly { county: string; brokenAt?: number }[] } | null
    }
    const verified = async (): Promise<NonNullable<Chains['last']>> => {
      expect((await at.post('/api/audit/chains/verify', {}, auditor)).status).toBe(202)
      for (;;) {
        const { body } = await at.get<Chains>('/api/audit/chains', auditor)
        if (!body.running && body.last) return body.last
      }
    }
    expect((await at.get<Chains>('/api/audit/chains', auditor)).body.last).toBeNull()
    const whole = await verified()
    expect(whole.chains.filter((one) => one.brokenAt !== undefined)).toEqual([])
    await at.store.db.query(`update events set input = jsonb_set(input, '{candela}', '99') where id = $1`, [uuid(101)])
    const broken = await verified()
    expect(broken.chains.flatMap((one) => (one.brokenAt === undefined ? [] : [one.county]))).toEqual(['11'])
    expect(broken.events).toBeLessThan(whole.events)
  })

  it('ends at the area of the auditor: its acts, its chain, and what its people looked at and got', async () => {
    const at = await lighthouseHttp()
    const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    const clerks = new Map<string, { readonly id: string; readonly cookie: string }>()
    for (const [n, county, village] of [
      [1, '11', '11a1'],
      [2, '12', '12a1'],
    ] as const) {
      const id = await at.account(`clerk-${county}`, [{ role: 'county-clerk', area: county }])
      const cookie = await at.signIn(`clerk-${county}`)
      clerks.set(county, { id, cookie })
      const input = { number: `DT-00000${n}`, name: `塔${n}`, colour: 'red', candela: n }
      expect((await at.post(`/api/lamp/${uuid(n)}/build`, { event: uuid(100 + n), area: village, input }, cookie)).status).toBe(201)
      await at.get(`/api/lamp/export.csv?purpose=${encodeURIComponent('月度核对')}`, cookie)
    }
    await at.account('whole', [{ role: 'auditor', area: '1' }])
    await at.account('east', [{ role: 'auditor', area: '11' }])
    const [whole, east] = [await at.signIn('whole'), await at.signIn('east')]
    expect((await at.post('/api/audit/chains/verify', {}, east)).status).toBe(202)
    const read = async (cookie: string) => {
      const counties = new Set<string>()
      const get = async <T>(what: string) => (await at.get<T>(`/api/audit/${what}`, cookie)).body
      for (const event of (await get<Events>('events?record=lamp')).events) counties.add(event.area.slice(0, 2))
      const looks = (await get<{ looks: { actor: string }[] }>('looks')).looks.map(({ actor }) => actor)
      const accounts = (await get<{ acts: { account: string }[] }>('accounts')).acts.map(({ account }) => account)
      for (const [county, { id }] of clerks) {
        const told = [looks.includes(id), accounts.includes(id), counties.has(county)]
        expect(new Set(told).size, `${county}: ${told}`).toBe(1)
      }
      let chains: { running: boolean; heads: { county: string }[]; last: { chains: { county: string }[] } | null }
      do chains = await get('chains')
      while (chains.running)
      expect(chains.last?.chains.map(({ county }) => county)).toEqual(chains.heads.map(({ county }) => county))
      return [[...counties].sort(), chains.heads.map(({ county }) => county).filter((county) => clerks.has(county))]
    }
    expect(await read(whole)).toEqual([
      ['11', '12'],
      ['11', '12'],
    ])
    expect(await read(east)).toEqual([['11'], ['11']])
    expect((await at.get<Refusal>('/api/audit/events?area=12', east)).body.code).toBe('outside-jurisdiction')
    expect((await at.get<Events>(`/api/audit/events?recordId=${uuid(2)}`, east)).body.events).toEqual([])
  })
})

it('tells a clerk who works in their own area, and anybody in office who signs in by a name', async () => {
  const at = await lighthouseHttp()
  await at.account('clerk', [{ role: 'town-clerk', area: '11a' }])
  await at.account('keeper', [
    { role: 'grid-worker', area: '11a1' },
    { role: 'gate-officer', area: '11a' },
  ])
  await at.account('elsewhere', [{ role: 'grid-worker', area: '12a1' }])
  await at.account('gone', [{ role: 'grid-worker', area: '11a1', to: '2020-02-13' }])
  await at.account('admin', [{ role: 'administrator', area: '11a' }])
  const cookie = await at.signIn('clerk')
  const ask = async (query: string) =>
    (await at.get<{ colleagues: { username: string; role?: string; area?: string }[] }>(`/api/colleagues?${query}`, cookie)).body.colleagues
  expect((await ask('')).map((one) => one.username)).toEqual(['clerk', 'keeper'])
  expect(await ask('q=KEEP')).toMatchObject([{ username: 'keeper', role: 'gate-officer', area: '11a' }])
  expect(await ask('q=%25')).toEqual([])
  expect(await ask('of=Elsewhere')).toEqual([{ username: 'elsewhere', name: 'elsewhere' }])
  const number = await at.account('numbered', [{ role: 'grid-worker', area: '12a1' }])
  expect(await ask(`of=${number}`)).toEqual([{ username: 'numbered', name: 'numbered' }])
  expect(await ask('of=nobody')).toEqual([])
  expect((await at.get('/api/colleagues')).status).toBe(401)
})
