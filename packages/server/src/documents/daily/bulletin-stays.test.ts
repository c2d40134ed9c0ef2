import { randomUUID } from 'node:crypto'
import { SYSTEM } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { draftedBulletin } from '../testing/drafted-bulletin.ts'

describe('what was published', { timeout: 240_000 }, () => {
  const published = async () => {
    const at = await draftedBulletin()
    const { city, id, say } = at
    const correct = async (action: string, more: object) =>
      (await say('correct', { event: await lastAct(city.store.db, id, action), reason: '更正', ...more })).code
    const drafted = city.clock.now().toString()
    city.clock.set('2020-02-13T17:00:00Z')
    expect((await say('publish', {})).code).toBeUndefined()
    return { ...at, drafted, correct }
  }

  it('stays: neither publishing nor drafting is taken back or said otherwise, and it is remembered', async () => {
    const { city, made, id, act, say, page, correct, input } = await published()
    const read = await page()
    expect(read).toContain('正在观察7人')
    const other = { text: `${made.text.zh}请放心。` }
    expect(await correct('publish', { void: true })).toBe('wrong-state')
    expect(await correct('draft', { input: other })).toBe('wrong-state')
    expect(await page()).toBe(read)
    // Withdrawn it is gone from the page, remembered, and never brought back by taking the withdrawal back.
    await act('publicBulletin', id, 'withdraw', { reason: '口径调整' })
    for (const action of ['withdraw', 'publish']) expect([action, await correct(action, { void: true })]).toEqual([action, 'wrong-state'])
    expect(await correct('draft', { input: other })).toBe('wrong-state')
    expect(await page()).not.toContain('正在观察')
    const [row] = await city.store.db.query<{ state: string; published_at: unknown }>('select state, published_at from r_public_bulletin')
    expect([row?.state, row?.published_at === null]).toEqual(['withdrawn', false])
    const again = (await city.ask('duty', 'GET', `/api/dailyReport/${input.report}/bulletin`)).json<{ figures: object }>()
    expect(again.figures).toEqual(made.figures)
    expect((await say('revise', other)).code).toBe('wrong-state')
    expect(await city.store.rebuild({ check: true })).toMatchObject({ differences: [] })
  })

  it('is followed through a reform: the next bulletin says what went over from one of its areas to another', async () => {
    const { city, act, made } = await published()
    expect(made.figures.ways).toEqual([])
    const moved = {
      kind: 'moved',
      id: city.area('511921106'),
      parent: city.area('511902'),
      date: '2020-02-14',
      instrument: '示例',
    } as const
    expect(await city.store.areas.confirm([moved], SYSTEM, city.store.writer)).toMatchObject({ ok: true })
    city.clock.set('2020-02-14T16:05:00Z')
    const report = randomUUID()
    await act('dailyReport', report, 'compose', { day: '2020-02-14' }, city.city)
    await act('dailyReport', report, 'freeze', {})
    const next = await city.ask('duty', 'GET', `/api/dailyReport/${report}/bulletin`)
    const [from, to] = [city.area('511921'), city.area('511902')]
    const { ways } = next.json<{ figures: { ways: object[] } }>().figures
    const known = [
      { area: from, links: [{ day: '2020-02-14', from, to }] },
      { area: to, links: [] },
    ]
    expect([ways.length, ways]).toEqual([known.length, expect.arrayContaining(known)])
  })

  it('is not written anew by words that are dated back to when it was a draft', async () => {
    const { city, id, made, drafted, page, send, input } = await published()
    const read = await page()
    const late = (record: string, recordId: string, action: string, given: object, happenedAt: string) =>
      city.ask('duty', 'POST', `/api/${record}/${recordId}/${action}`, { event: randomUUID(), input: given, happenedAt })
    const between = Temporal.Instant.from(drafted).add({ minutes: 10 }).toString()
    const revised = await late('publicBulletin', id, 'revise', { text: `${made.text.zh}请放心。` }, between)
    expect(revised.json()).toMatchObject({ code: 'wrong-state', data: { state: 'published' } })
    expect(revised.body).not.toContain('{instead}')
    expect(await page()).toBe(read)
    // Nor is a frozen report taken back or changed, by whatever way.
    const frozen = await lastAct(city.store.db, input.report, 'freeze')
    const unfrozen = await send('dailyReport', input.report, 'correct', { event: frozen, reason: '更正', void: true })
    expect(unfrozen.json()).toMatchObject({ code: 'wrong-state' })
    expect((await late('dailyReport', input.report, 'withdraw', { reason: '误' }, between)).json()).toMatchObject({ code: 'wrong-state' })
  })
})
