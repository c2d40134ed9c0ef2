import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, doctor } = staff

onServer('a reading that is corrected', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database(), '2020-02-06')
    let [day, minute] = ['2020-02-06', 0]
    /** Nothing happens at the same moment as what it looks at. */
    const later = () => {
      minute += 1
      t.on(day, `15:${String(minute).padStart(2, '0')}`)
    }
    const on = (next: string) => {
      day = next
      later()
    }
    later()
    const [id, person] = [uuid(), uuid()]
    const enter = { person, kind: 'home', entry: 'list', class: 'other', household: uuid(), worker: 'w1', from: '2020-02-05' }
    expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
    const read = async (temperature: number, half = 'morning') => {
      later()
      const event = uuid()
      const input = { half, temperature, how: 'worker' }
      expect(await t.tell(worker, { id: event, record: 'watch', recordId: id, action: 'check', input })).toBe('done')
      return event
    }
    const correct = async (event: string, input: object) => {
      later()
      return t.act(worker, 'watch', id, 'correct', { event, reason: '看错', ...input })
    }
    const transfers = async () =>
      (await t.all('transfer', `person = '${person}'`)).map(({ state, fields }) => [state, fields.highest, fields.symptoms])
    const way = async () => (await t.all('transfer', `person = '${person}'`)).at(-1)?.id ?? ''
    const watch = async () => {
      const { state, fields } = await t.get('watch', id)
      return [state, fields.alarm, fields.transfer]
    }
    return { ...t, on, id, person, read, correct, transfers, way, watch }
  }
  const none = { input: { temperature: 36.8 } }

  it.each([['to none', none] as const, ['by taking it back', { void: true }] as const])(
    '%s withdraws the transfer that it alone asked for, and the release waits for nothing',
    async (_, how) => {
      const t = await setUp()
      const [signs, sick, under] = [await t.stock('signs'), await t.stock('everSick'), await t.stock('transfers')]
      const event = await t.read(38.6)
      expect(await t.transfers()).toEqual([['open', 38.6, undefined]])
      expect(await t.correct(event, how)).toBe('done')
      expect(await t.transfers()).toEqual([['cancelled', undefined, undefined]])
      expect(await t.watch()).toEqual(['watching', undefined, undefined])
      expect([await t.stock('signs'), await t.stock('everSick'), await t.stock('transfers')]).toEqual([signs, sick, under])
      t.on('2020-02-12')
      await t.read(36.5)
      expect(await t.act(worker, 'watch', t.id, 'release', { signed: true })).toBe('done')
      expect(await t.differences()).toEqual([])
    },
  )

  it('ends the tasks of telling that its transfer opened, those in hand too; what was told is told, and another fever tells anew', async () => {
    const t = await setUp()
    const household = String((await t.get('watch', t.id)).fields.household)
    const others = [uuid(), uuid()]
    for (const id of others) {
      const enter = { person: uuid(), kind: 'home', entry: 'list', class: 'other', household, worker: 'w2', from: '2020-02-05' }
      expect(await t.act(worker, 'watch', id, 'enter', enter)).toBe('done')
    }
    const tells = async () => (await t.all('need', `household = '${household}' and kind = 'tell'`)).map(({ state }) => state).sort()
    const event = await t.read(38.6)
    expect(await tells()).toEqual(['open', 'open', 'open'])
    const [, taken, done] = await t.all('need', `household = '${household}' and kind = 'tell'`)
    expect(await t.act(worker, 'need', taken?.id ?? '', 'take')).toBe('done')
    expect(await t.act(worker, 'need', done?.id ?? '', 'finish')).toBe('done')
    expect(await t.correct(event, none)).toBe('done')
    expect(await tells()).toEqual(['done', 'lapsed', 'lapsed'])
    await t.read(38.4, 'evening')
    expect(await tells()).toEqual(['done', 'lapsed', 'lapsed', 'open', 'open', 'open'])
    expect(await t.differences()).toEqual([])
  })

  it('to another fever or sign says so on the transfer, and a later fever asks for the next one', async () => {
    const t = await setUp()
    const event = await t.read(39.6)
    const second = await t.read(38.1, 'evening')
    expect(await t.transfers()).toEqual([['open', 39.6, undefined]])
    expect(await t.correct(event, { input: { temperature: 37.6, symptoms: ['cough'] } })).toBe('done')
    expect(await t.transfers()).toEqual([['open', 38.1, ['cough']]])
    // The other one still asks for it.
    expect(await t.correct(event, { input: { temperature: 36.8, symptoms: null } })).toBe('done')
    expect(await t.transfers()).toEqual([['open', 38.1, undefined]])
    expect(await t.watch()).toEqual(['watching', true, await t.way()])
    expect(await t.correct(second, none)).toBe('done')
    expect(await t.transfers()).toEqual([['cancelled', undefined, undefined]])
    t.on('2020-02-07')
    await t.read(38.2)
    expect(await t.transfers()).toEqual([
      ['cancelled', undefined, undefined],
      ['open', 38.2, undefined],
    ])
    expect(await t.differences()).toEqual([])
  })

  it.each([[false], [true]])('calls nobody back whose fever was read since, known after the correction: fetched %s', async (fetched) => {
    const t = await setUp()
    const tells = async () => (await t.all('need', `transfer = '${await t.way()}'`)).map(({ state }) => state)
    const event = await t.read(38.6)
    t.on('2020-02-07')
    if (fetched) expect(await t.act(town, 'transfer', await t.way(), 'send', { vehicle: '川Y00000', clinic: '县医院' })).toBe('done')
    expect(await t.correct(event, none)).toBe('done')
    const { correctedOn } = (await t.get('transfer', await t.way())).fields
    expect([await t.transfers(), correctedOn]).toEqual([
      [[fetched ? 'sent' : 'cancelled', undefined, undefined]],
      fetched ? '2020-02-07' : undefined,
    ])
    const input = { half: 'evening', temperature: 38.2, how: 'worker' }
    expect(await t.act(worker, 'watch', t.id, 'check', input, '2020-02-06T12:00:00Z')).toBe('done')
    expect(await t.transfers()).toEqual([[fetched ? 'sent' : 'open', 38.2, undefined]])
    expect((await t.get('transfer', await t.way())).fields).not.toHaveProperty('correctedOn')
    expect(await t.watch()).toEqual(['watching', true, await t.way()])
    expect(await tells()).toEqual(['open'])
    expect(await t.differences()).toEqual([])
  })

  it('to a fever asks for the transfer at once, with what was read', async () => {
    const t = await setUp()
    const event = await t.read(36.8)
    expect(await t.correct(event, { input: { temperature: 38.6 } })).toBe('done')
    expect(await t.transfers()).toEqual([['open', 38.6, undefined]])
    expect(await t.watch()).toEqual(['watching', true, await t.way()])
    // And back.
    expect(await t.correct(event, none)).toBe('done')
    expect(await t.transfers()).toEqual([['cancelled', undefined, undefined]])
    expect(await t.differences()).toEqual([])
  })

  it('leaves whoever was fetched with the clinic, and says so; and what others asked for stays', async () => {
    const t = await setUp()
    const event = await t.read(38.6)
    expect(await t.act(doctor, 'transfer', await t.way(), 'admit')).toBe('done')
    expect(await t.correct(event, none)).toBe('done')
    expect(await t.get('transfer', await t.way())).toMatchObject({ state: 'admitted', fields: { correctedOn: '2020-02-06' } })
    expect((await t.get('transfer', await t.way())).fields).not.toHaveProperty('highest')
    expect(await t.act(worker, 'watch', t.id, 'release', { signed: true })).toBe('too-early')
    expect(await t.act(doctor, 'transfer', await t.way(), 'clear')).toBe('done')
    const asked = uuid()
    expect(await t.act(town, 'transfer', asked, 'open', { person: t.person, reason: 'signs' })).toBe('done')
    const joins = await t.read(38.4, 'evening')
    expect(await t.correct(joins, none)).toBe('done')
    expect((await t.get('transfer', asked)).state).toBe('open')
    expect(await t.differences()).toEqual([])
  })

  it.each(['suspect', 'confirm'])('is not changed under what the clinic found: %s', async (found) => {
    const t = await setUp()
    const event = await t.read(38.6)
    expect(await t.act(doctor, 'transfer', await t.way(), found)).toBe('done')
    expect(await t.correct(event, none)).toBe('correction-settled input.input.temperature')
    expect(await t.act(doctor, 'transfer', await t.way(), 'reconsider', { reason: '点错' })).toBe('done')
    expect(await t.correct(event, none)).toBe('done')
    expect((await t.get('transfer', await t.way())).fields).toMatchObject({ correctedOn: '2020-02-06' })
  })

  it('is nothing that the clinic judges anew once the observation is over, or beside a newer one', async () => {
    const t = await setUp()
    await t.read(38.6)
    expect(await t.act(doctor, 'transfer', await t.way(), 'clear')).toBe('done')
    t.on('2020-02-12')
    await t.read(36.5)
    expect(await t.act(worker, 'watch', t.id, 'release', { signed: true })).toBe('done')
    expect(await t.act(doctor, 'transfer', await t.way(), 'reconsider', { reason: '点错' })).toBe('observation-over')
    // Another one, who was confirmed, is observed after discharge.
    const [other, after] = [await setUp(), uuid()]
    await other.read(38.6)
    expect(await other.act(doctor, 'transfer', await other.way(), 'confirm')).toBe('done')
    other.on('2020-02-20')
    const enter = { person: other.person, kind: 'home', entry: 'recovered', class: 'recovered', household: uuid() }
    expect(await other.act(town, 'watch', after, 'enter', enter)).toBe('done')
    expect(await other.act(doctor, 'transfer', await other.way(), 'reconsider', { reason: '点错' })).toBe('observed-anew')
    expect(await other.act(town, 'watch', after, 'void', { why: 'mistaken' })).toBe('done')
    expect(await other.act(doctor, 'transfer', await other.way(), 'reconsider', { reason: '点错' })).toBe('done')
    expect((await other.get('watch', other.id)).state).toBe('watching')
    expect(await other.differences()).toEqual([])
  })
})
