import { passes, registry } from '@guatu/domains'
import { type CarriedRow, fixedClock, packRows } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { Replica } from '../../../../packages/client/src/offline/replica.ts'
import { ordersOver } from './device-key.ts'

const NOW = '2020-02-14T02:00:00.000Z'
const CLOSURE = '11111111-0000-4000-8000-000000000001'
const TERM = { start: '2020-02-10T00:00:00.000Z', end: '2020-02-20T00:00:00.000Z' }
/** A town with a closed village, in which a grid came to lie by a reform, and an open village. */
const AREAS = ['v/', 'v/own/', 'v/came/', 'w/'].map((way) => ({
  ...{ id: way.split('/').at(-2) ?? '', name: way, level: way.length > 2 ? 'grid' : 'village' },
  ...{ path: `1/11/t/${way}`, county: '11' },
}))
const row = (id: string, area: string, state: string, fields: Readonly<Record<string, unknown>>): CarriedRow => ({
  ...{ id, county: '11', area, state, version: 1, createdAt: NOW, changedAt: NOW, lastEvent: '', fields },
})

it('a phone offers no pass under an order that does not close where a household lives, though a reform put that into the village', () => {
  const replica = new Replica(registry, fixedClock(NOW), (stamp) => stamp.deviceAt)
  replica.head = {
    ...{ now: NOW, day: '2020-02-14', zone: 'Asia/Shanghai', parameters: {}, records: ['household', 'closure'], heads: {} },
    actor: { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/t/' }] },
    areas: AREAS,
  }
  const homes = AREAS.map(({ id }, i) => row(`00000000-0000-4000-8000-00000000000${i}`, id, 'registered', { door: '7' }))
  replica.take(packRows('household', ['door'], homes))
  replica.take(packRows('closure', ['start', 'end'], [row(CLOSURE, 't', 'inForce', TERM)]))
  const order = { number: passes.shortNumberOf(CLOSURE), path: '1/11/t/', areas: ['1/11/t/v/'], open: ['1/11/t/v/came/'], ...TERM }
  const offered = (closed: readonly passes.GateOrder[]) => homes.map((home) => ordersOver(replica, home, closed).length)
  expect(offered([order])).toEqual([1, 1, 0, 0])
  // Nobody can say of an order that is newer than the book: the register decides.
  expect(offered([])).toEqual([1, 1, 1, 1])
})
