import { buildRegistry, count, defineDomain, defineRecord, erase, f, type TimedDuty, where } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { acting, tablesFor } from '../../../../testing/src/stores/acting.ts'
import { doTimedDuties } from './timed.ts'

/** A candle burns until its moment, and flickers every hour on the way. */
const candle = defineRecord({
  name: 'candle',
  label: { zh: '蜡烛', en: 'Candle' },
  at: 'village',
  title: 'name',
  fields: {
    name: f.text({ label: { zh: '名', en: 'Name' }, max: 20 }),
    until: f.moment({ label: { zh: '燃至', en: 'Until' } }),
    next: f.moment({ label: { zh: '下次闪烁', en: 'Next flicker' }, optional: true }),
    flickers: f.count({ label: { zh: '闪烁', en: 'Flickers' }, optional: true }),
  },
  states: { lit: { zh: '亮', en: 'Lit' }, out: { zh: '灭', en: 'Out' } },
  actions: {
    light: {
      label: { zh: '点', en: 'Light' },
      from: 'new',
      to: 'lit',
      by: { 'town-clerk': 'area' },
      needs: ['name', 'until'],
      takes: ['next'],
    },
    flicker: {
      label: { zh: '闪', en: 'Flicker' },
      from: ['lit'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['next'],
      effect: (row) => ({ flickers: (row.flickers ?? 0) + 1 }),
    },
    die: { label: { zh: '灭', en: 'Die' }, from: ['lit'], to: 'out', by: {}, automatic: true },
  },
  read: { 'town-clerk': 'area' },
  list: { columns: ['name'], filters: [], sort: 'name' },
})
const die: TimedDuty = {
  name: 'die',
  record: 'candle',
  where: where(candle, { state: 'lit' }),
  at: 'until',
  act: () => ({ action: 'die', input: {} }),
}
const flicker: TimedDuty = {
  name: 'flicker',
  record: 'candle',
  where: where(candle, { state: 'lit' }),
  at: 'next',
  act: (_row, moment) => ({
    action: 'flicker',
    input: { next: Temporal.Instant.from(moment).add({ hours: 1 }).toString({ smallestUnit: 'millisecond' }) },
  }),
}
const domain = defineDomain({
  name: 'candles',
  label: { zh: '烛', en: 'Candles' },
  records: [erase(candle)],
  timed: [die, flicker],
  indicators: { lit: { label: { zh: '亮', en: 'Lit' }, value: count(candle, { state: 'lit' }), good: 'up' } },
})
const registry = buildRegistry([domain])
const clerk = { id: 'clerk', name: '经办', grants: [{ role: 'town-clerk', path: '1/' }] } as const

describe('timed duties', () => {
  const engine = testEngine('postgres')
  const setUp = async () => {
    const db = await engine.open<unknown>({}, tablesFor(registry))
    const at = await acting(db, registry, '2020-02-14T01:00:00Z')
    const id = crypto.randomUUID()
    const light = (more: Record<string, unknown> = {}) =>
      at.act(clerk, 'candle', id, 'light', { name: '一', until: '2020-02-15T15:59:59.500Z', ...more }, { area: '11a1' })
    return { ...at, id, light }
  }

  it('are done at their moment, however late they are looked for, so that the books of the day are right', async () => {
    const at = await setUp()
    expect(await at.light()).toBe('done')
    at.clock.set('2020-02-15T15:59:59.499Z')
    expect(await doTimedDuties(at.store)).toBe(0)
    at.clock.set('2020-02-17T00:00:00Z')
    expect(await doTimedDuties(at.store)).toBe(1)
    expect(await at.row('candle', at.id)).toMatchObject({ changed_at: new Date('2020-02-15T15:59:59.500Z') })
    // 23:59:59.5 in the city: the 15th, not the 16th.
    const left = await at.db.query(`select day::text as day from tallies where measure = 'candles.lit' and area = '11a1' and "left" = 1`)
    expect(left).toEqual([{ day: '2020-02-15' }])
  })

  it('happen once when two servers look at the same time, and not again', async () => {
    const at = await setUp()
    await at.light()
    at.clock.set('2020-02-17T00:00:00Z')
    const done = await Promise.all([doTimedDuties(at.store), doTimedDuties(at.store)])
    expect(done[0] + done[1]).toBe(1)
    expect(await doTimedDuties(at.store)).toBe(0)
  })

  it('repeat as long as one moment leads to the next, up to now', async () => {
    const at = await setUp()
    await at.light({ next: '2020-02-14T02:00:00.000Z' })
    at.clock.set('2020-02-14T05:30:00Z')
    expect(await doTimedDuties(at.store)).toBe(4)
    expect(await at.row('candle', at.id)).toMatchObject({ flickers: 4, state: 'lit' })
  })

  it('must wait for a moment that exists', () => {
    const wrong = { ...domain, timed: [{ ...die, at: 'name' }] }
    expect(() => buildRegistry([wrong])).toThrow('waits for candle.name, which is no moment')
    const blind = { ...domain, surveys: [{ name: 's', reads: { a: { record: 'star', where: die.where } }, find: () => [] }] }
    expect(() => buildRegistry([blind])).toThrow('reads unknown record star')
  })
})
