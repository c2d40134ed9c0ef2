import { passes } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

/** Ids as a clock makes them, all within a quarter of a second. */
const timed = (n: number) => `018f3c5a-7b${(16 + n).toString(16)}-7000-8000-00000000000${n}`

onServer('numbers of passes', ({ engine }) => {
  /** Passes of three households, issued in one moment. */
  async function issued() {
    const at = await villageClosed(engine)
    const made: { readonly id: string; readonly sent: { readonly event: string }; readonly number: string }[] = []
    for (const n of [1, 2, 3]) {
      const household = crypto.randomUUID()
      expect(await at.act('grid', 'household', household, 'register', { door: `20${n}`, kind: 'family' })).toBe('done')
      const sent = { event: crypto.randomUUID(), area: at.village, input: { closure: at.closure, kind: 'household', household, ...TERM } }
      const answer = await at.ask('grid', 'POST', `/api/pass/${timed(n)}/issue`, sent)
      expect(answer.statusCode).toBe(201)
      made.push({ id: timed(n), sent, number: answer.json<{ record: { fields: { number: string } } }>().record.fields.number })
    }
    const ask = (number: string) => at.verify('gate', { number, direction: 'out' })
    /** As an earlier version stored them: the number follows from the beginning of the id alone, and the act says nothing of it. */
    const asBefore = () =>
      at.store.writer.exclusively(async () => {
        await at.store.db.query(`update events set input = input - 'number' where record = 'pass'`)
        for (const id of [at.pass, ...made.map((one) => one.id)])
          await at.store.db.query('update r_pass set "number" = $2 where id = $1::uuid', [id, passes.shortNumberOf(id)])
      })
    return { ...at, made, question: ask, asBefore }
  }

  it('that were issued in one moment differ, and each finds its own pass', async () => {
    const at = await issued()
    expect(new Set(at.made.map(({ number }) => number)).size).toBe(3)
    for (const { id, number } of at.made) {
      expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      expect(await at.question(number)).toMatchObject({ verdict: { code: 'valid' }, pass: { id, number } })
    }
    const [first, second] = at.made
    expect(await at.act('town', 'pass', first?.id ?? '', 'revoke', { stopReason: '遗失' })).toBe('done')
    expect(await at.question(first?.number ?? '')).toMatchObject({ verdict: { code: 'revoked' } })
    expect(await at.question(second?.number ?? '')).toMatchObject({ verdict: { code: 'valid' }, pass: { id: second?.id } })
    // A phone that printed the short number while it had no network: one of those that share it was revoked.
    expect(await at.question(passes.shortNumberOf(timed(2)))).toMatchObject({ verdict: { code: 'revoked', ok: false } })
    expect(at.errors).toEqual([])
  })

  it('that were printed before stay as they are, and no pass is chosen where several have one', async () => {
    const at = await issued()
    await at.asBefore()
    const number = passes.shortNumberOf(timed(1))
    const shared = await at.question(number.toLowerCase().replace('-', ' '))
    expect(shared).toMatchObject({ verdict: { code: 'valid', why: { zh: expect.stringContaining('3张通行证共用') } } })
    expect(shared.pass).toBeUndefined()
    expect(shared.passes?.map(({ id }) => id).sort()).toEqual(at.made.map(({ id }) => id))
    const { code } = (await at.ask('grid', 'GET', `/api/pass/${timed(1)}/code`)).json<{ code: string }>()
    expect(passes.readTicket(code)?.ticket.pass).toBe(number)
    expect(await at.verdict('gate', { code, direction: 'out' })).toBe('valid')

    // One that is corrected keeps its number, and what a phone sends once more is the act that it was.
    const [first, second] = at.made
    const again = await at.ask('grid', 'POST', `/api/pass/${second?.id}/issue`, second?.sent)
    expect(again.json()).toMatchObject({ repeated: true, record: { fields: { number } } })
    const correct = { event: first?.sent.event, reason: '有效期录错', input: { validTo: '2020-02-19T02:00:00.000Z' } }
    expect(await at.act('grid', 'pass', timed(1), 'correct', correct)).toBe('done')
    expect(await at.store.db.query('select distinct "number" from r_pass where id <> $1::uuid', [at.pass])).toEqual([{ number }])
    // Its chain alone says that this test has written the log anew.
    const { differences } = await at.store.rebuild({ check: true })
    expect(differences.filter((one) => !one.startsWith('chain of'))).toEqual([])

    expect(await at.act('town', 'pass', timed(3), 'revoke', { stopReason: '遗失' })).toBe('done')
    expect(await at.question(number)).toMatchObject({ verdict: { code: 'revoked', ok: false } })
    at.clock.set('2020-02-14T03:20:00Z')
    expect(await at.verdict('gate', { code, direction: 'out' })).toBe('revoked')
    const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    expect(passes.openNumbers(book.stopped)(number)).toBe(true)
  })

  it('cannot be chosen by whoever sends the act', async () => {
    const at = await villageClosed(engine)
    const household = crypto.randomUUID()
    expect(await at.act('grid', 'household', household, 'register', { door: '301', kind: 'family' })).toBe('done')
    const input = { closure: at.closure, kind: 'household', household, ...TERM, number: at.code.number }
    expect(await at.act('grid', 'pass', timed(9), 'issue', input)).toBe('done')
    expect(await at.store.db.query('select "number" from r_pass where id = $1::uuid', [timed(9)])).toEqual([
      { number: passes.numberOf(timed(9)) },
    ])
  })
})
