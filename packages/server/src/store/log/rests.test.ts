import { registry as domains } from '@guatu/domains'
import { buildRegistry, type Command, derivedId, fixedClock, readParameters } from '@guatu/kernel'
import { cast, lighthouse, places } from '@guatu/testing'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { openCity } from '../../http/testing/city.ts'
import { createWriter } from './writer.ts'

const registry = buildRegistry([lighthouse])
const tables = migrated(tablesOf(registry))
const uuid = () => crypto.randomUUID()
const day = (time: string) => `2020-02-14T${time}:00.000Z`

onBothEngines('acts that rest on other records', (engine) => {
  const setUp = async () => {
    const db = await engine.open<unknown>({}, tables)
    const clock = fixedClock(day('01:00'))
    const settings = new Map(lighthouse.parameters.map((p) => [p.code, p.settings]))
    const parameters = (on: string, path: string) => readParameters(settings, on, path)
    const asked: string[] = []
    const listening: typeof db = {
      ...db,
      query: (sql, values) => {
        asked.push(sql)
        return db.query(sql, values)
      },
      read: (sql, values) => {
        asked.push(sql)
        return db.read(sql, values)
      },
    }
    const writer = createWriter(listening, { registry, clock, areas: () => places, parameters }, () => undefined)
    const lamp = uuid()
    const submit = async (
      record: string,
      recordId: string,
      action: string,
      input: Command['input'],
      actor = cast.townClerk,
      happenedAt?: string,
    ) => {
      const done = await writer.submit(
        { id: uuid(), record, recordId, action, area: '11a1', input, ...(happenedAt === undefined ? {} : { happenedAt }) },
        actor,
      )
      return done.ok ? done.value.event.happenedAt : done.problem.code
    }
    const name = { number: 'DT-00000001', name: '北岸灯塔', colour: 'red', candela: 100 }
    await submit('lamp', lamp, 'build', name)
    const at = (time: string) => clock.set(day(time))
    const repair = (id: string, happenedAt?: string) =>
      submit('repair', id, 'order', { lamp, what: '换灯泡', due: '2020-02-20' }, cast.townClerk, happenedAt)
    const finish = (id: string, happenedAt?: string) => submit('repair', id, 'finish', { hours: 2 }, cast.townClerk, happenedAt)
    const retire = (happenedAt?: string) => submit('lamp', lamp, 'retire', { reason: '旧' }, cast.countyClerk, happenedAt)
    return { at, submit, repair, finish, retire, clock, asked }
  }

  it('are judged by the others as they stood when they were done', async () => {
    const { at, repair, finish, retire } = await setUp()
    const id = uuid()
    at('03:00')
    await repair(id)
    at('05:00')
    await finish(id)
    at('06:00')
    // The repair is finished now, and was not begun at two; at four it was under way.
    expect(await retire(day('04:00'))).toBe('repair-open')
    expect(await retire(day('02:00'))).toBe(day('02:00'))
  })

  it('are looked for once, however many acts become known late together', async () => {
    const { at, repair, asked } = await setUp()
    at('06:00')
    const ids = Array.from({ length: 40 }, uuid)
    asked.length = 0
    expect(new Set(await Promise.all(ids.map((id) => repair(id, day('03:00')))))).toEqual(new Set([day('03:00')]))
    expect(asked.length).toBeLessThan(10)
  })

  it('are put into the histories of many records that are read at once', async () => {
    const { at, submit, asked } = await setUp()
    const lamps = Array.from({ length: 40 }, uuid)
    const refit = (input: Command['input'], happenedAt: string) =>
      Promise.all(lamps.map((id) => submit('lamp', id, 'refit', input, cast.townClerk, happenedAt)))
    for (const [i, id] of lamps.entries()) {
      const number = `DT-000001${String(i).padStart(2, '0')}`
      await submit('lamp', id, 'build', { number, name: '南岸灯塔', colour: 'red', candela: 100 })
    }
    at('06:00')
    await refit({ colour: 'white' }, day('05:00'))
    asked.length = 0
    expect(new Set(await refit({ candela: 200 }, day('04:00')))).toEqual(new Set([day('04:00')]))
    expect(asked.filter((sql) => sql.includes(' from events where record = ')).length).toBeLessThan(3)
  })

  it('hold back what becomes known late and would have forbidden them, and nothing else', async () => {
    const { at, repair, retire } = await setUp()
    at('04:00')
    expect(await retire()).toBe(day('04:00'))
    at('06:00')
    const id = uuid()
    expect(await repair(id, day('03:00'))).toBe('out-of-order')
    expect(await repair(id, day('05:00'))).toBe(day('05:00'))
  })

  it('come after what they looked at, and never lie ahead of the clock', async () => {
    const { at, repair, finish, retire, clock } = await setUp()
    const id = uuid()
    at('03:00')
    // A phone whose clock runs two minutes ahead.
    expect(await repair(id, day('03:02'))).toBe(day('03:00'))
    expect(await finish(id)).toBe('2020-02-14T03:00:00.001Z')
    expect(await retire()).toBe('2020-02-14T03:00:00.002Z')
    expect(clock.now().toString()).toBe('2020-02-14T03:00:00Z')
  })
})

it('an act does not rest on what follows from it, whatever the ids of its consequences', async () => {
  const { store, actor, area } = await openCity('postgres', domains)
  // Ids order what happens at one moment: among so many, each order of an act and its consequences is there.
  const codes: string[] = []
  for (let k = 0; k < 24; k += 1) {
    const done = await store.writer.submit(
      {
        id: derivedId(`declared late ${k}`),
        record: 'arrival',
        recordId: derivedId(`arrival ${k}`),
        action: 'declare',
        area: area('511902105201'),
        happenedAt: `2020-02-14T01:${10 + k}:00.000Z`,
        input: {
          person: derivedId(`person ${k}`),
          channel: 'worker',
          arrivedOn: '2020-02-13',
          origin: '重庆市',
          originCode: '500000',
          ownRoom: true,
          temperature: 36.3,
        },
      },
      actor('grid'),
    )
    if (!done.ok) codes.push(done.problem.code)
  }
  expect(codes).toEqual([])
})
