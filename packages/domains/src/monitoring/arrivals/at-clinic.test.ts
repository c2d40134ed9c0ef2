import { derivedId } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, doctor } = staff
const watchOf = (arrival: string) => derivedId(`watch/${arrival}`)

onServer('whom the clinic has', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database())
    const observed = async (person: string) =>
      (await t.all('watch', `person = '${person}'`)).map(({ state, fields }) => [state, fields.kind, fields.until])
    const declare = async (person: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ person, ...more }))).toBe('done')
      return id
    }
    const found = async (person: string, ...findings: readonly string[]) => {
      const id = uuid()
      expect(await t.act(doctor, 'transfer', id, 'open', { person, reason: 'signs' })).toBe('done')
      for (const one of findings) expect(await t.act(doctor, 'transfer', id, one, {})).toBe('done')
      return id
    }
    return { ...t, observed, declare, found }
  }
  /** From elsewhere, later; from a listed place without a room of their own, later. */
  const [MILDER, STRICTER] = [
    { arrivedOn: '2020-02-06', origin: '重庆市', originCode: '500100' },
    { arrivedOn: '2020-02-06', origin: '湖北省黄冈市', originCode: '421100', ownRoom: false },
  ]

  it('is observed once: a further declaration asks of the observation that goes on, stricter and longer, once they are cleared', async () => {
    const t = await setUp()
    const all = await t.stock('cumulative')
    for (const [more, kind, until] of [
      [MILDER, 'home', '2020-02-18'],
      [STRICTER, 'central', '2020-02-20'],
    ] as const) {
      const person = uuid()
      t.on('2020-02-05')
      const first = await t.declare(person)
      const transfer = await t.found(person, 'suspect')
      t.on('2020-02-06')
      const second = await t.declare(person, more)
      expect(await t.observed(person)).toEqual([['transferred', kind, until]])
      const { fields } = await t.get('arrival', second)
      expect([fields.watch, fields.reason]).toMatchObject([watchOf(first), { zh: expect.stringMatching(/此人由医疗机构收治/) }])
      t.on('2020-02-07')
      expect(await t.act(doctor, 'transfer', transfer, 'clear', {})).toBe('done')
      expect(await t.observed(person)).toEqual([['watching', kind, until]])
    }
    expect((await t.stock('cumulative')) - all).toBe(2)
    expect(await t.differences()).toEqual([])
  })

  it('goes on being observed once cleared, though somebody wrote down that they were transferred', async () => {
    const t = await setUp()
    const person = uuid()
    t.on('2020-02-05')
    const watch = watchOf(await t.declare(person))
    const transfer = await t.found(person, 'admit')
    expect(await t.act(town, 'watch', watch, 'transfer', { exitTo: '县医院' })).toBe('done')
    expect(await t.act(doctor, 'transfer', transfer, 'clear', {})).toBe('done')
    expect(await t.observed(person)).toEqual([['watching', 'home', '2020-02-18']])
    expect(await t.differences()).toEqual([])
  })

  it('is not entered by hand beside the observation that goes on, as long as they are suspected', async () => {
    const t = await setUp()
    const person = uuid()
    t.on('2020-02-05')
    await t.declare(person)
    const transfer = await t.found(person, 'suspect')
    const enter = { person, kind: 'home', entry: 'list', class: 'listed' }
    expect(await t.act(worker, 'watch', uuid(), 'enter', enter)).toBe('at-clinic')
    expect(await t.act(doctor, 'transfer', transfer, 'clear', {})).toBe('done')
    expect(await t.observed(person)).toEqual([['watching', 'home', '2020-02-18']])
    expect(await t.act(worker, 'watch', uuid(), 'enter', enter)).toBe('already-observed')
  })

  it('is observed by the declaration alone that stands, where the one before or the later one is void by then', async () => {
    const t = await setUp()
    for (const [wrong, more, kind, until] of [
      ['first', MILDER, 'self', '2020-02-13'],
      ['second', STRICTER, 'home', '2020-02-18'],
    ] as const) {
      const person = uuid()
      t.on('2020-02-05')
      const first = await t.declare(person)
      const transfer = await t.found(person, 'suspect')
      t.on('2020-02-06')
      const second = await t.declare(person, more)
      expect(await t.act(town, 'arrival', wrong === 'first' ? first : second, 'withdraw')).toBe('done')
      expect(await t.act(doctor, 'transfer', transfer, 'clear', {})).toBe('done')
      expect([wrong, await t.observed(person)]).toEqual([wrong, [['watching', kind, until]]])
    }
    expect(await t.differences()).toEqual([])
  })

  it('as confirmed is observed by no declaration until judged anew, observed anew, or the days are over', async () => {
    const t = await setUp()
    const [person, later] = [uuid(), uuid()]
    for (const one of [person, later]) await t.declare(one)
    const transfer = await t.found(person, 'suspect', 'confirm')
    await t.found(later, 'confirm')
    t.on('2020-02-06')
    for (const one of [person, later]) await t.declare(one, STRICTER)
    expect(await t.observed(person)).toEqual([['confirmed', 'central', '2020-02-20']])
    expect(await t.act(doctor, 'transfer', transfer, 'reconsider', { reason: '复核' })).toBe('done')
    expect(await t.observed(person)).toEqual([['watching', 'central', '2020-02-20']])
    // Discharged, observed at home and released, then back from a journey; and long after, of whom nobody wrote that down.
    const discharged = { person: later, kind: 'home', entry: 'recovered', class: 'recovered' }
    const recovered = uuid()
    t.on('2020-02-20')
    expect(await t.act(town, 'watch', recovered, 'enter', discharged)).toBe('done')
    expect((await t.observed(later)).map(([state]) => state)).toEqual(['confirmed', 'watching'])
    expect(await t.act(town, 'watch', recovered, 'void', { why: 'mistaken' })).toBe('done')
    t.on('2020-03-20')
    await t.declare(later, { arrivedOn: '2020-03-20' })
    expect((await t.observed(later)).map(([state]) => state)).toEqual(['confirmed', 'void', 'watching'])
    expect(await t.differences()).toEqual([])
  })

  it('without an observation is observed where they live once they are cleared, or judged anew, if that was declared meanwhile', async () => {
    const t = await setUp()
    for (const findings of [
      ['suspect', 'clear'],
      ['confirm', 'reconsider'],
      ['suspect', 'confirm', 'reconsider'],
    ] as const) {
      const person = uuid()
      t.on('2020-02-05')
      const transfer = await t.found(person, ...findings.slice(0, -1))
      await t.declare(person)
      t.on('2020-02-06')
      await t.declare(person, MILDER)
      expect([findings, await t.observed(person)]).toEqual([findings, []])
      t.on('2020-02-07')
      const last = findings.at(-1) ?? ''
      expect(await t.act(doctor, 'transfer', transfer, last, last === 'clear' ? {} : { reason: '复核' })).toBe('done')
      expect([findings, await t.observed(person)]).toEqual([findings, [['watching', 'home', '2020-02-18']]])
      const [watch] = await t.all('watch', `person = '${person}'`)
      const said = await t.all('arrival', `person = '${person}'`)
      expect(said.map(({ fields }) => fields.watch)).toEqual([watch?.id, watch?.id])
    }
    expect(await t.differences()).toEqual([])
  })
})
