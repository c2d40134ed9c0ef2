import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doStandingDuty } from '../jobs/standing.ts'
import { openCity } from './testing/city.ts'

interface Seen {
  readonly state: string
  readonly kind: string
  readonly class: string
  readonly until: string
  readonly alarm: boolean | null
  readonly transfer: string | null
  readonly why: string | null
  readonly kept_by: string | null
  readonly joined: string | null
  readonly last_check_day: string | null
}

/** Two entries of one person, each under observation, as two phones without a network make them. */
async function bothObserved(
  engine: 'pglite' | 'postgres',
  one: Record<string, unknown> = {},
  other: Record<string, unknown> = {},
  far = false,
) {
  const at = await openCity(engine, registry)
  at.clock.set('2020-02-13T02:00:00Z')
  const act = async (as: string, record: string, id: string, action: string, input: object = {}, more: object = {}) => {
    const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), input, area: at.village, ...more })
    return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
  }
  const [stays, merged, first, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const village = far ? { area: at.store.areas.tree.asOf('2020-02-13').byCode('511921106201')?.id } : {}
  expect(await act('grid', 'person', stays, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
  expect(await act('duty', 'person', merged, 'register', { name: '测试甲', documentType: 'none' }, village)).toBe('done')
  const enter = (person: string, id: string, more: object = {}, where: object = {}) =>
    act('duty', 'watch', id, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12', ...more }, where)
  expect(await enter(stays, first, one)).toBe('done')
  expect(await enter(merged, second, other, village)).toBe('done')
  const duties = async () => {
    let acts = 0
    for (let round = 0; round < 3; round += 1)
      for (const duty of registry.domains.flatMap(({ standing }) => standing ?? []))
        if (duty.name.startsWith('watch-')) acts += await doStandingDuty({ ...at.store, clock: at.clock }, duty)
    return acts
  }
  const seen = async (id: string): Promise<Seen> => {
    const [row] = await at.store.db.query<Seen>(
      `select state, kind, class, until::text as until, alarm, transfer, why, kept_by, joined, last_check_day::text as last_check_day
         from r_watch where id = $1`,
      [id],
    )
    if (!row) throw new Error('no observation')
    return row
  }
  const stock = async (...names: string[]) => {
    const rows = await at.store.db.query<{ measure: string; n: number }>(
      `select measure, sum(entered - "left" + moved_in - moved_out)::int as n from tallies where area = any($1) group by measure`,
      [[at.county, at.area('511921')]],
    )
    return names.map((name) => rows.find(({ measure }) => measure === `monitoring.${name}`)?.n ?? 0)
  }
  const differences = async () => (await at.store.rebuild({ check: true })).differences
  const merge = (person = merged, into = stays) => act('duty', 'person', person, 'merge', { mergedInto: into })
  const unmerge = (person = merged) => act('duty', 'person', person, 'unmerge', { reason: '两人' })
  /** Somebody whom a gate sent to the clinic and nobody observes: the entry and the transfer. */
  const sent = async () => {
    const [person, transfer] = [randomUUID(), randomUUID()]
    expect(await act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    expect(await act('gate', 'transfer', transfer, 'open', { person, reason: 'signs' })).toBe('done')
    return { person, transfer }
  }
  const transfersOf = (person: string) =>
    at.store.db.query<{ id: string }>('select id, state, highest::float8 as highest, watch from r_transfer where person = $1', [person])
  return { ...at, act, enter, stays, merged, first, second, duties, seen, stock, differences, merge, unmerge, sent, transfersOf }
}

onServer('two entries that are one person, both observed', ({ engine }) => {
  it('leave one observation: the stricter measure and ground, the later end; undone, both run as they did', async () => {
    const at = await bothObserved(engine, {}, { kind: 'central', class: 'other' }, true)
    const before = [await at.seen(at.first), await at.seen(at.second)]
    expect(before).toMatchObject([
      { kind: 'home', class: 'listed', until: '2020-02-26' },
      { kind: 'central', class: 'other', until: '2020-02-19' },
    ])
    expect(await at.stock('observed', 'cumulative', 'released')).toEqual([2, 2, 0])
    at.clock.set('2020-02-13T03:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.seen(at.first)).toMatchObject({ state: 'void', why: 'duplicate', kept_by: at.second })
    expect(await at.seen(at.second)).toMatchObject({
      state: 'watching',
      kind: 'central',
      class: 'listed',
      until: '2020-02-26',
      joined: at.first,
    })
    expect(await at.stock('observed', 'cumulative', 'released', 'otherExits')).toEqual([1, 1, 0, 0])
    expect(await at.duties()).toBe(0)
    expect(await at.enter(at.stays, randomUUID())).toBe('already-observed')
    at.clock.set('2020-02-14T03:00:00Z')
    expect(await at.unmerge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect([await at.seen(at.first), await at.seen(at.second)]).toEqual(before)
    expect(await at.stock('observed', 'cumulative', 'released')).toEqual([2, 2, 0])
    // And once more: what is done again is done.
    at.clock.set('2020-02-14T04:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.stock('observed', 'cumulative')).toEqual([1, 1])
    expect(await at.differences()).toEqual([])
  })

  it('lose no sign, no transfer, no reading and no search of the one that ends', async () => {
    const at = await bothObserved(engine)
    at.clock.set('2020-02-13T11:00:00Z')
    expect(await at.act('grid', 'watch', at.second, 'check', { half: 'evening', temperature: 38.5, how: 'worker' })).toBe('done')
    expect(await at.act('grid', 'watch', at.second, 'leave', { exitTo: '邻村' })).toBe('done')
    const { transfer } = await at.seen(at.second)
    expect(transfer).not.toBeNull()
    at.clock.set('2020-02-13T12:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.seen(at.second)).toMatchObject({ state: 'void', why: 'duplicate', kept_by: at.first })
    expect(await at.seen(at.first)).toMatchObject({ state: 'absent', alarm: true, transfer, last_check_day: '2020-02-13' })
    expect(await at.stock('observed', 'signs', 'absent', 'cumulative')).toEqual([1, 1, 1, 1])
    expect(await at.act('grid', 'watch', at.first, 'comeBack')).toBe('done')
    at.clock.set('2020-02-26T03:00:00Z')
    expect(await at.act('grid', 'watch', at.first, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
    expect(await at.act('grid', 'watch', at.first, 'release', { signed: true })).toBe('signs-open')
    expect(await at.act('doctor', 'transfer', transfer ?? '', 'clear')).toBe('done')
    expect(await at.act('grid', 'watch', at.first, 'release', { signed: true })).toBe('done')
    // Two people after all: the other one has not been seen since they left, and was cleared by the clinic.
    at.clock.set('2020-02-26T04:00:00Z')
    expect(await at.unmerge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.seen(at.second)).toMatchObject({ state: 'absent', alarm: null, transfer: null, kept_by: null })
    expect(await at.seen(at.first)).toMatchObject({ state: 'released', joined: null })
    expect(await at.stock('observed', 'released', 'cumulative')).toEqual([1, 1, 2])
    expect(await at.differences()).toEqual([])
  })

  it('is one also of three, and with what a phone had taken in before the merging and sends after it', async () => {
    const at = await bothObserved(engine)
    const [third, late] = [randomUUID(), randomUUID()]
    expect(await at.act('grid', 'person', third, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.merge(third)).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.enter(third, late, {}, { happenedAt: '2020-02-13T03:00:00Z' })).toBe('done')
    expect(await at.stock('observed')).toEqual([2])
    expect(await at.duties()).toBe(1)
    expect([(await at.seen(at.first)).state, await at.seen(at.second), await at.seen(late)]).toMatchObject([
      'watching',
      { state: 'void', kept_by: at.first },
      { state: 'void', kept_by: at.first },
    ])
    expect(await at.stock('observed', 'cumulative')).toEqual([1, 1])
    // Only the one who turns out to be somebody else is observed beside them.
    expect(await at.unmerge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect([(await at.seen(at.second)).state, (await at.seen(late)).state]).toEqual(['watching', 'void'])
    expect(await at.differences()).toEqual([])
  })

  it.each(['merged', 'stays'] as const)(
    'ask nothing of the other one by what was declared of %s, known before they were two or after',
    async (whose) => {
      const end = async (late: boolean) => {
        const at = await bothObserved(engine)
        const [observed, own] = whose === 'stays' ? [at.second, at.first] : [at.first, at.second]
        expect(await at.act('town', 'watch', own, 'void', { why: 'mistaken' })).toBe('done')
        const before = await at.seen(observed)
        const declare = async (arrivedOn: string, more = {}) => {
          const [id, person] = [randomUUID(), at[whose]]
          const input = { person, channel: 'worker', arrivedOn, origin: '湖北省武汉市', originCode: '420100' }
          expect(await at.act('duty', 'arrival', id, 'declare', input, { area: at.village, ...more })).toBe('done')
          return id
        }
        const declared: string[] = []
        const both = async (first = {}, second = {}) =>
          declared.push(await declare('2020-02-13', first), await declare('2020-02-15', second))
        at.clock.set('2020-02-13T04:00:00Z')
        expect(await at.merge()).toBe('done')
        at.clock.set('2020-02-15T04:00:00Z')
        if (!late) await both()
        expect(await at.seen(observed)).toMatchObject({ until: late ? '2020-02-26' : '2020-02-29' })
        at.clock.set('2020-02-17T04:00:00Z')
        expect(await at.unmerge()).toBe('done')
        if (late) await both({ happenedAt: '2020-02-15T04:00:00Z' }, { happenedAt: '2020-02-15T04:00:00.001Z' })
        expect(await at.seen(observed)).toEqual(before)
        const arrivals = await at.store.db.query(
          'select a.until::text as until, w.person = a.person as own from r_arrival a join r_watch w on w.id = a.watch where a.id = any($1) order by a.arrived_on',
          [declared],
        )
        const watches = await at.store.db.query(
          `select kind, entry, until::text as until, entered_on::text as entered_on, due_evening::text as due from r_watch
           where person = $1 and state = 'watching'`,
          [at[whose]],
        )
        expect(await at.differences()).toEqual([])
        return { arrivals, watches, stock: await at.stock('observed', 'cumulative', 'released') }
      }
      const inOrder = await end(false)
      expect(inOrder).toEqual({
        arrivals: [
          { until: '2020-02-27', own: true },
          { until: '2020-02-29', own: true },
        ],
        watches: [{ kind: 'home', entry: 'arrival', until: '2020-02-29', entered_on: '2020-02-15', due: '2020-02-15' }],
        stock: [2, 2, 0],
      })
      expect(await end(true)).toEqual(inOrder)
    },
  )

  it('go on with the other one when the one that stayed was entered by mistake', async () => {
    const at = await bothObserved(engine)
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.act('town', 'watch', at.first, 'void', { why: 'mistaken' })).toBe('done')
    expect(await at.duties()).toBe(1)
    expect([(await at.seen(at.first)).state, (await at.seen(at.second)).state]).toEqual(['void', 'watching'])
    expect(await at.stock('observed', 'cumulative')).toEqual([1, 1])
    expect(await at.differences()).toEqual([])
  })

  it('are on the way to the clinic under both, whichever it was asked for', async () => {
    const at = await bothObserved(engine)
    const before = await at.seen(at.first)
    const { person, transfer } = await at.sent()
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge(person)).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.seen(at.first)).toMatchObject({ state: 'watching', alarm: true, transfer })
    // Two people after all: nobody goes there for the other one, and nothing of it holds their release.
    at.clock.set('2020-02-13T05:00:00Z')
    expect(await at.unmerge(person)).toBe('done')
    expect(await at.seen(at.first)).toEqual(before)
    expect(await at.transfersOf(person)).toMatchObject([{ id: transfer, state: 'open', watch: null }])
    expect(await at.act('doctor', 'transfer', transfer, 'confirm')).toBe('done')
    expect(await at.seen(at.first)).toEqual(before)
    expect(await at.differences()).toEqual([])
  })

  it('tell whoever looks after the one who was sent, once they are two and no home is known', async () => {
    const at = await bothObserved(engine)
    const charge = { part: 'grid', from: '2020-02-01', account: 'grid01', worker: '测试网格员' }
    expect(await at.act('town', 'assignment', randomUUID(), 'assign', charge)).toBe('done')
    const person = randomUUID()
    expect(await at.act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge(person)).toBe('done')
    expect(await at.act('gate', 'transfer', randomUUID(), 'open', { person, reason: 'signs' })).toBe('done')
    const tells = () => at.store.db.query(`select state, watch, worker from r_need where kind = 'tell'`)
    expect(await tells()).toMatchObject([{ state: 'open', watch: at.first }])
    at.clock.set('2020-02-13T05:00:00Z')
    expect(await at.unmerge(person)).toBe('done')
    expect(await tells()).toEqual([{ state: 'open', watch: null, worker: 'grid01' }])
    expect(await at.differences()).toEqual([])
  })

  it.each([
    ['watch', 'check', { half: 'evening', how: 'worker' }],
    ['arrival', 'declare', { channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100' }],
    ['crossing', 'record', { gate: 'road', direction: 'in', decision: 'clinic' }],
  ] as const)('are sent to the clinic on their own once they are two, for signs of %s.%s that had joined the other', async (...said) => {
    const [record, action, input] = said
    const at = await bothObserved(engine)
    const { person, transfer } = await at.sent()
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge(at.stays, person)).toBe('done')
    expect(await at.duties()).toBe(1)
    at.clock.set('2020-02-13T11:00:00Z')
    const [id, about] = record === 'watch' ? [at.first, {}] : [randomUUID(), { person: at.stays }]
    expect(await at.act('grid', record, id, action, { ...input, ...about, temperature: 38.6 })).toBe('done')
    expect(await at.transfersOf(person)).toMatchObject([{ state: 'open', highest: 38.6 }])
    at.clock.set('2020-02-13T12:00:00Z')
    expect(await at.unmerge(at.stays)).toBe('done')
    expect(await at.transfersOf(person)).toEqual([{ id: transfer, state: 'open', highest: null, watch: null }])
    const [own, ...others] = await at.transfersOf(at.stays)
    expect([own, others]).toMatchObject([{ state: 'open', highest: 38.6, watch: at.first }, []])
    expect(await at.seen(at.first)).toMatchObject({ state: 'watching', alarm: true, transfer: own?.id })
    expect(await at.stock('signs')).toEqual([1])
    expect(await at.differences()).toEqual([])
  })

  it('have each what the clinic found of them once they are two', async () => {
    const at = await bothObserved(engine)
    const before = await at.seen(at.first)
    at.clock.set('2020-02-13T11:00:00Z')
    expect(await at.act('grid', 'watch', at.second, 'check', { half: 'evening', temperature: 38.5, how: 'worker' })).toBe('done')
    const [asked] = await at.transfersOf(at.merged)
    at.clock.set('2020-02-13T12:00:00Z')
    expect(await at.merge()).toBe('done')
    expect(await at.duties()).toBe(1)
    expect(await at.act('doctor', 'transfer', asked?.id ?? '', 'confirm')).toBe('done')
    expect([(await at.seen(at.first)).state, (await at.seen(at.second)).state]).toEqual(['confirmed', 'void'])
    at.clock.set('2020-02-14T03:00:00Z')
    expect(await at.unmerge()).toBe('done')
    await at.duties()
    expect(await at.seen(at.first)).toEqual(before)
    expect(await at.seen(at.second)).toMatchObject({ state: 'confirmed', kept_by: null })
    expect(await at.stock('observed', 'signs')).toEqual([1, 0])
    expect(await at.differences()).toEqual([])
  })

  it('move with what was asked for under either, observed or not', async () => {
    const at = await bothObserved(engine)
    const [lone, double, transfer, far] = [randomUUID(), randomUUID(), randomUUID(), at.area('511921106201')]
    for (const person of [lone, double])
      expect(await at.act('grid', 'person', person, 'register', { name: '测试乙', documentType: 'none' })).toBe('done')
    expect(await at.act('gate', 'transfer', transfer, 'open', { person: double, reason: 'signs' })).toBe('done')
    at.clock.set('2020-02-13T04:00:00Z')
    expect(await at.merge(double, lone)).toBe('done')
    expect(await at.act('duty', 'person', lone, 'moveArea', {}, { area: far })).toBe('done')
    expect(await at.store.db.query('select area from r_transfer')).toEqual([{ area: far }])
    expect(await at.differences()).toEqual([])
  })
})
