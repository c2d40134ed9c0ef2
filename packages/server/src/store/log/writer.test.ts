import { buildRegistry, CORRECT, type Command, fixedClock, MOVE, readParameters, SYSTEM } from '@guatu/kernel'
import { cast, lighthouse, places } from '@guatu/testing'
import { describe, expect, it } from 'vitest'
import { onBothEngines, type TestEngine } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { createWriter } from './writer.ts'

const registry = buildRegistry([lighthouse])
const tables = migrated(tablesOf(registry))
const uuid = () => crypto.randomUUID()

async function setUp(engine: TestEngine) {
  const db = await engine.open<unknown>({}, tables)
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const settings = new Map(lighthouse.parameters.map((p) => [p.code, p.settings]))
  const errors: unknown[] = []
  const writer = createWriter(
    db,
    { registry, clock, areas: () => places, parameters: (day, path) => readParameters(settings, day, path) },
    (_ref, error) => errors.push(error),
  )
  const build = (over: Partial<Command> = {}, input: Record<string, unknown> = {}): Command => ({
    id: uuid(),
    record: 'lamp',
    recordId: uuid(),
    action: 'build',
    area: '11a1',
    ...over,
    input: {
      number: `DT-${Math.floor(Math.random() * 1e8)
        .toString()
        .padStart(8, '0')}`,
      name: '北岸灯塔',
      colour: 'red',
      candela: 100,
      ...input,
    },
  })
  const act = (recordId: string, action: string, over: Partial<Command> = {}): Command => ({
    id: uuid(),
    record: 'lamp',
    recordId,
    action,
    input: {},
    ...over,
  })
  const stock = async (measure: string, area: string, day = '2030-01-01') => {
    const [row] = await db.query<{ n: number }>(
      'select coalesce(sum(entered - "left" + moved_in - moved_out), 0)::bigint as n from tallies where measure = $1 and area = $2 and day <= $3',
      [measure, area, day],
    )
    return row?.n
  }
  return { db, clock, writer, build, act, stock, errors }
}

const must = <T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T => {
  if (!result.ok) throw new Error(`refused: ${result.problem.code}`)
  return result.value
}
const code = (result: { ok: boolean; problem?: { code: string } }) => (result.ok ? 'accepted' : result.problem?.code)

