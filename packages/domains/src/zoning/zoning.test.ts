import { type Actor, type AreaFact, type AreaNature, addDays, buildRegistry, fixedClock, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer, type TestEngine } from '../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../testing/src/stores/acting.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { watchClock } from '../../../server/src/jobs/clock-watch.ts'
import { openStore } from '../../../server/src/store/store.ts'
import domain from './index.ts'

const registry = buildRegistry([domain])

const AREA = (
  id: string,
  level: 'city' | 'county',
  parent: string | null,
  code: string,
  nature: AreaNature = 'administrative',
): AreaFact => ({
  nature,
  kind: 'created',
  id,
  level,
  code,
  name: id,
  parent,
  date: '2019-10-31',
  instrument: 'test',
})
const clerk: Actor = { id: 'clerk', name: '疾控', grants: [{ role: 'county-clerk', path: '1/' }] }
const head: Actor = { id: 'head', name: '领导', grants: [{ role: 'leader', path: '1/' }] }
const elsewhere: Actor = { id: 'else', name: '外县', grants: [{ role: 'county-clerk', path: '1/12/' }] }

async function setUp(engine: TestEngine) {
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const store = await openStore({
    target: (await engine.place(migrated(tablesOf(registry)))).target,
    registry,
    clock,
    migrations: tablesOf(registry),
    onError: (_ref, error) => {
      throw error
    },
  })
  const facts = [AREA('1', 'city', null, '5119'), AREA('11', 'county', '1', '511902'), AREA('12', 'county', '1', '511921')]
  const founded = await store.areas.confirm(facts, SYSTEM, store.writer)
  if (!founded.ok) throw new Error(founded.problem.message.en)
  const act = async (actor: Actor, record: string, id: string, action: string, input: Record<string, unknown> = {}, area = '1') => {
    const done = await store.writer.submit({ id: crypto.randomUUID(), record, recordId: id, action, area, input }, actor)
    return done.ok ? 'done' : `${done.problem.code}${done.problem.path ? ` ${done.problem.path}` : ''}`
  }
  const enter = (place: string, day: string, confirmed: number, more: Record<string, unknown> = {}, actor = clerk) =>
    act(actor, 'caseCount', crypto.randomUUID(), 'enter', { place, day, confirmed, discharged: 0, died: 0, clusters: 0, ...more }, place)
  /** Counts of nought for every day of a time, but for those that are told otherwise. */
  const noughts = async (places: readonly string[], from: string, to: string, but: readonly string[] = []) => {
    for (const place of places)
      for (let day = from; day <= to; day = addDays(day, 1))
        if (!but.includes(`${place} ${day}`)) expect([place, day, await enter(place, day, 0)]).toEqual([place, day, 'done'])
  }
  const zones = (state: string, scheme = 'sichuan') =>
    store.db.query<{ id: string; place: string; zone: string; reasons: { zh: string }[] }>(
      'select id, place, zone, reasons from r_zone where state = $1 and scheme = $2 order by place, as_of',
      [state, scheme],
    )
  const populations = (value: readonly string[]) =>
    store.settings.add('zoning.population', { value, from: '2020-02-01', instrument: { zh: '统计公报', en: 'bulletin' } }, SYSTEM)
  const waiting = (place: string, scheme = 'sichuan') =>
    store.db.query<{
      id: string
      state: string
      version: number
      asOf: string
      zone: string | null
      reasons: { zh: string; en: string }[]
    }>(
      `select id, state, version, as_of::text as "asOf", zone, reasons from r_zone
       where state in ('proposed', 'undecided') and place = $1 and scheme = $2`,
      [place, scheme],
    )
  const errors: unknown[] = []
  const watch = watchClock(store, (line) => (line.level === 'error' ? errors.push(line) : undefined), 3_600_000)
  return {
    store,
    clock,
    act,
    enter,
    noughts,
    zones,
    populations,
    waiting,
    watch,
    errors,
    close: async () => {
      await watch.stop()
      await store.close()
    },
  }
}

