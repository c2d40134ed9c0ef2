import { type AreaFact, type Command, MOVE, SYSTEM } from '@guatu/kernel'
import { cast } from '@guatu/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { onBothEngines, type Place, testEngine } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { createWriter } from '../log/writer.ts'
import type { Store } from '../store.ts'

const clerk = { ...cast.townClerk, grants: [{ role: 'town-clerk' as const, path: '1/' }] }

const merged = (date: string): AreaFact => ({ kind: 'merged', ids: ['11a1'], into: '11a2', date, instrument: '并村文件' })
const movedTown = (date: string): AreaFact => ({ kind: 'moved', id: '11b', parent: '12', date, instrument: '区划调整' })

/** The store at a place, as another process or after a restart. */
async function openAt(place: Place) {
  const { store, clock } = await lighthouseStore(place)
  onTestFinished(() => store.close())
  return { store, clock }
}

const building = (n: number, area: string, happenedAt?: string): Command => ({
  id: crypto.randomUUID(),
  record: 'lamp',
  recordId: crypto.randomUUID(),
  action: 'build',
  area,
  ...(happenedAt === undefined ? {} : { happenedAt }),
  input: { number: `DT-${String(n).padStart(5, '0')}`, name: '塔', colour: 'red', candela: 10 },
})
const lighting = (recordId: string): Command => ({ id: crypto.randomUUID(), record: 'lamp', recordId, action: 'light', input: {} })

async function built(store: Store, n: number, area: string, happenedAt = '2020-02-05T01:00:00Z'): Promise<string> {
  const command = building(n, area, happenedAt)
  expect(await store.writer.submit(command, clerk)).toMatchObject({ ok: true })
  return command.recordId
}
const rows = (store: Store) => store.db.query<{ area: string; path: string }>('select area, path from r_lamp order by "number"')
const balanced = async (store: Store) => expect((await store.rebuild({ check: true })).differences).toEqual([])
const facts = (store: Store) => store.db.query(`select 1 from area_facts where fact->>'kind' <> 'created'`)

onBothEngines('an interrupted reform', (engine) => {
  it('leaves everything as it was when it cannot be written, and is written whole the next time', async () => {
    const { store } = await openAt(await engine.place(lighthouseTables))
    await built(store, 1, '11b1')
    await store.db.query(`alter table r_lamp add constraint broken check (path not like '1/12/%')`)
    await expect(store.areas.confirm([movedTown('2020-02-10')], SYSTEM, store.writer)).rejects.toThrow('broken')
    expect(store.areas.index.currentPath('11b1')).toBe('1/11/11b/11b1/')
    expect(await facts(store)).toEqual([])
    await built(store, 2, '11b1')
    await balanced(store)

    await store.db.query('alter table r_lamp drop constraint broken')
    expect(await store.areas.confirm([movedTown('2020-02-10')], SYSTEM, store.writer)).toMatchObject({ ok: true })
    expect((await rows(store)).map(({ path }) => path)).toEqual(['1/12/11b/11b1/', '1/12/11b/11b1/'])
    await balanced(store)
  })

  it('goes on after a restart where records had not moved; who works on one meanwhile takes it along', async () => {
    const place = await engine.place(lighthouseTables)
    const first = await openAt(place)
    const lamps = [await built(first.store, 1, '11a1'), await built(first.store, 2, '11a1')]
    await first.store.writer.close()
    expect(await first.store.areas.confirm([merged('2020-02-10')], SYSTEM, first.store.writer)).toMatchObject({
      ok: false,
      problem: { code: 'reform-unfinished', status: 503, problems: [{ code: 'unavailable' }] },
    })
    await balanced(first.store)
    await first.store.close()

    const { store } = await openAt(place)
    expect(await rows(store)).toEqual(Array(2).fill({ area: '11a1', path: '1/11/11a/11a2/11a1/' }))
    expect(await store.writer.submit(lighting(lamps[0] ?? ''), clerk)).toMatchObject({
      ok: true,
      value: { event: { area: '11a2' }, state: { area: '11a2', version: 3 } },
    })
    expect(await store.areas.settle(store.writer)).toBe(1)
    expect(await store.areas.settle(store.writer)).toBe(0)
    expect(await rows(store)).toEqual(Array(2).fill({ area: '11a2', path: '1/11/11a/11a2/' }))
    const timeline = await store.as(clerk).timeline('lamp', lamps[0] ?? '')
    expect(timeline.ok && timeline.value.map(({ action }) => action)).toEqual(['build', MOVE, 'light'])
    await balanced(store)
  })

  it('refuses nothing from the midnight of its day on, and keeps nothing in an area that has ended', async () => {
    const { store, clock } = await openAt(await engine.place(lighthouseTables))
    const lamp = await built(store, 1, '11a1')
    expect(await store.areas.confirm([merged('2020-02-20')], SYSTEM, store.writer)).toMatchObject({ ok: true, value: { moved: 0 } })
    clock.set('2020-02-19T16:00:00Z')
    const seen = { ...lighting(lamp), version: 1 }
    expect(await store.writer.submit(seen, clerk)).toMatchObject({ ok: true, value: { state: { area: '11a2', state: 'lit' } } })
    expect(await store.areas.settle(store.writer)).toBe(0)

    // Work of the days before still arrives, and its record follows; from that day on the area takes nothing in.
    const late = building(2, '11a1', '2020-02-18T01:00:00Z')
    expect(await store.writer.submit(late, clerk)).toMatchObject({ ok: true, value: { event: { area: '11a1' }, state: { area: '11a2' } } })
    expect(await store.writer.submit(late, clerk)).toMatchObject({ ok: true, value: { repeated: true } })
    expect(await store.writer.submit(building(3, '11a1'), clerk)).toMatchObject({ ok: false, problem: { code: 'area-unknown' } })
    expect((await rows(store)).map(({ area }) => area)).toEqual(['11a2', '11a2'])
    await balanced(store)
  })
})

