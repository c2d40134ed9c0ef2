import { createHmac } from 'node:crypto'
import { gates, passes } from '@guatu/domains'
import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { textOf } from '../documents/text-of.ts'
import { verifyEd25519 } from '../gates/signing-key.ts'
import { ORDER, TERM, villageClosed } from './testing/closed-village.ts'

onServer('gates over HTTP', ({ engine }) => {
  const closedVillage = () => villageClosed(engine)

  it('let the strictest of the orders over a home rule, whichever of them a pass was issued under', async () => {
    const at = await closedVillage()
    const number = (id: string) => passes.numberOf(id)
    const close = async (content: object, area = at.village) => {
      const closure = crypto.randomUUID()
      const order = { ...ORDER, organ: at.county, ...content }
      expect(await at.act('county', 'closure', closure, 'draft', order, area)).toBe('done')
      expect(await at.act('county', 'closure', closure, 'submit', {})).toBe('done')
      expect(await at.act('head', 'closure', closure, 'approve', { decidedBy: '市应急指挥部', decisionNo: '11号' })).toBe('done')
      expect(await at.act('county', 'closure', closure, 'announce', { announcedWhere: '广播' })).toBe('done')
      return closure
    }
    const verdictOf = async (of: string) => (await at.verify('gate', { number: of, direction: 'out' })).verdict
    const pass = async (household: string, closure = at.closure) => {
      const id = crypto.randomUUID()
      expect(await at.act('grid', 'pass', id, 'issue', { closure, kind: 'household', household, ...TERM })).toBe('done')
      return number(id)
    }
    // The whole village stands under an order of one outing in two days; then the county closes an estate in it, one in four.
    const [estate, building, home] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    expect(await at.act('town', 'place', estate, 'register', { name: '示例小区', kind: 'estate' })).toBe('done')
    expect(await at.act('town', 'place', building, 'register', { name: '示例1栋', kind: 'building', within: estate })).toBe('done')
    expect(await at.act('grid', 'household', home, 'register', { door: '101', kind: 'family', place: building })).toBe('done')
    const mine = await pass(home)
    const closure = await close({ title: '示例小区封闭管理', areas: [], sites: [estate], outingDays: 4 }, at.county)
    at.clock.set('2020-02-14T03:10:00Z')
    expect(await verdictOf(mine)).toMatchObject({ code: 'valid', left: 1 })
    const other = await pass(home, closure)
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    for (const passNumber of [mine, at.code.number])
      expect(await at.act('gate', 'crossing', crypto.randomUUID(), 'record', { ...out, passNumber })).toBe('done')
    for (const one of [mine, other]) expect(await verdictOf(one)).toMatchObject({ code: 'spent', next: '2020-02-18' })
    // Who lives elsewhere in the village waits two days.
    expect(await verdictOf(at.code.number)).toMatchObject({ code: 'spent', next: '2020-02-16' })
    at.clock.set('2020-02-16T03:00:00Z')
    expect([(await verdictOf(mine))?.code, (await verdictOf(at.code.number))?.code]).toEqual(['spent', 'valid'])
    const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    const carried = (of: string) => book.orders.find((order) => order.number === passes.shortNumberOf(of))
    expect(carried(closure)).toMatchObject({ areas: [], sites: [estate], outingDays: 4 })
    expect(carried(at.closure)).toMatchObject({ areas: [expect.stringMatching(new RegExp(`/${at.village}/$`))], sites: [] })
    // Lifted, it counts no more.
    expect(await at.act('county', 'closure', closure, 'lift', { liftedBy: at.county, liftReason: '风险解除' })).toBe('done')
    expect(await verdictOf(mine)).toMatchObject({ code: 'valid' })
    expect(at.errors).toEqual([])
  })

  it('count the outings of a household over all its passes, and keep in whoever is under observation, pass for work or not', async () => {
    const at = await closedVillage()
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    at.clock.set('2020-02-14T03:01:00Z')
    expect(await at.act('gate', 'crossing', crypto.randomUUID(), 'record', { ...out, passNumber: at.code.number })).toBe('done')
    expect(await at.act('grid', 'pass', at.pass, 'revoke', { stopReason: '遗失' })).toBe('done')
    const issue = async (input: object) => {
      const id = crypto.randomUUID()
      expect(await at.act('grid', 'pass', id, 'issue', { closure: at.closure, ...TERM, ...input })).toBe('done')
      return passes.numberOf(id)
    }
    const second = await issue({ kind: 'household', household: at.household })
    expect(await at.verify('gate', { number: second, direction: 'out' })).toMatchObject({ verdict: { code: 'spent', next: '2020-02-16' } })
    const closure = crypto.randomUUID()
    const order = { ...ORDER, organ: at.county, areas: [at.village], trades: ['保供'] }
    expect(await at.act('county', 'closure', closure, 'draft', order)).toBe('done')
    expect(await at.act('county', 'closure', closure, 'submit', {})).toBe('done')
    expect(await at.act('head', 'closure', closure, 'approve', { decidedBy: '市应急指挥部', decisionNo: '10号' })).toBe('done')
    expect(await at.act('county', 'closure', closure, 'announce', { announcedWhere: '广播' })).toBe('done')
    at.clock.set('2020-02-14T03:10:00Z')
    const home = crypto.randomUUID()
    const [ill, other] = [crypto.randomUUID(), crypto.randomUUID()]
    expect(await at.act('grid', 'household', home, 'register', { door: '103', kind: 'family' })).toBe('done')
    for (const person of [ill, other])
      expect(await at.act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none', household: home })).toBe('done')
    const works = { closure, kind: 'worker', trade: '保供' }
    const numbers = [await issue({ ...works, person: ill }), await issue({ ...works, person: other })]
    for (const number of numbers) expect(await at.verdict('gate', { number, direction: 'out' })).toBe('valid')
    const watch = { person: ill, kind: 'home', entry: 'contact', class: 'contact', lastContact: '2020-02-13' }
    expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', watch)).toBe('done')
    // Nobody of the home goes out; coming home is never refused.
    for (const number of numbers) expect(await at.verdict('gate', { number, direction: 'out' })).toBe('isolated')
    for (const number of numbers) expect(await at.verdict('gate', { number, direction: 'in' })).toBe('valid')
    at.clock.set('2020-02-14T03:20:00Z')
    const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    for (const number of numbers) expect([number, passes.openNumbers(book.full?.isolated ?? '', 8)(number)]).toEqual([number, true])
  })

  it('hold a pass against the register: by its code, by its number, until it is spent, suspended or over', async () => {
    const at = await closedVillage()
    const { code, number } = at.code
    expect(await at.verify('gate', { code, direction: 'out' })).toMatchObject({
      verdict: { code: 'valid', ok: true, left: 1 },
      pass: { id: at.pass, number, kind: 'household', closure: at.closure },
    })
    expect(await at.verdict('gate', { number: number.toLowerCase(), direction: 'out' })).toBe('valid')
    const other = code.at(-10) === 'A' ? 'B' : 'A'
    expect(await at.verdict('gate', { code: code.slice(0, -10) + other + code.slice(-9), direction: 'out' })).toBe('forged')
    expect(await at.verdict('gate', { code: 'hello', direction: 'out' })).toBe('not-ours')
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, passNumber: number, checked: 'valid', decision: 'pass' }
    at.clock.set('2020-02-14T03:01:00Z')
    expect(await at.act('gate', 'crossing', crypto.randomUUID(), 'record', out)).toBe('done')
    expect(await at.verify('gate', { code, direction: 'out' })).toMatchObject({ verdict: { code: 'spent', next: '2020-02-16' } })
    expect(await at.verdict('gate', { code, direction: 'in' })).toBe('valid')
    const who = crypto.randomUUID()
    expect(await at.act('grid', 'person', who, 'register', { name: '测试乙', documentType: 'none' })).toBe('done')
    const watch = {
      person: who,
      kind: 'home',
      entry: 'contact',
      class: 'contact',
      household: at.household,
      lastContact: '2020-02-13',
    }
    expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', watch)).toBe('done')
    expect(await at.verdict('gate', { number, direction: 'out' })).toBe('isolated')
    expect(await at.act('town', 'pass', at.pass, 'suspend', { stopReason: '核实中' })).toBe('done')
    expect(await at.verdict('gate', { number, direction: 'in' })).toBe('suspended')
    expect((await at.ask('grid', 'GET', `/api/pass/${at.pass}/code`)).statusCode).toBe(409)
    // The order ends at its end, though no job has looked.
    at.clock.set('2020-02-24T10:00:00Z')
    expect(await at.verdict('gate', { number, direction: 'in' })).toBe('suspended')
    expect(at.errors).toEqual([])
  })

  it('give a gate what it needs to work without a network, and nothing that names anybody', async () => {
    const at = await closedVillage()
    const answer = await at.ask('gate', 'GET', '/api/passes/book')
    const book = answer.json<passes.GateBook>()
    const offline = async (text: string) =>
      (
        await passes.checkTicket(passes.readTicket(text), book, verifyEd25519, {
          now: '2020-02-14T04:00:00.000Z',
          direction: 'out',
          exits: [],
        })
      ).code
    expect(await offline(at.code.code)).toBe('valid')
    expect(answer.body).not.toContain(at.household)
    expect(book.orders).toMatchObject([{ number: passes.shortNumberOf(at.closure), outings: 1, outingDays: 2 }])
    expect(await at.act('grid', 'pass', at.pass, 'revoke', { stopReason: '遗失' })).toBe('done')
    at.clock.set('2020-02-14T03:01:00Z')
    const fresh = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    expect(passes.openNumbers(fresh.full?.stopped ?? '', 8)(at.code.number)).toBe(true)
    expect(passes.openNumbers(fresh.stopped)(passes.shortNumberOf(at.pass))).toBe(true)
    // A gate of another county carries neither this order nor these passes.
    const far = (await at.ask('farGate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    expect([far.orders, far.stopped]).toEqual([[], ''])
  })

  it('carry on one of their lists a pass of a home kept in that is suspended while the lists are put together', async () => {
    const at = await closedVillage()
    const [person, watch, home] = [crypto.randomUUID(), crypto.randomUUID(), { household: at.household }]
    expect(await at.act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none', ...home })).toBe('done')
    const entry = { person, ...home, kind: 'home', entry: 'list', class: 'listed' }
    expect(await at.act('grid', 'watch', watch, 'enter', entry)).toBe('done')
    const executor = at.store.db.kysely.getExecutor()
    const ask = executor.executeQuery.bind(executor)
    let suspended: Promise<unknown> | undefined
    executor.executeQuery = async (query, ...rest) => {
      // The passes of the home are about to be looked for.
      if (!suspended && query.sql.includes('"r_pass"') && JSON.stringify(query.parameters).includes(at.household)) {
        suspended = at.act('town', 'pass', at.pass, 'suspend', { stopReason: '遗失' })
        await suspended
      }
      return ask(query, ...rest)
    }
    const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    executor.executeQuery = ask
    expect(await suspended).toBe('done')
    expect(passes.openNumbers(book.stopped)(passes.shortNumberOf(at.pass))).toBe(true)
  })

  it('say of a pass whose household moved away that it is not covered any more, with and without a network', async () => {
    const at = await closedVillage()
    const [home, pass] = [crypto.randomUUID(), crypto.randomUUID()]
    expect(await at.act('grid', 'household', home, 'register', { door: '101', kind: 'family' })).toBe('done')
    expect(await at.act('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'household', household: home, ...TERM })).toBe('done')
    const { code, number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ code: string; number: string }>()
    expect(await at.verdict('gate', { code, direction: 'out' })).toBe('valid')
    at.clock.set('2020-02-14T03:10:00Z')
    expect(await at.act('county', 'household', home, 'moveArea', {}, at.area('511902106201'))).toBe('done')
    for (const direction of ['in', 'out'] as const) {
      expect(await at.verify('gate', { number, direction })).toMatchObject({ verdict: { code: 'elsewhere', ok: false } })
      expect(await at.verdict('gate', { code, direction })).toBe('elsewhere')
    }
    at.clock.set('2020-02-14T03:20:00Z')
    const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    const asked = { now: '2020-02-14T04:00:00.000Z', direction: 'out', exits: [] } as const
    const offline = async (with_: passes.GateBook) => (await passes.checkTicket(passes.readTicket(code), with_, verifyEd25519, asked)).code
    expect(await offline(book)).toBe('elsewhere')
    // A version that knows nothing of that list refuses it as revoked; nobody else's pass is touched.
    const { elsewhere: _, ...older } = book
    const full = book.full && { ...book.full, elsewhere: '' }
    expect(await offline({ ...older, ...(full ? { full } : {}) })).toBe('revoked')
    expect(await at.verdict('gate', { code: at.code.code, direction: 'out' })).toBe('valid')
    // An outing that was entered by mistake and cancelled uses nothing up.
    const line = crypto.randomUUID()
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    expect(await at.act('gate', 'crossing', line, 'record', { ...out, passNumber: at.code.number })).toBe('done')
    expect(await at.verdict('gate', { code: at.code.code, direction: 'out' })).toBe('spent')
    expect(await at.act('gate', 'crossing', line, 'cancel', { cancelReason: '点错了人' })).toBe('done')
    expect(await at.verify('gate', { code: at.code.code, direction: 'out' })).toMatchObject({ verdict: { code: 'valid', left: 1 } })
    expect(at.errors).toEqual([])
  })

  it('are for those who may', async () => {
    const at = await closedVillage()
    expect((await at.app.inject({ method: 'POST', url: '/api/passes/verify', payload: {} })).statusCode).toBe(401)
    expect((await at.app.inject({ url: '/api/passes/book' })).statusCode).toBe(401)
    expect(await at.verdict('doctor', { number: at.code.number })).toBe('not-allowed')
    expect(await at.verdict('admin', { number: at.code.number })).toBe('not-allowed')
    expect(await at.verdict('farGate', { number: at.code.number })).toBe('not-found')
    expect(await at.verdict('gate', { number: '0000' })).toBe('invalid')
    expect(await at.verdict('gate', {})).toBe('invalid')
    expect((await at.ask('doctor', 'GET', '/api/passes/book')).statusCode).toBe(403)
    // A gate reads codes and makes none; whoever makes them stands in the area.
    for (const gate of ['gate', 'farGate']) expect((await at.ask(gate, 'GET', `/api/pass/${at.pass}/code`)).statusCode).toBe(403)
    expect((await at.ask('other', 'GET', `/api/pass/${at.pass}/code`)).statusCode).toBe(404)
    for (const [as, record, action, input] of [
      ['gate', 'pass', 'issue', { closure: at.closure, kind: 'household', household: crypto.randomUUID(), ...TERM }],
      ['auditor', 'crossing', 'record', { gate: 'road', direction: 'in', decision: 'pass' }],
      ['grid', 'closure', 'draft', { title: '某', measure: 'closeArea', organ: at.county }],
      ['gate', 'closure', 'draft', { title: '某', measure: 'closeArea', organ: at.county }],
    ] as const)
      expect(await at.act(as, record, crypto.randomUUID(), action, input)).toBe('not-allowed')
    expect(await at.act('other', 'closure', at.closure, 'lift', { liftedBy: at.county, liftReason: '无' })).toBe('not-found')
    expect(await at.act('county', 'closure', at.closure, 'lapse', {})).toBe('not-found')
  })

  it('act under orders that stand above them, which whoever lives or works there reads, once they are out', async () => {
    const at = await villageClosed(engine, (city) => ({ areas: [city.village, city.area('511902106201')] }), '511902')
    const seenBy = async (as: string) => {
      const list = (await at.ask(as, 'GET', '/api/closure')).json<{ rows: readonly { id: string }[] }>()
      const one = await at.ask(as, 'GET', `/api/closure/${at.closure}`)
      return [one.statusCode, list.rows.some(({ id }) => id === at.closure)]
    }
    for (const as of ['county', 'town', 'grid', 'gate']) expect([as, ...(await seenBy(as))]).toEqual([as, 200, true])
    expect(await seenBy('other')).toEqual([404, false])
    expect((await at.ask('town', 'GET', `/api/closure/${at.closure}/document.docx`)).statusCode).toBe(200)
    const next = crypto.randomUUID()
    const act = async (as: string, action: string, input: object, area?: string) => {
      expect([action, await at.act(as, 'closure', next, action, input, area)]).toEqual([action, 'done'])
      return (await at.ask('town', 'GET', `/api/closure/${next}`)).statusCode
    }
    expect(await act('county', 'draft', { ...ORDER, organ: at.county, areas: [at.village] }, at.area('511902'))).toBe(404)
    expect(await act('county', 'submit', {})).toBe(404)
    expect(await act('head', 'approve', { decidedBy: '市应急指挥部', decisionNo: '12号' })).toBe(404)
    expect(await act('county', 'announce', { announcedWhere: '广播' })).toBe(200)
  })

  it('print the announcement with all that the law asks of an order', async () => {
    const at = await closedVillage()
    const answer = await at.ask('county', 'GET', `/api/closure/${at.closure}/document.docx`)
    expect(answer.statusCode).toBe(200)
    const read = await textOf(answer.rawPayload, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    const words = read.ok ? read.value : read.problem.message.en
    for (const part of [ORDER.title, ORDER.announcement, ORDER.basis, ORDER.basisVersion, '市指〔2020〕9号', '2020年2月24日', '书台村'])
      expect(words).toContain(part)
    expect(words).not.toContain('不再限制任何人')
    const english = await at.ask('county', 'GET', `/api/closure/${at.closure}/document.docx?lang=en`)
    const inEnglish = await textOf(english.rawPayload, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    expect(inEnglish.ok && inEnglish.value).toContain('Shutai Village (书台村委会)')
    // An order that is over says so on its face.
    expect(await at.act('county', 'closure', at.closure, 'lift', { liftedBy: at.county, liftReason: '已无病例' })).toBe('done')
    const over = await at.ask('county', 'GET', `/api/closure/${at.closure}/document.docx`)
    const said = await textOf(over.rawPayload, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    expect(said.ok && said.value).toMatch(/（已于2020年2月\d+日.*解除，不再限制任何人）/)
    expect(said.ok && said.value).toContain('已无病例')
  })

  /** Numbers with an issuing code that nobody has. */
  const idOf = (n: number) => {
    const seventeen = `519900199001${String(n).padStart(2, '0')}001`
    return seventeen + idCheckCharacter(seventeen)
  }
  const road = { gate: 'road', direction: 'in', origin: '某省某市', listed: false, home: true, local: false, temperature: 36.5, mask: true }
  const crossing = (at: { village: string }, document: string, more: object = {}, input: object = {}) => ({
    record: 'crossing',
    action: 'record',
    id: crypto.randomUUID(),
    event: crypto.randomUUID(),
    input: { ...road, destination: at.village, decision: 'home', days: 7, ...input },
    beside: { document, name: '测试甲', phone: '13800000000', person: crypto.randomUUID(), event: crypto.randomUUID(), ...more },
  })
  type Result = {
    identified?: string
    handedOver?: string
    record?: { fields: Record<string, unknown>; area: string }
    problem?: { code: string }
  }

  it('register whoever is unknown with the crossing, link whoever is known, and do each once', async () => {
    const at = await closedVillage()
    const devices = new Map<string, string>()
    const cross = async (as: string, given: readonly object[]) => {
      const device = devices.get(as) ?? crypto.randomUUID()
      if (!devices.has(as)) expect((await at.ask(as, 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
      devices.set(as, device)
      const acts = given.map((one) => ({ area: at.county, ...one }))
      return (await at.ask(as, 'POST', '/api/field/acts', { device, acts })).json<{ results: Result[] }>().results
    }
    const people = () => at.store.db.query<{ id: string; area: string }>('select id, area from r_person order by created_at')
    const first = crossing(at, idOf(1))
    const again = crossing(at, idOf(1))
    expect((await cross('gate', [first, again])).map((one) => one.identified)).toEqual(['created', 'linked'])
    expect((await cross('gate', [first])).map((one) => one.identified)).toEqual(['created'])
    expect(await people()).toEqual([{ id: first.beside.person, area: at.village }])
    expect((await at.store.db.query<{ person: string }>('select person from r_crossing')).map(({ person }) => person)).toEqual([
      first.beside.person,
      first.beside.person,
    ])
    // To a village of another county: registered there, where this gate sees nobody.
    const far = at.area('511921106201')
    const away = crossing(at, idOf(2), {}, { destination: far })
    expect((await cross('gate', [away]))[0]).toMatchObject({ identified: 'created' })
    expect(await people()).toContainEqual({ id: away.beside.person, area: far })
    for (const person of [away.beside.person, crypto.randomUUID()])
      expect((await at.ask('gate', 'GET', `/api/person/${person}`)).statusCode).toBe(403)
    expect((await cross('gate', [crossing(at, idOf(2))]))[0]).toMatchObject({
      identified: 'linked',
      record: { fields: { person: away.beside.person } },
    })
    // Without a name or a village to register in, the line stands all the same; a wrong number does not.
    expect((await cross('gate', [crossing(at, idOf(3), { name: '' })]))[0]?.identified).toBe('unnamed')
    expect((await cross('gate', [crossing(at, idOf(3), {}, { destination: at.county })]))[0]?.identified).toBe('unplaced')
    expect((await cross('gate', [crossing(at, `${idOf(3).slice(0, -1)}?`)]))[0]?.problem?.code).toBe('invalid')
    // A document of another kind is what it is, and found again.
    const permit = crossing(at, 'H1234567801')
    expect((await cross('gate', [permit, crossing(at, 'h1234567801')])).map((one) => one.identified)).toEqual(['created', 'linked'])
    expect(await at.store.db.query('select document_type as type from r_person where id = $1', [permit.beside.person])).toEqual([
      { type: 'other' },
    ])
    // One that may be an identity number with a slip is taken where somebody is registered under it.
    const [other, bank] = [crypto.randomUUID(), '8112345678901234']
    expect(await at.act('grid', 'person', other, 'register', { name: '测试乙', documentType: 'other', documentNumber: bank })).toBe('done')
    const [linked, slip] = await cross('gate', [crossing(at, bank, { name: '测试乙' }), crossing(at, '8112345678901235')])
    expect([linked?.record?.fields.person, slip?.problem?.code]).toEqual([other, 'invalid'])
    // Whoever may log nothing has it handed over to the town, like any other work.
    expect((await cross('doctor', [crossing(at, idOf(4))]))[0]?.handedOver).toBe('waiting')
    expect(await people()).toHaveLength(4)
    expect(at.errors).toEqual([])
  })

  it('carry passes and orders on the phone of a gate officer, and nobody of the register', async () => {
    const at = await closedVillage()
    const person = { name: '测试甲', documentType: 'nationalId', documentNumber: idOf(1) }
    expect(await at.act('grid', 'person', crypto.randomUUID(), 'register', person)).toBe('done')
    const carried = async (as: string) => {
      const device = crypto.randomUUID()
      await at.ask(as, 'POST', '/api/field/devices', { device })
      const lines = (await at.ask(as, 'GET', `/api/field/snapshot?device=${device}`)).body.trim().split('\n')
      const blocks = lines.flatMap((line) => (JSON.parse(line) as { block?: { record: string } }).block?.record ?? [])
      return [...new Set(blocks)].sort()
    }
    expect(await carried('gate')).toEqual(['closure', 'pass'])
    expect(await carried('grid')).toEqual(expect.arrayContaining(['closure', 'pass', 'person']))
  })

  it('know a document and a plate: registered, observed, with a pass; and what they carry knows the same', async () => {
    const at = await closedVillage()
    const look = async (as: string, shown: string, direction = 'out') =>
      (await at.ask(as, 'POST', '/api/gate/look', { shown, direction })).json<Record<string, unknown>>()
    const who = crypto.randomUUID()
    const person = { name: '测试甲', documentType: 'nationalId', documentNumber: idOf(1), household: at.household }
    expect(await at.act('grid', 'person', who, 'register', person)).toBe('done')
    expect(await look('gate', idOf(1))).toMatchObject({
      person: { id: who, name: '测*', area: at.village, household: true },
      verdict: { code: 'valid', left: 1 },
      pass: { id: at.pass, number: at.code.number },
    })
    expect(await look('gate', idOf(2))).toEqual({})
    expect(await look('farGate', idOf(1))).toEqual({ elsewhere: at.county })
    const plate = { kind: 'vehicle', plate: '川Y00000', closure: at.closure, ...TERM }
    expect(await at.act('grid', 'pass', crypto.randomUUID(), 'issue', plate)).toBe('done')
    expect(await look('gate', '川y·00000')).toMatchObject({ verdict: { code: 'valid' } })
    expect(await look('gate', '川Y11111')).toEqual({})
    // Whoever monitors themselves goes out like everybody, as their pass says.
    const self = crypto.randomUUID()
    expect(await at.act('grid', 'watch', self, 'enter', { person: who, kind: 'self', entry: 'list', class: 'other' })).toBe('done')
    const free = await look('gate', idOf(1))
    expect([free.observed, free.verdict]).toEqual([undefined, expect.objectContaining({ code: 'valid' })])
    expect(await at.act('town', 'watch', self, 'void', { why: 'duplicate' })).toBe('done')
    const watch = { person: who, kind: 'home', entry: 'contact', class: 'contact', household: at.household, lastContact: '2020-02-13' }
    expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', watch)).toBe('done')
    expect(await look('gate', idOf(1))).toMatchObject({ observed: { until: '2020-02-27' }, verdict: { code: 'isolated' } })
    expect(await look('farGate', idOf(1))).toMatchObject({ elsewhere: at.county, observed: { until: '2020-02-27' } })
    expect((await at.ask('doctor', 'POST', '/api/gate/look', { shown: idOf(1) })).statusCode).toBe(403)
    expect((await at.ask('gate', 'POST', '/api/gate/look', { shown: 'hello' })).statusCode).toBe(422)
    // Every look is written down.
    const looks = await at.store.db.query<{ n: number }>(
      `select count(*)::integer as n from looks where actor = 'gate' and purpose = '卡口查验'`,
    )
    expect(looks[0]?.n).toBeGreaterThanOrEqual(5)

    const keys = (await at.ask('gate', 'GET', '/api/gate/key')).json<{ recognise: string }>()
    const hash = async (text: string) => createHmac('sha256', Buffer.from(keys.recognise, 'base64')).update(text).digest()
    const answer = await at.ask('gate', 'GET', '/api/passes/book')
    const book = answer.json<passes.GateBook>()
    expect(passes.isObserved(book, await gates.tokenOf(hash, 'document', idOf(1)))).toBe(true)
    expect(passes.isObserved(book, await gates.tokenOf(hash, 'document', idOf(2)))).toBe(false)
    const when = { now: '2020-02-14T04:00:00.000Z', direction: 'out' } as const
    expect(passes.checkVehicle(book, await gates.tokenOf(hash, 'plate', '川Y00000'), when)?.verdict.code).toBe('valid')
    for (const secret of [idOf(1), who, '川Y00000']) expect(answer.body).not.toContain(secret)
    const far = (await at.ask('farGate', 'GET', '/api/gate/key')).json<{ recognise: string }>()
    expect(far.recognise === keys.recognise).toBe(false)
    expect((await at.ask('doctor', 'GET', '/api/gate/key')).statusCode).toBe(403)
    expect(at.errors).toEqual([])
  })
})
