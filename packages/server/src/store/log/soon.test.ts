import { buildRegistry } from '@guatu/kernel'
import { lighthouse, places } from '@guatu/testing'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { soon, soonEach } from './soon.ts'
import { Workspace } from './workspace.ts'

const registry = buildRegistry([lighthouse])
const lamp = registry.records.get('lamp')
if (!lamp) throw new Error('no lamp')

onBothEngines('what an act looks at', (engine) => {
  it('is had at once where its round asked for it, and asked for where not', async () => {
    const db = await engine.open<unknown>({}, migrated(tablesOf(registry)))
    const work = new Workspace(db, registry, places)
    const [id, other] = [crypto.randomUUID(), crypto.randomUUID()]
    await work.meet({
      pointing: [
        { def: lamp, by: 'id', value: id },
        { def: lamp, by: 'name', value: '北岸灯塔' },
      ],
      ways: [],
      records: registry.records,
      named: () => new Set(),
      since: undefined,
      late: new Map(),
      areas: () => new Set(),
      places: () => new Set(),
      figures: () => [],
    })
    expect(work.state(lamp, id)).toBeUndefined()
    expect(work.where(lamp, 'name', ['北岸灯塔'])).toEqual([])
    const asked = [work.state(lamp, other), work.where(lamp, 'name', ['南岸灯塔'])]
    expect(asked.map((one) => one instanceof Promise)).toEqual([true, true])
    expect(await Promise.all(asked)).toEqual([undefined, []])
    // Whoever was asked for and is not there is known not to be.
    expect(work.state(lamp, other)).toBeUndefined()
  })
})

it('goes on at once with what is known, and one after the other with what is not', async () => {
  expect(soon(1, (one) => one + 1)).toBe(2)
  expect(soonEach([1, 2], (one) => one + 1)).toEqual([2, 3])
  const begun: number[] = []
  const later = soonEach([1, 2, 3], (one) => {
    begun.push(one)
    return one === 1 ? one : new Promise<number>((resolve) => setImmediate(() => resolve(one * 10)))
  })
  expect(begun).toEqual([1, 2])
  expect(await later).toEqual([1, 20, 30])
  await expect(soon(Promise.reject(new Error('lost')), () => 1)).rejects.toThrow('lost')
})
