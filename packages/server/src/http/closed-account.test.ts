import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { relieveTheIdle } from '../accounts/relieving.ts'
import { watchClock } from '../jobs/clock-watch.ts'
import { openCity } from './testing/city.ts'
import { verifying } from './testing/closed-village.ts'

interface Charges {
  readonly charges: readonly { readonly record: string; readonly count: number }[]
}

onServer('what somebody is in charge of who works no more', ({ engine }) => {
  async function city() {
    const at = await openCity(engine, registry)
    const { act } = verifying(at)
    let minutes = 0
    const done = async (as: string, record: string, action: string, input: object, area?: string) => {
      const id = randomUUID()
      minutes += 1
      at.clock.set(`2020-02-14T02:${String(minutes).padStart(2, '0')}:00Z`)
      expect([record, action, await act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const account = async (username: string, term: object = {}) => {
      const grants = [{ role: 'grid-worker', area: at.village, ...term }]
      const made = await at.ask('admin', 'POST', '/api/accounts', { username, name: '测试网格员', grants })
      expect(made.statusCode).toBe(201)
      return made.json<{ id: string }>().id
    }
    const assigned = (account: string, household?: string) =>
      done('town', 'assignment', 'assign', { account, worker: '测试网格员', part: 'grid', from: '2020-02-01', household })
    const home = (door: string) => done('grid', 'household', 'register', { door, kind: 'family' })
    const lives = (household: string) => done('grid', 'person', 'register', { name: '测试甲', documentType: 'none', household })
    const observed = async (household: string, more: object = {}) => {
      const person = await lives(household)
      return done('grid', 'watch', 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed', ...more })
    }
    const need = (more: object) => done('grid', 'need', 'open', { kind: 'daily', dueOn: '2020-02-15', ...more })
    const charges = async (id: string) => {
      const answer = await at.ask('admin', 'GET', `/api/accounts/${id}/charges`)
      return answer.json<Charges>().charges.map(({ record, count }) => `${record} ${count}`)
    }
    /** Closes an account; what it was in charge of until then. */
    const close = async (id: string) => {
      const had = await charges(id)
      expect((await at.ask('admin', 'POST', `/api/accounts/${id}/close`, {})).statusCode).toBe(200)
      expect(await charges(id)).toEqual([])
      return had
    }
    const workers = async (record: string, ...ids: readonly string[]) => {
      const rows = await at.store.db.query<{ id: string; worker: string | null }>(
        `select id, worker from r_${record} where id = any($1::uuid[])`,
        [ids],
      )
      return ids.map((id) => rows.find((row) => row.id === id)?.worker)
    }
    const stateOf = async (id: string) =>
      (await at.store.db.query<{ state: string }>('select state from r_assignment where id = $1', [id]))[0]?.state
    return { ...at, act, done, account, assigned, home, lives, observed, need, charges, close, workers, stateOf }
  }

  it('is nobody’s as soon as the account is closed, and goes on with whoever else is assigned', async () => {
    const at = await city()
    const [leaves, chosen] = [await at.account('Grid07'), await at.account('grid09')]
    await at.account('grid08')
    await at.assigned('grid08')
    const [first, second] = [await at.home('101'), await at.home('102')]
    await at.lives(first)
    const assignment = await at.assigned('grid07', first)
    const watches = [
      await at.observed(first),
      await at.observed(second, { worker: 'grid07' }),
      await at.observed(second, { worker: 'grid09' }),
    ] as const
    const [own, others] = [watches[0], watches[2]]
    const along = await at.need({ watch: own, household: first, worker: 'grid07' })
    const alone = await at.need({ household: second, worker: 'grid07' })
    const taken = await at.need({ household: second, worker: leaves })
    const elsewhere = await at.need({ watch: own, worker: 'grid09' })
    const visit = await at.done('grid', 'visit', 'open', { household: second, trigger: 'asked', dueOn: '2020-02-15', worker: 'grid07' })
    const visits = (await at.store.db.query<{ id: string }>('select id from r_visit where watch = $1', [own])).map(({ id }) => id)
    expect([await at.workers('watch', ...watches), await at.workers('visit', ...visits)]).toEqual([
      ['grid07', 'grid07', 'grid09'],
      ['grid07'],
    ])

    at.clock.set('2020-02-14T04:00:00Z')
    const clock = watchClock(at.store, () => undefined, 3_600_000)
    await clock.look()
    expect(await at.close(leaves)).toEqual(['assignment 1', 'watch 2', 'need 3', 'visit 2'])
    expect(await at.stateOf(assignment)).toBe('ended')
    await clock.look()
    expect(await at.workers('watch', ...watches)).toEqual(['grid08', 'grid08', 'grid09'])
    expect(await at.workers('need', along, alone, taken, elsewhere)).toEqual(['grid08', 'grid08', 'grid08', 'grid09'])
    expect(await at.workers('visit', ...visits, visit)).toEqual(['grid08', 'grid08'])
    expect(await at.close(leaves)).toEqual([])

    // Somebody who was chosen for one observation alone.
    expect(await at.close(chosen)).toEqual(['watch 1', 'need 1', 'visit 1'])
    await clock.look()
    await clock.stop()
    expect(await at.workers('watch', others)).toEqual(['grid08'])
    expect((await at.ask('admin', 'POST', `/api/accounts/${leaves}/open`, {})).json()).toMatchObject({
      ended: [{ record: 'assignment', count: 1, free: 1 }],
      back: 0,
    })
    expect([await at.stateOf(assignment), (await at.store.rebuild({ check: true })).differences, at.errors]).toEqual(['ended', [], []])
  })

  it('is theirs again when the account is opened again, where nobody else was given it since, and in their area', async () => {
    const at = await city()
    const [leaves, elsewhere] = [await at.account('grid07'), at.area('511902106201')]
    await at.account('grid08')
    const homes = [await at.home('101'), await at.home('102'), await at.home('103')] as const
    const watch = await at.observed(homes[0])
    const assignments: string[] = []
    for (const home of homes) assignments.push(await at.assigned('grid07', home))
    const given = { account: 'grid07', worker: '测试网格员', part: 'grid', from: '2020-02-01' }
    assignments.push(await at.done('county', 'assignment', 'assign', given, elsewhere))
    // What ended before, and for another reason, is none of it.
    expect(await at.act('town', 'assignment', assignments[2] ?? '', 'end', {})).toBe('done')
    expect(await at.close(leaves)).toContain('assignment 3')
    await at.assigned('grid08', homes[1])
    const states = () => Promise.all(assignments.map(at.stateOf))
    const said = { ended: [{ record: 'assignment', count: 3, free: 1 }] }
    expect((await at.ask('admin', 'GET', `/api/accounts/${leaves}/charges`)).json()).toMatchObject(said)
    expect(await states()).toEqual(['ended', 'ended', 'ended', 'ended'])
    const opened = await at.ask('admin', 'POST', `/api/accounts/${leaves}/open`, { again: true })
    expect(opened.json()).toMatchObject({ ...said, back: 1 })
    expect(await states()).toEqual(['active', 'ended', 'ended', 'ended'])
    at.clock.set('2020-02-14T04:00:00Z')
    const clock = watchClock(at.store, () => undefined, 3_600_000)
    await clock.look()
    await clock.stop()
    expect(await at.workers('watch', watch)).toEqual(['grid07'])
    // Closed once more it ends once more, and is given back once more.
    expect(await at.close(leaves)).toEqual(['assignment 1', 'watch 1'])
    expect((await at.ask('admin', 'POST', `/api/accounts/${leaves}/open`, { again: true })).json()).toMatchObject({ back: 1 })
    expect([await states(), (await at.store.rebuild({ check: true })).differences, at.errors]).toEqual([
      ['active', 'ended', 'ended', 'ended'],
      [],
      [],
    ])
  })

  it('is nobody’s as soon as the grant is ended under which they worked there, and the page says before what goes with it', async () => {
    const at = await city()
    const other = at.area('511902106201')
    const id = await at.account('grid07')
    await at.account('grid08')
    await at.assigned('grid08')
    expect((await at.ask('admin', 'POST', `/api/accounts/${id}/grants`, { role: 'grid-worker', area: other })).statusCode).toBe(200)
    const there = await at.done('county', 'need', 'open', { kind: 'daily', dueOn: '2020-02-15', worker: 'grid07' }, other)
    const home = await at.home('101')
    const [assignment, watch] = [await at.assigned('grid07', home), await at.observed(home)]
    expect(await at.workers('watch', watch)).toEqual(['grid07'])
    const { grants } = (await at.ask('admin', 'GET', `/api/accounts/${id}`)).json<{ grants: { id: string; area: string }[] }>()
    const grant = (area: string) => grants.find((one) => one.area === area)?.id ?? ''
    const goes = async (area: string) =>
      (await at.ask('admin', 'GET', `/api/accounts/${id}/charges?grant=${grant(area)}`))
        .json<Charges>()
        .charges.map(({ record, count }) => `${record} ${count}`)
    const end = async (area: string, to?: string) =>
      expect((await at.ask('admin', 'POST', `/api/accounts/${id}/grants/${grant(area)}/end`, { to })).statusCode).toBe(200)
    expect([await goes(at.village), await goes(other)]).toEqual([['assignment 1', 'watch 1'], ['need 1']])
    expect((await at.ask('admin', 'GET', `/api/accounts/${id}/charges?grant=${randomUUID()}`)).statusCode).toBe(404)

    // With a day to come, or of today, they work until it is over.
    await end(at.village, '2020-02-14')
    expect([await at.workers('watch', watch), await at.stateOf(assignment)]).toEqual([['grid07'], 'active'])
    await end(at.village)
    expect([await at.workers('watch', watch), await at.stateOf(assignment)]).toEqual([[null], 'ended'])
    at.clock.set('2020-02-14T04:00:00Z')
    const clock = watchClock(at.store, () => undefined, 3_600_000)
    await clock.look()
    expect([await at.workers('watch', watch), await at.workers('need', there)]).toEqual([['grid08'], ['grid07']])
    await end(other)
    await clock.look()
    await clock.stop()
    expect([await at.workers('need', there), await at.charges(id)]).toEqual([[null], []])
    expect([(await at.store.rebuild({ check: true })).differences, at.errors]).toEqual([[], []])
  })

  it('is nobody’s on the day after their office there is over, not of who is yet to begin, has another there, or is known by name alone', async () => {
    const at = await city()
    await at.account('ends', { from: '2020-02-01', to: '2020-02-14' })
    await at.account('begins', { from: '2020-02-20' })
    const goes = await at.account('goes-on', { from: '2020-02-01', to: '2020-02-13' })
    const also = { role: 'grid-worker', area: at.village }
    expect((await at.ask('admin', 'POST', `/api/accounts/${goes}/grants`, also)).statusCode).toBe(200)
    // Whose office here ends goes on in another village, with what they do there.
    const other = at.area('511902106201')
    const moves = await at.account('moves', { from: '2020-02-01', to: '2020-02-14' })
    expect((await at.ask('admin', 'POST', `/api/accounts/${moves}/grants`, { ...also, area: other })).statusCode).toBe(200)
    const there = await at.done('county', 'need', 'open', { kind: 'daily', dueOn: '2020-02-15', worker: 'moves' }, other)
    const names = ['ends', 'begins', 'goes-on', 'no-account', 'moves'] as const
    const watches: string[] = []
    const assignments: string[] = []
    for (const [i, name] of names.entries()) {
      const household = await at.home(`${i}`)
      assignments.push(await at.assigned(name, household))
      watches.push(await at.observed(household))
    }
    const daily = relieveTheIdle(at.store)
    at.clock.set('2020-02-14T04:00:00Z')
    expect([await daily(), await at.workers('watch', ...watches)]).toEqual([0, [...names]])
    at.clock.set('2020-02-15T01:00:00Z')
    expect([await daily(), await at.workers('watch', ...watches)]).toEqual([4, [null, 'begins', 'goes-on', 'no-account', null]])
    expect(await Promise.all(assignments.map(at.stateOf))).toEqual(['ended', 'active', 'active', 'active', 'ended'])
    expect([await at.workers('need', there), await at.charges(moves)]).toEqual([['moves'], ['need 1']])
    // The day has been looked at; another process finds nothing to do.
    expect([await daily(), await relieveTheIdle(at.store)()]).toEqual([0, 0])
    expect(at.errors).toEqual([])
  })

  it.each(['gate-officer', 'leader', 'supervision-office'])(
    'is nobody’s once the office of %s alone goes on, which observes nobody',
    async (role) => {
      const at = await city()
      const id = await at.account('grid07', { from: '2020-02-01', to: '2020-02-14' })
      const area = role === 'gate-officer' ? at.county : at.city
      expect((await at.ask('admin', 'POST', `/api/accounts/${id}/grants`, { role, area, from: '2020-02-01' })).statusCode).toBe(200)
      const home = await at.home('101')
      const [assignment, watch] = [await at.assigned('grid07', home), await at.observed(home)]
      const daily = relieveTheIdle(at.store)
      expect([await daily(), await at.workers('watch', watch)]).toEqual([0, ['grid07']])
      at.clock.set('2020-02-15T01:00:00Z')
      await daily()
      expect([await at.workers('watch', watch), await at.stateOf(assignment)]).toEqual([[null], 'ended'])
      expect(at.errors).toEqual([])
    },
  )

  it('is asked of an index, however many others are in charge of something', async () => {
    const at = await openCity(engine, registry)
    const indexes = await at.store.db.query<{ table: string; index: string }>(
      `select tablename as "table", indexdef as index from pg_indexes where tablename like 'r\\_%'`,
    )
    const asked = registry.domains.flatMap(({ charges = [] }) => charges)
    expect(asked.map(({ record }) => record).sort()).toEqual(['assignment', 'need', 'visit', 'watch'])
    for (const { record, account } of asked)
      expect([record, indexes.filter((one) => one.table === `r_${record}` && one.index.includes(`(${account}`)).length]).toEqual([
        record,
        1,
      ])
  })
})
