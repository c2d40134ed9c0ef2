import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, doctor } = staff
const reading = (temperature: number) => ({ half: 'morning', temperature, how: 'worker' })

onServer('what the clinic found', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database(), '2020-02-06')
    const [id, person] = [uuid(), uuid()]
    const enter = { person, kind: 'home', entry: 'list', class: 'listed', household: uuid(), worker: 'w1', from: '2020-02-05' }
    expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
    expect(await t.act(worker, 'watch', id, 'check', reading(38.4))).toBe('done')
    const [transfer] = await t.all('transfer', `person = '${person}'`)
    const way = transfer?.id ?? ''
    const eventOf = async (record: string, action: string) =>
      (await t.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2', [record, action])).at(-1)?.id
    return { ...t, id, person, way, eventOf }
  }

  it.each([['clear'], ['cancel'], ['suspect'], ['confirm']])(
    'is judged anew where “%s” was wrong: the observation goes on with the signs open, and the figures with it',
    async (found) => {
      const t = await setUp()
      const figures = async () => [await t.stock('observed'), await t.stock('signs'), await t.stock('confirmed')]
      const before = await figures()
      expect(await t.act(doctor, 'transfer', t.way, found, found === 'cancel' ? { reason: '误测' } : {})).toBe('done')
      expect(await figures()).not.toEqual(before)
      const event = await t.eventOf(t.way, found)
      expect(await t.act(doctor, 'transfer', t.way, 'correct', { event, reason: '点错', void: true })).toBe('correction-settled input.void')
      expect(await t.act(doctor, 'transfer', t.way, 'reconsider')).toBe('required input.reason')
      expect(await t.act(town, 'transfer', t.way, 'reconsider', { reason: '点错' })).toBe('not-allowed')
      expect(await t.act(doctor, 'transfer', t.way, 'reconsider', { reason: '点错' })).toBe('done')
      expect(await t.get('transfer', t.way)).toMatchObject({ state: 'admitted' })
      expect(await t.get('watch', t.id)).toMatchObject({ state: 'watching', fields: { alarm: true, transfer: t.way } })
      expect(await figures()).toEqual(before)
      // Further signs join it, and only the clinic ends it.
      t.on('2020-02-07')
      expect(await t.act(worker, 'watch', t.id, 'check', reading(38.9))).toBe('done')
      expect(await t.all('transfer', `person = '${t.person}'`)).toMatchObject([{ id: t.way, fields: { highest: 38.9 } }])
      expect(await t.act(doctor, 'transfer', t.way, 'clear')).toBe('done')
      expect((await t.get('watch', t.id)).fields).not.toHaveProperty('alarm')
      expect(await t.differences()).toEqual([])
    },
  )

  it('ends the tasks of telling where the transfer was cancelled, and asks for them again where that is judged anew', async () => {
    const t = await setUp()
    const tells = async () => (await t.all('need', `transfer = '${t.way}'`)).map(({ state, fields }) => [fields.kind, state])
    expect(await tells()).toEqual([['tell', 'open']])
    expect(await t.act(doctor, 'transfer', t.way, 'cancel', { reason: '误测' })).toBe('done')
    expect(await tells()).toEqual([['tell', 'lapsed']])
    expect(await t.act(doctor, 'transfer', t.way, 'reconsider', { reason: '点错' })).toBe('done')
    expect(await tells()).toEqual([['tell', 'open']])
    expect(await t.differences()).toEqual([])
  })

  it('is not judged anew beside another transfer under way', async () => {
    const t = await setUp()
    expect(await t.act(doctor, 'transfer', t.way, 'clear')).toBe('done')
    t.on('2020-02-07')
    expect(await t.act(worker, 'watch', t.id, 'check', reading(38.6))).toBe('done')
    expect(await t.act(doctor, 'transfer', t.way, 'reconsider', { reason: '点错' })).toMatch(/^transfer-under-way/)
  })
})

onServer('what an observation rests on', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('is not corrected under it: neither who was entered and from when, nor a reading once it is over', async () => {
    const t = await townOn(database(), '2020-02-06')
    const [id, person] = [uuid(), uuid()]
    const enter = { person, kind: 'home', entry: 'list', class: 'listed', household: uuid(), worker: 'w1', from: '2020-01-25' }
    expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
    t.on('2020-02-08')
    expect(await t.act(worker, 'watch', id, 'check', reading(36.5))).toBe('done')
    const eventOf = async (action: string) =>
      (await t.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2', [id, action]))[0]?.id
    const correct = async (action: string, input: object) =>
      t.act(worker, 'watch', id, 'correct', { event: await eventOf(action), reason: '看错', input })
    expect(await correct('enter', { from: '2020-01-28' })).toBe('correction-settled input.input.from')
    expect(await correct('enter', { class: 'contact', lastContact: '2020-02-01' })).toBe('correction-settled input.input.class')
    expect(await correct('enter', { worker: 'w2' })).toBe('done')
    expect(await correct('check', { temperature: 36.6 })).toBe('done')
    expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('done')
    expect(await correct('check', { temperature: 38.6 })).toBe('correction-settled input.input.temperature')
    expect(await correct('check', { medication: '布洛芬' })).toBe('done')
    expect(await t.differences()).toEqual([])
  })
})
