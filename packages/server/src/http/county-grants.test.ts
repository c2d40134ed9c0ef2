import { registry } from '@guatu/domains'
import { type Actor, erase, type Role } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { cityTables, openCity, people, playHistory, type ScriptedCity } from '../documents/testing/scripted-city.ts'

const OFFICES: readonly Role[] = ['leader', 'duty-officer', 'supervision-office', 'auditor']
const of = (role: Role, path: string, unit?: string): Actor => ({
  id: `${role} ${path}`,
  name: role,
  grants: [{ role, path, ...(unit === undefined ? {} : { unit }) }],
})

onServer('supervision as a grant for a county reaches it', (engine) => {
  const opened = async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    city.at(19, '12:00')
    return city
  }
  const rows = async ({ store }: ScriptedCity, who: Actor, record: string) => {
    const page = await store.as(who).list(record)
    return page.ok ? page.value.rows : page.problem.code
  }
  const unitsOf = async (city: ScriptedCity, who: Actor) => {
    const found = await rows(city, who, 'task')
    return typeof found === 'string' ? found : [...new Set(found.map(({ fields }) => fields.unit))].sort()
  }
  const tried = async ({ store }: ScriptedCity, who: Actor, task: string, action: string, input: object = {}) => {
    const event = crypto.randomUUID()
    const done = await store.as(who).submit({ id: event, record: 'task', recordId: task, action, input: { ...input } })
    return done.ok ? 'done' : done.problem
  }

  it('is what its units were given; the city’s meetings, matters and reports are the city’s, its published bulletins everybody’s', async () => {
    const city = await opened()
    const [draft, out] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const id of [draft, out])
      await city.act(
        people.office,
        'bulletin',
        id,
        'write',
        { title: '通报', from: '2020-02-14', to: '2020-02-19', text: '略', figures: '{}' },
        { composed: true },
      )
    await city.act(people.office, 'bulletin', out, 'publish')
    for (const role of OFFICES) {
      const [near, whole] = [of(role, 'c/c1/'), of(role, 'c/')]
      expect([role, await unitsOf(city, near)]).toEqual([role, ['hq1']])
      expect([role, await unitsOf(city, whole)]).toEqual([role, ['health', 'hq1', 'hq2', 'transport']])
      for (const record of ['meeting', 'directive', 'item', 'report'])
        expect([role, record, await rows(city, near, record)]).toEqual([role, record, []])
      expect((await rows(city, whole, 'meeting')).length).toBe(1)
      expect(await rows(city, near, 'bulletin')).toMatchObject([{ id: out }])
      const board = (area: string) =>
        city.store.as(near).board({ indicators: ['command.tasksOpen'], areas: [area], day: '2020-02-19', days: 1 })
      expect([(await board('c1')).ok, (await board('c2')).ok, (await board('c')).ok]).toEqual([true, false, false])
    }
    await city.store.close()
  })

  it('is reminded by the county’s own office, and reviewed, put off and withdrawn by the office that gave it', async () => {
    const city = await opened()
    const [near, task] = [of('supervision-office', 'c/c1/'), await city.task('hq1', 1)]
    expect(await tried(city, near, task, 'chase', { how: 'phone' })).toBe('done')
    expect(await tried(city, near, await city.task('hq2', 1), 'chase', { how: 'phone' })).toMatchObject({ code: 'outside-jurisdiction' })
    const refused = { code: 'matter-of-above', status: 403 }
    expect(await tried(city, near, task, 'withdraw', { reason: '自行撤回' })).toMatchObject(refused)
    expect(await tried(city, people.hq1, task, 'report', { progress: '已排查。' })).toBe('done')
    expect(await tried(city, near, task, 'accept')).toMatchObject(refused)
    expect(await tried(city, near, task, 'return', { returnReason: 'facts', review: '不清' })).toMatchObject(refused)
    expect(await tried(city, people.office, task, 'accept')).toBe('done')
    await city.store.close()
  })

  it('is seen by the county’s clerks, and signed for by whoever works for the unit; who works for none is told what is missing', async () => {
    const city = await opened()
    const [clerk, task] = [of('county-clerk', 'c/c2/'), await city.task('hq2', 1)]
    expect(await unitsOf(city, clerk)).toEqual(['hq2'])
    expect(await rows(city, clerk, 'item')).toEqual([])
    const row = await city.store.as(clerk).get('task', task)
    const def = registry.records.get('task')
    const offers = row.ok && def ? city.store.as(clerk).offers(erase(def), row.value) : []
    expect(offers).toContainEqual({ action: 'sign', allowed: false })
    const missing = {
      code: 'not-allowed',
      message: { zh: expect.stringContaining('选择单位'), en: expect.stringContaining('with the unit') },
    }
    expect(await tried(city, clerk, task, 'sign')).toMatchObject(missing)
    // Another unit of the county is not theirs to sign for.
    expect(await tried(city, of('county-clerk', 'c/c2/', 'another'), task, 'sign')).toMatchObject({ code: 'outside-jurisdiction' })
    expect(await tried(city, people.hq2, task, 'sign')).toBe('done')
    await city.store.close()
  })
})
