import { registry } from '@guatu/domains'
import { fieldRegistry } from '@guatu/domains/field'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { phone } from '../../../../testing/src/stores/field-phone.ts'
import { openCity } from './testing/city.ts'

const PASSWORD = 'only-for-tests-2020'
const EARLIER = '2020-02-10T02:00:00Z'

onServer('a move that a worker enters without a network', ({ engine }) => {
  /** Somebody observed at home with a wish open, another household, and a worker's phone that holds them and is out of reach. */
  async function setUp() {
    const city = await openCity(engine, registry)
    const made = async (record: string, action: string, input: object) => {
      const id = crypto.randomUUID()
      const sent = { event: crypto.randomUUID(), area: city.village, happenedAt: EARLIER, input }
      const done = await city.ask('grid', 'POST', `/api/${record}/${id}/${action}`, sent)
      expect([action, done.statusCode < 300 ? '' : done.body]).toEqual([action, ''])
      return id
    }
    const place = await made('place', 'register', { name: '示例楼', kind: 'building' })
    const home = await made('household', 'register', { door: '1栋101', kind: 'family', place })
    const other = await made('household', 'register', { door: '2栋202', kind: 'family' })
    const person = await made('person', 'register', { name: '测试甲', documentType: 'none', household: home })
    const watch = await made('watch', 'enter', { person, household: home, kind: 'home', entry: 'list', class: 'other' })
    const need = await made('need', 'open', { kind: 'daily', dueOn: '2020-02-14', text: '送米', watch, household: home })
    const account = { username: 'grid', name: 'grid', password: PASSWORD, grants: [] }
    expect((await city.accounts.add(account, 'test')).ok).toBe(true)
    const one = await phone(city.app, { registry: fieldRegistry, as: 'grid' })
    expect(await one.work.signIn('grid', PASSWORD)).toBeUndefined()
    await one.work.choosePin('246813')
    await one.work.sync()
    one.weather.offline = true
    const row = async (record: string, id: string) =>
      (await city.ask('grid', 'GET', `/api/${record}/${id}`)).json<{ area: string; fields: Record<string, unknown> }>()
    const moments = async (record: string, id: string, action: string) =>
      (await city.ask('grid', 'GET', `/api/${record}/${id}/timeline`))
        .json<{ events: { action: string; happenedAt: string }[] }>()
        .events.filter((event) => event.action === action)
        .map(({ happenedAt }) => happenedAt)
    const states = () => one.work.outbox?.entries.map(({ state, problem }) => problem?.code ?? state)
    return { ...city, one, place, home, other, person, watch, need, row, moments, states }
  }

  it('stands at once where it leads to, and arrives on its day with all that goes along', async () => {
    const at = await setUp()
    const { one, home, other, person, watch, need } = at
    const rowOf = (work: typeof one.work, record: string, id: string) => work.replica.get(record, id)?.fields
    const relocate = { record: 'household', id: home, action: 'relocate', input: { door: '3栋303' }, day: '2020-02-12' }
    expect((await one.work.act([relocate])).ok).toBe(true)
    expect(rowOf(one.work, 'household', home)).not.toHaveProperty('place')
    const move = { record: 'person', id: person, action: 'changeHousehold', input: { household: other }, day: '2020-02-13' }
    expect((await one.work.act([move])).ok).toBe(true)
    const moved = (work: typeof one.work) => [
      rowOf(work, 'household', home)?.door,
      ...(['person', 'watch', 'need'] as const).map((record) => rowOf(work, record, { person, watch, need }[record])?.household),
    ]
    expect(moved(one.work)).toEqual(['3栋303', other, other, other])

    // Closed and opened again it is the same, and the day is that of the move.
    const again = await one.reopened()
    again.weather.offline = false
    await again.work.unlock('246813')
    await again.work.loaded
    expect(moved(again.work)).toEqual(['3栋303', other, other, other])
    await again.work.sync()
    await again.work.sync()
    expect(again.work.outbox?.entries.map(({ state, problem }) => problem?.code ?? state)).toEqual(['confirmed', 'confirmed'])
    expect(moved(again.work)).toEqual(['3栋303', other, other, other])
    expect((await at.row('household', home)).fields).toMatchObject({ door: '3栋303' })
    expect((await at.row('household', home)).fields.place ?? null).toBeNull()
    for (const [record, id] of Object.entries({ person, watch, need })) expect((await at.row(record, id)).fields.household).toBe(other)
    expect(await at.moments('household', home, 'relocate')).toEqual(['2020-02-12T15:59:59.000Z'])
    expect(await at.moments('person', person, 'changeHousehold')).toEqual(['2020-02-13T15:59:59.000Z'])
    expect(await at.moments('watch', watch, 'rehome')).toEqual(['2020-02-13T15:59:59.000Z'])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('keeps two of one day in their order, and one of before yesterday below what was done since', async () => {
    const at = await setUp()
    const { one, home } = at
    const relocate = (door: string, day?: string) =>
      one.work.act([{ record: 'household', id: home, action: 'relocate', input: { door }, ...(day === undefined ? {} : { day }) }])
    for (const door of ['3栋303', '4栋404']) expect((await relocate(door, '2020-02-12')).ok).toBe(true)
    const door = () => one.work.replica.get('household', home)?.fields.door
    expect(door()).toBe('4栋404')
    expect((await relocate('5栋505')).ok).toBe(true)
    expect((await relocate('6栋606', '2020-02-11')).ok).toBe(true)
    expect(door()).toBe('5栋505')
    one.weather.offline = false
    for (let i = 0; i < 5; i += 1) await one.work.sync()
    expect((await at.row('household', home)).fields.door).toBe('5栋505')
    expect(door()).toBe('5栋505')
    expect(at.states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed'])
  })

  it('into a home that was registered with it leads there, and nothing is said of before somebody was registered', async () => {
    const at = await setUp()
    const { one, person, watch } = at
    const household = crypto.randomUUID()
    const acts = (day: string) =>
      one.work.act([
        { record: 'household', id: household, action: 'register', area: at.village, input: { door: '9栋901', kind: 'family' } },
        { record: 'person', id: person, action: 'changeHousehold', input: { household }, day },
      ])
    expect((await acts('2020-02-13')).ok).toBe(true)
    const early = await one.work.act([
      { record: 'household', id: household, action: 'relocate', input: { door: '9栋902' }, day: '2020-02-13' },
    ])
    expect(early.ok ? 'kept' : early.problem.code).toBe('before-entered')
    one.weather.offline = false
    await one.work.sync()
    expect((await at.row('watch', watch)).fields.household).toBe(household)
    expect(await at.moments('person', person, 'changeHousehold')).toEqual(['2020-02-13T15:59:59.000Z'])
    one.weather.offline = true
    const move = { record: 'person', id: person, action: 'changeHousehold', input: { household: at.other }, day: '2020-02-01' }
    expect((await one.work.act([move])).ok).toBe(true)
    one.weather.offline = false
    await one.work.sync()
    expect(at.states()?.at(-1)).toBe('before-entered')
    expect(at.errors).toEqual([])
  })
})
