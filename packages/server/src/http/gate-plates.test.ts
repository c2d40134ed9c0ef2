import { gates, passes, registry } from '@guatu/domains'
import { readParameters } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

/** What tells a driver from others of the same plate. */
const APART = { sex: 'female', birthYear: 1990, phone: '138****0001' }
const [PLATE, DOCUMENT] = ['川Y12345', 'E12345678']
const settings = new Map([...registry.parameters.values()].map((one) => [one.code, one.settings]))
const rules = readParameters(settings, '2020-02-14')

onServer('somebody under observation who drives', ({ engine }) => {
  async function drives() {
    const at = await villageClosed(engine)
    const register = async (more: object) => {
      const id = crypto.randomUUID()
      expect(await at.act('grid', 'person', id, 'register', { name: '测试驾', documentType: 'none', ...more })).toBe('done')
      return id
    }
    const pass = crypto.randomUUID()
    const vehicle = { kind: 'vehicle', plate: PLATE, closure: at.closure, ...TERM }
    expect(await at.act('grid', 'pass', pass, 'issue', vehicle)).toBe('done')
    const { code, number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ code: string; number: string }>()
    const observed = async (person: string) => {
      const entered = { person, household: at.household, kind: 'home', entry: 'list', class: 'listed' }
      expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', entered)).toBe('done')
    }
    const look = async (shown: string) => (await at.ask('gate', 'POST', '/api/gate/look', { shown, direction: 'out' })).json<object>()
    const ruled = (shown: string, answer: object) => {
      const line = gates.crossingOf(
        'estate',
        'out',
        { ...gates.NOTHING_ASKED, temperature: '36.5' },
        gates.questionOf(shown, 'out')?.read(answer),
        rules,
        [],
      )
      const ruling = gates.rulingOf(line, rules, gates.CLOSED)
      return { line, decision: 'decision' in ruling ? ruling.decision : ruling.ask.en }
    }
    return { ...at, register, vehicle: pass, code, number, observed, look, ruled }
  }

  it('is let out neither by document nor by plate nor by the code of the vehicle, with and without a network', async () => {
    const at = await drives()
    const other = await at.register({ plate: PLATE })
    const person = await at.register({ documentType: 'passport', documentNumber: DOCUMENT, plate: PLATE })
    const free = await at.carried()
    expect([at.ruled(PLATE, await at.look(PLATE)).decision, await free(PLATE)]).toMatchObject(['pass', { verdict: { code: 'valid' } }])
    await at.observed(person)
    at.clock.set('2020-02-14T03:10:00Z')
    for (const shown of [DOCUMENT, PLATE]) {
      const answer = await at.look(shown)
      expect([shown, answer]).toMatchObject([shown, { person: { id: person }, observed: { until: '2020-02-28' } }])
      expect([shown, at.ruled(shown, answer)]).toMatchObject([shown, { decision: 'turnBack', line: { person } }])
    }
    expect(await at.verdict('gate', { code: at.code, direction: 'out' })).toBe('isolated')
    const held = await at.carried()
    for (const shown of [DOCUMENT, PLATE]) expect([shown, await held(shown)]).toMatchObject([shown, { observed: {} }])
    expect(await held(at.code)).toMatchObject({ verdict: { code: 'isolated' } })
    // Another vehicle of theirs is another one from the next book on.
    expect(await at.act('grid', 'person', person, 'update', { plate: '川Y54321' })).toBe('done')
    expect(await at.look(PLATE)).toMatchObject({ person: { id: other }, verdict: { code: 'valid' } })
    at.clock.set('2020-02-14T03:20:00Z')
    const changed = await at.carried()
    expect([await changed(PLATE), await changed('川Y54321')]).toMatchObject([{ verdict: { code: 'valid' } }, { observed: {} }])
    expect(at.errors).toEqual([])
  })

  it('shows the last characters of the plate with the pass of the vehicle, to be held against it, with and without a network', async () => {
    const at = await drives()
    const theirs = async () =>
      (await at.ask('grid', 'GET', `/api/pass/${at.vehicle}/code`)).json<{ code: string; tail: string; verdict: object }>()
    const { code, tail, verdict } = await theirs()
    expect([tail, passes.readTicket(code)?.ticket.tail, verdict]).toEqual(['2345', '2345', expect.objectContaining({ code: 'valid' })])
    const told = await at.verify('gate', { code, direction: 'out' })
    expect([told.pass, gates.questionOf(code, 'out')?.read(told)]).toMatchObject([
      { number: at.number, tail },
      { number: at.number, tail },
    ])
    expect(gates.questionOf(at.number, 'out')?.read(await at.look(at.number))).toMatchObject({ number: at.number, tail })
    expect(await (await at.carried())(code)).toMatchObject({ number: at.number, tail, verdict: { code: 'valid' } })
    // Nobody is told the plate, and the pass of a household has none.
    expect(JSON.stringify(told)).not.toContain(PLATE)
    expect(passes.readTicket(at.code)?.ticket.tail).toBe('2345')
    const household = (await at.ask('grid', 'GET', `/api/pass/${at.pass}/code`)).json<{ code: string; tail: string }>()
    expect([household.tail, passes.readTicket(household.code)?.ticket.tail]).toEqual(['', ''])
    expect((await at.verify('gate', { code: household.code, direction: 'out' })).pass).not.toHaveProperty('tail')
    // Whoever issued it sees before the gate does that nobody is let out on it.
    await at.observed(await at.register({ plate: PLATE }))
    expect((await theirs()).verdict).toMatchObject({ code: 'isolated' })
    expect(at.errors).toEqual([])
  })

  it('is known by the code of the vehicle however its plate was written on the pass and at the register', async () => {
    const at = await drives()
    await at.observed(await at.register({ plate: '川Y·12345' }))
    const written = ['川Y·12345', '川y12345', '川Y 12345', '川Y-12345', '川Ｙ１２３４５']
    const codes = await Promise.all(
      written.map(async (plate) => {
        const pass = crypto.randomUUID()
        expect(await at.act('grid', 'pass', pass, 'issue', { kind: 'vehicle', plate, closure: at.closure, ...TERM })).toBe('done')
        return (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>().code
      }),
    )
    at.clock.set('2020-02-14T03:10:00Z')
    const held = await at.carried()
    for (const [i, code] of codes.entries()) {
      expect([written[i], await at.verdict('gate', { code, direction: 'out' })]).toEqual([written[i], 'isolated'])
      expect([written[i], await held(code)]).toMatchObject([written[i], { verdict: { code: 'isolated' } }])
    }
    for (const shown of written)
      expect([shown, await at.look(shown)]).toMatchObject([shown, { observed: {}, verdict: { code: 'isolated' } }])
    expect(at.errors).toEqual([])
  })

  it('is known by the plate however many are registered with it, and the pass of a vehicle however many it had', async () => {
    const at = await drives()
    // A pass that was withdrawn stands before the one that is good, twenty times.
    for (let i = 10; i <= 30; i += 1) {
      const id = `00000000-0000-4000-8000-0000000000${i}`
      expect(await at.act('grid', 'pass', id, 'issue', { kind: 'vehicle', plate: PLATE, closure: at.closure, ...TERM })).toBe('done')
      expect(await at.act('town', 'pass', id, 'revoke', { stopReason: '换证' })).toBe('done')
    }
    const all: string[] = []
    for (let i = 0; i < 7; i += 1) all.push(await at.register({ plate: PLATE }))
    expect(await at.look(PLATE)).toMatchObject({ verdict: { code: 'valid' } })
    const person = all.sort().at(-1) ?? ''
    const stays = await at.register({})
    expect(await at.act('county', 'person', person, 'merge', { mergedInto: stays })).toBe('done')
    await at.observed(stays)
    const answer = await at.look(PLATE)
    expect(answer).toMatchObject({ person: { id: stays }, observed: { until: '2020-02-28' }, verdict: { code: 'isolated' } })
    expect(at.ruled(PLATE, answer).decision).toBe('turnBack')
    expect(await at.verdict('gate', { code: at.code, direction: 'out' })).toBe('isolated')
    expect(at.errors).toEqual([])
  })

  it('has no fever by the plate: it is of whoever drives', async () => {
    const at = await drives()
    await at.observed(await at.register({ plate: PLATE }))
    at.clock.set('2020-02-14T03:10:00Z')
    const line = { gate: 'estate', direction: 'out', decision: 'clinic', temperature: 38.4, plate: PLATE }
    expect(await at.act('gate', 'crossing', crypto.randomUUID(), 'record', line)).toBe('done')
    expect(await at.store.db.query('select count(*)::int as n, bool_or(alarm) as alarm from r_watch')).toEqual([{ n: 1, alarm: null }])
    expect(await at.store.db.query('select id from r_transfer')).toEqual([])
    expect(await at.store.db.query('select person from r_crossing')).toEqual([{ person: null }])
    // Nor by a phone that sends the plate beside the line.
    const device = crypto.randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const [id, event, person, made] = Array.from({ length: 4 }, () => crypto.randomUUID())
    const act = { record: 'crossing', id, action: 'record', event, area: at.village, input: line, happenedAt: '2020-02-14T03:10:00.000Z' }
    const beside = { plate: PLATE, person, event: made }
    expect(
      (await at.ask('gate', 'POST', '/api/field/acts', { device, now: '2020-02-14T03:10:00.000Z', acts: [{ ...act, beside }] })).statusCode,
    ).toBe(200)
    expect(await at.store.db.query('select person from r_crossing')).toEqual([{ person: null }, { person: null }])
    expect(await at.store.db.query('select id from r_transfer')).toEqual([])
  })

  it('names none of several of whom nobody is kept in: the officer says who drives, or the line is about nobody', async () => {
    const at = await drives()
    const one = await at.register({ plate: PLATE })
    expect(at.ruled(PLATE, await at.look(PLATE)).line).toMatchObject({ person: one })
    const two = await at.register({ plate: PLATE, sex: 'female', birthYear: 1990, phone: '13800000001' })
    const far = crypto.randomUUID()
    const input = { name: '测试远', documentType: 'none', plate: PLATE }
    expect(await at.act('other', 'person', far, 'register', input, at.area('511921106201'))).toBe('done')
    const answer = await at.look(PLATE)
    const told = [one, two].sort().map((id) => ({ id, name: '测*', area: at.village, household: false, fields: id === two ? APART : {} }))
    expect(answer).toMatchObject({ several: { count: 3, people: told }, verdict: { code: 'valid' } })
    expect([Object.keys(answer).includes('person'), at.ruled(PLATE, answer).line.person]).toEqual([false, undefined])
    const read = gates.questionOf(PLATE, 'out')?.read(answer)
    const lineOf = (chosen: string | undefined) =>
      read && gates.crossingOf('estate', 'out', gates.NOTHING_ASKED, gates.drivenBy(gates.drivenBy(read, one), chosen), rules, [])
    expect([lineOf(two)?.person, lineOf(undefined)?.person]).toEqual([two, undefined])
    // Nor does a phone that sends the plate beside the line, as those do that asked before.
    const device = crypto.randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const linked = async (direction: 'in' | 'out') => {
      const [id, event, beside] = [
        crypto.randomUUID(),
        crypto.randomUUID(),
        { plate: PLATE, person: crypto.randomUUID(), event: crypto.randomUUID() },
      ]
      const act = {
        record: 'crossing',
        id,
        action: 'record',
        event,
        area: at.village,
        input: { gate: 'estate', direction, decision: 'pass' },
        beside,
      }
      const { results } = (await at.ask('gate', 'POST', '/api/field/acts', { device, acts: [act] })).json<{
        results: { identified: string }[]
      }>()
      return [
        results[0]?.identified,
        (await at.store.db.query<{ person: string }>('select person from r_crossing where id = $1', [id]))[0]?.person,
      ]
    }
    const nobody = ['unnamed', null]
    expect([await linked('in'), await linked('out')]).toEqual([nobody, nobody])
    await at.observed(two)
    at.clock.set('2020-02-14T03:10:00Z')
    expect([await linked('in'), await linked('out')]).toEqual([nobody, ['linked', two]])
    expect(at.errors).toEqual([])
  })

  it('marks the line of a gate that let them out, under whichever entry and by whatever it was told, and no line of others', async () => {
    const at = await drives()
    const person = await at.register({ plate: PLATE })
    const [merged, mate, stranger] = [await at.register({}), await at.register({ household: at.household }), await at.register({})]
    const LINE = { gate: 'estate', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    const marked = async (who: string | object, direction: string) => {
      const id = crypto.randomUUID()
      const line = { ...LINE, direction, ...(typeof who === 'string' ? { person: who } : who) }
      expect(await at.act('gate', 'crossing', id, 'record', line)).toBe('done')
      const { fields } = (await at.ask('duty', 'GET', `/api/crossing/${id}`)).json<{ fields: { differs?: true; ruled?: string } }>()
      return fields.differs ? fields.ruled : 'as ruled'
    }
    const event = crypto.randomUUID()
    const sent = { event, area: at.village, input: { ...LINE, direction: 'out', plate: PLATE } }
    const send = async () => (await at.ask('gate', 'POST', `/api/crossing/${event}/record`, sent)).json<{ repeated: boolean }>().repeated
    expect([await marked(person, 'out'), await send()]).toEqual(['as ruled', false])
    await at.observed(person)
    expect(await send()).toBe(true)
    expect(await at.act('county', 'person', merged, 'merge', { mergedInto: person })).toBe('done')
    for (const who of [person, merged, mate]) expect([await marked(who, 'out'), await marked(who, 'in')]).toEqual(['turnBack', 'as ruled'])
    // Nobody is named: the plate stands on the line, or on the pass of the vehicle.
    for (const by of [{ plate: '川Y·12345' }, { passNumber: at.number }])
      expect([by, await marked(by, 'out'), await marked(by, 'in')]).toEqual([by, 'turnBack', 'as ruled'])
    expect([await marked(stranger, 'out'), await marked({ plate: '川Y54321' }, 'out')]).toEqual(['as ruled', 'as ruled'])
    expect(at.errors).toEqual([])
  })
})
