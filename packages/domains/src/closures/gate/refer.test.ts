import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const staff = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
const gate = staff('gate', { role: 'gate-officer', path: '1/12/' })
const worker = staff('worker', { role: 'grid-worker', path: '1/11/11a/11a1/' })
const county = staff('county', { role: 'county-clerk', path: '1/11/' })
const duty = staff('duty', { role: 'duty-officer', path: '1/' })
const HERE = { area: '11a1' }

onServer('a fever at a gate', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const registered = async (household?: string) => {
      const id = uuid()
      const input = { name: '测试甲', documentType: 'none', ...(household === undefined ? {} : { household }) }
      expect(await at.act(worker, 'person', id, 'register', input, HERE)).toBe('done')
      return id
    }
    const home = async () => {
      const id = uuid()
      expect(await at.act(worker, 'household', id, 'register', { door: '1栋101', kind: 'family' }, HERE)).toBe('done')
      return id
    }
    const observed = async (person: string) => {
      const id = uuid()
      const enter = { person, kind: 'self', entry: 'list', class: 'other', worker: 'w1' }
      expect(await at.act(worker, 'watch', id, 'enter', enter, HERE)).toBe('done')
      return id
    }
    const crosses = async (person: string, temperature: number | undefined, decision: string) => {
      const line = { gate: 'road', direction: 'in', person, listed: false, home: true, local: true, destination: '11a1', decision }
      const input = temperature === undefined ? line : { ...line, temperature }
      const id = uuid()
      expect(await at.act(gate, 'crossing', id, 'record', input, { area: '12' })).toBe('done')
      return id
    }
    const transfers = async (person: string) =>
      (
        await at.db.query<{ id: string; state: string; highest: string | null; household: string | null; watch: string | null }>(
          'select id, state, highest, household, watch from r_transfer where person = $1 order by created_at, id',
          [person],
        )
      ).map((row) => ({ ...row, highest: row.highest === null ? undefined : Number(row.highest) }))
    const told = async (household: string) =>
      (await at.db.query<{ worker: string | null }>(`select worker from r_need where kind = 'tell' and household = $1`, [household])).map(
        ({ worker }) => worker,
      )
    return { ...at, registered, home, observed, crosses, transfers, told }
  }

  it('tells the household and its worker, stands on the observation, and ends it with what the clinic finds', async () => {
    const at = await setUp()
    const household = await at.home()
    const person = await at.registered(household)
    const watch = await at.observed(person)
    await at.crosses(person, 38.5, 'clinic')
    const [transfer] = await at.transfers(person)
    expect(transfer).toMatchObject({ state: 'open', highest: 38.5, household, watch })
    expect(await at.told(household)).toEqual(['w1'])
    expect(await at.row('watch', watch)).toMatchObject({ alarm: true, ever_sick: true, transfer: transfer?.id })
    const check = { half: 'morning', temperature: 38.9, how: 'worker' }
    expect(await at.act(worker, 'watch', watch, 'check', check)).toBe('done')
    expect(await at.transfers(person)).toMatchObject([{ state: 'open', highest: 38.9 }])
    expect(await at.act(county, 'transfer', transfer?.id ?? '', 'confirm')).toBe('done')
    expect(await at.row('watch', watch)).toMatchObject({ state: 'confirmed' })
  })

  it('opens another transfer on the same day after the first was cancelled, and none while it is under way', async () => {
    const at = await setUp()
    const person = await at.registered(await at.home())
    await at.crosses(person, 38.5, 'clinic')
    await at.crosses(person, undefined, 'holding')
    const [first] = await at.transfers(person)
    expect(await at.transfers(person)).toHaveLength(1)
    expect(await at.act(county, 'transfer', first?.id ?? '', 'cancel', { reason: '误测' })).toBe('done')
    at.on('2020-02-10', '11:00')
    await at.crosses(person, 36.5, 'pass')
    expect(await at.transfers(person)).toHaveLength(1)
    // Whatever was decided there: a fever is one.
    await at.crosses(person, 39.5, 'pass')
    expect(await at.transfers(person)).toMatchObject([
      { state: 'cancelled', highest: 38.5 },
      { state: 'open', highest: 39.5 },
    ])
  })

  it('struck as a mistake takes the transfer along, and its signs off the observation, unless a reading asked for it too', async () => {
    const at = await setUp()
    const lines = async (read: boolean) => {
      const person = await at.registered(await at.home())
      const watch = await at.observed(person)
      const line = await at.crosses(person, 38.5, 'clinic')
      const check = { half: 'morning', temperature: 37.9, how: 'worker' }
      if (read) expect(await at.act(worker, 'watch', watch, 'check', check)).toBe('done')
      expect(await at.act(duty, 'crossing', line, 'cancel', { cancelReason: '点错了人' })).toBe('done')
      const [transfer] = await at.transfers(person)
      return [transfer?.state, (await at.row('watch', watch))?.alarm]
    }
    expect(await lines(false)).toEqual(['cancelled', null])
    expect(await lines(true)).toEqual(['open', true])
  })

  it('is that of the person, whichever entry of the register somebody wrote down', async () => {
    const at = await setUp()
    const [household, other] = [await at.home(), await at.home()]
    const [kept, merged] = [await at.registered(household), await at.registered(other)]
    const watch = await at.observed(kept)
    expect(await at.act(county, 'person', merged, 'merge', { mergedInto: kept })).toBe('done')
    await at.crosses(merged, 38.5, 'clinic')
    const [transfer] = await at.transfers(merged)
    expect(await at.row('watch', watch)).toMatchObject({ alarm: true, transfer: transfer?.id })
    expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 38.9, how: 'worker' })).toBe('done')
    expect(await at.transfers(kept)).toEqual([])
    expect(await at.transfers(merged)).toMatchObject([{ state: 'open', highest: 38.9, watch }])
    expect(await at.act(duty, 'transfer', uuid(), 'open', { person: kept, reason: 'positive' }, HERE)).toBe(
      'transfer-under-way input.person',
    )
    // And nobody leaves the city by another entry.
    const departure = uuid()
    const leaves = { person: kept, channel: 'worker', leavesOn: '2020-02-10', destination: '广东省深圳市', purpose: 'work' }
    expect(await at.act(worker, 'departure', departure, 'declare', leaves, HERE)).toBe('done')
    expect(await at.act(worker, 'departure', departure, 'confirm')).toBe('transfer-under-way')
    expect(await at.act(duty, 'transfer', transfer?.id ?? '', 'clear')).toBe('done')
    expect(await at.row('watch', watch)).toMatchObject({ alarm: null, transfer: null })
    expect(await at.act(worker, 'departure', departure, 'confirm')).toBe('done')
  })
})
