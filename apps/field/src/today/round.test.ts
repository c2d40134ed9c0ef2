import { registry } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { DeviceClock } from '../../../../packages/client/src/offline/device-clock.ts'
import { Outbox } from '../../../../packages/client/src/offline/outbox.ts'
import { Replica } from '../../../../packages/client/src/offline/replica.ts'
import { memoryShelf } from '../../../../packages/client/src/offline/shelf.ts'
import { Vault } from '../../../../packages/client/src/offline/vault.ts'
import { halfAt, halfDue } from './round.ts'

const TODAY = '2020-02-14'
const AREA = { id: 'v', name: '示例村', level: 'village', path: '1/11/v/', county: '11' }
const grid = { id: 'grid', name: 'grid', grants: [{ role: 'grid-worker' as const, path: AREA.path }] }

/** A phone whose clock runs an hour ahead, and has heard from a server that it does, at this time of the city. */
async function phoneAt(time: string) {
  const city = Date.parse(`${TODAY}T${time}:00+08:00`)
  let ids = 0
  const newId = () => {
    ids += 1
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
  }
  const clock = new DeviceClock({ wall: () => city + 3_600_000, running: () => 1_000 }, undefined, newId)
  clock.heard(new Date(city).toISOString(), { wall: city + 3_600_000, running: 1_000 })
  const replica = new Replica(registry, { zone: 'Asia/Shanghai', now: () => clock.now() }, (stamp) => clock.instantOf(stamp))
  replica.head = {
    now: new Date(city).toISOString(),
    day: TODAY,
    zone: 'Asia/Shanghai',
    actor: grid,
    areas: [AREA],
    parameters: Object.fromEntries([...registry.parameters].map(([code, { settings }]) => [code, settings])),
    records: ['watch'],
    heads: {},
  }
  const shelf = memoryShelf()
  const outbox = new Outbox({ shelf, vault: await Vault.of(new Uint8Array(32)), clock, replica, newId })
  const id = newId()
  const input = { person: newId(), kind: 'home', entry: 'list', class: 'listed' }
  expect((await outbox.add([{ record: 'watch', id, action: 'enter', area: AREA.id, input }])).ok).toBe(true)
  const read = (half: 'morning' | 'evening') =>
    outbox.add([{ record: 'watch', id, action: 'check', input: { half, temperature: 36.5, how: 'worker' } }])
  return { replica, outbox, shelf, read }
}

it('refuses an evening reading before its time by the clock of the city, and keeps nothing of it', async () => {
  const morning = await phoneAt('11:30')
  const refused = await morning.read('evening')
  expect(refused).toMatchObject({ ok: false, problem: { code: 'reading-too-early', data: { opens: '12:00' } } })
  expect(morning.outbox.entries.map(({ act }) => act.action)).toEqual(['enter'])
  expect(await morning.shelf.entries()).toHaveLength(1)
  expect((await morning.read('morning')).ok).toBe(true)
  const noon = await phoneAt('12:00')
  expect((await noon.read('evening')).ok).toBe(true)
})

it('asks for the half day that is read now, and in the evening also for a morning that was missed', async () => {
  const { replica } = await phoneAt('11:30')
  expect(['00:00', '11:59', '12:00', '23:59'].map((time) => halfAt(replica, TODAY, time))).toEqual([
    'morning',
    'morning',
    'evening',
    'evening',
  ])
  const row = (dueMorning: string, dueEvening: string) => ({ fields: { dueMorning, dueEvening } }) as unknown as CarriedRow
  expect(halfDue(row('2020-02-15', TODAY), TODAY, 'morning')).toBeUndefined()
  expect(halfDue(row('2020-02-15', TODAY), TODAY, 'evening')).toBe('evening')
  expect(halfDue(row(TODAY, '2020-02-15'), TODAY, 'evening')).toBe('morning')
})
