import { derivedId, type Problem, type RecordState } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, otherWorker, town, doctor, gate, auditor } = staff
const watchOf = (arrival: string) => derivedId(`watch/${arrival}`)

onBothEngines('arrivals and departures', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('answer a declaration at once: what to do, until when, and why, in both languages', async () => {
    const { act, get } = await townOn(database())
    const id = uuid()
    expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ ownRoom: true }))).toBe('done')
    const declared = await get('arrival', id)
    expect(declared.fields).toMatchObject({
      measure: 'home',
      class: 'listed',
      from: '2020-02-04',
      until: '2020-02-18',
      listed: true,
      reason: {
        zh: '疫情较重地区返回：来自或途经“湖北省武汉市”，自2020年2月4日起算，居家观察至2020年2月18日，还有13天。',
        en: 'From a listed place: came from or through “湖北省武汉市”, counted from 4 Feb 2020, at home until 18 Feb 2020, 13 days left.',
      },
    })
    expect(await get('watch', watchOf(id))).toMatchObject({
      state: 'watching',
      fields: { kind: 'home', class: 'listed', entry: 'arrival', arrival: id, until: '2020-02-18', readings: 2, feverFrom: 37.3 },
    })
  })

  it('find a listed place by name as by code, and on the way as at the start', async () => {
    const { act, get } = await townOn(database())
    const measure = async (more: Record<string, unknown>) => {
      const id = uuid()
      expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ originCode: undefined, ...more }))).toBe('done')
      return (await get('arrival', id)).fields
    }
    expect(await measure({ origin: '武汉' })).toMatchObject({ class: 'listed', measure: 'home' })
    expect(await measure({ origin: '浙江', originCode: '330304' })).toMatchObject({ class: 'listed' })
    expect(await measure({ origin: '北京市', via: '汉口转车，武汉站' })).toMatchObject({ class: 'listed', listed: true })
    expect(await measure({ origin: '重庆市' })).toMatchObject({ class: 'other', measure: 'self', until: '2020-02-11', listed: false })
  })

  it('count a contact from the last unprotected contact, and send to a central point who has no room of their own', async () => {
    const { act, get, set } = await townOn(database())
    const one = async (more: Record<string, unknown>) => {
      const id = uuid()
      expect(await act(worker, 'arrival', id, 'declare', fromWuhan(more))).toBe('done')
      return (await get('arrival', id)).fields
    }
    expect(await one({ origin: '重庆市', originCode: '500100', lastContact: '2020-02-02', history: ['contact'] })).toMatchObject({
      class: 'contact',
      measure: 'central',
      from: '2020-02-02',
      until: '2020-02-16',
    })
    expect(await one({ ownRoom: false })).toMatchObject({ class: 'listed', measure: 'central' })
    expect((await one({ ownRoom: false })).reason).toMatchObject({ zh: expect.stringContaining('家中无单间') })
    await set('measure.other', 'none')
    const free = await one({ origin: '重庆市', originCode: '500100' })
    expect(free).toMatchObject({ measure: 'none', reason: { zh: expect.stringContaining('不需观察') } })
    expect(free.watch).toBeUndefined()
  })

  it('observe who has two grounds on the stricter one, and until the later end', async () => {
    const { act, get } = await townOn(database())
    const one = async (more: Record<string, unknown>) => {
      const id = uuid()
      expect(await act(worker, 'arrival', id, 'declare', fromWuhan(more))).toBe('done')
      return (await get('arrival', id)).fields
    }
    // A contact long ago takes nothing from the days of somebody who came from a listed place yesterday.
    expect(await one({ lastContact: '2020-01-10' })).toMatchObject({
      class: 'listed',
      measure: 'home',
      from: '2020-02-04',
      until: '2020-02-18',
    })
    expect(await one({ lastContact: '2020-01-28' })).toMatchObject({
      class: 'contact',
      measure: 'central',
      from: '2020-02-04',
      until: '2020-02-18',
      reason: { zh: '密切接触者：另来自或途经疫情较重地区“湖北省武汉市”，自2020年2月4日起算，集中观察至2020年2月18日，还有13天。' },
    })
    const said = await one({ origin: '四川省成都市', originCode: '510100', history: ['listed'] })
    expect(said).toMatchObject({
      class: 'listed',
      listed: true,
      measure: 'home',
      until: '2020-02-18',
      reason: { zh: expect.stringContaining('自述') },
    })
  })

  it('make an observation stricter or longer by another declaration, and never milder by correcting one of them', async () => {
    const { act, get } = await townOn(database())
    const me = uuid()
    const [mild, wrong, strict, contact] = [uuid(), uuid(), uuid(), uuid()]
    const elsewhere = { person: me, origin: '重庆市', originCode: '500100' }
    expect(await act(worker, 'arrival', mild, 'declare', fromWuhan(elsewhere))).toBe('done')
    const watch = watchOf(mild)
    const under = async () => (await get('watch', watch)).fields
    expect(await under()).toMatchObject({ kind: 'self', class: 'other', until: '2020-02-11' })
    expect(await act(worker, 'arrival', wrong, 'declare', fromWuhan({ person: me, arrivedOn: '2020-02-05' }))).toBe('done')
    expect(await under()).toMatchObject({ kind: 'home', class: 'listed', from: '2020-02-05', until: '2020-02-19' })
    // Nor by correcting the stricter one: what it should never have asked for is void.
    expect(await act(worker, 'arrival', wrong, 'amend', { origin: '重庆市', originCode: '500100' })).toBe('done')
    expect((await get('arrival', wrong)).fields).toMatchObject({ measure: 'self', until: '2020-02-12' })
    expect(await under()).toMatchObject({ kind: 'home', class: 'listed', from: '2020-02-05', until: '2020-02-19' })
    expect(await act(town, 'arrival', wrong, 'withdraw')).toBe('done')
    expect(await under()).toMatchObject({ kind: 'self', class: 'other', until: '2020-02-11' })
    expect(await act(worker, 'arrival', strict, 'declare', fromWuhan({ person: me, arrivedOn: '2020-02-05' }))).toBe('done')
    expect(await under()).toMatchObject({ kind: 'home', class: 'listed', from: '2020-02-05', until: '2020-02-19' })
    expect(await act(worker, 'arrival', mild, 'amend', { transport: 'train' })).toBe('done')
    expect(await under()).toMatchObject({ kind: 'home', class: 'listed', until: '2020-02-19' })
    const met = fromWuhan({ ...elsewhere, arrivedOn: '2020-02-02', lastContact: '2020-02-02' })
    expect(await act(worker, 'arrival', contact, 'declare', met)).toBe('done')
    expect(await under()).toMatchObject({ kind: 'central', class: 'contact', from: '2020-02-05', until: '2020-02-19' })
    // What opened the observation was a mistake; what else was declared still asks for it.
    expect(await act(town, 'arrival', mild, 'withdraw')).toBe('done')
    expect(await get('watch', watch)).toMatchObject({ state: 'watching', fields: { kind: 'central', until: '2020-02-19' } })
    // Nobody is kept once the last declaration that asked for it is gone.
    expect(await act(town, 'arrival', strict, 'withdraw')).toBe('done')
    expect((await get('watch', watch)).state).toBe('watching')
    expect(await act(town, 'arrival', contact, 'withdraw')).toBe('done')
    expect((await get('watch', watch)).state).toBe('void')
  })

  it('keep days that a positive at the site set, whatever is corrected in the declaration', async () => {
    const { act, get } = await townOn(database())
    const id = uuid()
    expect(await act(worker, 'arrival', id, 'declare', fromWuhan())).toBe('done')
    expect(await act(doctor, 'watch', watchOf(id), 'restart', { from: '2020-02-05', class: 'exposed' })).toBe('done')
    expect(await act(worker, 'arrival', id, 'amend', { origin: '重庆市', originCode: '500100' })).toBe('done')
    expect((await get('watch', watchOf(id))).fields).toMatchObject({ kind: 'home', class: 'exposed', until: '2020-02-19' })
  })

  it('call nobody late for correcting a declaration the day after', async () => {
    const { act, get, on } = await townOn(database())
    const id = uuid()
    expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ arrivedOn: '2020-02-05' }))).toBe('done')
    on('2020-02-06')
    expect(await act(worker, 'arrival', id, 'amend', { transport: 'train' })).toBe('done')
    expect((await get('arrival', id)).fields.late).toBe(false)
  })

  it('find home and worker of somebody whose household the register knows, said or not', async () => {
    const { act, get, all } = await townOn(database())
    const [me, other, home] = [uuid(), uuid(), uuid()]
    for (const id of [me, other]) expect(await act(town, 'person', id, 'register', { name: '测试甲', household: home })).toBe('done')
    const charge = { worker: '包保', household: home, account: 'w7', part: 'grid', from: '2020-02-01' }
    expect(await act(town, 'assignment', uuid(), 'assign', charge)).toBe('done')
    const id = uuid()
    expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ person: me, household: home }))).toBe('done')
    expect((await get('watch', watchOf(id))).fields).toMatchObject({ household: home, worker: 'w7' })
    const unsaid = uuid()
    expect(await act(worker, 'arrival', unsaid, 'declare', fromWuhan({ person: other }))).toBe('done')
    expect((await get('watch', watchOf(unsaid))).fields).toMatchObject({ household: home })
    expect(await all('visit', `household = '${home}'`)).toHaveLength(1)
    const byHand = uuid()
    const third = uuid()
    expect(await act(town, 'person', third, 'register', { name: '测试乙', household: home })).toBe('done')
    expect(await act(worker, 'watch', byHand, 'enter', { person: third, kind: 'home', entry: 'list', class: 'listed' })).toBe('done')
    expect((await get('watch', byHand)).fields).toMatchObject({ household: home })
  })

  it('let who is found late serve the remaining days only, or the whole period, as the parameter says', async () => {
    const { act, get, set } = await townOn(database(), '2020-02-15')
    const found = async (arrivedOn: string) => {
      const id = uuid()
      expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ arrivedOn }))).toBe('done')
      return (await get('arrival', id)).fields
    }
    expect(await found('2020-02-10')).toMatchObject({ from: '2020-02-10', until: '2020-02-24', measure: 'home', late: true })
    const past = await found('2020-01-20')
    expect(past).toMatchObject({
      measure: 'none',
      until: '2020-02-03',
      reason: { en: expect.stringContaining('nothing is left to serve') },
    })
    await set('late.remaining', false)
    expect(await found('2020-01-20')).toMatchObject({ from: '2020-02-15', until: '2020-02-29', measure: 'home' })
  })

  it('call a declaration late by the hours that the duty allows', async () => {
    const { act, get, set } = await townOn(database(), '2020-02-05')
    const late = async (arrivedAt: string) => {
      const id = uuid()
      expect(await act(worker, 'arrival', id, 'declare', fromWuhan({ arrivedOn: '2020-02-05', arrivedAt }))).toBe('done')
      return (await get('arrival', id)).fields.late
    }
    expect(await late('2020-02-04T19:00:00.000Z')).toBe(false)
    expect(await late('2020-02-04T18:59:00.000Z')).toBe(true)
    await set('declare.hours', 24)
    expect(await late('2020-02-04T18:59:00.000Z')).toBe(false)
  })

  it('refuse days to come and a rule that says nothing sensible', async () => {
    const { act, set, tell } = await townOn(database())
    const declare = (more: Record<string, unknown>) => act(worker, 'arrival', uuid(), 'declare', fromWuhan(more))
    expect(await declare({ arrivedOn: '2020-02-06' })).toBe('arrival-in-future input.arrivedOn')
    expect(await declare({ lastContact: '2020-02-06' })).toBe('contact-in-future input.lastContact')
    expect(await declare({ origin: undefined })).toBe('required input.origin')
    expect(await declare({ channel: 'fax' })).toBe('invalid input.channel')
    expect(await act(otherWorker, 'arrival', uuid(), 'declare', fromWuhan())).toBe('outside-jurisdiction')
    expect(await act(auditor, 'arrival', uuid(), 'declare', fromWuhan())).toBe('not-allowed')
    expect(await tell(town, { record: 'arrival', recordId: uuid(), action: 'declare', area: '11', input: fromWuhan() })).not.toBe('done')
    await set('measure.listed', 'maybe')
    expect(await declare({})).toBe('rule-unclear')
  })

  it('let the declaration be corrected until it is confirmed, and the observation follows', async () => {
    const { act, get, differences } = await townOn(database())
    const id = uuid()
    const input = fromWuhan({ channel: 'self' })
    expect(await act(gate, 'arrival', id, 'declare', input)).toBe('done')
    expect((await get('watch', watchOf(id))).state).toBe('watching')
    expect(await act(gate, 'arrival', id, 'amend', { arrivedOn: '2020-02-01' })).toBe('done')
    expect((await get('watch', watchOf(id))).fields.until).toBe('2020-02-15')
    expect(await act(gate, 'arrival', id, 'amend', { origin: '重庆市', originCode: '500100' })).toBe('done')
    expect((await get('watch', watchOf(id))).fields).toMatchObject({ kind: 'self', class: 'other', until: '2020-02-08' })
    expect(await act(worker, 'arrival', id, 'confirm')).toBe('done')
    expect(await act(gate, 'arrival', id, 'amend', { origin: '北京市' })).toBe('wrong-state')
    expect(await act(worker, 'arrival', id, 'withdraw')).toBe('done')
    expect(await get('watch', watchOf(id))).toMatchObject({ state: 'void', fields: { why: 'corrected' } })
    expect(await differences()).toEqual([])
  })

  it('are judged by the list and the days in force on the day of arrival, declared late or corrected after they changed', async () => {
    const { act, get, on, settings, differences } = await townOn(database())
    const from = async (code: string, value: readonly string[] | number, day: string) =>
      settings.add(`monitoring.${code}`, { value, from: day, instrument: { zh: '测试', en: 'test' } }, auditor)
    await from('listed.places', ['42', '3303', '浙江省台州市'], '2020-02-06')
    await from('days.listed', 21, '2020-02-07')
    const said = async (action: string, id: string, input: Record<string, unknown>) => {
      expect(await act(worker, 'arrival', id, action, input)).toBe('done')
      return (await get('arrival', id)).fields
    }
    const taizhou = (arrivedOn: string) => fromWuhan({ origin: '浙江省台州市', originCode: '331000', arrivedOn })
    const [early, wuhan] = [uuid(), uuid()]
    expect(await said('declare', early, taizhou('2020-02-05'))).toMatchObject({ class: 'other', listed: false, until: '2020-02-12' })
    expect(await said('declare', wuhan, fromWuhan({ arrivedOn: '2020-02-05' }))).toMatchObject({ class: 'listed', until: '2020-02-19' })
    on('2020-02-08')
    expect(await said('amend', early, { transport: 'train' })).toMatchObject({ class: 'other', listed: false, until: '2020-02-12' })
    expect(await said('amend', wuhan, { transport: 'train' })).toMatchObject({ class: 'listed', until: '2020-02-19' })
    expect(await said('declare', uuid(), taizhou('2020-02-05'))).toMatchObject({ class: 'other', until: '2020-02-12' })
    expect(await said('declare', uuid(), taizhou('2020-02-06'))).toMatchObject({ class: 'listed', until: '2020-02-20' })
    expect(await said('declare', uuid(), taizhou('2020-02-07'))).toMatchObject({ class: 'listed', until: '2020-02-28' })
    // A day of arrival that was wrong is judged by the list of the right one.
    expect(await said('amend', early, { arrivedOn: '2020-02-06' })).toMatchObject({ class: 'listed', until: '2020-02-20' })
    expect((await get('watch', watchOf(early))).fields).toMatchObject({ kind: 'home', class: 'listed', until: '2020-02-20' })
    expect(await differences()).toEqual([])
  })

  it('end by the last correction, also where an earlier one becomes known after it', async () => {
    const { get, tell, differences } = await townOn(database())
    const id = uuid()
    const said = (action: string, happenedAt: string, input: Record<string, unknown>) =>
      tell(worker, { record: 'arrival', recordId: id, action, area: '11a1', happenedAt, input })
    const [first, wuhan, chongqing] = [fromWuhan({ origin: '北京市', originCode: '110000' }), '420100', '500100']
    expect(await said('declare', '2020-02-04T22:00:00.000Z', first)).toBe('done')
    expect(await said('amend', '2020-02-04T23:30:00.000Z', { origin: '重庆市', originCode: chongqing })).toBe('done')
    // A phone without a network had corrected it before.
    expect(await said('amend', '2020-02-04T23:00:00.000Z', { origin: '湖北省武汉市', originCode: wuhan })).toBe('done')
    expect((await get('arrival', id)).fields).toMatchObject({ originCode: chongqing, class: 'other', measure: 'self', listed: false })
    expect((await get('watch', watchOf(id))).fields).toMatchObject({ kind: 'self', class: 'other' })
    expect(await differences()).toEqual([])
  })

  it('do not let somebody confirm a declaration of their own', async () => {
    const { act } = await townOn(database())
    const id = uuid()
    await act(worker, 'arrival', id, 'declare', fromWuhan({ channel: 'self' }))
    expect(await act(worker, 'arrival', id, 'confirm')).toBe('own-declaration')
    expect(await act(town, 'arrival', id, 'confirm')).toBe('done')
    const entered = uuid()
    await act(worker, 'arrival', entered, 'declare', fromWuhan())
    expect(await act(worker, 'arrival', entered, 'confirm')).toBe('done')
  })

  it('are not corrected under the measure that follows from them: only by a declaration that is judged again', async () => {
    const { act, db, get, writer } = await townOn(database())
    const id = uuid()
    const input = fromWuhan({ transport: 'train' })
    expect(await act(worker, 'arrival', id, 'declare', input)).toBe('done')
    const [declared] = await db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'declare'`, [id])
    const correct = (more: Record<string, unknown>, event = declared?.id) =>
      act(worker, 'arrival', id, 'correct', { event, reason: '录错', ...more })
    const elsewhere = { origin: '四川省成都市', originCode: '510100' }
    const refused = await writer.submit(
      { id: uuid(), record: 'arrival', recordId: id, action: 'correct', input: { event: declared?.id, reason: '录错', input: elsewhere } },
      worker,
    )
    const said = refused.ok ? undefined : refused.problem
    expect([said?.code, said?.status, said?.path]).toEqual(['correction-settled', 409, 'input.input.origin'])
    expect(said?.message.zh).toBe(
      '“来源地、来源地代码”已据以作出处置，只改记录不会重新处置；请用“更正申报”，将重新研判并调整观察；人员登记错的，请“作废误报”后重新申报。',
    )
    expect(await correct({ void: true })).toBe('correction-settled input.input.person')
    expect(await correct({ input: { transport: 'coach' } })).toBe('done')
    expect(await get('arrival', id)).toMatchObject({ fields: { origin: '湖北省武汉市', transport: 'coach', measure: 'home' } })
    // What is said anew is judged anew, and the same holds for it.
    expect(await act(worker, 'arrival', id, 'amend', { ...elsewhere, lastContact: null })).toBe('done')
    expect(await get('arrival', id)).toMatchObject({ fields: { origin: '四川省成都市', measure: 'self' } })
    expect((await get('watch', watchOf(id))).fields).toMatchObject({ kind: 'self' })
    const [amended] = await db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'amend'`, [id])
    expect(await correct({ void: true }, amended?.id)).toBe('correction-settled input.input.origin')
    expect(await act(worker, 'arrival', id, 'confirm')).toBe('done')
    expect(await correct({ input: elsewhere })).toBe('correction-settled input.input.origin')
  })

  it('never observe a person twice: a second declaration only makes the period longer', async () => {
    const { act, all, get } = await townOn(database())
    const person = uuid()
    const first = uuid()
    await act(worker, 'arrival', first, 'declare', fromWuhan({ person, arrivedOn: '2020-02-01' }))
    const second = uuid()
    expect(await act(worker, 'arrival', second, 'declare', fromWuhan({ person, arrivedOn: '2020-02-04' }))).toBe('done')
    expect(await all('watch', `person = '${person}'`)).toHaveLength(1)
    expect((await get('watch', watchOf(first))).fields.until).toBe('2020-02-18')
    expect((await get('arrival', second)).fields.watch).toBe(watchOf(first))
    await act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person, arrivedOn: '2020-01-25' }))
    expect((await get('watch', watchOf(first))).fields.until).toBe('2020-02-18')
  })

  it('send somebody with fever or signs to the clinic at once', async () => {
    const { act, all } = await townOn(database())
    const transfers = async (more: Record<string, unknown>) => {
      const id = uuid()
      await act(worker, 'arrival', id, 'declare', fromWuhan(more))
      return (await all('transfer', `arrival = '${id}'`)).map((one: RecordState) => [one.state, one.fields.highest, one.fields.symptoms])
    }
    expect(await transfers({ temperature: 37.2 })).toEqual([])
    expect(await transfers({ temperature: 37.3 })).toEqual([['open', 37.3, undefined]])
    expect(await transfers({ temperature: 36.5, symptoms: ['cough'] })).toEqual([['open', 36.5, ['cough']]])
  })

  it('end the monitoring of somebody who has left, with where to, and leave nobody to be read', async () => {
    const { act, get, all, stock, on, differences } = await townOn(database())
    const before = { observed: await stock('observed'), exits: await stock('otherExits') }
    const [person, arrival, departure] = [uuid(), uuid(), uuid()]
    await act(worker, 'arrival', arrival, 'declare', fromWuhan({ person, origin: '重庆市', originCode: '500100' }))
    const watch = watchOf(arrival)
    expect((await get('watch', watch)).fields.kind).toBe('self')
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-07', destination: '广东省深圳市', purpose: 'work' }
    expect(await act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    // Whoever says that they will leave is still here.
    expect((await get('watch', watch)).state).toBe('watching')
    on('2020-02-07')
    expect(await act(gate, 'departure', departure, 'confirm', {})).toBe('done')
    expect(await get('watch', watch)).toMatchObject({ state: 'transferred', fields: { exitTo: '广东省深圳市', exitOn: '2020-02-07' } })
    expect((await get('watch', watch)).fields.dueMorning).toBeUndefined()
    expect([(await stock('observed')) - before.observed, (await stock('otherExits')) - before.exits]).toEqual([0, 1])
    expect(await act(doctor, 'watch', watch, 'die')).toBe('departed')
    // Back again, they are observed anew.
    on('2020-02-12')
    expect(await act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person, arrivedOn: '2020-02-12' }))).toBe('done')
    expect((await all('watch', `person = '${person}'`)).map((one) => one.state)).toEqual(['transferred', 'watching'])
    expect(await differences()).toEqual([])
  })

  it('go on with the observation that a departure ended when nobody left after all, while its period runs; else they say so', async () => {
    const t = await townOn(database())
    const leave = async () => {
      const [person, arrival, departure] = [uuid(), uuid(), uuid()]
      await t.act(worker, 'arrival', arrival, 'declare', fromWuhan({ person, origin: '重庆市', originCode: '500100' }))
      const leaves = { person, channel: 'worker', leavesOn: '2020-02-07', destination: '广东省深圳市', purpose: 'work' }
      expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
      return { departure, watch: watchOf(arrival), person }
    }
    t.on('2020-02-05')
    const [back, late, corrected, again, last] = [await leave(), await leave(), await leave(), await leave(), await leave()]
    t.on('2020-02-07')
    const half = { half: 'morning', temperature: 36.5, how: 'phone' }
    expect(await t.act(worker, 'watch', back.watch, 'check', half)).toBe('done')
    for (const one of [back, late, corrected, again, last])
      expect(await t.act(gate, 'departure', one.departure, 'confirm', {})).toBe('done')
    const before = await t.stock('observed')
    expect(await t.act(worker, 'departure', back.departure, 'withdraw')).toBe('done')
    const { state, fields } = await t.get('watch', back.watch)
    expect([state, fields.exitOn, fields.exitTo, fields.dueMorning, fields.dueEvening]).toEqual([
      'watching',
      undefined,
      undefined,
      '2020-02-08',
      '2020-02-07',
    ])
    expect(await t.get('departure', back.departure)).toMatchObject({ state: 'void', fields: { observation: 'resumed' } })
    expect((await t.stock('observed')) - before).toBe(1)
    // The confirmation itself was a mistake: taken back by a correction, it ended nothing either.
    const [confirmed] = await t.db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'confirm'`, [
      corrected.departure,
    ])
    const correction = { event: confirmed?.id, reason: '录错', void: true }
    expect(await t.act(gate, 'departure', corrected.departure, 'correct', correction)).toBe('done')
    expect((await t.get('watch', corrected.watch)).state).toBe('watching')
    // Observed anew meanwhile, or after its period: nothing begins a second time.
    t.on('2020-02-08')
    await t.act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person: again.person, arrivedOn: '2020-02-08' }))
    expect(await t.act(worker, 'departure', again.departure, 'withdraw')).toBe('done')
    // The day of release is still of the period: it ends with a release.
    t.on(String((await t.get('watch', last.watch)).fields.until))
    expect(await t.act(worker, 'departure', last.departure, 'withdraw')).toBe('done')
    expect((await t.get('watch', last.watch)).state).toBe('watching')
    t.on('2020-03-20')
    expect(await t.act(worker, 'departure', late.departure, 'withdraw')).toBe('done')
    for (const one of [again, late]) {
      expect((await t.get('watch', one.watch)).state).toBe('transferred')
      expect(await t.get('departure', one.departure)).toMatchObject({ state: 'void', fields: { observation: 'over' } })
    }
    expect(await t.differences()).toEqual([])
  })

  it('hold back a departure while the person is under observation, and name the day', async () => {
    const { act, get, writer, differences } = await townOn(database())
    const person = uuid()
    const arrival = uuid()
    await act(worker, 'arrival', arrival, 'declare', fromWuhan({ person }))
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-06', destination: '广东省深圳市', purpose: 'work' }
    const command = { id: uuid(), record: 'departure', recordId: uuid(), action: 'declare', area: '11a1', input: leaves }
    const refused = await writer.submit(command, worker)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'under-observation', data: { until: '2020-02-18' } } })
    const said: Problem | undefined = refused.ok ? undefined : refused.problem
    expect(said?.message).toEqual({
      zh: '此人正在隔离观察，期限至2020年2月18日，解除后方可离开。',
      en: 'This person is under observation until 18 Feb 2020 and may leave after release.',
    })
    const free = uuid()
    expect(await act(worker, 'departure', free, 'declare', { ...leaves, person: uuid() })).toBe('done')
    expect(await act(worker, 'departure', free, 'amend', { destination: '浙江省宁波市' })).toBe('done')
    expect(await act(gate, 'departure', free, 'confirm', { leftOn: '2020-02-06' })).toBe('day-in-future input.leftOn')
    expect(await act(gate, 'departure', free, 'confirm', { temperature: 36.4 })).toBe('done')
    expect(await get('departure', free)).toMatchObject({ state: 'left', fields: { leftOn: '2020-02-05', destination: '浙江省宁波市' } })
    expect(await act(doctor, 'departure', free, 'withdraw')).toBe('not-allowed')
    expect(await differences()).toEqual([])
  })
})
