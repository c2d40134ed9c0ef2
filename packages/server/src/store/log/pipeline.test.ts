import { type Actor, buildRegistry, type Command, fixedClock, type Result, readParameters } from '@guatu/kernel'
import { cast, lighthouse, places, VILLAGES } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onBothEngines, testEngine } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import type { Database } from '../database/index.ts'
import { rebuild } from '../rebuild/rebuild.ts'
import type { Receipt } from './receipt.ts'
import { createWriter, type Writer } from './writer.ts'

const registry = buildRegistry([lighthouse])
const settings = new Map(lighthouse.parameters.map((p) => [p.code, p.settings]))
const tables = migrated(tablesOf(registry))
const worker: Actor = { ...cast.dutyOfficer, grants: [...cast.dutyOfficer.grants, { role: 'town-clerk', path: '1/' }] }

function writerOn(db: Database<unknown>, errors: unknown[] = []): Writer {
  const at = {
    registry,
    clock: fixedClock('2020-02-14T02:00:00Z'),
    areas: () => places,
    parameters: (day: string, path: string) => readParameters(settings, day, path),
  }
  return createWriter(db, at, (_reference, error) => errors.push(error))
}

const writes = (sql: string) => sql.startsWith('with ')

/** The real database, where some writing statements of the pipeline fail: before they run, or after they ran, so that only the answer is lost. */
function failing(db: Database<unknown>, fails: () => 'before' | 'after' | undefined, slow = 0): Database<unknown> {
  return {
    ...db,
    write: async (sql, parameters) => {
      if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow))
      const fault = writes(sql) ? fails() : undefined
      if (fault === 'before') throw new Error('injected')
      const done = await db.write(sql, parameters)
      if (fault === 'after') throw new Error('injected')
      return done as never
    },
  }
}

const uuid = (kind: number, n: number) => `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`
const lampOf = (n: number, i: number, more: Partial<Command> = {}): Command => ({
  id: uuid(2, i),
  record: 'lamp',
  recordId: uuid(1, n),
  action: 'build',
  area: VILLAGES[n % VILLAGES.length] ?? '11a1',
  input: { number: `DT-${String(n % 7).padStart(6, '0')}`, name: '塔', colour: 'red', candela: n },
  ...more,
})

const step = fc.record({
  lamp: fc.nat({ max: 9 }),
  act: fc.constantFrom('build', 'build', 'light', 'dim', 'refit', 'storm', 'retire', 'repeat', 'hot'),
  draw: fc.nat({ max: 1000 }),
})

function commandOf(sent: readonly Command[], i: number, { lamp, act, draw }: { lamp: number; act: string; draw: number }): Command {
  const base = { id: uuid(2, i), record: 'lamp', recordId: uuid(1, lamp) }
  if (act === 'repeat') return sent[draw % Math.max(1, sent.length)] ?? lampOf(lamp, i)
  if (act === 'build') return lampOf(lamp, i)
  if (act === 'hot') return { ...base, action: 'light', input: { oilTemperature: 44 } }
  if (act === 'refit')
    return {
      ...base,
      action: 'refit',
      input: { candela: draw, ...(draw % 3 === 0 ? { number: `DT-${String(draw % 7).padStart(6, '0')}` } : {}) },
    }
  return { ...base, action: act, input: act === 'retire' ? { reason: '旧' } : {} }
}

/** What is known already is told with how its record stands when it is answered, which may be after others that came along with it. */
const told = (answer: Result<Receipt>) => {
  if (!answer.ok) return [answer.problem.code]
  const { repeated, state, event } = answer.value
  return repeated ? ['repeated', event.id] : ['accepted', state.version, state.state]
}

/** The answer of the one act of a group, named as it is when it comes alone. */
const single = (answer: Result<readonly Receipt[]>): Result<Receipt> => {
  if (!answer.ok) return answer
  const [receipt] = answer.value
  if (!receipt) throw new Error('a group without an answer')
  return { ok: true, value: receipt }
}

const kept = async (db: Database<unknown>) => ({
  events: await db.query('select county, seq, id, action, happened_at, hash from events order by county, seq'),
  lamps: await db.query('select * from r_lamp order by id'),
  repairs: await db.query('select * from r_repair order by id'),
  tallies: await db.query('select * from tallies where entered <> 0 or "left" <> 0 order by county, area, measure, day'),
  chains: await db.query('select * from chains order by county'),
})