describe('a reform and several processes on one PostgreSQL', () => {
  const engine = testEngine('postgres')

  it('is not confirmed twice', async () => {
    const { store } = await openAt(await engine.place(lighthouseTables))
    const both = await Promise.all([1, 2].map(() => store.areas.confirm([merged('2020-02-10')], SYSTEM, store.writer)))
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    const refused = both.flatMap((one) => (one.ok ? [] : [one.problem]))
    expect(refused).toMatchObject([{ code: 'reform-recorded', status: 409 }])
    expect(refused[0]?.problems?.[0]).toMatchObject({ code: 'area-ended-twice', path: 'facts.0' })
    expect(await facts(store)).toHaveLength(1)
  })

  it('is looked at once more in a database that has no mark of it, and stays as it is', async () => {
    const { store } = await openAt(await engine.place(lighthouseTables))
    await built(store, 1, '11a1')
    const mark = () => store.db.query(`select value from facts where name = 'areas.settled'`)
    expect(await store.areas.confirm([merged('2020-02-10')], SYSTEM, store.writer)).toMatchObject({ value: { moved: 1 } })
    const [kept] = await mark()
    expect(kept).toEqual({ value: { '2020-02-10': 13 } })
    const events = await store.db.query('select id from events order by id')
    await store.db.query(`delete from facts where name = 'areas.settled'`)
    expect(await store.areas.settle(store.writer)).toBe(0)
    expect(await mark()).toEqual([kept])
    expect(await store.db.query('select id from events order by id')).toEqual(events)
    await balanced(store)
  })

  it('is known to the others before they decide anything, and to their readers at the next look', async () => {
    const place = await engine.place(lighthouseTables)
    const here = await openAt(place)
    const there = await openAt(place)
    const lamps = [await built(there.store, 1, '11a1'), await built(there.store, 2, '11b1')]
    expect(await here.store.areas.confirm([movedTown('2020-02-10')], SYSTEM, here.store.writer)).toMatchObject({ ok: true })

    // The other one has not looked; its writer may not decide on the old tree.
    expect(there.store.areas.index.currentPath('11b1')).toBe('1/11/11b/11b1/')
    await built(there.store, 3, '11b1', '2020-02-12T01:00:00Z')
    expect(there.store.areas.index.currentPath('11b1')).toBe('1/12/11b/11b1/')
    await balanced(here.store)

    expect(await here.store.areas.confirm([merged('2020-02-12')], SYSTEM, here.store.writer)).toMatchObject({ value: { moved: 1 } })
    expect(there.store.areas.tree.asOf('2020-02-12').get('11a1')).toBeDefined()
    expect(await there.store.areas.settle(there.store.writer)).toBe(0)
    expect(there.store.areas.tree.asOf('2020-02-12').get('11a1')).toBeUndefined()
    expect(await there.store.writer.submit(building(4, '11a1'), clerk)).toMatchObject({ problem: { code: 'area-unknown' } })
    for (const lamp of lamps) expect(await there.store.writer.submit(lighting(lamp), clerk)).toMatchObject({ ok: true })
    await balanced(there.store)
  })

  it('is recorded once, in one chain, when all confirm at the same time, while all write', { timeout: 60_000 }, async () => {
    const place = await engine.place(lighthouseTables)
    const [one, two] = [await openAt(place), await openAt(place)]
    const work = async ({ store }: typeof one, first: number) => {
      for (let n = first; n < first + 120; n += 3) {
        const acts = ['11a1', '11b1', '11a2'].map((area, i) => building(n + i, area, '2020-02-09T01:00:00Z'))
        const done = await Promise.all(acts.map((act) => store.writer.submit(act, clerk)))
        expect(done.map(({ ok }) => ok)).toEqual([true, true, true])
      }
    }
    const confirmed = async () => {
      const both = [merged('2020-02-10'), movedTown('2020-02-11')]
      return Promise.all(
        [one, two, one, two].map(({ store }, i) => store.areas.confirm(both.slice(i >> 1, (i >> 1) + 1), SYSTEM, store.writer)),
      )
    }
    const [answers] = await Promise.all([confirmed(), work(one, 1), work(two, 1_001)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    await one.store.areas.settle(one.store.writer)
    expect(await facts(one.store)).toHaveLength(2)
    expect(await one.store.db.query(`select 1 from r_lamp where area = '11a1' or path like '1/11/11b/%'`)).toEqual([])
    await balanced(one.store)
    await balanced(two.store)
    expect((await openAt(place)).store.areas.tree.size).toBe(one.store.areas.tree.size)
  })

  it('costs one process that writes alone no question', async () => {
    const { store, clock } = await openAt(await engine.place(lighthouseTables))
    let asked = 0
    const surround = {
      registry: store.registry,
      clock,
      areas: () => store.areas.index,
      parameters: (day: string, path: string) => store.settings.at(day, path),
      newest: (run: Parameters<typeof store.areas.newest>[0]) => {
        asked += 1
        return store.areas.newest(run)
      },
    }
    const writer = createWriter(store.db, surround, () => undefined)
    for (let n = 1; n <= 50; n += 1) expect(await writer.submit(building(n, '11a1'), clerk)).toMatchObject({ ok: true })
    expect(asked).toBe(1)
    await writer.close()
  })
})
