import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import { registry } from '../../registry.ts'
import { inChargeNow } from './entrusted.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const worker = actor('worker', 'grid-worker', '1/11/11a/11a1/')
const town = actor('town', 'town-clerk', '1/11/11a/')

onServer('somebody who moves', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const here = { area: '11a1' }
    const home = async () => {
      const id = uuid()
      expect(await at.act(worker, 'household', id, 'register', { door: '1栋101', kind: 'family' }, here)).toBe('done')
      return id
    }
    const observed = async (household: string, more: Record<string, unknown> = {}) => {
      const [person, watch] = [uuid(), uuid()]
      expect(await at.act(worker, 'person', person, 'register', { name: '测试甲', household }, here)).toBe('done')
      const input = { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-09', ...more }
      expect(await at.act(worker, 'watch', watch, 'enter', input, here)).toBe('done')
      return { person, watch }
    }
    const column = async (table: string, name: string, where: string) =>
      (await at.db.query<{ v: string | null }>(`select ${name} as v from r_${table} where ${where} order by 1`)).map(({ v }) => v)
    return { ...at, here, home, observed, column }
  }

  it('takes the observation along in the same act, with its visit, its tasks and whoever is in charge there', async () => {
    const at = await setUp()
    const [old, next] = [await at.home(), await at.home()]
    for (const [household, account] of [
      [old, 'of-old'],
      [next, 'of-new'],
    ] as const) {
      const input = { worker: account, account, part: 'grid', from: '2020-02-01', household }
      expect(await at.act(town, 'assignment', uuid(), 'assign', input, at.here)).toBe('done')
    }
    const { person, watch } = await at.observed(old)
    expect(await at.act(worker, 'watch', watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker', wants: '米' })).toBe('done')
    at.on('2020-02-10', '11:00')
    expect(await at.act(worker, 'person', person, 'changeHousehold', { household: next })).toBe('done')
    expect(await at.column('watch', 'household', `id = '${watch}'`)).toEqual([next])
    expect(await at.column('visit', 'household', `watch = '${watch}'`)).toEqual([next])
    expect(await at.column('need', 'household', `watch = '${watch}'`)).toEqual([next])
    await doStandingDuty({ ...at.store, areas: { index: places } }, inChargeNow)
    for (const table of ['visit', 'need']) expect(await at.column(table, 'worker', `watch = '${watch}'`)).toEqual(['of-new'])
    expect(await at.column('watch', 'worker', `id = '${watch}'`)).toEqual(['of-new'])
  })

  it('is visited where they live now when nothing was still due, moves by a changed entry too, and leaves alone what is over', async () => {
    const at = await setUp()
    const [old, next] = [await at.home(), await at.home()]
    const [moves, stays, over] = [await at.observed(old), await at.observed(old), await at.observed(old, { kind: 'self' })]
    for (const id of await at.column('visit', 'id', `household = '${old}'`))
      expect(await at.act(worker, 'visit', String(id), 'finish', { groups: ['none'] })).toBe('done')
    expect(await at.act(town, 'watch', over.watch, 'void', { why: 'mistaken' })).toBe('done')
    at.on('2020-02-10', '12:00')
    for (const { person } of [moves, over]) expect(await at.act(worker, 'person', person, 'update', { household: next })).toBe('done')
    expect(await at.act(worker, 'person', stays.person, 'update', { household: old, birthYear: 1980 })).toBe('done')
    expect(await at.column('watch', 'household', `id in ('${moves.watch}', '${stays.watch}', '${over.watch}')`)).toEqual(
      [next, old, old].sort(),
    )
    expect(await at.column('watch', 'household', `id = '${moves.watch}'`)).toEqual([next])
    expect(await at.column('visit', 'state', `household = '${next}'`)).toEqual(['due'])
  })
})
