import { derivedId } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { fromWuhan, staff, takeBack, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town } = staff

onServer('tasks of an observation', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database(), '2020-02-06')
    const enter = async (household: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      const input = { person: uuid(), kind: 'home', entry: 'list', class: 'listed', household, worker: 'w1', ...more }
      expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
      return id
    }
    const voided = (id: string, action: string) => takeBack(t, town, 'watch', id, action)
    const needs = async (watch: string) => (await t.all('need', `watch = '${watch}'`)).map(({ state, fields }) => [fields.kind, state])
    const visits = async (watch: string) => (await t.all('visit', `watch = '${watch}'`)).map(({ state }) => state)
    return { ...t, enter, takeBack: voided, needs, visits }
  }
  const wishes = { half: 'morning', temperature: 36.5, how: 'worker', wants: '米面' }

  it('end their search when nobody had left after all', async () => {
    const t = await setUp()
    const id = await t.enter(uuid())
    expect(await t.act(worker, 'watch', id, 'leave')).toBe('done')
    expect(await t.needs(id)).toEqual([['find', 'open']])
    const [search] = await t.all('need', `watch = '${id}'`)
    expect(await t.act(worker, 'need', search?.id ?? '', 'take')).toBe('done')
    expect(await t.takeBack(id, 'leave')).toBe('done')
    expect((await t.get('watch', id)).state).toBe('watching')
    expect(await t.needs(id)).toEqual([['find', 'cancelled']])
    // Who leaves again is looked for again, and where only the words of the act are corrected the search goes on.
    expect(await t.act(worker, 'watch', id, 'leave')).toBe('done')
    expect(
      await t.act(worker, 'watch', id, 'correct', { event: await lastAct(t.db, id, 'leave'), reason: '补充', input: { exitTo: '邻村' } }),
    ).toBe('done')
    expect(await t.needs(id)).toEqual([
      ['find', 'cancelled'],
      ['find', 'open'],
    ])
    expect(await t.differences()).toEqual([])
  })

  it('end with an entry that was wrong, and are there again when it was right', async () => {
    const t = await setUp()
    const id = await t.enter(uuid())
    expect(await t.act(worker, 'watch', id, 'check', wishes)).toBe('done')
    expect(await t.act(town, 'watch', id, 'void', { why: 'mistaken' })).toBe('done')
    expect([await t.needs(id), await t.visits(id)]).toEqual([[['daily', 'lapsed']], ['lapsed']])
    expect(await t.takeBack(id, 'void')).toBe('done')
    expect([await t.needs(id), await t.visits(id)]).toEqual([[['daily', 'open']], ['due']])
    expect(await t.differences()).toEqual([])
  })

  it('stay with the household while another of it is observed, and what was done or called off by hand stays so', async () => {
    const t = await setUp()
    const household = uuid()
    const [id, other] = [await t.enter(household), await t.enter(household)]
    expect(await t.act(worker, 'watch', id, 'check', wishes)).toBe('done')
    const [need] = await t.all('need', `watch = '${id}'`)
    expect(await t.act(worker, 'need', need?.id ?? '', 'cancel', { result: '观察已作废' })).toBe('done')
    expect(await t.act(town, 'watch', id, 'void', { why: 'duplicate' })).toBe('done')
    expect([await t.visits(id), (await t.get('watch', other)).state]).toEqual([['due'], 'watching'])
    expect(await t.takeBack(id, 'void')).toBe('done')
    expect([await t.needs(id), await t.visits(id)]).toEqual([[['daily', 'cancelled']], ['due']])
  })

  it('end as well when they become known only after it, the visit where nobody else of the home was observed then', async () => {
    const t = await setUp()
    const household = uuid()
    const [alone, first] = [await t.enter(uuid()), await t.enter(household)]
    t.on('2020-02-07')
    await t.enter(household)
    for (const id of [alone, first]) expect(await t.act(town, 'watch', id, 'void', { why: 'mistaken' })).toBe('done')
    t.on('2020-02-08')
    const offline = '2020-02-06T04:00:00.000Z'
    for (const watch of [alone, first]) {
      expect(await t.act(worker, 'watch', watch, 'check', wishes, offline)).toBe('done')
      expect(await t.needs(watch)).toEqual([['daily', 'lapsed']])
      const visit = { household: uuid(), trigger: 'entered', dueOn: '2020-02-09', watch }
      expect(await t.act(worker, 'visit', uuid(), 'open', visit, offline)).toBe('done')
    }
    expect([await t.visits(alone), await t.visits(first)]).toEqual([
      ['lapsed', 'lapsed'],
      ['due', 'due'],
    ])
    expect(await t.differences()).toEqual([])
  })

  it('end and come back with a declaration that is corrected, with one visit', async () => {
    const t = await setUp()
    const [id, household] = [uuid(), uuid()]
    const watch = derivedId(`watch/${id}`)
    expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ household }))).toBe('done')
    expect(await t.visits(watch)).toEqual(['due'])
    expect(await t.act(worker, 'arrival', id, 'amend', { arrivedOn: '2020-01-04' })).toBe('done')
    expect(await t.visits(watch)).toEqual(['lapsed'])
    t.on('2020-02-07')
    expect(await t.act(worker, 'arrival', id, 'amend', { arrivedOn: '2020-02-04' })).toBe('done')
    expect(await t.visits(watch)).toEqual(['due'])
    expect(await t.differences()).toEqual([])
  })
})
