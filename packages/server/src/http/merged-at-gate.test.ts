import type { passes } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

onServer('somebody who is observed under an entry that was merged', ({ engine }) => {
  it('is let out at no gate by the document or a pass of any entry, with a network or without one', { timeout: 240_000 }, async () => {
    const at = await villageClosed(engine, () => ({ trades: ['医疗'] }))
    const [stays, merged, watch] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    const document = 'E00000001'
    const known = { name: '测试甲', documentType: 'passport', documentNumber: document }
    expect(await at.act('town', 'person', stays, 'register', known)).toBe('done')
    expect(await at.act('town', 'person', merged, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    const numbers: string[] = []
    for (const person of [stays, merged]) {
      const pass = crypto.randomUUID()
      expect(await at.act('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'worker', person, trade: '医疗', ...TERM })).toBe(
        'done',
      )
      numbers.push((await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ number: string }>().number)
    }
    expect(await at.act('grid', 'watch', watch, 'enter', { person: merged, kind: 'home', entry: 'list', class: 'listed' })).toBe('done')
    const said = async () => {
      const look = (await at.ask('gate', 'POST', '/api/gate/look', { shown: document, direction: 'out' })).json<{
        observed?: object
        verdict?: passes.Verdict
      }>()
      const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
      return {
        look: [look.observed !== undefined, look.verdict?.code],
        passes: await Promise.all(numbers.map((number) => at.verdict('gate', { number, direction: 'out' }))),
        book: [book.observed.length > 0, book.full?.isolated.length],
      }
    }
    const before = await said()
    expect(before).toMatchObject({ look: [false, 'valid'], passes: ['valid', 'isolated'], book: [false, expect.any(Number)] })
    at.clock.set('2020-02-14T04:00:00Z')
    expect(await at.act('town', 'person', merged, 'merge', { mergedInto: stays })).toBe('done')
    expect(await said()).toEqual({
      look: [true, 'isolated'],
      passes: ['isolated', 'isolated'],
      book: [true, 2 * Number(before.book[1])],
    })
    // A line out of either is marked as long as they are one.
    const lines = [crypto.randomUUID(), crypto.randomUUID()]
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    for (const [i, id] of lines.entries())
      expect(await at.act('gate', 'crossing', id, 'record', { ...out, person: [stays, merged][i] })).toBe('done')
    const marks = async () => {
      const rows = await at.store.db.query<{ id: string; differs: boolean | null }>('select id, differs from r_crossing')
      return lines.map((line) => rows.find(({ id }) => id === line)?.differs)
    }
    expect(await marks()).toEqual([true, true])
    // Two people after all: each is what they were.
    at.clock.set('2020-02-14T05:00:00Z')
    expect(await at.act('town', 'person', merged, 'unmerge', { reason: '两人' })).toBe('done')
    expect(await said()).toEqual(before)
    expect(await marks()).toEqual([null, true])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })

  it('gets no pass for work where the entry that stays lives with somebody who is isolated', { timeout: 240_000 }, async () => {
    const at = await villageClosed(engine, () => ({ trades: ['医疗'] }))
    const [stays, merged, mate] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    const register = (id: string, more = {}) => at.act('town', 'person', id, 'register', { name: '测试甲', documentType: 'none', ...more })
    expect([await register(stays, { household: at.household }), await register(merged), await register(mate)]).toEqual([
      'done',
      'done',
      'done',
    ])
    const observed = { person: mate, household: at.household, kind: 'home', entry: 'list', class: 'listed' }
    expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', observed)).toBe('done')
    const pass = { closure: at.closure, kind: 'worker', person: merged, trade: '医疗', ...TERM }
    const issue = () => at.act('grid', 'pass', crypto.randomUUID(), 'issue', pass)
    expect(await issue()).toBe('done')
    at.clock.set('2020-02-14T04:00:00Z')
    expect(await at.act('town', 'person', merged, 'merge', { mergedInto: stays })).toBe('done')
    expect(await issue()).toBe('holder-isolated')
  })
})
