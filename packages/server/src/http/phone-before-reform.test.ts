import { type AreaFact, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

interface Told {
  readonly record?: { readonly area: string }
  readonly handedOver?: string
  readonly problem?: { readonly code: string; readonly data?: object }
}
const INTO = [
  { id: 'east', parts: 1 },
  { id: 'west', parts: 3 },
]
const DATED = { date: '2020-02-15', instrument: '区划调整文件' } as const

onServer('a phone that knows nothing of a reform', ({ engine }) => {
  const setUp = async (
    reform: (village: string) => AreaFact,
    ready: (at: Awaited<ReturnType<typeof villageClosed>>) => Promise<unknown> = async () => undefined,
  ) => {
    const at = await villageClosed(engine)
    const parent = at.area('511902105')
    const born = { kind: 'created', level: 'village', code: null, parent, date: '2020-02-01', instrument: '示例' } as const
    const villages = ['east', 'west'].map((id) => ({ ...born, id, name: id }))
    expect(await at.store.areas.confirm(villages, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    const phone = async (as: string) => {
      const device = crypto.randomUUID()
      expect((await at.ask(as, 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
      return async (acts: readonly object[]) =>
        (await at.ask(as, 'POST', '/api/field/acts', { device, acts })).json<{ results: readonly Told[] }>().results
    }
    const newAct = (record: string, action: string, input: object, area = at.village) => ({
      record,
      id: crypto.randomUUID(),
      action,
      event: crypto.randomUUID(),
      area,
      happenedAt: '2020-02-15T01:30:00.000Z',
      input,
    })
    /** The same, done the day before the reform; one after the other. */
    let minute = 10
    const before = <A extends object>(act: A, id?: string) => {
      minute += 1
      return { ...act, ...(id === undefined ? {} : { id }), happenedAt: `2020-02-14T04:${minute}:00.000Z` }
    }
    const phones = { town: await phone('town'), gate: await phone('gate') }
    const key = await phoneKey(at, 'town', parent)
    await ready(at)
    at.clock.set('2020-02-15T01:00:00Z')
    expect(await at.store.areas.confirm([reform(at.village)], SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    at.clock.set('2020-02-15T02:00:00Z')
    const placed = (results: readonly Told[]) =>
      results.map(({ record, handedOver, problem }) => record?.area ?? handedOver ?? problem?.code)
    const box = async () =>
      (await at.ask('town', 'GET', '/api/field/handed-over')).json<{ acts: { id: string; problem: { code: string } }[] }>().acts
    return { ...at, newAct, before, phones, key, placed, box }
  }
  const line = (destination: string) => ({
    gate: 'road',
    direction: 'in',
    decision: 'home',
    days: 14,
    destination,
    origin: '湖北省武汉市',
    listed: true,
    home: true,
    local: false,
    temperature: 36.5,
    mask: true,
  })

  it('writes in what has taken the place of an ended village, however often it sends it, and its refused pass is withheld', async () => {
    const at = await setUp((village) => ({ kind: 'merged', ids: [village], into: 'east', ...DATED }))
    const home = at.newAct('household', 'register', { door: '7', kind: 'family' })
    const member = at.newAct('person', 'register', { name: '测试离线', documentType: 'none', household: home.id })
    const pass = at.newAct('pass', 'issue', { closure: at.closure, kind: 'household', household: home.id, ...TERM })
    const second = at.newAct('pass', 'issue', { closure: at.closure, kind: 'household', household: at.household, ...TERM })
    const code = await at.key.codeOf(second.id)
    expect(await seenAtGate(at, code)).toEqual(['valid', 'not-found'])
    const acts = [home, member, pass, second]
    const arrival = at.newAct('crossing', 'record', line(at.village), at.county)
    for (const _ of ['sent', 'sent again']) {
      const results = await at.phones.town(acts)
      expect(at.placed(results.slice(0, 3))).toEqual(['east', 'east', 'east'])
      expect(results[3]?.problem?.data).toMatchObject({ withheld: expect.any(String) })
      expect(at.placed(await at.phones.gate([arrival]))).toEqual([at.county])
    }
    at.clock.set('2020-02-15T02:05:00Z')
    expect(await seenAtGate(at, code)).toEqual(['revoked', 'revoked'])
    expect(await at.store.db.query('select distinct area, state from r_transit')).toEqual([{ area: 'east', state: 'expected' }])
    expect(await at.box()).toEqual([])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('is placed by whom it is about where the village was divided, and else by the clerk', async () => {
    const at = await setUp((id) => ({ kind: 'split', id, into: INTO, ...DATED }))
    const known = at.newAct('person', 'register', { name: '测试甲', documentType: 'none', household: at.household })
    const unknown = at.newAct('person', 'register', { name: '测试乙', documentType: 'none' })
    const arrival = at.newAct('crossing', 'record', line(at.village), at.county)
    expect(at.placed(await at.phones.town([known, unknown]))).toEqual(['west', 'waiting'])
    expect(at.placed(await at.phones.gate([arrival]))).toEqual(['waiting'])
    expect((await at.box()).map(({ id, problem }) => [id, problem.code])).toEqual([[unknown.event, 'area-divided']])
    expect((await at.ask('town', 'POST', `/api/field/handed-over/${unknown.event}/take`, {})).statusCode).toBe(200)
    const row = (await at.ask('town', 'GET', `/api/person/${unknown.id}`)).json<{ area: string }>()
    expect(row.area).toBe('west')
    expect(at.errors).toEqual([])
  })

  it.each([
    ['east', (id: string): AreaFact => ({ kind: 'merged', ids: [id], into: 'east', ...DATED })],
    ['west', (id: string): AreaFact => ({ kind: 'split', id, into: INTO, ...DATED })],
  ] as const)(
    'has all taken in that was done before one, as if it had come in time, and nobody leaves home by it (%s)',
    async (to, reform) => {
      const [person, watch, charge] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      const at = await setUp(reform, async ({ act, household }) => {
        const there = { name: '测试零', documentType: 'none', household }
        expect(await act('grid', 'person', person, 'register', there)).toBe('done')
        expect(await act('grid', 'watch', watch, 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed' })).toBe('done')
        const worker = { household, worker: '测试', account: 'grid', part: 'grid', from: '2020-02-01' }
        expect(await act('town', 'assignment', charge, 'assign', worker)).toBe('done')
      })
      const rows = (record: string, columns = 'area') => at.store.db.query(`select distinct ${columns} from r_${record} order by 1`)
      // A reform moves nobody out of their home, and the home stays in the same hands.
      expect(await rows('person', 'area, household')).toEqual([{ area: to, household: at.household }])
      expect(await rows('watch', 'area, household')).toEqual([{ area: to, household: at.household }])
      expect(await rows('assignment', 'area, state')).toEqual([{ area: to, state: 'active' }])
      const enter = { name: '测试甲', documentType: 'none' }
      const home = at.before(at.newAct('household', 'register', { door: '7', kind: 'family' }))
      const known = at.before(at.newAct('person', 'register', { ...enter, household: at.household }))
      const member = at.before(at.newAct('person', 'register', { ...enter, household: home.id }))
      const came = { person: known.id, channel: 'worker', arrivedOn: '2020-02-13', origin: '重庆市' }
      const observed = { person: member.id, household: home.id, kind: 'home', entry: 'list', class: 'listed' }
      const entered = at.before(at.newAct('watch', 'enter', observed))
      const charged = { household: home.id, worker: '测试', account: 'grid', part: 'grid', from: '2020-02-01' }
      const acts = [
        home,
        known,
        member,
        at.before(at.newAct('arrival', 'declare', came)),
        at.before(at.newAct('arrival', 'declare', { ...came, person })),
        entered,
        at.before(at.newAct('watch', 'check', { half: 'morning', temperature: 36.6, how: 'worker' }), entered.id),
        at.before(at.newAct('person', 'changeHousehold', { household: home.id }), person),
        at.before(at.newAct('assignment', 'assign', charged)),
      ]
      for (const _ of ['sent', 'sent again']) expect(at.placed(await at.phones.town(acts))).toEqual(acts.map(() => to))
      expect(await rows('arrival')).toEqual([{ area: to }])
      expect(await rows('assignment', 'area, state')).toEqual([{ area: to, state: 'active' }])
      const homes = await at.store.db.query<{ id: string; household: string }>('select id, household from r_person')
      expect(new Map(homes.map(({ id, household }) => [id, household]))).toEqual(
        new Map([
          [person, home.id],
          [known.id, at.household],
          [member.id, home.id],
        ]),
      )
      expect((await at.store.rebuild({ check: true })).differences).toEqual([])
      expect(at.errors).toEqual([])
    },
  )
})