onBothEngines('deciding ahead of what is written', (engine) => {
  it('answers and keeps what one act after the other would, whatever fails in between', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 150 }),
        fc.array(fc.constantFrom('before', 'after', undefined, undefined), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom({ bulk: true }, undefined),
        async (steps, faults, wave, bulk) => {
          const [plain, faulty] = [await engine.open<unknown>({}, tables), await engine.open<unknown>({}, tables)]
          let asked = 0
          const one = writerOn(plain)
          const ahead = writerOn(failing(faulty, () => faults[asked++ % faults.length]))
          const announced: string[] = []
          ahead.onCommitted((receipts) => announced.push(...receipts.map(({ event }) => event.id)))
          const sent: Command[] = []
          for (const [i, what] of steps.entries()) sent.push(commandOf(sent, i, what))
          const expected: unknown[] = []
          for (const command of sent) expected.push(told(await one.submit(command, worker)))
          const answers: Promise<Result<Receipt>>[] = []
          for (const [i, command] of sent.entries()) {
            answers.push(ahead.submitTogether([command], worker, bulk).then(single))
            // Waves of many sizes: some acts come together, others while a batch is being written.
            if (i % wave === 0) await new Promise((resolve) => setTimeout(resolve, i % 3))
          }
          expect((await Promise.all(answers)).map(told)).toEqual(expected)
          expect(announced.sort()).toEqual((await faulty.query<{ id: string }>('select id from events order by id')).map(({ id }) => id))
          await one.close()
          await ahead.close()
          expect(await kept(faulty)).toEqual(await kept(plain))
          expect((await rebuild(faulty, registry, places, { check: true })).differences).toEqual([])
          await plain.close()
          await faulty.close()
        },
      ),
      { numRuns: engine.engine === 'pglite' ? 5 : 20, seed: 20200214, endOnFailure: true },
    )
  })

  it('lets what was built on a batch fall with it', async () => {
    const db = await engine.open<unknown>({}, tables)
    const errors: unknown[] = []
    const writer = writerOn(
      failing(db, () => undefined, 60),
      errors,
    )
    expect((await writer.submit(lampOf(0, 1), worker)).ok).toBe(true)
    // The second lamp takes the first one's number: the index of the database finds out, while the third act builds on it already.
    const twin = writer.submit(lampOf(7, 2, { area: '11a1' }), worker)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const light = writer.submit({ id: uuid(2, 3), record: 'lamp', recordId: uuid(1, 7), action: 'light', input: {} }, worker)
    const other = writer.submit(lampOf(1, 4), worker)
    expect([told(await twin), told(await light), told(await other)]).toEqual([['already-exists'], ['not-found'], ['accepted', 1, 'dark']])
    expect(errors).toEqual([])
    await writer.close()
    expect((await rebuild(db, registry, places, { check: true })).differences).toEqual([])
  })

  it('answers nobody before the own batch is written', async () => {
    const db = await engine.open<unknown>({}, tables)
    const order: string[] = []
    const slow = failing(db, () => undefined, 50)
    const writer = writerOn({
      ...slow,
      write: async (sql, parameters) => {
        const done = await slow.write(sql, parameters)
        if (writes(sql)) order.push('written')
        return done as never
      },
    })
    const first = writer.submit(lampOf(0, 1), worker).then(() => order.push('first answered'))
    await new Promise((resolve) => setTimeout(resolve, 15))
    const again = writer.submit(lampOf(0, 1), worker).then((answer) => order.push(`repeated answered ${told(answer)[0]}`))
    const light = writer
      .submit({ id: uuid(2, 2), record: 'lamp', recordId: uuid(1, 0), action: 'light', input: {} }, worker)
      .then(() => order.push('second answered'))
    await Promise.all([first, again, light])
    expect(order).toEqual(['written', 'first answered', 'written', 'repeated answered repeated', 'second answered'])
    await writer.close()
  })

  it('lets others pass before the rows of a file, which stay in their order', async () => {
    const db = await engine.open<unknown>({}, tables)
    const writer = writerOn(db)
    const numbered = (n: number) =>
      lampOf(0, n, {
        recordId: uuid(1, n),
        input: { number: `DT-${String(n).padStart(8, '0')}`, name: '塔', colour: 'red', candela: 1 },
      })
    const ROWS = 600
    let others: Promise<unknown> | undefined
    let rows: Promise<unknown> | undefined
    await writer.exclusively(async () => {
      rows = Promise.all(Array.from({ length: ROWS }, (_, n) => writer.submitTogether([numbered(n)], worker, { bulk: true })))
      others = writer.submit(numbered(ROWS), worker)
    })
    await Promise.all([rows, others])
    const order = await db.query<{ id: string }>('select id from events order by seq')
    expect(order.map(({ id }) => id)).toEqual([ROWS, ...Array(ROWS).keys()].map((n) => uuid(2, n)))
    await writer.close()
  })

  it('gives way to those who need the write path for themselves', async () => {
    const db = await engine.open<unknown>({}, tables)
    const writer = writerOn(db)
    let busy = true
    let made = 0
    const load = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (busy) {
          made += 1
          await writer.submit(
            lampOf(made, made, { input: { number: `DT-${String(made).padStart(8, '0')}`, name: '塔', colour: 'red', candela: 1 } }),
            worker,
          )
        }
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    const counts = await writer.exclusively(async () => {
      const count = async () => (await db.query<{ n: number }>('select count(*) as n from events'))[0]?.n
      const before = await count()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return [before, await count()]
    })
    expect(counts[0]).toBe(counts[1])
    await new Promise((resolve) => setTimeout(resolve, 50))
    busy = false
    await load
    await writer.close()
    expect((await db.query<{ n: number }>('select count(*) as n from events'))[0]?.n).toBe(made)
  })
})