onServer('zoning', (engine) => {
  it('counts the cases of a development zone for the city, and gives it no class of its own', async () => {
    const at = await setUp(engine)
    const zone = AREA('19', 'county', '1', '511971', 'statistical')
    expect((await at.store.areas.confirm([zone], SYSTEM, at.store.writer)).ok).toBe(true)
    await at.noughts(['11', '12', '19'], '2020-01-31', '2020-02-12', ['19 2020-02-12'])
    expect(await at.enter('19', '2020-02-12', 2)).toBe('done')
    await at.watch.look()
    expect((await at.zones('proposed')).map(({ place, zone: found }) => [place, found])).toEqual(
      expect.arrayContaining([['1', 'sporadic']]),
    )
    expect((await at.zones('proposed')).some(({ place }) => place === '19')).toBe(false)
    await at.close()
  })

  it('counts what a county had that ended for the one that took its place, which owes its days too, and gives the one that ended no class', async () => {
    const at = await setUp(engine)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-13', ['11 2020-02-04', '11 2020-02-05'])
    await at.enter('11', '2020-02-05', 15)
    await at.watch.look()
    const [former] = await at.waiting('11')
    expect(await at.act(head, 'zone', former?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    expect(await at.waiting('12')).toMatchObject([{ zone: 'no-active-cases' }])
    at.clock.set('2020-02-15T02:00:00Z')
    const merged: AreaFact = { kind: 'merged', ids: ['11'], into: '12', date: '2020-02-15', instrument: 'test' }
    expect((await at.store.areas.confirm([merged], SYSTEM, at.store.writer)).ok).toBe(true)
    await at.enter('12', '2020-02-14', 0)
    await at.watch.look()
    const owed = async (place: string) => (await at.waiting(place))[0]?.reasons.map(({ zh }) => zh).find((zh) => zh.includes('缺报'))
    expect([await at.waiting('1'), await at.waiting('12'), await at.waiting('11'), await at.zones('announced')]).toMatchObject([
      [{ zone: 'sporadic' }],
      [{ zone: 'sporadic' }],
      [],
      [],
    ])
    expect(await owed('1')).toMatch(/^11（现属12）病例日报缺报1天（2月4日）/)
    expect(await owed('12')).toBe(await owed('1'))
    const [day] = await at.store.db.query<{ id: string }>("select id from r_case_count where place = '12' and day = '2020-02-04'")
    expect(await at.act(clerk, 'caseCount', day?.id ?? '', 'recount', { confirmed: 0 }, '12')).toBe('done')
    await at.watch.look()
    expect([await owed('1'), await owed('12')]).toEqual([undefined, undefined])
    // Whoever the ended one had confirmed is discharged in the one that took its place.
    expect(await at.enter('12', '2020-02-15', 0, { discharged: 16 })).toBe('more-than-confirmed input.discharged')
    expect(await at.enter('12', '2020-02-15', 0, { discharged: 15 })).toBe('done')
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('takes in no count that cannot be: more discharged and dead than confirmed up to any day, nor of before the first day', async () => {
    const at = await setUp(engine)
    const first = crypto.randomUUID()
    const count = (more: object) => ({ place: '11', day: '2020-02-04', confirmed: 3, discharged: 0, died: 0, ...more })
    expect(await at.act(clerk, 'caseCount', first, 'enter', count({ discharged: 2, died: 2 }), '11')).toBe(
      'more-than-confirmed input.discharged',
    )
    expect(await at.act(clerk, 'caseCount', first, 'enter', count({}), '11')).toBe('done')
    // Those of another county are none of it.
    expect(await at.enter('12', '2020-02-05', 0, { discharged: 1 })).toBe('more-than-confirmed input.discharged')
    expect(await at.enter('11', '2020-02-13', 0, { died: 900_000 })).toBe('more-than-confirmed input.discharged')
    const last = crypto.randomUUID()
    const later = { place: '11', day: '2020-02-12', confirmed: 0, discharged: 2, died: 1 }
    expect(await at.act(clerk, 'caseCount', last, 'enter', later, '11')).toBe('done')
    // Whoever counts anew, or another day in between, leaves none of the days that follow short.
    expect(await at.act(clerk, 'caseCount', last, 'recount', { discharged: 5 }, '11')).toBe('more-than-confirmed input.discharged')
    expect(await at.act(clerk, 'caseCount', first, 'recount', { confirmed: 2 }, '11')).toBe('more-than-confirmed input.discharged')
    expect(await at.enter('11', '2020-02-08', 0, { discharged: 1 })).toBe('more-than-confirmed input.discharged')
    const event = await lastAct(at.store.db, last, 'enter')
    const right = { event, reason: '录错', input: { ...later, discharged: 9 } }
    expect(await at.act(clerk, 'caseCount', last, 'correct', right, '11')).toBe('more-than-confirmed input.discharged')
    expect(await at.enter('11', '2020-02-09', 1, { discharged: 1 })).toBe('done')
    expect(await at.act(clerk, 'caseCount', last, 'recount', { discharged: 1 }, '11')).toBe('done')
    await at.store.settings.add(
      'daily.zero.first',
      { value: '2020-01-20', from: '2020-01-01', instrument: { zh: '示例', en: 'example' } },
      SYSTEM,
    )
    expect(await at.enter('11', '1999-01-01', 60)).toBe('day-before-first input.day')
    expect(await at.enter('11', '2020-01-20', 1)).toBe('done')
    await at.close()
  })

  it('proposes to a person, announces by a person, and supersedes', async () => {
    const at = await setUp(engine)
    await at.watch.look()
    // Nobody has counted yet: that is not a city without cases.
    expect(await at.zones('proposed')).toEqual([])
    expect(await at.enter('11', '2020-02-04', 15)).toBe('done')
    expect(await at.enter('11', '2020-02-04', 15)).toBe('already-exists')
    expect(await at.enter('12', '2020-02-04', 0, {}, elsewhere)).toBe('done')
    expect(await at.enter('11', '2020-02-05', 1, {}, elsewhere)).toBe('outside-jurisdiction')
    expect(await at.enter('11', '2020-02-15', 1)).toBe('day-in-future input.day')
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12', ['11 2020-02-04', '12 2020-02-04'])
    await at.watch.look()
    const first = await at.zones('proposed')
    expect(first.map(({ place, zone }) => [place, zone])).toEqual([
      ['1', 'sporadic'],
      ['11', 'sporadic'],
      ['12', 'no-active-cases'],
    ])
    expect(first[0]?.reasons[0]?.zh).toBe('仅有个别或零星散发病例')
    await at.watch.look()
    expect(await at.zones('proposed')).toHaveLength(3)
    const city = first[0]?.id ?? ''
    expect(await at.act(clerk, 'zone', city, 'announce', { announcedBy: '市指挥部' })).toBe('not-allowed')
    expect(await at.act(head, 'zone', city, 'announce', { announcedBy: '市指挥部' })).toBe('done')
    // A class that was announced is not taken back in silence: the next one ends it.
    const said = await lastAct(at.store.db, city, 'announce')
    expect(await at.act(head, 'zone', city, 'correct', { event: said, reason: '误公布', void: true })).toBe('wrong-state')
    await at.watch.look()
    expect((await at.zones('proposed')).map(({ place }) => place)).toEqual(['11', '12'])
    // 14 days after the last discharge the class is a better one.
    at.clock.set('2020-02-20T02:00:00Z')
    expect(await at.enter('11', '2020-02-19', 0, { discharged: 15 })).toBe('done')
    at.clock.set('2020-03-04T15:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-03-03', ['11 2020-02-19'])
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1')).toEqual([])
    at.clock.set('2020-03-04T16:00:05Z')
    await at.watch.look()
    const better = (await at.zones('proposed')).find(({ place }) => place === '1')
    expect(better).toMatchObject({ zone: 'no-active-cases' })
    expect(await at.act(head, 'zone', better?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    expect((await at.zones('announced')).map(({ zone }) => zone)).toEqual(['no-active-cases'])
    expect((await at.zones('superseded')).filter(({ place }) => place === '1').map(({ zone }) => zone)).toEqual(['sporadic'])
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('takes a proposal back when the figures change, and does not repeat at once what was turned down', async () => {
    const at = await setUp(engine)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12')
    await at.watch.look()
    const [quiet] = (await at.zones('proposed')).filter(({ place }) => place === '1')
    expect(quiet).toMatchObject({ zone: 'no-active-cases' })
    await at.enter('11', '2020-02-13', 3)
    await at.watch.look()
    const [now] = (await at.zones('proposed')).filter(({ place }) => place === '1')
    expect(now).toMatchObject({ zone: 'sporadic' })
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(quiet?.id)
    expect(await at.act(head, 'zone', now?.id ?? '', 'reject', { rejectedBecause: '待复核' })).toBe('done')
    at.clock.set('2020-02-17T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-02-15', ['11 2020-02-13'])
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1')).toEqual([])
    // The national levels are in force by then, county by county.
    expect((await at.zones('proposed', 'national')).map(({ place, zone }) => [place, zone])).toEqual([
      ['11', 'medium'],
      ['12', 'low'],
    ])
    at.clock.set('2020-02-22T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-16', '2020-02-20')
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1').map(({ zone }) => zone)).toEqual(['sporadic'])
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('says where the class would stand what is missing, and gives the class as soon as it is there', async () => {
    const at = await setUp(engine)
    await at.populations(['5119:2712894'])
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12')
    await at.enter('11', '2020-02-13', 2)
    await at.watch.look()
    expect((await at.waiting('1')).map(({ zone }) => zone)).toEqual(['sporadic'])
    const [why] = await at.waiting('11')
    expect(why).toMatchObject({ state: 'undecided', asOf: '2020-02-13', zone: null })
    expect(why?.reasons[0]?.zh).toMatch(/^人口数未设置，无法计算发病率：请在参数“常住人口（区划代码:人数）”中填写 511902:人数/)
    expect(why?.reasons[0]?.en).toContain('511902:persons')
    expect(await at.act(head, 'zone', why?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('wrong-state')
    // Said once, however often it is looked at; a day later with that day's date.
    await at.watch.look()
    expect(await at.waiting('11')).toEqual([why])
    at.clock.set('2020-02-15T02:00:00Z')
    await at.watch.look()
    expect(await at.waiting('11')).toMatchObject([{ id: why?.id, state: 'undecided', asOf: '2020-02-14' }])
    // No case has to be counted and no day to pass for it.
    await at.populations(['5119:2712894', '511902：719038'])
    await at.watch.look()
    const [now] = await at.waiting('11')
    expect(now).toMatchObject({ state: 'proposed', zone: 'sporadic', asOf: '2020-02-14' })
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(why?.id)
    // And the other way: what hangs on a figure that was taken away is no proposal any more.
    await at.populations([])
    await at.watch.look()
    expect(await at.waiting('11')).toMatchObject([{ state: 'undecided' }])
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(now?.id)
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('takes silence for no nought: a county that stops counting gets no milder class, and is named with what it owes', async () => {
    const at = await setUp(engine)
    at.clock.set('2020-02-20T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-05', '2020-02-19', ['11 2020-02-10'])
    await at.enter('11', '2020-02-10', 2)
    await at.watch.look()
    const national = async () => (await at.zones('proposed', 'national')).map(({ place, zone }) => `${place} ${zone}`)
    expect(await national()).toEqual(['11 medium', '12 low'])
    // One day late is late; from the second on it is missing.
    at.clock.set('2020-02-21T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual(['11 medium', '12 low'])
    at.clock.set('2020-02-22T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual(['11 medium'])
    expect((await at.waiting('11', 'national'))[0]?.reasons.at(-1)?.zh).toBe(
      '11病例日报缺报1天（2月20日），没有填报不等于没有病例：请补报，没有病例的填0',
    )
    expect(await at.waiting('12', 'national')).toMatchObject([{ state: 'undecided', asOf: '2020-02-21' }])
    // 15 days after the last case nobody knows whether it was the last.
    at.clock.set('2020-02-26T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual([])
    const [why] = await at.waiting('11', 'national')
    expect(why?.reasons[0]?.en).toBe(
      '11 owes its daily case count for 5 days (20 Feb to 24 Feb); no count is not no case: enter it, 0 where there was none',
    )
    await at.noughts(['11'], '2020-02-20', '2020-02-25')
    await at.watch.look()
    expect(await national()).toEqual(['11 low'])
    expect((await at.waiting('1')).flatMap(({ reasons }) => reasons.map(({ zh }) => zh)).join()).toContain('12病例日报缺报5天')
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('renews what waits with the figures of every day, under the same class', async () => {
    const at = await setUp(engine)
    await at.enter('11', '2020-02-04', 3)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12', ['11 2020-02-04'])
    await at.watch.look()
    const [first] = await at.waiting('11')
    expect(first).toMatchObject({ zone: 'sporadic', asOf: '2020-02-13', version: 1 })
    await at.watch.look()
    expect(await at.waiting('11')).toEqual([first])
    at.clock.set('2020-02-16T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-02-14')
    await at.watch.look()
    const [later] = await at.waiting('11')
    expect(later).toMatchObject({ id: first?.id, state: 'proposed', zone: 'sporadic', asOf: '2020-02-15', version: 2 })
    // A count that comes in on the same day changes the figures once more, and back again.
    const passed = async () => {
      await at.watch.look()
      const [row] = await at.store.db.query<{ words: string }>('select passed_over::text as words from r_zone where id = $1', [first?.id])
      return row?.words ?? ''
    }
    expect(await passed()).toContain('距最近一例新增的天数：11')
    const recount = crypto.randomUUID()
    const fields = { place: '11', day: '2020-02-15', confirmed: 1, discharged: 0, died: 0, clusters: 0 }
    expect(await at.act(clerk, 'caseCount', recount, 'enter', fields, '11')).toBe('done')
    expect(await passed()).toContain('距最近一例新增的天数：0')
    expect(await at.act(clerk, 'caseCount', recount, 'recount', { confirmed: 0 }, '11')).toBe('done')
    expect(await passed()).toContain('距最近一例新增的天数：11')
    expect(await at.waiting('11')).toMatchObject([{ id: first?.id, version: 4 }])
    // Whoever announces it announces today's.
    expect(await at.act(head, 'zone', first?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    const [announced] = await at.store.db.query("select as_of::text as day from r_zone where state = 'announced'")
    expect(announced).toEqual({ day: '2020-02-15' })
    expect(at.errors).toEqual([])
    await at.close()
  })
})