onBothEngines('the writer', (engine) => {
  it('takes an act in, keeps the books of every ancestor and answers with the state', async () => {
    const { writer, build, act, stock } = await setUp(engine)
    const command = build()
    const built = must(await writer.submit(command, cast.townClerk))
    expect(built.state).toMatchObject({ state: 'dark', version: 1, area: '11a1', county: '11' })
    const lit = must(await writer.submit(act(command.recordId, 'light'), cast.gridWorker))
    expect(lit.state).toMatchObject({ state: 'lit', version: 2 })
    for (const area of ['11a1', '11a', '11']) expect(await stock('lighthouse.lit', area)).toBe(1)
    expect(await stock('lighthouse.candela', '11')).toBe(100)
    expect(await stock('lighthouse.lit', '1')).toBe(0)
    await writer.close()
  })

  it('counts the same event once, sent twenty times in parallel, before and after', async () => {
    const { writer, build, act, stock, db } = await setUp(engine)
    const command = build()
    await Promise.all(Array.from({ length: 20 }, () => writer.submit(command, cast.townClerk)))
    const light = act(command.recordId, 'light')
    const answers = await Promise.all(Array.from({ length: 20 }, () => writer.submit(light, cast.townClerk)))
    expect(answers.filter((a) => a.ok && !a.value.repeated)).toHaveLength(1)
    expect(must(await writer.submit(light, cast.townClerk)).repeated).toBe(true)
    expect(await stock('lighthouse.lit', '11')).toBe(1)
    expect((await db.query('select 1 from events')).length).toBe(2)
    expect(code(await writer.submit({ ...light, action: 'dim' }, cast.townClerk))).toBe('id-reused')
  })

  it('refuses what the definition does not allow, and says why', async () => {
    const { writer, build, act } = await setUp(engine)
    const command = build()
    expect(code(await writer.submit(build({ area: '12a1' }), cast.townClerk))).toBe('outside-jurisdiction')
    expect(code(await writer.submit(build({ area: 'nowhere' }), cast.townClerk))).toBe('area-unknown')
    expect(code(await writer.submit(build({ area: '11' }), cast.countyClerk))).toBe('area-level')
    expect(code(await writer.submit(build({}, { candela: -1 }), cast.townClerk))).toBe('invalid')
    expect(code(await writer.submit(build({}, { wings: 2 }), cast.townClerk))).toBe('unexpected')
    expect(code(await writer.submit(command, cast.nobody))).toBe('not-allowed')
    must(await writer.submit(command, cast.townClerk))
    // Lit must it be first: that is said, of what this person may do.
    expect(await writer.submit(act(command.recordId, 'dim'), cast.townClerk)).toMatchObject({
      problem: {
        code: 'wrong-state',
        message: { zh: expect.stringMatching(/现在可办：点亮、/), en: expect.stringMatching(/now: Light, /) },
      },
    })
    expect(code(await writer.submit(act(command.recordId, 'light', { version: 7 }), cast.townClerk))).toBe('version-conflict')
    expect(code(await writer.submit(act(command.recordId, 'light', { input: { oilTemperature: 41 } }), cast.townClerk))).toBe('oil-too-hot')
    expect(code(await writer.submit(act(command.recordId, 'light', { happenedAt: '2020-02-15T00:00:00Z' }), cast.townClerk))).toBe(
      'from-future',
    )
    expect(code(await writer.submit(build({}, { number: String(command.input.number) }), cast.townClerk))).toBe('already-exists')
  })

  it('draws the consequences of what becomes known late, and one that several causes ask for once, by the earliest', async () => {
    const { db, clock, writer, build, act } = await setUp(engine)
    const command = build()
    must(await writer.submit(command, cast.townClerk))
    clock.set('2020-02-15T02:00:00Z')
    must(await writer.submit(act(command.recordId, 'light'), cast.townClerk))
    const repairs = async () =>
      (await db.query<{ what: string; due: string }>('select what, due from r_repair order by what')).map((row) => [row.what, row.due])
    must(await writer.submit(act(command.recordId, 'flood', { happenedAt: '2020-02-14T20:00:00Z' }), cast.townClerk))
    expect(await repairs()).toEqual([['进水检修', '2020-02-18']])
    must(await writer.submit(act(command.recordId, 'flood', { happenedAt: '2020-02-14T19:00:00Z' }), cast.townClerk))
    must(await writer.submit(act(command.recordId, 'flood'), cast.townClerk))
    expect(await repairs()).toEqual([['进水检修', '2020-02-18']])
    expect((await db.query(`select 1 from events where action = 'flood'`)).length).toBe(3)
    // It stands where the earliest of them is, by an act that stands for the one that was known first.
    const [made] = await db.query<{ at: Date }>(`select created_at as at from r_repair where what = '进水检修'`)
    expect(made?.at.toISOString()).toBe('2020-02-14T19:00:00.000Z')
    const ordered = await db.query<{ id: string; corrects: string | null }>(
      `select id, corrects from events where action = 'order' and input->>'what' = '进水检修' order by seq`,
    )
    expect(ordered.map(({ corrects }) => corrects)).toEqual([null, ordered[0]?.id])
    const storm = act(command.recordId, 'storm', { happenedAt: '2020-02-14T10:00:00Z' })
    must(await writer.submit(storm, cast.dutyOfficer))
    expect(must(await writer.submit(storm, cast.dutyOfficer)).repeated).toBe(true)
    expect(await repairs()).toEqual([
      ['进水检修', '2020-02-18'],
      ['风暴后检修北岸灯塔', '2020-02-17'],
    ])
  })

  it('lets one bad request fail alone among its neighbours', async () => {
    const { writer, build } = await setUp(engine)
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => writer.submit(build({}, i % 3 === 0 ? { candela: 'many' } : {}), cast.townClerk)),
    )
    expect(answers.filter((a) => a.ok)).toHaveLength(20)
  })

  it('does a group whole or not at all', async () => {
    const { writer, build, act, db, stock } = await setUp(engine)
    const first = build()
    const refused = await writer.submitTogether([first, act(first.recordId, 'light'), act(first.recordId, 'light')], cast.townClerk)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'wrong-state', path: 'commands.2' } })
    expect(await db.query('select 1 from events')).toHaveLength(0)
    must(await writer.submitTogether([first, act(first.recordId, 'light')], cast.townClerk))
    expect(await stock('lighthouse.lit', '11')).toBe(1)
  })

  it('puts a late act on the day it happened and refolds what came after', async () => {
    const { writer, build, act, clock, stock } = await setUp(engine)
    const command = build({ happenedAt: '2020-02-10T01:00:00Z' })
    must(await writer.submit(command, cast.townClerk))
    must(
      await writer.submit(
        act(command.recordId, 'retire', { happenedAt: '2020-02-13T01:00:00Z', input: { reason: '旧' } }),
        cast.countyClerk,
      ),
    )
    clock.set('2020-02-15T02:00:00Z')
    const late = must(await writer.submit(act(command.recordId, 'light', { happenedAt: '2020-02-11T01:00:00Z' }), cast.gridWorker))
    expect(late.state).toMatchObject({ state: 'retired', version: 3 })
    expect(await stock('lighthouse.lit', '11', '2020-02-10')).toBe(0)
    expect(await stock('lighthouse.lit', '11', '2020-02-11')).toBe(1)
    expect(await stock('lighthouse.lit', '11', '2020-02-13')).toBe(0)
    const impossible = await writer.submit(
      act(command.recordId, 'retire', { happenedAt: '2020-02-12T01:00:00Z', input: { reason: '早' } }),
      cast.countyClerk,
    )
    expect(code(impossible)).toBe('out-of-order')
  })

  it('says since when there is the record where an act is dated before it, and only to whoever may read it', async () => {
    const { writer, build, act, clock } = await setUp(engine)
    const command = build()
    must(await writer.submit(command, cast.townClerk))
    clock.set('2020-02-15T02:00:00Z')
    const early = { happenedAt: '2020-02-14T01:59:30Z' }
    for (const refused of [
      await writer.submit(act(command.recordId, 'light', early), cast.gridWorker),
      await writer.submit(act(command.recordId, MOVE, { ...early, area: '11a2' }), SYSTEM),
    ])
      expect(refused).toMatchObject({
        problem: {
          code: 'before-entered',
          status: 409,
          path: 'happenedAt',
          message: {
            zh: expect.stringMatching(/^2020年2月14日 09:59时还没有这条“灯塔”，它自2020年2月14日 10:00起才有/),
            en: expect.stringMatching(/did not exist yet at 14 Feb 2020 09:59; it has existed since 14 Feb 2020 10:00/),
          },
          data: { since: '2020-02-14T02:00:00.000Z' },
        },
      })
    // Two moments of one minute are told apart.
    clock.set('2020-02-15T02:00:30Z')
    const next = build()
    must(await writer.submit(next, cast.townClerk))
    const soon = await writer.submit(act(next.recordId, 'light', { happenedAt: '2020-02-15T02:00:10Z' }), cast.gridWorker)
    expect(!soon.ok && soon.problem.message.zh).toMatch(/10:00:10时还没有.*10:00:30起才有/)
    expect(await writer.submit(act(command.recordId, 'refit', early), cast.otherCountyClerk)).toMatchObject({
      problem: { code: 'not-found', status: 404 },
    })
  })

  it('corrects and voids an earlier act with a new event that names it', async () => {
    const { writer, build, act, stock } = await setUp(engine)
    const command = build()
    const light = act(command.recordId, 'light')
    must(await writer.submit(command, cast.townClerk))
    must(await writer.submit(light, cast.townClerk))
    const fixed = must(
      await writer.submit(
        act(command.recordId, CORRECT, { input: { event: command.id, reason: '光强登记错误', input: { candela: 250 } } }),
        cast.townClerk,
      ),
    )
    expect(fixed.state.fields).toMatchObject({ candela: 250, colour: 'red' })
    expect(await stock('lighthouse.candela', '11')).toBe(250)
    const voided = must(
      await writer.submit(act(command.recordId, CORRECT, { input: { event: light.id, reason: '并未点亮', void: true } }), cast.townClerk),
    )
    expect(voided.state).toMatchObject({ state: 'dark', version: 4 })
    expect(await stock('lighthouse.lit', '11')).toBe(0)
    expect(
      code(await writer.submit(act(command.recordId, CORRECT, { input: { event: command.id, reason: 'x', void: true } }), cast.townClerk)),
    ).not.toBe('accepted')
  })

  it('refuses a correction that the act itself would have been refused', async () => {
    const { writer, build, act } = await setUp(engine)
    const command = build()
    const light = act(command.recordId, 'light', { input: { oilTemperature: 35 } })
    must(await writer.submit(command, cast.townClerk))
    must(await writer.submit(light, cast.townClerk))
    const hot = await writer.submit(
      act(command.recordId, CORRECT, { input: { event: light.id, reason: '读错', input: { oilTemperature: 41 } } }),
      cast.townClerk,
    )
    expect(code(hot)).toBe('oil-too-hot')
    must(
      await writer.submit(
        act(command.recordId, CORRECT, { input: { event: light.id, reason: '读错', input: { oilTemperature: 36 } } }),
        cast.townClerk,
      ),
    )
    must(await writer.submit(act(command.recordId, 'retire', { input: { reason: '旧' } }), cast.countyClerk))
    const late = await writer.submit(
      act(command.recordId, CORRECT, { input: { event: light.id, reason: '再改', input: { oilTemperature: 37 } } }),
      cast.townClerk,
    )
    expect(code(late)).toBe('wrong-state')
  })

  it('lets consequences follow in the same transaction, with ids that repeat nothing', async () => {
    const { writer, build, act, stock, db } = await setUp(engine)
    const command = build()
    must(await writer.submit(command, cast.townClerk))
    const storm = act(command.recordId, 'storm')
    must(await writer.submit(storm, cast.dutyOfficer))
    must(await writer.submit(storm, cast.dutyOfficer))
    expect(await stock('lighthouse.openRepairs', '11')).toBe(1)
    const [row] = await db.query<{ cause: string; due: string }>(
      'select e.cause, r.due from events e join r_repair r on r.id = e.record_id',
    )
    expect(row).toEqual({ cause: storm.id, due: '2020-02-17' })
    expect(code(await writer.submit(act(command.recordId, 'retire', { input: { reason: '旧' } }), cast.countyClerk))).toBe('repair-open')
  })

  it('decides an act and what follows from it at one moment, however long that takes', async () => {
    const { db, clock, writer, build, act } = await setUp(engine)
    const command = build()
    must(await writer.submit(command, cast.townClerk))
    let ms = Temporal.Instant.from('2020-02-14T03:00:00Z').epochMilliseconds
    clock.now = () => Temporal.Instant.fromEpochMilliseconds(ms++)
    must(await writer.submit(act(command.recordId, 'storm'), cast.dutyOfficer))
    const moments = await db.query<{ happened: Date; recorded: Date }>(
      `select happened_at as happened, recorded_at as recorded from events where recorded_at >= '2020-02-14T03:00:00Z'`,
    )
    expect(moments).toHaveLength(2)
    expect(new Set(moments.flatMap(({ happened, recorded }) => [happened.getTime(), recorded.getTime()])).size).toBe(1)
    await writer.close()
  })

  it('chains the events of a county', async () => {
    const { writer, build, db } = await setUp(engine)
    for (let i = 0; i < 3; i++) must(await writer.submit(build(), cast.townClerk))
    const rows = await db.query<{ seq: number; hash: string }>('select seq, hash from events order by seq')
    expect(rows.map((r) => r.seq)).toEqual([1, 2, 3])
    expect(new Set(rows.map((r) => r.hash)).size).toBe(3)
  })
})

describe('definitions', () => {
  it('stand without contradiction', () => {
    expect([...registry.measures.keys()].sort()).toEqual(['lamp', 'repair', 'visitor'])
  })
})