it('asks the embedded database nothing while it writes rows of a file', async () => {
  const db = await testEngine('pglite').open<unknown>({}, tables)
  let writing = false
  let waited = 0
  const writer = writerOn({
    ...db,
    read: (sql, parameters) => {
      if (writing) waited += 1
      return db.read(sql, parameters)
    },
    write: async (sql, parameters) => {
      writing = writes(sql)
      const done = await db.write(sql, parameters)
      writing = false
      return done as never
    },
  })
  // Each is looked for by the document, which is one in the whole city; more than go into one batch.
  const arriving = Array.from({ length: 3400 }, (_, n) => {
    const input = { name: '客', document: `P${n}` }
    return writer.submitTogether(
      [{ id: uuid(2, n), record: 'visitor', recordId: uuid(1, n), action: 'arrive', area: '11a1', input }],
      worker,
      { bulk: true },
    )
  })
  expect((await Promise.all(arriving)).filter(({ ok }) => !ok)).toEqual([])
  expect(waited).toBe(0)
  await writer.close()
})

it('lets several processes write into one PostgreSQL', { timeout: 120_000 }, async () => {
  const place = await testEngine('postgres').place(tables)
  const databases = [await place.open<unknown>(), await place.open<unknown>(), await place.open<unknown>()]
  const writers = databases.map((db) => writerOn(db))
  const everybody = async (command: Command) => Promise.all(writers.map((writer) => writer.submit(command, worker)))

  // The same act sent to all of them counts once.
  const answers = (
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        everybody(lampOf(i, i, { input: { number: `DT-${String(i).padStart(6, '0')}`, name: '塔', colour: 'red', candela: 1 } })),
      ),
    )
  ).flat()
  expect(answers.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(60)
  expect(answers.every((answer) => answer.ok)).toBe(true)

  // Of acts that exclude one another one is taken, whoever remembers what.
  for (let i = 0; i < 20; i += 1) {
    const action = i % 2 === 0 ? 'light' : 'dim'
    const done = await Promise.all(
      writers.map((writer, w) => writer.submit({ id: uuid(3 + w, i), record: 'lamp', recordId: uuid(1, 5), action, input: {} }, worker)),
    )
    expect(done.filter((one) => one.ok)).toHaveLength(1)
    expect(done.filter((one) => !one.ok).map(told)).toEqual([['wrong-state'], ['wrong-state']])
  }
  for (const writer of writers) await writer.close()
  const [db] = databases
  if (!db) throw new Error('no database')
  expect((await rebuild(db, registry, places, { check: true })).differences).toEqual([])
  expect(await db.query('select 1 from events')).toHaveLength(80)
})
