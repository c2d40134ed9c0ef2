import { derivedId } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { at, fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, gate } = staff
const watchOf = (arrival: string) => derivedId(`watch/${arrival}`)

onServer('what was taken back by mistake', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database())
    const eventOf = async (id: string, action: string) =>
      (await t.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2 order by seq desc', [id, action]))[0]
        ?.id
    /** The act of a declaration is taken back by a correction, or counts again by another one. */
    const correct = async (record: string, id: string, action: string, how: Record<string, unknown>) =>
      t.act(town, record, id, 'correct', { event: await eventOf(id, action), reason: '点错了', ...how })
    const declared = async (more: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan(more))).toBe('done')
      return id
    }
    return { ...t, correct, declared }
  }
  const CHECK = { half: 'morning', temperature: 36.5, how: 'worker' }

  it('a declaration that was not void after all has its observation again, with what was read and what is still to be served', async () => {
    const t = await setUp()
    const before = [await t.stock('observed'), await t.stock('cumulative'), await t.stock('arrivals')]
    const id = await t.declared({ arrivedOn: '2020-02-05' })
    expect(await t.act(worker, 'watch', watchOf(id), 'check', CHECK)).toBe('done')
    expect(await t.act(worker, 'arrival', id, 'confirm')).toBe('done')
    t.on('2020-02-06')
    expect(await t.act(town, 'arrival', id, 'withdraw')).toBe('done')
    expect((await t.get('watch', watchOf(id))).state).toBe('void')
    t.on('2020-02-07')
    expect(await t.correct('arrival', id, 'withdraw', { void: true })).toBe('done')
    expect(await t.get('arrival', id)).toMatchObject({ state: 'confirmed', fields: { measure: 'home', until: '2020-02-19', late: false } })
    const { state, fields } = await t.get('watch', watchOf(id))
    expect([state, fields.kind, fields.until, fields.checksDone, fields.dueMorning, fields.why]).toEqual([
      'watching',
      'home',
      '2020-02-19',
      1,
      '2020-02-07',
      undefined,
    ])
    const [observed = 0, cumulative = 0, arrivals = 0] = before
    expect([await t.stock('observed'), await t.stock('cumulative'), await t.stock('arrivals')]).toEqual([
      observed + 1,
      cumulative + 1,
      arrivals + 1,
    ])
    // And void after all: then nobody is observed any more.
    expect(await t.act(town, 'arrival', id, 'withdraw')).toBe('done')
    expect([(await t.get('arrival', id)).state, (await t.get('watch', watchOf(id))).state]).toEqual(['void', 'void'])
    expect(await t.stock('observed')).toBe(observed)
    expect(await t.differences()).toEqual([])
  })

  it('what an office struck out stays struck out, and who declared anew meanwhile declares once', async () => {
    const t = await setUp()
    const struck = await t.declared()
    expect(await t.act(town, 'watch', watchOf(struck), 'void', { why: 'mistaken' })).toBe('done')
    expect(await t.act(town, 'arrival', struck, 'withdraw')).toBe('done')
    expect(await t.correct('arrival', struck, 'withdraw', { void: true })).toBe('done')
    expect([(await t.get('arrival', struck)).state, (await t.get('watch', watchOf(struck))).state]).toEqual(['declared', 'void'])

    const person = uuid()
    const first = await t.declared({ person })
    expect(await t.act(town, 'arrival', first, 'withdraw')).toBe('done')
    const second = await t.declared({ person, origin: '湖北省黄冈市' })
    expect(await t.correct('arrival', first, 'withdraw', { void: true })).toBe('already-exists')
    expect((await t.get('arrival', first)).state).toBe('void')
    expect(await t.act(town, 'arrival', second, 'withdraw')).toBe('done')
    expect(await t.correct('arrival', first, 'withdraw', { void: true })).toBe('done')
    expect((await t.get('watch', watchOf(first))).state).toBe('watching')
    expect((await t.get('watch', watchOf(second))).state).toBe('void')
    expect(await t.differences()).toEqual([])
  })

  it('who left stands on the day of leaving, whenever it is confirmed, corrected or becomes known', async () => {
    const t = await setUp()
    const days = async () => {
      const rows = await t.db.query<{ day: string; n: number }>(
        `select day::text as day, sum(entered - "left")::int as n from tallies where measure = 'monitoring.departed' and area = '11'
           group by 1 having sum(entered - "left") <> 0 order by 1`,
      )
      return Object.fromEntries(rows.map(({ day, n }) => [day, n]))
    }
    const leaves = { channel: 'worker', leavesOn: '2020-02-08', destination: '广东省深圳市', purpose: 'work' }
    const departed = async (input: Record<string, unknown>, happenedAt?: string) => {
      const id = uuid()
      expect(await t.act(worker, 'departure', id, 'declare', { ...leaves, person: uuid() }, happenedAt && at('2020-02-05', '10:00'))).toBe(
        'done',
      )
      expect(await t.act(gate, 'departure', id, 'confirm', input, happenedAt)).toBe('done')
      return id
    }
    t.on('2020-02-08')
    const told = await departed({ leftOn: '2020-02-05' })
    await departed({})
    await departed({}, at('2020-02-06', '11:00'))
    expect(await days()).toEqual({ '2020-02-05': 1, '2020-02-06': 1, '2020-02-08': 1 })
    expect(await t.correct('departure', told, 'confirm', { input: { leftOn: '2020-02-07' } })).toBe('done')
    expect(await t.correct('departure', told, 'confirm', { input: { leftOn: '2020-02-09' } })).toBe('day-in-future input.leftOn')
    expect(await days()).toEqual({ '2020-02-06': 1, '2020-02-07': 1, '2020-02-08': 1 })
    t.on('2020-02-09')
    expect(await t.act(worker, 'departure', told, 'withdraw')).toBe('done')
    expect(await days()).toEqual({ '2020-02-06': 1, '2020-02-08': 1 })
    expect(await t.differences()).toEqual([])
  })

  it('a departure that was not made goes on with an observation only as far as something still asks for it', async () => {
    const t = await setUp()
    const own = { origin: '四川省成都市', originCode: '510100' }
    const leave = { channel: 'worker', leavesOn: '2020-02-05', destination: '成都市', purpose: 'work' }
    for (const how of ['withdraw', 'taken back'] as const) {
      const person = uuid()
      t.on('2020-02-05')
      const arrival = await t.declared({ ...own, person })
      const departure = uuid()
      expect(await t.act(worker, 'departure', departure, 'declare', { ...leave, person })).toBe('done')
      expect(await t.act(worker, 'departure', departure, 'confirm')).toBe('done')
      expect((await t.get('watch', watchOf(arrival))).state).toBe('transferred')
      expect(await t.act(town, 'arrival', arrival, 'withdraw')).toBe('done')
      if (how === 'withdraw') expect(await t.act(worker, 'departure', departure, 'withdraw')).toBe('done')
      else expect(await t.correct('departure', departure, 'confirm', { void: true })).toBe('done')
      expect([how, (await t.get('watch', watchOf(arrival))).state]).toEqual([how, 'void'])
      if (how === 'withdraw') expect((await t.get('departure', departure)).fields.observation).toBe('over')
    }
    expect(await t.differences()).toEqual([])
  })
})
