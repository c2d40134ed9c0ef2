import { MOVE, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import monitoring from '../index.ts'
import { at, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, county, doctor } = staff
const searching = (monitoring.standing ?? []).filter(({ name }) => name.startsWith('search-'))

onBothEngines('a search', (engine) => {
  const setUp = async () => {
    const t = await townOn(await engine.open<unknown>({}, townTables), '2020-02-06')
    const id = uuid()
    const input = { person: uuid(), kind: 'home', entry: 'list', class: 'listed', household: uuid(), worker: 'w1', from: '2020-02-06' }
    expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
    const settle = async () => {
      for (const duty of searching) await doStandingDuty({ ...t.store, areas: { index: places } }, duty)
    }
    const needs = async () => {
      await settle()
      await settle()
      return (await t.all('need', `watch = '${id}'`)).map(({ state, fields: { result, foundAt, foundBy } }) =>
        [state, result, foundBy, foundAt].filter((one) => one !== undefined),
      )
    }
    const watch = (action: string, more: Record<string, unknown> = {}, when?: string, by = worker) =>
      t.act(by, 'watch', id, action, more, when)
    const read = (when?: string) => watch('check', { half: 'morning', temperature: 36.5, how: 'worker' }, when)
    const takeBack = async (action: string, by = town) =>
      watch('correct', { event: await lastAct(t.db, id, action), reason: '点错', void: true }, undefined, by)
    const loses = async () => {
      for (const day of ['2020-02-07', '2020-02-08', '2020-02-09', '2020-02-10', '2020-02-11']) {
        t.on(day, '00:10')
        await doDailyDuties(t.store)
      }
      expect((await t.get('watch', id)).fields.lost).toBe(true)
      expect(await needs()).toEqual([['open']])
    }
    return { ...t, id, needs, watch, read, takeBack, loses }
  }

  it('ends when whoever left is brought back, names who found them, and goes on when nobody had', async () => {
    const t = await setUp()
    t.on('2020-02-06', '10:00')
    expect(await t.watch('leave')).toBe('done')
    expect(await t.needs()).toEqual([['open']])
    const [search] = await t.all('need')
    t.on('2020-02-06', '10:30')
    expect(await t.act(worker, 'need', search?.id ?? '', 'take')).toBe('done')
    expect(await t.needs()).toEqual([['taken']])
    t.on('2020-02-06', '11:00')
    expect(await t.watch('comeBack')).toBe('done')
    const first = ['done', '已找回', 'worker', at('2020-02-06', '11:00')]
    expect(await t.needs()).toEqual([[first[0], first[1], first[2], expect.stringContaining('2020-02-06T03:00:00')]])
    expect((await t.get('watch', t.id)).fields.foundBy).toBe('worker')
    // It was somebody else who came back.
    t.on('2020-02-06', '12:00')
    expect(await t.takeBack('comeBack')).toBe('done')
    expect((await t.get('watch', t.id)).state).toBe('absent')
    expect(await t.needs()).toEqual([['open']])
    t.on('2020-02-06', '13:00')
    expect(await t.watch('comeBack')).toBe('done')
    // Who leaves again is looked for anew, and the search that ended stays so.
    t.on('2020-02-06', '14:00')
    expect(await t.watch('leave')).toBe('done')
    expect((await t.needs()).map(([state]) => state)).toEqual(['done', 'open'])
    t.on('2020-02-06', '15:00')
    expect(await t.act(doctor, 'watch', t.id, 'confirm')).toBe('done')
    expect((await t.needs()).map(([state, result]) => [state, result])).toEqual([
      ['done', '已找回'],
      ['done', '观察已结束'],
    ])
    expect(await t.takeBack('confirm', doctor)).toBe('done')
    expect((await t.needs()).map(([state]) => state)).toEqual(['done', 'open'])
    expect(await t.differences()).toEqual([])
  })

  it('that goes on does so where they are observed by then', async () => {
    const t = await setUp()
    t.on('2020-02-06', '10:00')
    expect(await t.watch('leave')).toBe('done')
    t.on('2020-02-06', '11:00')
    expect(await t.watch('comeBack')).toBe('done')
    expect((await t.needs()).map(([state]) => state)).toEqual(['done'])
    t.on('2020-02-06', '12:00')
    expect(await t.tell(county, { record: 'watch', recordId: t.id, action: MOVE, area: '11b1', input: {} })).toBe('done')
    expect(await t.act(SYSTEM, 'watch', t.id, 'rehome', { household: uuid(), away: true })).toBe('done')
    t.on('2020-02-06', '13:00')
    expect(await t.takeBack('comeBack', county)).toBe('done')
    // Soon after, only where something was done is looked at.
    for (const duty of searching) await doStandingDuty({ ...t.store, areas: { index: places } }, duty, [places.currentPath('11b1') ?? ''])
    const { household } = (await t.get('watch', t.id)).fields
    expect(await t.all('need')).toMatchObject([{ state: 'open', area: '11b1', fields: { kind: 'find', household } }])
    expect((await t.all('need'))[0]?.fields.worker).toBe('w1')
    expect(await t.differences()).toEqual([])
  })

  it('ends with a reading of whoever was lost, and goes on when that was none', async () => {
    const t = await setUp()
    await t.loses()
    t.on('2020-02-11', '09:00')
    expect(await t.read()).toBe('done')
    expect(await t.needs()).toEqual([['done', '已恢复测温', 'worker', expect.any(String)]])
    t.on('2020-02-11', '10:00')
    expect(await t.takeBack('check')).toBe('done')
    expect((await t.get('watch', t.id)).fields.lost).toBe(true)
    expect(await t.needs()).toEqual([['open']])
    expect(await t.differences()).toEqual([])
  })

  it('ends with a reading that was taken before anybody was missed and came late', async () => {
    const t = await setUp()
    await t.loses()
    t.on('2020-02-11', '09:00')
    expect(await t.read(at('2020-02-08', '08:00'))).toBe('done')
    expect((await t.get('watch', t.id)).fields.lost).toBeUndefined()
    expect((await t.needs()).map(([state, result]) => [state, result])).toEqual([['done', '数据迟到，当时并未失访']])
    expect(await t.takeBack('check')).toBe('done')
    expect(await t.needs()).toEqual([['open']])
    expect(await t.differences()).toEqual([])
  })

  it('that somebody began by hand ends when they are found, and not before', async () => {
    const t = await setUp()
    t.on('2020-02-06', '10:00')
    expect(await t.act(town, 'need', uuid(), 'open', { kind: 'find', dueOn: '2020-02-06', watch: t.id })).toBe('done')
    expect(await t.read()).toBe('done')
    expect(await t.needs()).toEqual([['open']])
  })

  it('is looked at after a reading only where that found somebody', async () => {
    const t = await setUp()
    const [duty] = searching
    const asked = async () => {
      const [event] = await t.db.query<{ action: string; happened_at: string }>(
        `select action, to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as happened_at from events
          where record_id = $1 order by recorded_at desc, happened_at desc limit 1`,
        [t.id],
      )
      const act = { action: event?.action ?? '', happenedAt: event?.happened_at ?? '' }
      return duty?.concerns?.(act as Parameters<NonNullable<typeof duty.concerns>>[0], await t.get('watch', t.id))
    }
    t.on('2020-02-06', '10:00')
    await t.read()
    expect(await asked()).toBe(false)
    await t.loses()
    t.on('2020-02-11', '09:00')
    await t.read()
    expect(await asked()).toBe(true)
    t.on('2020-02-11', '18:00')
    await t.watch('check', { half: 'evening', temperature: 36.6, how: 'worker' })
    expect(await asked()).toBe(false)
  })
})
