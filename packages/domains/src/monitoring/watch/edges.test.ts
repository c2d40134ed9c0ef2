import { type Actor, MOVE } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import { at, staff, type Town, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, otherWorker, town, county } = staff
const duty: Actor = { id: 'duty', name: 'duty', grants: [{ role: 'duty-officer', path: '1/' }] }
const reading = (temperature: number, half: 'morning' | 'evening' = 'morning') => ({ half, temperature, how: 'worker' })

/** Somebody entered on the 5th, back from a listed place on the 4th: released on the 18th. */
async function observed(t: Town, id = uuid()) {
  const input = { person: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-04' }
  expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
  return id
}

onServer('the edges of an observation', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('lie at midnight of the city: no release a minute before the day, and one from its first minute on', async () => {
    const t = await townOn(database())
    const [early, late] = [await observed(t), await observed(t)]
    t.on('2020-02-17', '18:00')
    for (const id of [early, late]) expect(await t.act(worker, 'watch', id, 'check', reading(36.5, 'evening'))).toBe('done')
    t.on('2020-02-17', '23:59')
    expect(await t.act(worker, 'watch', early, 'release', { signed: true })).toBe('too-early')
    await doDailyDuties(t.store)
    expect((await t.get('watch', early)).fields.proposedOn).toBeUndefined()
    t.on('2020-02-18', '00:00')
    await doDailyDuties(t.store)
    expect((await t.get('watch', early)).fields.proposedOn).toBe('2020-02-18')
    t.on('2020-02-18', '00:01')
    expect(await t.act(worker, 'watch', early, 'release', { signed: true })).toBe('done')
    expect((await t.get('watch', early)).fields.exitOn).toBe('2020-02-18')
    // A phone that released a minute too early is refused also when it arrives on the day.
    t.on('2020-02-18', '09:00')
    expect(await t.act(worker, 'watch', late, 'release', { signed: true }, at('2020-02-17', '23:59'))).toBe('too-early')
  })

  it('are never drawn nearer by counting again, and not put beyond today’s count', async () => {
    const t = await townOn(database())
    const id = await observed(t)
    const again = (from: string, of = 'listed') => t.act(county, 'watch', id, 'restart', { from, class: of })
    expect(await again('2019-12-01')).toBe('restart-shorter input.from')
    expect(await again('2020-02-04', 'other')).toBe('restart-shorter input.from')
    expect(await again('2030-12-01')).toBe('day-in-future input.from')
    expect((await t.get('watch', id)).fields).toMatchObject({ from: '2020-02-04', until: '2020-02-18', class: 'listed' })
    expect(await again('2020-02-05', 'exposed')).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ until: '2020-02-19', class: 'exposed', restarts: 1 })
  })

  it('are not passed by whoever did not leave after all and is on the way to the clinic', async () => {
    const t = await townOn(database())
    const [person, arrival, departure] = [uuid(), uuid(), uuid()]
    const shenzhen = { channel: 'worker', arrivedOn: '2020-02-05', origin: '广东省深圳市', originCode: '440300' }
    expect(await t.act(worker, 'arrival', arrival, 'declare', { person, ...shenzhen })).toBe('done')
    const leaving = { person, channel: 'worker', leavesOn: '2020-02-05', destination: '四川省成都市', purpose: 'work' }
    expect(await t.act(worker, 'departure', departure, 'declare', leaving)).toBe('done')
    expect(await t.act(worker, 'departure', departure, 'confirm')).toBe('done')
    t.on('2020-02-06')
    expect(await t.act(worker, 'transfer', uuid(), 'open', { person, reason: 'signs' })).toBe('done')
    expect(await t.act(worker, 'departure', departure, 'withdraw')).toBe('done')
    const [watch] = await t.all('watch', `person = '${person}'`)
    expect(watch).toMatchObject({ state: 'watching', fields: { alarm: true, transfer: expect.any(String) } })
    t.on('2020-02-12')
    expect(await t.act(worker, 'watch', watch?.id ?? '', 'check', reading(36.5))).toBe('done')
    expect(await t.act(worker, 'watch', watch?.id ?? '', 'release', { signed: true })).toBe('signs-open')
    expect(await t.differences()).toEqual([])
  })

  it('take in what was read before the release and arrives after it: a fever is looked at, a reading after the exit is none', async () => {
    const t = await townOn(database())
    const [id, well] = [await observed(t), await observed(t)]
    for (const one of [id, well]) {
      t.on('2020-02-17', '08:00')
      expect(await t.act(worker, 'watch', one, 'check', reading(36.5))).toBe('done')
      t.on('2020-02-18', '09:00')
      expect(await t.act(worker, 'watch', one, 'release', { signed: true })).toBe('done')
    }
    const before = await t.stock('readings')
    t.on('2020-02-19')
    const late = (one: string, temperature: number, when: string) =>
      t.act(worker, 'watch', one, 'check', reading(temperature, 'evening'), when)
    expect(await late(well, 36.4, at('2020-02-17', '18:00'))).toBe('done')
    expect(await late(id, 38.2, at('2020-02-17', '18:00'))).toBe('done')
    expect((await t.stock('readings')) - before).toBe(2)
    expect(await t.get('watch', id)).toMatchObject({ state: 'released', fields: { everSick: true, exitOn: '2020-02-18' } })
    expect(await t.get('transfer', await t.transferOf(id))).toMatchObject({ state: 'open', fields: { highest: 38.2 } })
    expect(await t.all('transfer', `watch = '${well}'`)).toEqual([])
    expect(await late(well, 36.4, at('2020-02-18', '18:00'))).toBe('wrong-state')
    expect(await t.differences()).toEqual([])
  })

  it('move with somebody who moves to another county: its workers read and release, its books hold them, and nobody left or entered', async () => {
    const t = await townOn(database())
    const id = await observed(t)
    const booked = async (area: string, day: string) => {
      const [row] = await t.db.query<{ stock: number; entered: number; left: number; out: number; in_: number }>(
        `select coalesce(sum(entered - "left" + moved_in - moved_out), 0)::int as stock, coalesce(sum(entered) filter (where day = $2), 0)::int as entered,
                coalesce(sum("left") filter (where day = $2), 0)::int as left, coalesce(sum(moved_out) filter (where day = $2), 0)::int as out,
                coalesce(sum(moved_in) filter (where day = $2), 0)::int as in_
           from tallies where measure = 'monitoring.observed' and area = $1 and day <= $2`,
        [area, day],
      )
      return row ?? { stock: 0, entered: 0, left: 0, out: 0, in_: 0 }
    }
    const [here, there] = [await booked('11', '2020-02-09'), await booked('12', '2020-02-09')]
    t.on('2020-02-10')
    const move = (actor: Actor) => t.tell(actor, { record: 'watch', recordId: id, action: MOVE, area: '12a1', input: {} })
    // One county cannot put somebody into the other's books: whoever stands over both does.
    for (const actor of [worker, town, county]) expect(await move(actor)).toBe('outside-jurisdiction')
    expect(await move(duty)).toBe('done')
    const read = (actor: Actor) => t.act(actor, 'watch', id, 'check', reading(36.5))
    expect(await read(worker)).toBe('outside-jurisdiction')
    t.on('2020-02-10', '10:00')
    expect(await read(otherWorker)).toBe('done')
    expect(await booked('11', '2020-02-10')).toEqual({ stock: here.stock - 1, entered: 0, left: 0, out: 1, in_: 0 })
    expect(await booked('12', '2020-02-10')).toEqual({ stock: there.stock + 1, entered: 0, left: 0, out: 0, in_: 1 })
    // A reading that the old worker took before the move and that arrives after it is known at its place.
    t.on('2020-02-10', '11:00')
    expect(await t.act(worker, 'watch', id, 'check', reading(36.6), at('2020-02-09', '08:00'))).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ checksDone: 2, lastTemperature: 36.5, lastCheckDay: '2020-02-10' })
    t.on('2020-02-17', '08:00')
    expect(await read(otherWorker)).toBe('done')
    const left = async (area: string) => (await booked(area, '2020-02-18')).left
    const before = [await left('11'), await left('12')]
    t.on('2020-02-18', '08:00')
    expect(await t.act(otherWorker, 'watch', id, 'release', { signed: true })).toBe('done')
    expect([(await left('11')) - (before[0] ?? 0), (await left('12')) - (before[1] ?? 0)]).toEqual([0, 1])
    expect(await t.differences()).toEqual([])
  })
})
