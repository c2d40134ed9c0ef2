import { buildRegistry, type StandingDuty, SYSTEM, toExpression } from '@guatu/kernel'
import { cast, lighthouse } from '@guatu/testing'
import { expect, it, onTestFinished, vi } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../testing/src/stores/lighthouse-store.ts'
import { watchClock } from './clock-watch.ts'

it('looks at the clock as a day begins: the records of a reform move, and another process knows it', async () => {
  const place = await testEngine('postgres').place(lighthouseTables)
  const [{ store, clock }, other] = [await lighthouseStore(place), await lighthouseStore(place)]
  const clerk = { ...cast.townClerk, grants: [{ role: 'town-clerk' as const, path: '1/' }] }
  const recordId = crypto.randomUUID()
  const built = await store.writer.submit(
    {
      id: crypto.randomUUID(),
      record: 'lamp',
      recordId,
      action: 'build',
      area: '11a1',
      input: { number: 'DT-00001', name: '塔', colour: 'red', candela: 10 },
    },
    clerk,
  )
  expect(built.ok).toBe(true)
  const confirmed = await store.areas.confirm(
    [{ kind: 'merged', ids: ['11a1'], into: '11a2', date: '2020-02-15', instrument: '并村文件' }],
    SYSTEM,
    store.writer,
  )
  expect(confirmed).toMatchObject({ ok: true, value: { moved: 0 } })

  for (const one of [clock, other.clock]) one.set('2020-02-14T15:59:59Z')
  const watches = [store, other.store].map((one) => watchClock(one, () => undefined, 3_600_000))
  onTestFinished(async () => {
    for (const watch of watches) await watch.stop()
    for (const one of [store, other.store]) await one.close()
  })
  expect(other.store.areas.tree.asOf('2020-02-15').get('11a1')).toBeDefined()
  for (const one of [clock, other.clock]) one.set('2020-02-14T16:00:00Z')
  const area = async () => (await store.db.query<{ area: string }>('select area from r_lamp'))[0]?.area
  await vi.waitFor(async () => expect(await area()).toBe('11a2'), { timeout: 15_000, interval: 100 })
  await vi.waitFor(() => expect(other.store.areas.tree.asOf('2020-02-15').get('11a1')).toBeUndefined(), { timeout: 15_000, interval: 100 })
})

it('tries a standing duty that failed again at its next look, not at once and again, and forgets nothing of what moved', async () => {
  const { store } = await lighthouseStore(await testEngine('pglite').place(lighthouseTables))
  let ill = true
  let tried = 0
  const lit: StandingDuty = {
    name: 'lit',
    record: 'lamp',
    where: toExpression({ state: 'dark' }),
    on: ['lamp'],
    related: {},
    act: () => {
      tried += 1
      if (ill) throw new Error('ill')
      return { action: 'light', input: {} }
    },
  }
  const registry = buildRegistry([{ ...lighthouse, standing: [lit] }])
  const watch = watchClock(Object.create(store, { registry: { value: registry } }), () => undefined, 3_600_000)
  onTestFinished(async () => {
    await watch.stop()
    await store.close()
  })
  await watch.look()
  const id = crypto.randomUUID()
  const input = { number: 'DT-00001', name: '塔', colour: 'red', candela: 10 }
  await store.writer.submit({ id, record: 'lamp', recordId: id, action: 'build', area: '11a1', input }, SYSTEM)
  await vi.waitFor(() => expect(tried).toBe(1), { timeout: 15_000, interval: 50 })
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(tried).toBe(1)
  ill = false
  await watch.look()
  expect(await store.db.query('select state from r_lamp')).toEqual([{ state: 'lit' }])
})

it('looks everywhere where a standing duty asks for it, else where something was done, if that concerns it', async () => {
  const { store } = await lighthouseStore(await testEngine('pglite').place())
  const looked: string[] = []
  const duty = (name: string): StandingDuty => ({
    name,
    record: 'lamp',
    where: toExpression({ state: 'dark' }),
    on: ['lamp'],
    related: {},
    act: ({ area }) => {
      looked.push(`${name} ${area}`)
      return undefined
    },
  })
  const few = { ...duty('few'), concerns: (_act: unknown, { area }: { readonly area: string }) => area === '11a2' }
  const registry = buildRegistry([{ ...lighthouse, standing: [duty('here'), { ...duty('anywhere'), anywhere: true }, few] }])
  const watch = watchClock(Object.create(store, { registry: { value: registry } }), () => undefined, 3_600_000)
  onTestFinished(async () => {
    await watch.stop()
    await store.close()
  })
  await watch.look()
  for (const [i, area] of ['11a1', '11a2'].entries()) {
    looked.length = 0
    const id = crypto.randomUUID()
    const input = { number: `DT-0000${i}`, name: '塔', colour: 'red', candela: 10 }
    await store.writer.submit({ id, record: 'lamp', recordId: id, action: 'build', area, input }, SYSTEM)
    await vi.waitFor(() => expect(looked).toContain(`anywhere ${area}`), { timeout: 15_000, interval: 50 })
  }
  await watch.look()
  expect(looked.toSorted()).toEqual(['anywhere 11a1', 'anywhere 11a2', 'few 11a2', 'here 11a2'])
})
