import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import { registry } from '../../registry.ts'
import { fromWuhan, staff, type Town, townOn, townTables, uuid } from '../testing/town.ts'
import { inChargeNow, tasksInCharge } from './entrusted.ts'

const { worker: observer, county } = staff
const duty = { id: 'duty', name: 'duty', grants: [{ role: 'town-clerk' as const, path: '1/' }] }

/** An assignment over an area, or of a home or place; answers its id. */
async function assign(t: Town, account: string, area: string, more: Record<string, unknown> = {}) {
  const recordId = uuid()
  const input = { worker: account, account, part: 'grid', from: '2020-02-01', ...more }
  expect(await t.tell(duty, { record: 'assignment', recordId, action: 'assign', area, input })).toBe('done')
  return recordId
}

const observe = async (t: Town, more: Record<string, unknown> = {}, area = '11a1') => {
  const recordId = uuid()
  const input = { person: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-04', ...more }
  expect(await t.tell(county, { record: 'watch', recordId, action: 'enter', area, input })).toBe('done')
  return recordId
}
const workerIn = async (t: Town, id: string, record = 'watch') => (await t.get(record, id)).fields.worker
const settle = (t: Town, paths?: readonly string[]) => doStandingDuty({ ...t.store, areas: { index: places } }, inChargeNow, paths)

onServer('who is in charge', (engine) => {
  /** A database for each test: whoever is in charge of an area is so for all tests. */
  const town = async () => {
    const db = await engine.open<unknown>({}, townTables)
    return townOn(db)
  }

  it('is the nearest: household, building, estate, village, town, county; of one place the grid worker; never outside the days', async () => {
    const t = await town()
    const [household, building, estate, person] = [uuid(), uuid(), uuid(), uuid()]
    const register = (record: string, id: string, input: Record<string, unknown>) =>
      t.act(staff.town, record, id, 'register', { name: '甲', ...input })
    expect(await register('place', estate, {})).toBe('done')
    expect(await register('place', building, { within: estate })).toBe('done')
    expect(await register('household', household, { place: building })).toBe('done')
    expect(await register('person', person, { household })).toBe('done')
    const found = async (more: Record<string, unknown> = { household }) => workerIn(t, await observe(t, more))
    expect(await found()).toBeUndefined()
    await assign(t, 'of-county', '11')
    expect(await found()).toBe('of-county')
    await assign(t, 'of-town', '11a')
    expect(await found()).toBe('of-town')
    await assign(t, 'elsewhere', '11a2')
    await assign(t, 'not-yet', '11a1', { from: '2020-02-06' })
    await assign(t, 'no-more', '11a1', { to: '2020-02-04' })
    expect(await found()).toBe('of-town')
    await assign(t, 'cadre-of-village', '11a1', { part: 'cadre' })
    expect(await found()).toBe('cadre-of-village')
    await assign(t, 'of-village', '11a1')
    expect(await found()).toBe('of-village')
    await assign(t, 'of-estate', '11a', { place: estate })
    expect(await found()).toBe('of-estate')
    await assign(t, 'of-building', '11a', { place: building })
    expect(await found()).toBe('of-building')
    await assign(t, 'doctor-of-home', '11a1', { household, part: 'doctor' })
    expect(await found()).toBe('doctor-of-home')
    const last = await assign(t, 'of-home', '11a1', { household })
    expect(await found()).toBe('of-home')
    // The household is known to the register alone; and nobody of the home is in charge of whoever lives elsewhere.
    expect(await found({ person })).toBe('of-home')
    expect(await found({})).toBe('of-village')
    expect(await t.tell(duty, { record: 'assignment', recordId: last, action: 'end', input: {} })).toBe('done')
    expect(await found()).toBe('doctor-of-home')
    expect(await t.differences()).toEqual([])
  })

  it('is found for a declaration too, and for the visit and the tasks that follow', async () => {
    const t = await town()
    const household = uuid()
    await assign(t, 'of-village', '11a1')
    const [person, id] = [uuid(), uuid()]
    expect(await t.act(observer, 'arrival', id, 'declare', fromWuhan({ person, household, temperature: 38 }))).toBe('done')
    const [watch] = await t.all('watch', `person = '${person}'`)
    expect(watch?.fields.worker).toBe('of-village')
    expect((await t.all('visit', `household = '${household}'`)).map((one) => one.fields.worker)).toEqual(['of-village'])
    expect((await t.all('need', `household = '${household}'`)).map((one) => one.fields.worker)).toEqual(['of-village'])
  })

  it('changes with the assignments: observations and their open tasks go on with the next, chosen workers and finished tasks stay', async () => {
    const t = await town()
    const household = uuid()
    const village = await assign(t, 'first', '11a1')
    const [id, bare, chosen] = [await observe(t, { household }), await observe(t, {}, '11a2'), await observe(t, { worker: 'chosen' })]
    const half = (wants: string) => ({ half: 'morning', temperature: 36.5, how: 'phone', wants })
    for (const wants of ['米', '油']) expect(await t.act(observer, 'watch', id, 'check', half(wants))).toBe('done')
    const [one, other] = await t.all('need', `watch = '${id}'`)
    if (!one || !other) throw new Error('no needs')
    expect(await t.act(observer, 'need', other.id, 'finish')).toBe('done')
    expect([one.fields.worker, await workerIn(t, id), await workerIn(t, bare)]).toEqual(['first', 'first', undefined])
    expect(await settle(t)).toBe(0)

    // The first leaves; the town's own goes on until somebody takes over the village.
    await assign(t, 'of-town', '11a', { part: 'cadre' })
    expect(await t.tell(duty, { record: 'assignment', recordId: village, action: 'end', input: {} })).toBe('done')
    expect(await settle(t, ['1/11/11a/11a1/'])).toBe(1)
    expect([await workerIn(t, id), await workerIn(t, one.id, 'need'), await workerIn(t, other.id, 'need')]).toEqual([
      'of-town',
      'of-town',
      'first',
    ])
    expect((await t.all('visit', `watch = '${id}'`)).map((visit) => visit.fields.worker)).toEqual(['of-town'])
    expect([await workerIn(t, bare), await workerIn(t, chosen)]).toEqual([undefined, 'chosen'])
    expect(await settle(t)).toBe(1)
    expect([await workerIn(t, bare), await settle(t)]).toEqual(['of-town', 0])

    // Somebody appointed from a day on: on that day, without anybody doing anything.
    const next = await assign(t, 'second', '11a1', { from: '2020-02-07' })
    expect(await settle(t)).toBe(0)
    t.on('2020-02-07')
    expect(await settle(t)).toBe(1)
    expect([await workerIn(t, id), await workerIn(t, one.id, 'need')]).toEqual(['second', 'second'])
    // What somebody took on stays theirs.
    expect(await t.act(observer, 'need', one.id, 'take')).toBe('done')
    expect(await t.tell(duty, { record: 'assignment', recordId: next, action: 'end', input: {} })).toBe('done')
    expect(await settle(t)).toBe(1)
    expect([await workerIn(t, id), await workerIn(t, one.id, 'need')]).toEqual(['of-town', 'worker'])
    expect(await t.differences()).toEqual([])
  })

  it('is in charge of what is still to be done where nobody is observed now, too: what was theirs goes on with the next', async () => {
    const t = await town()
    const [household, person] = [uuid(), uuid()]
    const all = async () => {
      let acts = 0
      for (const one of [inChargeNow, ...tasksInCharge]) acts += await doStandingDuty({ ...t.store, areas: { index: places } }, one)
      return acts
    }
    const first = await assign(t, 'first', '11a1')
    const watch = await observe(t, { household, person })
    const fever = { half: 'morning', temperature: 38.4, how: 'phone', wants: '药' }
    expect(await t.act(observer, 'watch', watch, 'check', fever)).toBe('done')
    const open = async (record: 'need' | 'visit', more: Record<string, unknown>) => {
      const id = uuid()
      const said = record === 'need' ? { kind: 'daily' } : { trigger: 'asked' }
      expect(await t.act(observer, record, id, 'open', { ...said, dueOn: '2020-02-09', household, ...more })).toBe('done')
      return id
    }
    const [wish, asked, chosen, taken] = [
      await open('need', { worker: 'first' }),
      await open('visit', { worker: 'first' }),
      await open('need', { worker: 'chosen' }),
      await open('need', { worker: 'first' }),
    ]
    expect(await t.act(observer, 'need', taken, 'take')).toBe('done')
    expect(await t.act(staff.doctor, 'transfer', await t.transferOf(watch), 'suspect')).toBe('done')
    const unowned = await open('need', {})
    expect(await all()).toBe(1)
    const owners = async () => [
      ...new Set([
        await workerIn(t, wish, 'need'),
        await workerIn(t, asked, 'visit'),
        await workerIn(t, unowned, 'need'),
        ...(await t.all('need', `watch = '${watch}'`)).map(({ fields }) => fields.worker),
        ...(await t.all('visit', `watch = '${watch}'`)).map(({ fields }) => fields.worker),
      ]),
    ]
    expect(await owners()).toEqual(['first'])
    t.on('2020-02-06')
    expect(await t.tell(duty, { record: 'assignment', recordId: first, action: 'end', input: {} })).toBe('done')
    await all()
    expect(await owners()).toEqual([undefined])
    await assign(t, 'second', '11a1')
    await all()
    expect(await owners()).toEqual(['second'])
    expect([await workerIn(t, chosen, 'need'), await workerIn(t, taken, 'need'), await all()]).toEqual(['chosen', 'worker', 0])
    // Back under observation they are those of whoever looks after it.
    expect(await t.act(staff.doctor, 'transfer', await t.transferOf(watch), 'clear')).toBe('done')
    await all()
    expect([await workerIn(t, watch), ...(await owners())]).toEqual(['second', 'second'])
    expect(await t.differences()).toEqual([])
  })
})

onServer('a household that is written anew', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))

  it('is looked at for who is in charge where its building is said, not for its door, phone or number of residents', async () => {
    const at = await acting(database(), registry, '2020-02-05T01:00:00Z')
    const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'county-clerk', path: '1/11/' }] }
    const asked: string[][] = []
    at.writer.onCommitted((receipts) => {
      for (const { event, state } of receipts)
        asked.push([inChargeNow, ...tasksInCharge].flatMap((duty) => (duty.concerns?.(event, state) === false ? [] : [duty.name])))
    })
    const [place, household] = [uuid(), uuid()]
    expect(await at.act(clerk, 'place', place, 'register', { name: '示例楼', kind: 'building' }, { area: '11a1' })).toBe('done')
    expect(await at.act(clerk, 'household', household, 'register', { door: '101', kind: 'family' }, { area: '11a1' })).toBe('done')
    asked.length = 0
    for (const more of [{ door: '102' }, { phone: '0827-5261234' }, { residents: 3 }, { place }, { place: null }])
      expect(await at.act(clerk, 'household', household, 'update', more)).toBe('done')
    const all = ['watch-in-charge', 'need-in-charge', 'visit-in-charge']
    expect(asked).toEqual([[], [], [], all, all])
  })
})
