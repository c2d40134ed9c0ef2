import { addDays } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { at, staff, type Town, townOn, townTables, uuid } from '../testing/town.ts'

const ENTERED = '2020-02-02'
const actor = { id: 'device', name: 'device', grants: [...staff.county.grants, { role: 'county-clerk', path: '1/12/' } as const] }

interface Reading {
  readonly day: number
  readonly half: 'morning' | 'evening'
  readonly minute: number
  readonly temperature: number
  readonly symptoms: readonly string[]
}

const reading: fc.Arbitrary<Reading> = fc.record({
  day: fc.integer({ min: 1, max: 9 }),
  half: fc.constantFrom('morning' as const, 'evening' as const),
  minute: fc.integer({ min: 0, max: 59 }),
  temperature: fc.constantFrom(36.4, 36.5, 36.5, 36.6, 37.3, 38.1),
  symptoms: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(['cough', 'fatigue'], { minLength: 1 }) },
  ),
})
const histories = fc
  .uniqueArray(reading, { minLength: 2, maxLength: 14, selector: (one) => `${one.day}${one.half}${one.minute}` })
  .chain((readings) =>
    fc.record({ readings: fc.constant(readings), shuffled: fc.shuffledSubarray(readings, { minLength: readings.length }) }),
  )

const when = (one: Reading) =>
  at(addDays(ENTERED, one.day), `${one.half === 'morning' ? '08' : '18'}:${String(one.minute).padStart(2, '0')}`)

/** Sends the readings in this order to a person entered in this village; answers the state and the transfers they lead to. */
async function lived(t: Town, area: string, readings: readonly Reading[], retry: boolean) {
  const [id, household] = [uuid(), uuid()]
  t.on(ENTERED)
  const enter = { person: uuid(), household, kind: 'home', entry: 'list', class: 'listed', from: ENTERED }
  const send = (action: string, input: Record<string, unknown>, happenedAt?: string, event = uuid(), recordId = id) =>
    t.tell(actor, { id: event, record: 'watch', recordId, action, area, input, ...(happenedAt ? { happenedAt } : {}) })
  expect(await send('enter', enter)).toBe('done')
  // Somebody of the household is observed from the fifth day on: told of what is read since.
  t.on(addDays(ENTERED, 5))
  expect(await send('enter', { ...enter, person: uuid() }, undefined, uuid(), uuid())).toBe('done')
  t.on('2020-02-15')
  for (const one of readings) {
    const event = uuid()
    const input = { half: one.half, temperature: one.temperature, symptoms: one.symptoms, how: 'self' }
    expect(await send('check', input, when(one), event)).toBe('done')
    if (retry) expect(await send('check', input, when(one), event)).toBe('done')
  }
  const { person: _p, household: _h, transfer: _t, ...fields } = (await t.get('watch', id)).fields
  // One transfer for all of them, made by the earliest of those that ask for it; what comes in late stands a millisecond beside it.
  const first = await t.transferOf(id)
  const transfers = (await t.all('transfer', `watch = '${id}'`)).map((row) => [
    row.id === first,
    row.state,
    row.createdAt.slice(0, 16),
    row.fields.openedOn,
    row.fields.highest,
    row.fields.symptoms,
    row.fields.takenAt,
  ])
  const told = (await t.all('need', `household = '${household}'`)).map((row) => [row.state, row.createdAt.slice(0, 16), row.fields.dueOn])
  return { fields, transfers, told }
}

onServer('readings in any order', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('end with the same state, the same transfers and the same books', { timeout: 240_000 }, async () => {
    const t = await townOn(database(), ENTERED)
    /** The books of a town, day by day. */
    const books = (town: string) =>
      t.db.query(
        `select measure, day, entered, "left" from tallies where area = $1 and (entered <> 0 or "left" <> 0) order by measure, day`,
        [town],
      )
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async ({ readings, shuffled }, retry) => {
        const inOrder = [...readings].sort((a, b) => (when(a) < when(b) ? -1 : 1))
        const first = await lived(t, '11b1', inOrder, false)
        const second = await lived(t, '12a1', shuffled, retry)
        expect(second).toEqual(first)
      }),
      { numRuns: 25, seed: 2020 },
    )
    expect(await books('12a')).toEqual(await books('11b'))
    const stock = async (indicator: string) => t.stock(indicator)
    expect(await stock('cumulative')).toBe((await stock('released')) + (await stock('otherExits')) + (await stock('observed')))
    expect(await t.differences()).toEqual([])
  })

  it('leave what was done about the first that became known as it was: what the clinic wrote can be read, and who told is done', async () => {
    const t = await townOn(database(), ENTERED)
    const [id, household] = [uuid(), uuid()]
    const check = (temperature: number, happenedAt: string) =>
      t.tell(actor, {
        record: 'watch',
        recordId: id,
        action: 'check',
        happenedAt,
        input: { half: 'morning', temperature, symptoms: [], how: 'worker' },
      })
    const enter = { person: uuid(), household, kind: 'home', entry: 'list', class: 'listed', from: ENTERED }
    expect(await t.tell(actor, { record: 'watch', recordId: id, action: 'enter', area: '11b1', input: enter })).toBe('done')
    t.on('2020-02-06')
    expect(await check(38.2, at('2020-02-06', '08:00'))).toBe('done')
    const [told] = await t.all('need', `household = '${household}'`)
    expect(await t.tell(actor, { record: 'need', recordId: told?.id ?? '', action: 'finish', input: {} })).toBe('done')
    t.on('2020-02-07')
    const of = await t.transferOf(id)
    expect(await t.tell(staff.doctor, { record: 'transfer', recordId: of, action: 'clear', input: { findings: '普通感冒' } })).toBe('done')
    t.on('2020-02-08')
    // A second phone comes back into the network, and a third one that read before it.
    for (const day of ['2020-02-05', '2020-02-04']) {
      expect(await check(37.9, at(day, '08:00'))).toBe('done')
      expect(await t.all('transfer', `watch = '${id}'`)).toMatchObject([
        { id: of, state: 'cleared', fields: { openedOn: day, highest: 38.2, findings: '普通感冒', settledOn: '2020-02-07' } },
      ])
      expect(await t.all('need', `household = '${household}'`)).toMatchObject([
        { id: told?.id, state: 'done', fields: { dueOn: day, doneOn: '2020-02-06', onTime: false } },
      ])
    }
    const made = await t.db.query(
      `select day::text as day, corrects is null as first from events where record_id = $1 and action = 'open' order by seq`,
      [of],
    )
    expect(made).toEqual([
      { day: '2020-02-06', first: true },
      { day: '2020-02-05', first: false },
      { day: '2020-02-04', first: false },
    ])
    expect(await t.differences()).toEqual([])
  })
})
