import { MOVE } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import { at, fromWuhan, staff, takeBack, townOn, townTables, uuid } from '../testing/town.ts'
import { fetchedNoMore } from './died.ts'
import { transferId } from './sick.ts'

const { worker, town, county, doctor, gate } = staff
const reading = (temperature: number, half = 'morning') => ({ half, temperature, how: 'worker' })

onServer('one transfer for a person', (engine) => {
  const database = engine.shared<unknown>(townTables)

  const setUp = async (day = '2020-02-06') => {
    const t = await townOn(database(), day)
    const transfers = async (person: string) =>
      (await t.all('transfer', `person = '${person}'`)).map(({ id, state, fields }) => [
        id === transferId(person) ? 'first' : id === transferId(person, transferId(person)) ? 'second' : 'by hand',
        state,
        fields.highest,
      ])
    const watchOf = async (person: string) => {
      const [watch] = await t.all('watch', `person = '${person}'`)
      if (!watch) throw new Error('not observed')
      return watch
    }
    const told = async (person: string) => {
      const [transfer] = await t.all('transfer', `person = '${person}'`)
      const where = transfer?.fields.household === undefined ? `worker = 'nobody'` : `household = '${String(transfer.fields.household)}'`
      return (await t.all('need', `kind = 'tell' and ${where}`)).map(({ fields }) => fields.worker)
    }
    const observed = async (more: Record<string, unknown> = {}) => {
      const [id, person] = [uuid(), uuid()]
      const enter = { person, kind: 'home', entry: 'list', class: 'other', household: uuid(), worker: 'w1', ...more }
      expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
      return { id, person }
    }
    return { ...t, transfers, watchOf, told, observed }
  }
  type Town = Awaited<ReturnType<typeof setUp>>

  /** Ways in which signs become known of somebody who is under observation, beside its readings. */
  const WAYS: Readonly<Record<string, (t: Town, person: string) => Promise<string>>> = {
    'by hand': (t, person) => t.act(town, 'transfer', uuid(), 'open', { person, reason: 'signs' }),
    'at an arrival': (t, person) => t.act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person, temperature: 38.6 })),
    'at a departure': async (t, person) => {
      // Of whoever is observed at home nobody declares a departure: it is that of somebody who monitors their own health.
      const leaves = { person, channel: 'worker', leavesOn: '2020-02-07', destination: '广东省深圳市', purpose: 'work' }
      return t.act(worker, 'departure', uuid(), 'declare', { ...leaves, temperature: 38.6 })
    },
  }

  it.each(Object.keys(WAYS))(
    'stands on the observation, tells, and holds the release until it is cleared, when it became known %s',
    async (way) => {
      const t = await setUp()
      const kind = way === 'at a departure' ? 'self' : 'home'
      const { id, person } = await t.observed({ kind })
      const signs = await t.stock('signs')
      expect(await WAYS[way]?.(t, person)).toBe('done')
      expect(await t.transfers(person)).toMatchObject([[way === 'by hand' ? way : 'first', 'open', way === 'by hand' ? undefined : 38.6]])
      const [transfer] = await t.all('transfer', `person = '${person}'`)
      expect((await t.get('watch', id)).fields).toMatchObject({
        alarm: true,
        alarmOn: '2020-02-06',
        everSick: true,
        transfer: transfer?.id,
      })
      expect(transfer?.fields.watch).toBe(id)
      expect(await t.told(person)).toEqual(['w1'])
      expect((await t.stock('signs')) - signs).toBe(1)
      // A reading joins it, another declaration by hand is led to it.
      expect(await t.act(worker, 'watch', id, 'check', reading(39))).toBe('done')
      expect(await t.transfers(person)).toMatchObject([[way === 'by hand' ? way : 'first', 'open', 39]])
      expect(await t.act(town, 'transfer', uuid(), 'open', { person, reason: 'positive' })).toBe('transfer-under-way input.person')
      const { until } = (await t.get('watch', id)).fields
      t.on(String(until))
      expect(await t.act(worker, 'watch', id, 'check', reading(36.5))).toBe('done')
      expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('signs-open')
      expect(await t.act(doctor, 'transfer', transfer?.id ?? '', 'clear')).toBe('done')
      expect((await t.get('watch', id)).fields).not.toHaveProperty('alarm')
      expect((await t.get('watch', id)).fields).not.toHaveProperty('transfer')
      expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('done')
      expect(await t.differences()).toEqual([])
    },
  )

  it('takes along what was declared when the observation began by it, and follows the clinic to confirmed', async () => {
    const t = await setUp()
    const person = uuid()
    const before = await t.stock('confirmed')
    const declared = fromWuhan({ person, temperature: 38.2, symptoms: ['cough'], household: uuid() })
    expect(await t.act(worker, 'arrival', uuid(), 'declare', declared)).toBe('done')
    const { id, fields } = await t.watchOf(person)
    expect(fields).toMatchObject({ alarm: true, everSick: true, transfer: transferId(person) })
    expect(await t.act(worker, 'watch', id, 'check', reading(38.4))).toBe('done')
    expect(await t.transfers(person)).toEqual([['first', 'open', 38.4]])
    expect(await t.told(person)).toHaveLength(1)
    expect(await t.act(doctor, 'transfer', transferId(person), 'confirm')).toBe('done')
    expect((await t.get('watch', id)).state).toBe('confirmed')
    expect((await t.stock('confirmed')) - before).toBe(1)
    expect(await t.differences()).toEqual([])
  })

  it('takes the task of telling along to another area where no home is known, whatever observation it was asked for by', async () => {
    const t = await setUp()
    const [transfer, person] = [uuid(), uuid()]
    expect(await t.act(worker, 'watch', uuid(), 'enter', { person, kind: 'home', entry: 'list', class: 'other', worker: 'w1' })).toBe(
      'done',
    )
    expect(await t.act(town, 'transfer', transfer, 'open', { person, reason: 'signs' })).toBe('done')
    const tells = async () => (await t.all('need', `transfer = '${transfer}'`)).map(({ area, state }) => [area, state])
    expect(await tells()).toEqual([['11a1', 'open']])
    t.on('2020-02-07')
    expect(await t.tell(county, { record: 'transfer', recordId: transfer, action: MOVE, area: '11a2', input: {} })).toBe('done')
    expect(await tells()).toEqual([['11a2', 'open']])
    expect(await t.differences()).toEqual([])
  })

  it('is known of by an observation that begins later, and by whoever is in charge then', async () => {
    const t = await setUp()
    const person = uuid()
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-07', destination: '广东省深圳市', purpose: 'work', temperature: 38.6 }
    expect(await t.act(worker, 'departure', uuid(), 'declare', leaves)).toBe('done')
    const [transfer] = await t.all('transfer', `person = '${person}'`)
    expect(transfer?.fields).not.toHaveProperty('household')
    // No household is known: somebody is told all the same.
    expect((await t.all('need', `kind = 'tell' and household is null and due_on = '2020-02-06'`)).length).toBeGreaterThan(0)
    t.on('2020-02-08')
    const enter = { person, kind: 'home', entry: 'list', class: 'other', household: uuid(), worker: 'w9' }
    const id = uuid()
    expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ alarm: true, alarmOn: '2020-02-08', transfer: transferId(person) })
    expect((await t.get('transfer', transferId(person))).fields).toMatchObject({ watch: id, household: enter.household })
    expect(await t.told(person)).toEqual(['w9'])
    expect(await t.act(doctor, 'transfer', transferId(person), 'suspect')).toBe('done')
    expect((await t.get('watch', id)).state).toBe('transferred')
    expect(await t.act(doctor, 'transfer', transferId(person), 'clear')).toBe('done')
    expect((await t.get('watch', id)).state).toBe('watching')
    expect(await t.differences()).toEqual([])
  })

  it('counts whoever is confirmed once: by the observation that ended, and where none did by the transfer', async () => {
    const t = await setUp()
    const counted = async () => [await t.stock('confirmed'), await t.stock('confirmedUnobserved')] as const
    const [observed, alone] = await counted()
    const send = async (person: string) => {
      const id = uuid()
      expect(await t.act(town, 'transfer', id, 'open', { person, reason: 'positive' })).toBe('done')
      return id
    }
    // Never observed; observed; confirmed by hand first; entered wrongly after all, and released before.
    const [by, first, wrong, released] = [
      await t.observed(),
      await t.observed(),
      await t.observed(),
      await t.observed({ from: '2020-02-01' }),
    ]
    t.on(String((await t.get('watch', released.id)).fields.until))
    expect(await t.act(worker, 'watch', released.id, 'check', reading(36.5))).toBe('done')
    expect(await t.act(worker, 'watch', released.id, 'release', { signed: true })).toBe('done')
    const ways = [await send(uuid())]
    for (const { person } of [by, first, wrong, released]) ways.push(await send(person))
    expect(await t.act(doctor, 'watch', first.id, 'confirm')).toBe('done')
    expect(await t.act(county, 'watch', wrong.id, 'void', { why: 'mistaken' })).toBe('done')
    for (const way of ways) expect(await t.act(doctor, 'transfer', way, 'confirm')).toBe('done')
    expect(await counted()).toEqual([observed + 2, alone + 3])
    expect(await t.act(doctor, 'transfer', ways[0] ?? '', 'reconsider', { reason: '点错' })).toBe('done')
    expect(await counted()).toEqual([observed + 2, alone + 2])
    expect(await t.act(doctor, 'transfer', ways[0] ?? '', 'clear')).toBe('done')
    expect(await counted()).toEqual([observed + 2, alone + 2])
    expect(await t.differences()).toEqual([])
  })

  it('for another illness holds the release too, and is no sign', async () => {
    const t = await setUp()
    const { id, person } = await t.observed({ from: '2020-02-01' })
    const hand = uuid()
    expect(await t.act(town, 'transfer', hand, 'open', { person, reason: 'illness' })).toBe('done')
    expect((await t.get('watch', id)).fields).not.toHaveProperty('alarm')
    const { until } = (await t.get('watch', id)).fields
    t.on(String(until))
    expect(await t.act(worker, 'watch', id, 'check', reading(36.5))).toBe('done')
    expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('transfer-under-way')
    expect(await t.act(doctor, 'transfer', hand, 'cancel', { reason: '已就医' })).toBe('done')
    expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('done')
  })

  it('is followed by a new one on the same day; a correction of something else asks for none', async () => {
    const t = await setUp()
    const [person, arrival] = [uuid(), uuid()]
    expect(await t.act(worker, 'arrival', arrival, 'declare', fromWuhan({ person, temperature: 38.2 }))).toBe('done')
    expect(await t.act(doctor, 'transfer', transferId(person), 'cancel', { reason: '误测' })).toBe('done')
    t.on('2020-02-06', '10:00')
    expect(await t.act(worker, 'arrival', arrival, 'amend', { via: '四川省达州市' })).toBe('done')
    expect(await t.transfers(person)).toEqual([['first', 'cancelled', 38.2]])
    expect(await t.act(worker, 'arrival', arrival, 'amend', { symptoms: ['cough'] })).toBe('done')
    expect(await t.transfers(person)).toMatchObject([
      ['first', 'cancelled', 38.2],
      ['second', 'open', undefined],
    ])
    expect((await t.watchOf(person)).fields).toMatchObject({ alarm: true, clearedOn: '2020-02-06' })
    expect(await t.differences()).toEqual([])
  })

  it('holds back whoever wants to leave the city, and fever on the way out asks for one', async () => {
    const t = await setUp()
    const { id, person } = await t.observed({ kind: 'self' })
    const departure = uuid()
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-06', destination: '广东省深圳市', purpose: 'work', temperature: 36.5 }
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    expect(await t.transfers(person)).toEqual([])
    expect(await t.act(gate, 'departure', departure, 'confirm', { temperature: 39.1 })).toBe('fever-on-leaving input.temperature')
    expect(await t.act(gate, 'departure', departure, 'amend', { temperature: 39.1 })).toBe('done')
    expect(await t.transfers(person)).toEqual([['first', 'open', 39.1]])
    expect(await t.act(gate, 'departure', departure, 'confirm')).toBe('transfer-under-way')
    expect(await t.get('watch', id)).toMatchObject({ state: 'watching', fields: { alarm: true } })
    expect(await t.act(doctor, 'transfer', transferId(person), 'clear')).toBe('done')
    expect(await t.act(gate, 'departure', departure, 'confirm', { temperature: 36.7 })).toBe('done')
    expect((await t.get('watch', id)).state).toBe('transferred')
    // What a transfer rests on is said anew, not changed under it.
    const [next, event] = [uuid(), uuid()]
    const input = { ...leaves, leavesOn: '2020-02-09', temperature: 36.6 }
    expect(await t.tell(worker, { id: event, record: 'departure', recordId: next, action: 'declare', area: '11a1', input })).toBe('done')
    const correction = { event, reason: '看错温度计', input: { temperature: 38.6 } }
    expect(await t.act(worker, 'departure', next, 'correct', correction)).toBe('correction-settled input.input.temperature')
  })

  it('keeps signs of a correction off the road until they are looked at', async () => {
    const t = await setUp()
    const { id, person } = await t.observed({ kind: 'self' })
    const event = uuid()
    t.on('2020-02-06', '18:00')
    expect(await t.tell(worker, { id: event, record: 'watch', recordId: id, action: 'check', input: reading(36.8, 'evening') })).toBe(
      'done',
    )
    const correction = { event, reason: '看错温度计', input: { temperature: 38.6 } }
    expect(await t.act(worker, 'watch', id, 'correct', correction)).toBe('done')
    const departure = uuid()
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-06', destination: '广东省深圳市', purpose: 'work' }
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    expect(await t.act(worker, 'departure', departure, 'confirm')).toBe('transfer-under-way')
  })

  it('is the same in whatever order a declaration and readings become known', async () => {
    const t = await setUp('2020-02-09')
    const lived = async (order: readonly ('arrival' | 'first' | 'second')[]) => {
      const [person, household, id] = [uuid(), uuid(), uuid()]
      const enter = { person, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-04', worker: 'w1' }
      expect(await t.act(worker, 'watch', id, 'enter', enter, at('2020-02-05', '08:00'))).toBe('done')
      const acts = {
        arrival: () => t.act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person, temperature: 37.9 }), at('2020-02-06', '08:00')),
        first: () => t.act(worker, 'watch', id, 'check', reading(38.1), at('2020-02-07', '08:00')),
        second: () => t.act(worker, 'watch', id, 'check', reading(38.8), at('2020-02-08', '08:00')),
      }
      for (const one of order) expect(await acts[one]()).toBe('done')
      const { person: _p, household: _h, arrival: _a, transfer, ...fields } = (await t.get('watch', id)).fields
      expect(transfer).toBe(transferId(person))
      const [way] = await t.all('transfer', `person = '${person}'`)
      return { fields, transfers: await t.transfers(person), told: await t.told(person), openedOn: way?.fields.openedOn }
    }
    const inOrder = await lived(['arrival', 'first', 'second'])
    expect(inOrder).toMatchObject({ transfers: [['first', 'open', 38.8]], told: ['w1'], openedOn: '2020-02-06' })
    expect(await lived(['second', 'first', 'arrival'])).toEqual(inOrder)
    expect(await lived(['first', 'arrival', 'second'])).toEqual(inOrder)
    expect(await t.differences()).toEqual([])
  })

  it('knows no home of whoever is observed elsewhere than they are registered, and that of whoever is observed nowhere', async () => {
    const t = await setUp()
    const home = async (observed: boolean) => {
      const [person, household, watch] = [uuid(), uuid(), uuid()]
      const register = { recordId: person, action: 'register', input: { name: '甲', household } }
      expect(
        await t.tell({ ...town, grants: [{ role: 'town-clerk', path: '1/12/' }] }, { record: 'person', area: '12a1', ...register }),
      ).toBe('done')
      if (observed)
        expect(await t.act(worker, 'watch', watch, 'enter', { person, kind: 'home', entry: 'list', class: 'other' })).toBe('done')
      if (observed) expect(await t.act(worker, 'watch', watch, 'check', reading(38.5))).toBe('done')
      else expect(await t.act(town, 'transfer', uuid(), 'open', { person, reason: 'signs' })).toBe('done')
      const [transfer] = await t.all('transfer', `person = '${person}'`)
      return transfer?.fields.household === household ? 'theirs' : transfer?.fields.household
    }
    expect([await home(true), await home(false)]).toEqual([undefined, 'theirs'])
    expect(await t.differences()).toEqual([])
  })

  it('is on the way to the clinic no more once they have died, whichever becomes known first, and is again where that was a mistake', async () => {
    const t = await setUp()
    const look = () => doStandingDuty({ ...t.store, areas: { index: places } }, fetchedNoMore)
    const { id, person } = await t.observed()
    const ways = async () => [
      ...(await t.transfers(person)).map(([, state]) => state),
      ...(await t.all('need', `kind = 'tell' and household = '${String((await t.watchOf(person)).fields.household)}'`)).map(
        ({ state }) => state,
      ),
    ]
    expect(await t.act(worker, 'watch', id, 'check', reading(38.2))).toBe('done')
    await look()
    expect(await ways()).toEqual(['open', 'open'])
    expect(await t.act(doctor, 'watch', id, 'die')).toBe('done')
    await look()
    expect(await ways()).toEqual(['cancelled', 'lapsed'])
    expect(await takeBack(t, doctor, 'watch', id, 'die')).toBe('done')
    await look()
    expect(await ways()).toEqual(['open', 'open'])
    expect(await t.watchOf(person)).toMatchObject({ state: 'watching', fields: { alarm: true, transfer: transferId(person) } })

    // The signs become known only after the death; whom the clinic has it settles itself.
    const late = await t.observed()
    t.on('2020-02-07')
    expect(await t.act(doctor, 'watch', late.id, 'die')).toBe('done')
    expect(await t.act(worker, 'watch', late.id, 'check', reading(38.4), at('2020-02-06', '20:00'))).toBe('done')
    const there = await t.observed()
    expect(await t.act(worker, 'watch', there.id, 'check', reading(38.2))).toBe('done')
    expect(await t.act(doctor, 'transfer', transferId(there.person), 'admit')).toBe('done')
    expect(await t.act(doctor, 'watch', there.id, 'die')).toBe('done')
    await look()
    expect([await t.transfers(late.person), await t.transfers(there.person)]).toMatchObject([
      [['first', 'cancelled', 38.4]],
      [['first', 'admitted', 38.2]],
    ])
    expect(await t.differences()).toEqual([])
  })
})
