import { type Actor, MOVE } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, lastAct, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const worker = actor('worker', 'grid-worker', '1/11/11a/11a1/')
const town = actor('town', 'town-clerk', '1/11/11a/')
const county = actor('county', 'county-clerk', '1/11/')
const there = actor('there', 'grid-worker', '1/12/12a/12a1/')
const duty = actor('duty', 'duty-officer', '1/')
const doctor = actor('doctor', 'health-worker', '1/11/')

onBothEngines('a move to another area', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const home = async (area: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await at.act(duty, 'household', id, 'register', { door: '1栋101', kind: 'family', ...more }, { area })).toBe('done')
      return id
    }
    /** Somebody of 11a1 back from a listed place: declared, observed at home by `worker`, with a visit due and a wish. */
    const observed = async (household: string) => {
      const [person, arrival] = [uuid(), uuid()]
      const here = { area: '11a1' }
      // Somebody else of the home, who is visited.
      expect(await at.act(worker, 'person', uuid(), 'register', { name: '测试乙', household }, here)).toBe('done')
      expect(await at.act(worker, 'person', person, 'register', { name: '测试甲', household }, here)).toBe('done')
      const declared = { person, household, channel: 'worker', arrivedOn: '2020-02-09', origin: '湖北省武汉市', originCode: '420100' }
      expect(await at.act(worker, 'arrival', arrival, 'declare', declared, here)).toBe('done')
      const [watch] = await column('watch', 'id', `person = '${person}'`)
      const wants = { half: 'morning', temperature: 36.5, how: 'worker', wants: '米' }
      expect(await at.act(worker, 'watch', String(watch), 'check', wants)).toBe('done')
      return { person, arrival, watch: String(watch) }
    }
    const column = async (table: string, name: string, where: string) =>
      (await at.db.query<{ v: string | null }>(`select ${name} as v from r_${table} where ${where} order by 1`)).map(({ v }) => v)
    const areas = async (of: { person: string; arrival: string; watch: string }) => ({
      person: await column('person', 'area', `id = '${of.person}'`),
      arrival: await column('arrival', 'area', `id = '${of.arrival}'`),
      watch: await column('watch', 'area', `id = '${of.watch}'`),
      visits: await column('visit', 'area', `watch = '${of.watch}'`),
      needs: await column('need', 'area', `watch = '${of.watch}'`),
      transfers: await column('transfer', 'area', `watch = '${of.watch}'`),
    })
    const charge = async (area: string, account: string, more: Record<string, unknown> = {}) => {
      const input = { worker: account, account, part: 'grid', from: '2020-02-01', ...more }
      const id = uuid()
      expect(await at.act(duty, 'assignment', id, 'assign', input, { area })).toBe('done')
      return id
    }
    const booked = async (measure: string, area: string, day: string) =>
      (
        await at.db.query<{ entered: number; left: number; out: number; in: number }>(
          `select coalesce(sum(entered), 0)::int as entered, coalesce(sum("left"), 0)::int as left, coalesce(sum(moved_out), 0)::int as out,
                  coalesce(sum(moved_in), 0)::int as in from tallies where measure = $1 and area = $2 and day = $3`,
          [measure, area, day],
        )
      )[0]
    const inCharge = async () => {
      const duties = registry.domains
        .flatMap(({ standing = [] }) => standing)
        .filter(({ record }) => ['watch', 'need', 'visit'].includes(record))
      for (const duty of duties) await doStandingDuty({ ...at.store, areas: { index: places } }, duty)
    }
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, home, observed, column, areas, charge, booked, inCharge, wrong }
  }
  const everything = (area: string) => ({
    person: [area],
    arrival: [area],
    watch: [area],
    visits: [area],
    needs: [area],
    transfers: [],
  })

  it('follows from moving into a household there, with all that is open, and whoever is in charge there takes over', async () => {
    const at = await setUp()
    const [old, next] = [await at.home('11a1'), await at.home('12a1')]
    await at.charge('11a1', 'of-old')
    await at.charge('12a1', 'of-new')
    const one = await at.observed(old)
    expect(await at.column('watch', 'worker', `id = '${one.watch}'`)).toEqual(['of-old'])
    const before = {
      here: await at.booked('monitoring.observed', '11', '2020-02-12'),
      there: await at.booked('monitoring.observed', '12', '2020-02-12'),
    }
    at.on('2020-02-12')
    // Neither county puts somebody into the other's books.
    for (const who of [worker, town, county])
      expect(await at.act(who, 'person', one.person, 'changeHousehold', { household: next })).toBe('household-elsewhere input.household')
    expect(await at.areas(one)).toEqual(everything('11a1'))
    expect(await at.act(duty, 'person', one.person, 'changeHousehold', { household: next })).toBe('done')
    expect(await at.areas(one)).toEqual(everything('12a1'))
    expect(await at.column('watch', 'household', `id = '${one.watch}'`)).toEqual([next])
    expect(await at.column('person', 'household', `id = '${one.person}'`)).toEqual([next])
    expect(await at.column('visit', 'household', `watch = '${one.watch}'`)).toEqual([next])
    await at.inCharge()
    for (const table of ['watch', 'visit', 'need'])
      expect(await at.column(table, 'worker', `${table === 'watch' ? 'id' : 'watch'} = '${one.watch}'`)).toEqual(['of-new'])
    // The act and all that follows lie on one day: out here, in there, nobody left or entered.
    expect(before).toEqual({ here: { entered: 0, left: 0, out: 0, in: 0 }, there: { entered: 0, left: 0, out: 0, in: 0 } })
    expect(await at.booked('monitoring.observed', '11', '2020-02-12')).toEqual({ entered: 0, left: 0, out: 1, in: 0 })
    expect(await at.booked('monitoring.observed', '12', '2020-02-12')).toEqual({ entered: 0, left: 0, out: 0, in: 1 })
    const days = await at.db.query<{ day: string; n: number }>(
      `select to_char(day, 'YYYY-MM-DD') as day, count(*)::int as n from events where action = 'moveArea' group by 1`,
    )
    expect(days.map(({ day }) => day)).toEqual(['2020-02-12'])
    expect(await at.act(worker, 'watch', one.watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe(
      'outside-jurisdiction',
    )
    expect(await at.act(there, 'watch', one.watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
    expect(await at.wrong()).toEqual([])
  })

  it('by hand takes the same along and leaves the household; what is over stays where it was', async () => {
    const at = await setUp()
    const old = await at.home('11a1')
    const [one, over] = [await at.observed(old), await at.observed(old)]
    expect(await at.act(town, 'watch', over.watch, 'void', { why: 'mistaken' })).toBe('done')
    expect(await at.act(worker, 'arrival', over.arrival, 'confirm')).toBe('done')
    at.on('2020-02-11', '08:00')
    const fever = { half: 'morning', temperature: 38.2, how: 'worker' }
    expect(await at.act(worker, 'watch', one.watch, 'check', fever)).toBe('done')
    at.on('2020-02-11')
    const move = (who: Actor, of: { person: string }, area: string) => at.act(who, 'person', of.person, MOVE, {}, { area })
    expect(await move(county, one, '12a1')).toBe('outside-jurisdiction')
    expect(await move(town, one, '11b1')).toBe('outside-jurisdiction')
    expect(await move(county, one, '11b1')).toBe('done')
    expect(await at.areas(one)).toEqual({ ...everything('11b1'), transfers: ['11b1'] })
    for (const table of ['person', 'watch'])
      expect(await at.column(table, 'household', `id = '${table === 'person' ? one.person : one.watch}'`)).toEqual([null])
    expect(await move(county, over, '11b1')).toBe('done')
    const { person, arrival, watch } = await at.areas(over)
    expect({ person, arrival, watch }).toEqual({ person: ['11b1'], arrival: ['11a1'], watch: ['11a1'] })
    // Whoever moves on into a household where they stand stays where they are.
    const next = await at.home('11b1')
    at.on('2020-02-11', '10:00')
    expect(await at.act(county, 'person', one.person, 'changeHousehold', { household: next })).toBe('done')
    expect(await at.areas(one)).toEqual({ ...everything('11b1'), transfers: ['11b1'] })
    expect(await at.column('watch', 'household', `id = '${one.watch}'`)).toEqual([next])
    // What went along would stay there: a move is not taken back by a correction, it is made anew.
    const back = { event: await lastAct(at.db, one.person, 'changeHousehold'), reason: '迁错', void: true }
    expect(await at.act(county, 'person', one.person, 'correct', back)).toBe('correction-settled input.void')
    expect(await at.wrong()).toEqual([])
  })

  it('of a household takes its people along, and leaves its building and whoever looked after it', async () => {
    const at = await setUp()
    const building = uuid()
    expect(await at.act(town, 'place', building, 'register', { name: '示例楼', kind: 'building' }, { area: '11a1' })).toBe('done')
    const home = await at.home('11a1', { place: building })
    const assigned = await at.charge('11a1', 'of-home', { household: home })
    await at.charge('11b1', 'of-village')
    const one = await at.observed(home)
    at.on('2020-02-11')
    expect(await at.act(town, 'household', home, MOVE, {}, { area: '11b1' })).toBe('outside-jurisdiction')
    expect(await at.act(county, 'household', home, MOVE, {}, { area: '11b1' })).toBe('done')
    expect(await at.areas(one)).toEqual(everything('11b1'))
    expect(await at.row('household', home)).toMatchObject({ area: '11b1', place: null })
    expect(await at.column('person', 'household', `id = '${one.person}'`)).toEqual([home])
    expect(await at.column('watch', 'household', `id = '${one.watch}'`)).toEqual([home])
    expect(await at.column('assignment', 'state', `id = '${assigned}'`)).toEqual(['ended'])
    await at.inCharge()
    expect(await at.column('watch', 'worker', `id = '${one.watch}'`)).toEqual(['of-village'])
    expect(await at.wrong()).toEqual([])
  })

  it.each([
    ['a household', 'is cleared'],
    ['a household', 'is judged anew'],
    ['one', 'is cleared'],
    ['one', 'did not leave'],
    ['one', 'did not leave', 'on the day of release'],
  ])('of %s while nobody reads them takes along the observation that goes on there once the person %s', async (who, then, last = '') => {
    const at = await setUp()
    const home = await at.home('11a1')
    await at.charge('11b1', 'of-new', { from: '2020-02-09' })
    const { person, watch, arrival } = await at.observed(home)
    const leaving = uuid()
    at.on('2020-02-11', '08:00')
    if (then === 'did not leave') {
      // Only whoever monitors themselves may leave.
      expect(await at.act(duty, 'arrival', arrival, 'amend', { origin: '四川省成都市', originCode: '510100' })).toBe('done')
      const trip = { person, channel: 'worker', leavesOn: '2020-02-11', destination: '广东省深圳市', purpose: 'work' }
      expect(await at.act(duty, 'departure', leaving, 'declare', trip, { area: '11a1' })).toBe('done')
      expect(await at.act(duty, 'departure', leaving, 'confirm')).toBe('done')
    } else expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 38.4, how: 'worker' })).toBe('done')
    const [way = null] = await at.column('transfer', 'id', `person = '${person}'`)
    if (way) expect(await at.act(doctor, 'transfer', way, then === 'is cleared' ? 'suspect' : 'confirm')).toBe('done')
    const [until] = await at.column('watch', 'until::text', `id = '${watch}'`)
    at.on(last ? String(until) : '2020-02-12')
    if (who === 'one') expect(await at.act(county, 'person', person, MOVE, {}, { area: '11b1' })).toBe('done')
    else expect(await at.act(county, 'household', home, 'relocate', { door: '9', village: '11b1' })).toBe('done')
    // Whoever is suspected is with the clinic still.
    if (then === 'is cleared') expect(await at.column('transfer', 'area', `person = '${person}'`)).toEqual(['11b1'])
    if (!last) at.on('2020-02-14')
    const goesOn: Readonly<Record<string, () => Promise<string>>> = {
      'is cleared': () => at.act(doctor, 'transfer', String(way), 'clear'),
      'is judged anew': () => at.act(doctor, 'transfer', String(way), 'reconsider', { reason: '点错' }),
      'did not leave': () => at.act(duty, 'departure', leaving, 'withdraw'),
    }
    expect(await goesOn[then]?.()).toBe('done')
    if (way) expect(await at.column('transfer', 'area', `person = '${person}'`)).toEqual(['11b1'])
    await at.inCharge()
    expect(await at.row('watch', watch)).toMatchObject({
      state: 'watching',
      area: '11b1',
      worker: 'of-new',
      household: who === 'one' ? null : home,
    })
    const reading = { half: 'morning', temperature: 36.5, how: 'worker' }
    expect(await at.act(worker, 'watch', watch, 'check', reading)).toBe('outside-jurisdiction')
    expect(await at.wrong()).toEqual([])
  })

  it('of whoever the clinic had settled leaves that where it was, until it is judged anew: then it is where they live, with what is to be told', async () => {
    const at = await setUp()
    const sent = async () => {
      const [person, way] = [uuid(), uuid()]
      expect(await at.act(worker, 'person', person, 'register', { name: '测试丁' }, { area: '11a1' })).toBe('done')
      expect(await at.act(duty, 'transfer', way, 'open', { person, reason: 'signs' }, { area: '11a1' })).toBe('done')
      return { person, way }
    }
    const [gone, twice, stays] = [await sent(), await sent(), await sent()]
    for (const { way } of [gone, twice, stays]) expect(await at.act(doctor, 'transfer', way, 'cancel', { reason: '误测' })).toBe('done')
    const stand = async ({ way }: { way: string }) => [
      ...(await at.column('transfer', 'area', `id = '${way}'`)),
      ...(await at.column('need', 'area', `transfer = '${way}'`)),
    ]
    const went = (day: string, { person }: { person: string }, area: string) => {
      at.on(day)
      return at.act(county, 'person', person, MOVE, {}, { area })
    }
    expect(await went('2020-02-12', gone, '11b1')).toBe('done')
    expect(await went('2020-02-12', twice, '11b1')).toBe('done')
    expect(await went('2020-02-13', twice, '11a1')).toBe('done')
    expect(await stand(gone)).toEqual(['11a1', '11a1'])
    at.on('2020-02-14')
    for (const { way } of [gone, twice, stays]) expect(await at.act(doctor, 'transfer', way, 'reconsider', { reason: '点错' })).toBe('done')
    expect(await stand(gone)).toEqual(['11b1', '11b1'])
    for (const one of [twice, stays]) expect(await stand(one)).toEqual(['11a1', '11a1'])
    // A move of before, which becomes known only now, would have taken it along.
    const late = { area: '11b1', happenedAt: '2020-02-13T09:00:00Z' }
    expect(await at.act(county, 'person', stays.person, MOVE, {}, late)).toBe('out-of-order happenedAt')
    // Under way again, it goes along.
    expect(await went('2020-02-15', stays, '11b1')).toBe('done')
    expect(await stand(stays)).toEqual(['11b1', '11b1'])
    expect(await at.wrong()).toEqual([])
  })

  it('of a household takes its tasks to whoever is in charge there, also while the clinic has somebody and where nobody is observed', async () => {
    const at = await setUp()
    const [home, quiet] = [await at.home('11a1'), await at.home('11a1')]
    await at.charge('11a1', 'of-old')
    await at.charge('11b1', 'of-new', { from: '2020-02-09' })
    const { person, watch } = await at.observed(home)
    const wish = { kind: 'daily', dueOn: '2020-02-12', worker: 'of-old' }
    for (const household of [home, quiet])
      expect(await at.act(worker, 'need', uuid(), 'open', { ...wish, household }, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 38.4, how: 'worker' })).toBe('done')
    const [way] = await at.column('transfer', 'id', `person = '${person}'`)
    expect(await at.act(doctor, 'transfer', String(way), 'suspect')).toBe('done')
    await at.inCharge()
    const owners = async () => [
      ...(await at.column('visit', 'worker', `household = '${home}'`)),
      ...(await at.column('need', 'worker', `household in ('${home}', '${quiet}')`)),
    ]
    expect(await owners()).toEqual(Array.from({ length: 5 }, () => 'of-old'))
    at.on('2020-02-12')
    for (const one of [home, quiet]) expect(await at.act(county, 'household', one, 'relocate', { door: '9', village: '11b1' })).toBe('done')
    await at.inCharge()
    expect(await owners()).toEqual(Array.from({ length: 5 }, () => 'of-new'))
    expect(await at.wrong()).toEqual([])
  })

  it('after an observation ended by mistake is where it goes on; one that was elsewhere all the time stays there', async () => {
    const at = await setUp()
    const [old, near, far] = [await at.home('11a1'), await at.home('11a1'), await at.home('12a1')]
    await at.charge('12a1', 'of-new')
    const [away, next, named, guest] = [await at.observed(old), await at.observed(old), await at.observed(old), await at.observed(old)]
    at.on('2020-02-12')
    expect(await at.act(town, 'watch', named.watch, 'assign', { worker: 'chosen', household: near })).toBe('done')
    at.on('2020-02-23')
    for (const { watch } of [away, next, named, guest]) {
      expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
      expect(await at.act(worker, 'watch', watch, 'release', { signed: true })).toBe('done')
    }
    at.on('2020-02-23', '10:00')
    for (const { person } of [away, guest]) expect(await at.act(duty, 'person', person, 'changeHousehold', { household: far })).toBe('done')
    expect(await at.act(worker, 'person', next.person, 'changeHousehold', { household: near })).toBe('done')
    // What is over stays where it was.
    expect(await at.row('watch', away.watch)).toMatchObject({ area: '11a1', household: old })
    at.on('2020-02-23', '11:00')
    expect(await at.act(duty, 'person', guest.person, 'changeHousehold', { household: old })).toBe('done')
    const strike = { event: '', reason: '点错', void: true }
    for (const { watch } of [away, next, named, guest])
      expect(await at.act(worker, 'watch', watch, 'correct', { ...strike, event: await lastAct(at.db, watch, 'release') })).toBe('done')
    await at.inCharge()
    expect(await at.row('watch', away.watch)).toMatchObject({ state: 'watching', area: '12a1', household: far, worker: 'of-new' })
    expect(await at.row('watch', next.watch)).toMatchObject({ state: 'watching', area: '11a1', household: near })
    expect(await at.row('watch', named.watch)).toMatchObject({ state: 'watching', area: '11a1', household: near, worker: 'chosen' })
    expect(await at.row('watch', guest.watch)).toMatchObject({ state: 'watching', area: '11a1', household: old })
    expect(await at.act(there, 'watch', away.watch, 'check', { half: 'morning', temperature: 36.6, how: 'worker' })).toBe('done')
    expect(await at.wrong()).toEqual([])
  })

  it('while the clinic has somebody makes a visit due to those they live with once they are back, unless they live alone', async () => {
    const at = await setUp()
    const old = await at.home('11a1')
    const [shared, alone] = [await at.home('11a1'), await at.home('11a1')]
    expect(await at.act(worker, 'person', uuid(), 'register', { name: '测试丙', household: shared }, { area: '11a1' })).toBe('done')
    at.on('2020-02-17')
    const due = async (household: string | undefined) => {
      const { person, watch } = await at.observed(old)
      const [first] = await at.column('visit', 'id', `watch = '${watch}' and state = 'due'`)
      // One visit for a household and day: that of whoever was first.
      if (first) expect(await at.act(worker, 'visit', first, 'finish', { groups: ['none'] })).toBe('done')
      expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 38.4, how: 'worker' })).toBe('done')
      const [way] = await at.column('transfer', 'id', `person = '${person}'`)
      expect(await at.act(doctor, 'transfer', String(way), 'suspect')).toBe('done')
      if (household) expect(await at.act(worker, 'person', person, 'changeHousehold', { household })).toBe('done')
      at.clock.set(at.clock.now().add({ hours: 24 }).toString())
      expect(await at.act(doctor, 'transfer', String(way), 'clear')).toBe('done')
      expect(await at.row('watch', watch)).toMatchObject({ state: 'watching', household: household ?? old })
      return at.column('visit', 'household', `watch = '${watch}' and state = 'due'`)
    }
    expect(await due(undefined)).toEqual([])
    expect(await due(shared)).toEqual([shared])
    expect(await due(alone)).toEqual([])
    expect(await at.wrong()).toEqual([])
  })

  it('behind another door leaves the building on that day, and whoever is in charge of the next one takes over', async () => {
    const at = await setUp()
    const building = async (name: string, account: string) => {
      const id = uuid()
      expect(await at.act(town, 'place', id, 'register', { name, kind: 'building' }, { area: '11a1' })).toBe('done')
      await at.charge('11a1', account, { place: id })
      return id
    }
    const [first, second] = [await building('1栋', 'of-first'), await building('2栋', 'of-second')]
    const home = await at.home('11a1', { place: first, order: 7 })
    const assigned = await at.charge('11a1', 'of-home', { household: home, part: 'doctor' })
    const one = await at.observed(home)
    const on = (input: Record<string, unknown>, day: string, who = worker) =>
      at.act(who, 'household', home, 'relocate', input, { happenedAt: `${day}T15:59:59Z` })
    at.on('2020-02-18')
    expect(await on({ door: '2栋202', place: second }, '2020-02-16')).toBe('done')
    expect(await at.row('household', home)).toMatchObject({ area: '11a1', door: '2栋202', place: second, order: null })
    expect(await at.areas(one)).toEqual(everything('11a1'))
    // The household's own stays in charge: it is the same village.
    expect(await at.column('assignment', 'state', `id = '${assigned}'`)).toEqual(['active'])
    expect(await at.act(duty, 'assignment', assigned, 'end', {})).toBe('done')
    await at.inCharge()
    expect(await at.column('watch', 'worker', `id = '${one.watch}'`)).toEqual(['of-second'])
    // Known last, and earlier: what was said of a later day stands.
    expect(await on({ door: '3栋303', place: first }, '2020-02-15')).toBe('done')
    expect(await at.row('household', home)).toMatchObject({ door: '2栋202', place: second })
    expect(await on({ door: '4栋404' }, '2020-02-09')).toBe('before-entered happenedAt')
    expect(await on({ door: '4栋404', village: '11a2' }, '2020-02-17')).toBe('area-elsewhere input.village')
    expect(await on({ door: '4栋404', village: '11a' }, '2020-02-17', town)).toBe('area-wide input.village')
    expect(await on({ door: '4栋404', village: '11a2' }, '2020-02-17', town)).toBe('done')
    expect(await at.areas(one)).toEqual(everything('11a2'))
    expect(await at.row('household', home)).toMatchObject({ area: '11a2', door: '4栋404', place: null })
    expect(await at.booked('monitoring.observed', '11a2', '2020-02-17')).toEqual({ entered: 0, left: 0, out: 0, in: 1 })
    expect(await at.wrong()).toEqual([])
  })

  it('of before the household was entered lies on its day, person and observation alike', async () => {
    const at = await setUp()
    const [one, other] = [await at.observed(await at.home('11a1')), await at.observed(await at.home('11a1'))]
    at.on('2020-02-14')
    const [next, dissolved, foreign] = [await at.home('11a2'), await at.home('11a2'), await at.home('11b1')]
    expect(await at.act(duty, 'household', dissolved, 'dissolve', { reason: '误登记' })).toBe('done')
    at.on('2020-02-14', '11:00')
    const on = (household: string, of: { person: string }) =>
      at.act(town, 'person', of.person, 'changeHousehold', { household }, { happenedAt: '2020-02-13T15:59:59Z' })
    expect(await on(dissolved, one)).toBe('household-dissolved input.household')
    expect(await on(foreign, one)).toBe('household-elsewhere input.household')
    expect(await on(next, one)).toBe('done')
    expect(await at.areas(one)).toEqual(everything('11a2'))
    for (const table of ['person', 'watch'])
      expect(await at.column(table, 'household', `id = '${table === 'person' ? one.person : one.watch}'`)).toEqual([next])
    const days = await at.db.query<{ day: string; n: number }>(
      `select to_char(day, 'YYYY-MM-DD') as day, count(*)::int as n from events where action = 'moveArea' and record_id in ($1, $2) group by 1`,
      [one.person, one.watch],
    )
    expect(days.map(({ day }) => day)).toEqual(['2020-02-13'])
    expect(await at.booked('monitoring.observed', '11a1', '2020-02-13')).toEqual({ entered: 0, left: 0, out: 1, in: 0 })
    expect(await at.booked('monitoring.observed', '11a2', '2020-02-13')).toEqual({ entered: 0, left: 0, out: 0, in: 1 })
    // By hand to the area, dated as well.
    const by = { area: '11b1', happenedAt: '2020-02-13T15:59:59Z' }
    expect(await at.act(county, 'person', other.person, MOVE, {}, by)).toBe('done')
    expect(await at.areas(other)).toEqual(everything('11b1'))
    expect(await at.booked('monitoring.observed', '11b1', '2020-02-13')).toEqual({ entered: 0, left: 0, out: 0, in: 1 })
    expect(await at.wrong()).toEqual([])
  })

  it('of before something was opened where they stood leaves nothing behind: it is refused until it is dated after it', async () => {
    const at = await setUp()
    const [home, other, third] = [await at.home('11a1'), await at.home('11a1'), await at.home('11a1')]
    const [person, arrival] = [uuid(), uuid()]
    expect(await at.act(worker, 'person', person, 'register', { name: '测试丙', household: third }, { area: '11a1' })).toBe('done')
    at.on('2020-02-13')
    const declared = { person, channel: 'worker', arrivedOn: '2020-02-12', origin: '湖北省武汉市', originCode: '420100' }
    expect(await at.act(worker, 'arrival', arrival, 'declare', declared, { area: '11a1' })).toBe('done')
    const [one, two] = [await at.observed(home), await at.observed(other)]
    at.on('2020-02-14')
    const relocate = (id: string, day: string) =>
      at.act(county, 'household', id, 'relocate', { door: '9栋901', village: '11b1' }, { happenedAt: `${day}T15:59:59Z` })
    const move = (id: string, day: string) => at.act(county, 'household', id, MOVE, {}, { area: '11b1', happenedAt: `${day}T15:59:59Z` })
    for (const by of [relocate, move]) {
      expect(await by(home, '2020-02-12')).toBe('out-of-order happenedAt')
      expect(await at.areas(one)).toEqual(everything('11a1'))
      expect(await at.row('household', home)).toMatchObject({ area: '11a1', door: '1栋101' })
    }
    const late = { area: '11b1', happenedAt: '2020-02-12T15:59:59Z', input: {} }
    expect(await at.writer.submit({ id: uuid(), record: 'household', recordId: third, action: MOVE, ...late }, county)).toMatchObject({
      ok: false,
      problem: { data: { record: 'arrival', id: arrival }, message: { zh: expect.stringContaining('“返巴申报：申报”（2020年2月13日）') } },
    })
    expect(await relocate(home, '2020-02-13')).toBe('done')
    expect(await move(other, '2020-02-13')).toBe('done')
    for (const each of [one, two]) expect(await at.areas(each)).toEqual(everything('11b1'))
    at.on('2020-02-16')
    expect(await at.act(duty, 'need', uuid(), 'open', { kind: 'daily', dueOn: '2020-02-16', household: home }, { area: '11b1' })).toBe(
      'done',
    )
    const back = (day: string) => at.act(county, 'household', home, MOVE, {}, { area: '11a1', happenedAt: `${day}T15:59:59Z` })
    expect(await back('2020-02-15')).toBe('out-of-order happenedAt')
    at.on('2020-02-17')
    expect(await back('2020-02-16')).toBe('done')
    expect(await at.column('need', 'area', `household = '${home}'`)).toEqual(['11a1', '11a1'])
    expect(await at.wrong()).toEqual([])
  })

  it('becomes known after somebody was put where they stood as far as was known: they stand there again, with what is theirs', async () => {
    const at = await setUp()
    const [home, away] = [await at.home('11a1'), await at.home('11a2')]
    const late = { happenedAt: '2020-02-13T01:00:00Z' }
    const moves = [
      (id: string) => at.act(duty, 'person', id, 'changeHousehold', { household: away }, late),
      (id: string) => at.act(duty, 'person', id, MOVE, {}, { ...late, area: '11a2' }),
    ]
    const back = [
      (id: string) => at.act(duty, 'person', id, 'changeHousehold', { household: home }),
      (id: string) => at.act(duty, 'person', id, 'update', { household: home }),
    ]
    const them = moves.flatMap((goesAway) => back.map((putBack) => ({ goesAway, putBack, person: uuid(), transfer: uuid() })))
    at.on('2020-02-12')
    for (const { person, transfer } of them) {
      expect(await at.act(worker, 'person', person, 'register', { name: '测试丙' }, { area: '11a1' })).toBe('done')
      expect(await at.act(worker, 'transfer', transfer, 'open', { person, reason: 'illness' }, { area: '11a1' })).toBe('done')
    }
    at.on('2020-02-14')
    for (const { putBack, person } of them) expect(await putBack(person)).toBe('done')
    at.on('2020-02-15')
    for (const { goesAway, person, transfer } of them) {
      expect(await goesAway(person)).toBe('done')
      expect(await at.row('person', person)).toMatchObject({ area: '11a1', household: home })
      expect(await at.row('transfer', transfer)).toMatchObject({ area: '11a1' })
    }
    // A household that had moved within its village, as far as was known.
    const house = await at.home('11a1')
    const member = uuid()
    expect(await at.act(worker, 'person', member, 'register', { name: '测试丁', household: house }, { area: '11a1' })).toBe('done')
    const relocate = (door: string, village: string, more = {}) => at.act(duty, 'household', house, 'relocate', { door, village }, more)
    at.on('2020-02-17')
    expect(await relocate('2栋202', '11a1')).toBe('done')
    at.on('2020-02-18')
    expect(await relocate('9栋901', '11a2', { happenedAt: '2020-02-16T01:00:00Z' })).toBe('done')
    expect(await at.row('household', house)).toMatchObject({ area: '11a1', door: '2栋202' })
    expect(await at.row('person', member)).toMatchObject({ area: '11a1', household: house })
    // What says where nobody stands moves nobody: another village since, and a door in the one that became known.
    at.on('2020-02-20')
    expect(await relocate('3栋303', '11b1')).toBe('done')
    at.on('2020-02-21')
    expect(await relocate('9栋901', '11a2', { happenedAt: '2020-02-19T01:00:00Z' })).toBe('done')
    expect(await at.row('household', house)).toMatchObject({ area: '11b1', door: '3栋303' })
    expect(await at.wrong()).toEqual([])
  })

  it('is followed by a fever that was read before it and arrives after it; a declaration of before goes to a person', async () => {
    const at = await setUp()
    const one = await at.observed(await at.home('11a1'))
    at.on('2020-02-12')
    expect(await at.act(county, 'person', one.person, MOVE, {}, { area: '11a2' })).toBe('done')
    at.on('2020-02-12', '11:00')
    const happenedAt = '2020-02-11T01:00:00Z'
    const fever = { half: 'morning', temperature: 38.4, how: 'worker', wants: '退热药' }
    expect(await at.act(worker, 'watch', one.watch, 'check', fever, { happenedAt })).toBe('done')
    expect(await at.areas(one)).toEqual({ ...everything('11a2'), needs: ['11a2', '11a2'], transfers: ['11a2'] })
    const again = { person: one.person, channel: 'worker', arrivedOn: '2020-02-11', origin: '四川省成都市', originCode: '510100' }
    expect(await at.act(worker, 'arrival', uuid(), 'declare', again, { area: '11a1', happenedAt })).toBe('out-of-order')
    expect(await at.wrong()).toEqual([])
  })

  it('is followed there and back again by what arrives after both', async () => {
    const at = await setUp()
    const one = await at.observed(await at.home('11a1'))
    for (const [day, area] of [
      ['2020-02-12', '11a2'],
      ['2020-02-13', '11a1'],
    ] as const) {
      at.on(day)
      expect(await at.act(county, 'person', one.person, MOVE, {}, { area })).toBe('done')
    }
    at.on('2020-02-13', '11:00')
    const fever = { half: 'morning', temperature: 38.4, how: 'worker' }
    expect(await at.act(worker, 'watch', one.watch, 'check', fever, { happenedAt: '2020-02-11T01:00:00Z' })).toBe('done')
    expect(await at.areas(one)).toEqual({ ...everything('11a1'), transfers: ['11a1'] })
    expect(await at.wrong()).toEqual([])
  })
})
