import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { at, staff, type Town, takeBack, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, otherWorker, town: clerk, county, doctor, gate } = staff
const half = (temperature: number, of: 'morning' | 'evening' = 'morning', more: Record<string, unknown> = {}) => ({
  half: of,
  temperature,
  how: 'worker',
  ...more,
})

/** Somebody entered by hand on the 5th, back from a listed place on the 4th: released on the 18th. */
async function observed(t: Town, more: Record<string, unknown> = {}, id = uuid()) {
  const input = { person: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-04', ...more }
  expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
  return id
}

async function siteWith(t: Town, rooms: readonly string[]) {
  const id = uuid()
  const input = { name: '示例宾馆', kind: 'hotel', address: '示例路1号', rooms, doctors: 2 }
  expect(await t.act(clerk, 'site', id, 'register', input)).toBe('done')
  expect(await t.act(clerk, 'site', id, 'open')).toBe('done')
  return id
}

onBothEngines('observation', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('enters a person once, with the period, the readings and the fever line of the rules', async () => {
    const t = await townOn(database())
    const person = uuid()
    const id = await observed(t, { person })
    expect((await t.get('watch', id)).fields).toMatchObject({
      from: '2020-02-04',
      until: '2020-02-18',
      readings: 2,
      feverFrom: 37.3,
      enteredOn: '2020-02-05',
      dueEvening: '2020-02-05',
      dueMorning: '2020-02-06',
    })
    const enter = (input: Record<string, unknown>) =>
      t.act(worker, 'watch', uuid(), 'enter', { person: uuid(), kind: 'home', entry: 'contact', class: 'contact', ...input })
    expect(await enter({ person, lastContact: '2020-02-03' })).toBe('already-observed')
    expect(await enter({})).toBe('contact-day-missing input.lastContact')
    expect(await enter({ lastContact: '2020-02-06' })).toBe('day-in-future input.lastContact')
    expect(await enter({ class: 'listed', from: '2020-02-06' })).toBe('day-in-future input.from')
    expect(await enter({ class: 'listed', entry: 'whim' })).toBe('invalid input.entry')
    expect(await t.act(otherWorker, 'watch', id, 'check', half(36.5))).toBe('outside-jurisdiction')
  })

  it('enters nobody whose period is over, by the day of the entry and not by when it becomes known', async () => {
    const t = await townOn(database())
    const enter = async (input: Record<string, unknown>, happenedAt?: string) => {
      const id = uuid()
      const whole = { person: uuid(), kind: 'home', entry: 'list', ...input }
      const said = await t.act(worker, 'watch', id, 'enter', whole, happenedAt)
      return said === 'done' ? (await t.get('watch', id)).fields.until : said
    }
    // The day is 5 February. On the last day of the period somebody is still entered, and released.
    expect(await enter({ class: 'contact', lastContact: '2020-01-22' })).toBe('2020-02-05')
    expect(await enter({ class: 'contact', lastContact: '2020-01-21' })).toBe('period-over input.lastContact')
    expect(await enter({ class: 'listed', from: '2020-01-21' })).toBe('period-over input.from')
    // A start from before the last contact is none.
    expect(await enter({ class: 'contact', lastContact: '2020-02-03', from: '2020-01-10' })).toBe('2020-02-17')
    // What took place is registered late: the day on which it began counts.
    expect(await enter({ class: 'contact', lastContact: '2020-01-10' }, '2020-01-12T02:00:00.000Z')).toBe('2020-01-24')
    expect(await enter({ class: 'contact', lastContact: '2020-01-10' }, '2020-01-25T02:00:00.000Z')).toBe('period-over input.lastContact')
    // The number of the day on which it happened.
    await t.set('days.contact', 21)
    expect(await enter({ class: 'contact', lastContact: '2020-01-21' })).toBe('2020-02-11')
    // Where the whole period is served from the finding on, nothing is past.
    await t.set('late.remaining', false)
    expect(await enter({ class: 'listed', from: '2020-01-01' })).toBe('2020-02-19')
    expect(await t.differences()).toEqual([])
  })

  it('asks one reading a day where the parameter says so', async () => {
    const t = await townOn(database())
    await t.set('readings.self', 1)
    const id = await observed(t, { kind: 'self', class: 'other' })
    expect((await t.get('watch', id)).fields).toMatchObject({ readings: 1, dueMorning: '2020-02-05' })
    expect((await t.get('watch', id)).fields.dueEvening).toBeUndefined()
    t.on('2020-02-05', '18:00')
    await t.act(worker, 'watch', id, 'check', half(36.5, 'evening'))
    expect((await t.get('watch', id)).fields).toMatchObject({ dueMorning: '2020-02-06' })
  })

  it('counts a half day once, however often it is read, and says what is due next', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    const before = await t.stock('readings')
    t.on('2020-02-07')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5))).toBe('done')
    expect(await t.act(worker, 'watch', id, 'check', half(36.6))).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({
      checksDone: 1,
      dueMorning: '2020-02-08',
      dueEvening: '2020-02-06',
      lastTemperature: 36.6,
      lastHalves: 'morning',
    })
    t.on('2020-02-07', '18:00')
    expect(await t.act(worker, 'watch', id, 'check', half(36.4, 'evening'))).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ checksDone: 2, dueEvening: '2020-02-08', lastHalves: 'both' })
    expect((await t.stock('readings')) - before).toBe(2)
  })

  it('takes no evening reading ahead: by when it happened in the city, not by when it arrives; late entry of either stays possible', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    t.on('2020-02-07', '11:59')
    const refused = await t.writer.submit(
      { id: uuid(), record: 'watch', recordId: id, action: 'check', input: half(36.5, 'evening') },
      worker,
    )
    const said = refused.ok ? undefined : refused.problem
    expect([said?.code, said?.path, said?.data]).toEqual(['reading-too-early', 'input.half', { opens: '12:00' }])
    expect(said?.message.zh).toBe('2020年2月7日的下午测温自12:00起，发生时间11:59尚早；请到时再测，补录以往读数请填写当时的发生时间。')
    expect(said?.message.en).toContain('The evening reading of 7 Feb 2020 is taken from 12:00 on; 11:59 is too early.')
    const check = (of: 'morning' | 'evening', when: string) => t.act(worker, 'watch', id, 'check', half(36.5, of), when)
    // Last evening's, brought by a phone in the morning, and this morning's, entered in the afternoon.
    expect(await check('evening', at('2020-02-06', '18:00'))).toBe('done')
    t.on('2020-02-07', '12:00')
    expect(await check('evening', at('2020-02-07', '11:59'))).toBe('reading-too-early input.half')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5, 'evening'))).toBe('done')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5))).toBe('done')
    await t.set('reading.opens.morning', '06:00')
    t.on('2020-02-08', '05:30')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5))).toBe('reading-too-early input.half')
    await t.set('reading.opens.evening', '05:00')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5, 'evening'))).toBe('done')
    expect(await t.differences()).toEqual([])
  })

  it('opens one transfer at 37.3 or with a sign until the clinic clears it, tells the household and its workers, and clears only by the clinic', async () => {
    const t = await townOn(database(), '2020-02-06')
    const household = uuid()
    const id = await observed(t, { household, worker: 'w1' })
    const mate = await observed(t, { household, worker: 'w2' })
    t.on('2020-02-07')
    expect(await t.act(worker, 'watch', id, 'check', half(37.2))).toBe('done')
    const transfers = () => t.all('transfer', `watch = '${id}'`)
    expect(await transfers()).toHaveLength(0)
    t.on('2020-02-07', '18:00')
    expect(await t.act(worker, 'watch', id, 'check', half(37.3, 'evening'))).toBe('done')
    expect(await t.act(worker, 'watch', id, 'check', half(37.8, 'evening', { symptoms: ['cough'] }))).toBe('done')
    const [transfer] = await transfers()
    expect(await transfers()).toHaveLength(1)
    expect(transfer).toMatchObject({
      state: 'open',
      fields: { highest: 37.8, symptoms: ['cough'], openedOn: '2020-02-07', reason: 'signs' },
    })
    const told = await t.all('need', `household = '${household}' and kind = 'tell'`)
    expect(told.map((one) => [one.fields.watch, one.fields.worker, one.fields.dueOn]).sort()).toEqual(
      [
        [undefined, 'w1', '2020-02-07'],
        [mate, 'w2', '2020-02-07'],
      ].sort(),
    )
    expect((await t.get('watch', id)).fields).toMatchObject({ alarm: true, alarmOn: '2020-02-07', everSick: true })
    expect(await t.act(worker, 'transfer', transfer?.id ?? '', 'send', { vehicle: '救护车' })).toBe('required input.clinic')
    expect(await t.act(worker, 'transfer', transfer?.id ?? '', 'send', { vehicle: '救护车', clinic: '发热门诊' })).toBe('done')
    expect(await t.act(worker, 'transfer', transfer?.id ?? '', 'admit')).toBe('not-allowed')
    expect(await t.act(doctor, 'transfer', transfer?.id ?? '', 'admit')).toBe('done')
    t.on('2020-02-08')
    expect(await t.act(doctor, 'transfer', transfer?.id ?? '', 'clear', { findings: '普通感冒' })).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ clearedOn: '2020-02-08', everSick: true })
    expect((await t.get('watch', id)).fields.alarm).toBeUndefined()
    t.on('2020-02-09')
    await t.act(worker, 'watch', id, 'check', half(38))
    expect((await transfers()).map((one) => [one.state, one.id])).toEqual([
      ['cleared', await t.transferOf(id)],
      ['open', await t.transferOf(id, await t.transferOf(id))],
    ])
    // Cleared a second time on one day, or found to be a mistake: whatever comes after it is a new matter each time.
    const second = await t.transferOf(id, await t.transferOf(id))
    expect(await t.act(doctor, 'transfer', second, 'clear')).toBe('done')
    t.on('2020-02-09', '18:00')
    expect(await t.act(worker, 'watch', id, 'check', half(38.4, 'evening'))).toBe('done')
    const third = await t.transferOf(id, second)
    expect(await t.get('transfer', third)).toMatchObject({ state: 'open', fields: { highest: 38.4 } })
    // Whoever is on the way there is not asked for a second time.
    const { fields } = await t.get('watch', id)
    expect(await t.act(worker, 'transfer', uuid(), 'open', { person: fields.person, reason: 'illness' })).toBe(
      'transfer-under-way input.person',
    )
    expect(fields).toMatchObject({ alarm: true, transfer: third, clearedTransfer: second })
    expect(await t.act(doctor, 'transfer', third, 'cancel', { reason: '误测' })).toBe('done')
    expect((await t.get('watch', id)).fields.alarm).toBeUndefined()
    t.on('2020-02-10')
    await t.act(worker, 'watch', id, 'check', half(38.9))
    expect(await t.get('transfer', await t.transferOf(id, third))).toMatchObject({ state: 'open', fields: { highest: 38.9 } })
    expect(await t.differences()).toEqual([])
  })

  it('follows the clinic to suspected and confirmed, and the exit is counted once', async () => {
    const t = await townOn(database(), '2020-02-06')
    const before = { confirmed: await t.stock('confirmed'), observed: await t.stock('observed'), all: await t.stock('cumulative') }
    const id = await observed(t)
    await t.act(worker, 'watch', id, 'check', half(38.5))
    const transfer = await t.transferOf(id)
    expect(await t.act(doctor, 'transfer', transfer, 'suspect', { clinic: '市中心医院' })).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'transferred', fields: { exitTo: '市中心医院', exitOn: '2020-02-06' } })
    t.on('2020-02-08')
    expect(await t.act(doctor, 'transfer', transfer, 'confirm')).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'confirmed', fields: { exitOn: '2020-02-06' } })
    expect((await t.stock('confirmed')) - before.confirmed).toBe(1)
    expect((await t.stock('observed')) - before.observed).toBe(0)
    expect((await t.stock('cumulative')) - before.all).toBe(1)
    expect(await t.stock('suspected', '2020-02-07')).toBeGreaterThanOrEqual(1)
    // Whoever dies there has died under observation, was confirmed all the same, and left once.
    const died = await t.stock('died')
    const other = await observed(t)
    await t.act(worker, 'watch', other, 'check', half(38.5))
    expect(await t.act(doctor, 'transfer', await t.transferOf(other), 'suspect', { clinic: '市中心医院' })).toBe('done')
    const exits = await t.stock('otherExits')
    t.on('2020-02-09')
    for (const one of [id, other]) expect(await t.act(doctor, 'watch', one, 'die')).toBe('done')
    const figures = async () => [
      (await t.stock('died')) - died,
      (await t.stock('confirmed')) - before.confirmed,
      await t.stock('otherExits'),
    ]
    expect(await figures()).toEqual([2, 1, exits])
    expect(await t.get('watch', id)).toMatchObject({ state: 'died', fields: { exitOn: '2020-02-06', confirmedOn: '2020-02-08' } })
    // Found by autopsy: counted once, by the transfer. And entered by mistake, it is as it was.
    const unobserved = await t.stock('confirmedUnobserved')
    expect(await t.act(doctor, 'transfer', await t.transferOf(other), 'confirm')).toBe('done')
    expect((await t.stock('confirmedUnobserved')) - unobserved).toBe(1)
    expect(await takeBack(t, doctor, 'watch', id, 'die')).toBe('done')
    expect([(await t.get('watch', id)).state, ...(await figures())]).toEqual(['confirmed', 1, 1, exits])
    expect(await t.differences()).toEqual([])
  })

  it('goes on with whoever was suspected and is cleared, as long as the period runs', async () => {
    const t = await townOn(database(), '2020-02-06')
    const before = await t.stock('observed')
    const id = await observed(t)
    await t.act(worker, 'watch', id, 'check', half(38.5))
    expect(await t.act(doctor, 'transfer', await t.transferOf(id), 'suspect', { clinic: '市中心医院' })).toBe('done')
    t.on('2020-02-08')
    expect((await t.stock('observed')) - before).toBe(0)
    expect(await t.act(doctor, 'transfer', await t.transferOf(id), 'clear', { findings: '两次核酸阴性' })).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'watching', fields: { dueMorning: '2020-02-08' } })
    expect((await t.get('watch', id)).fields.alarm).toBeUndefined()
    expect((await t.stock('observed')) - before).toBe(1)
    // Cleared after the end of the period, there is nothing left to serve; on the day of release itself, it is a release like any other.
    const other = await observed(t, { from: '2020-02-05' })
    const suspectedOf = async (one: string, before?: string) => {
      await t.act(worker, 'watch', one, 'check', half(38.1))
      const transfer = await t.transferOf(one, before)
      expect(await t.act(doctor, 'transfer', transfer, 'suspect', { clinic: '市中心医院' })).toBe('done')
      return transfer
    }
    const [second, ofOther] = [await suspectedOf(id, await t.transferOf(id)), await suspectedOf(other)]
    t.on('2020-02-19')
    expect(await t.act(doctor, 'transfer', second, 'clear')).toBe('done')
    expect((await t.get('watch', id)).state).toBe('transferred')
    const released = await t.stock('released')
    expect(await t.act(doctor, 'transfer', ofOther, 'clear')).toBe('done')
    expect(await t.get('watch', other)).toMatchObject({ state: 'watching', fields: { until: '2020-02-19', dueMorning: '2020-02-19' } })
    expect(await t.act(worker, 'watch', other, 'release', { signed: true })).toBe('not-read-lately')
    expect(await t.act(worker, 'watch', other, 'check', half(36.5))).toBe('done')
    expect(await t.act(worker, 'watch', other, 'release', { signed: true })).toBe('done')
    expect((await t.stock('released')) - released).toBe(1)
    expect(await t.differences()).toEqual([])
  })

  it('releases on the right day only, without signs, read lately, and with the signed notice; each refusal says what is missing', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t, { from: '2020-02-04' })
    const release = (signed: boolean) => t.act(worker, 'watch', id, 'release', { signed })
    t.on('2020-02-17')
    await t.act(worker, 'watch', id, 'check', half(36.5))
    const early = await t.writer.submit({ id: uuid(), record: 'watch', recordId: id, action: 'release', input: { signed: true } }, worker)
    expect(early).toMatchObject({
      ok: false,
      problem: {
        code: 'too-early',
        message: { zh: '观察期至2020年2月18日，当日方可解除。', en: 'The period ends on 18 Feb 2020; release on that day, not before.' },
        data: { until: '2020-02-18' },
      },
    })
    t.on('2020-02-19')
    expect(await release(true)).toBe('not-read-lately')
    await t.act(worker, 'watch', id, 'check', half(37.5))
    expect(await release(true)).toBe('signs-open')
    await t.act(doctor, 'transfer', await t.transferOf(id), 'clear')
    expect(await release(false)).toBe('notice-not-signed input.signed')
    expect(await t.act(worker, 'watch', id, 'release')).toBe('required input.signed')
    expect(await release(true)).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'released', fields: { exitOn: '2020-02-19' } })
    expect((await t.get('watch', id)).fields.dueMorning).toBeUndefined()
    expect(await release(true)).toBe('wrong-state')
    expect(await t.act(worker, 'watch', id, 'check', half(36.5))).toBe('wrong-state')
  })

  it('makes leaving early an alarm with a search, not a silent state', async () => {
    const t = await townOn(database(), '2020-02-06')
    const absent = await t.stock('absent')
    const observedBefore = await t.stock('observed')
    const id = await observed(t)
    expect(await t.act(gate, 'watch', id, 'leave', { exitTo: '在卡口发现' })).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'absent', fields: { exitTo: '在卡口发现' } })
    expect(await t.all('need', `watch = '${id}' and kind = 'find'`)).toMatchObject([{ state: 'open', fields: { dueOn: '2020-02-06' } }])
    expect((await t.stock('absent')) - absent).toBe(1)
    expect((await t.stock('observed')) - observedBefore).toBe(1)
    t.on('2020-02-20')
    expect(await t.act(worker, 'watch', id, 'release', { signed: true })).toBe('wrong-state')
    expect(await t.act(worker, 'watch', id, 'comeBack')).toBe('done')
    expect((await t.get('watch', id)).fields.until).toBe('2020-02-18')
    await t.set('absent.restart', true)
    await t.act(worker, 'watch', id, 'leave')
    await t.act(worker, 'watch', id, 'comeBack')
    expect((await t.get('watch', id)).fields.until).toBe('2020-03-05')
    // Found by mistake: they are still away, and their period is not counted anew.
    expect(await takeBack(t, worker, 'watch', id, 'comeBack')).toBe('done')
    expect(await t.get('watch', id)).toMatchObject({ state: 'absent', fields: { until: '2020-02-18' } })
    expect(await t.differences()).toEqual([])
  })

  it('is not counted anew by a restart that is taken back, and a restart says nothing else than what followed from it', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    const { until } = (await t.get('watch', id)).fields
    t.on('2020-02-14')
    const exposed = { from: '2020-02-14', class: 'exposed' }
    expect(await t.act(doctor, 'watch', id, 'restart', exposed)).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ until: '2020-02-28', class: 'exposed', restarts: 1 })
    const correction = { event: await lastAct(t.db, id, 'restart'), reason: '日期看错', input: { from: '2020-02-12' } }
    expect(await t.act(doctor, 'watch', id, 'correct', correction)).toBe('correction-settled input.input.from')
    expect(await takeBack(t, doctor, 'watch', id, 'restart')).toBe('done')
    const { fields } = await t.get('watch', id)
    expect([fields.until, fields.class, fields.restarts]).toEqual([until, 'listed', undefined])
    t.on('2020-02-15')
    expect(await t.act(doctor, 'watch', id, 'restart', { ...exposed, from: '2020-02-12' })).toBe('done')
    expect((await t.get('watch', id)).fields.until).toBe('2020-02-26')
    expect(await t.differences()).toEqual([])
  })

  it('looks for whoever leaves again on the same day, once for each time', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    const searches = async () => (await t.all('need', `watch = '${id}' and kind = 'find'`)).map(({ state }) => state)
    t.on('2020-02-06', '10:00')
    expect(await t.act(worker, 'watch', id, 'leave')).toBe('done')
    const [first] = await t.all('need', `watch = '${id}' and kind = 'find'`)
    expect(await t.act(worker, 'need', first?.id ?? '', 'finish', { result: '已找回' })).toBe('done')
    expect(await t.act(worker, 'watch', id, 'comeBack')).toBe('done')
    expect(await searches()).toEqual(['done'])
    t.on('2020-02-06', '11:00')
    const again = { id: uuid(), record: 'watch', recordId: id, action: 'leave', area: '11a1', input: { exitTo: '集市' } }
    expect(await t.tell(gate, again)).toBe('done')
    // The phone did not hear the answer and sends it once more.
    expect(await t.tell(gate, again)).toBe('done')
    expect(await searches()).toEqual(['done', 'open'])
    // What was noted at the gate before and arrives only now is for a person to look at: it opens no search of its own.
    expect(await t.act(gate, 'watch', id, 'leave', {}, at('2020-02-06', '10:30'))).toBe('out-of-order')
    expect(await searches()).toEqual(['done', 'open'])
    expect(await t.differences()).toEqual([])
  })

  it('leaves only for a lawful reason', async () => {
    const t = await townOn(database(), '2020-02-06')
    const out = async (action: string, input: Record<string, unknown>, by = county) => {
      const id = await observed(t)
      const done = await t.act(by, 'watch', id, action, input)
      return done === 'done' ? (await t.get('watch', id)).state : done
    }
    expect(await out('transfer', { exitTo: '外县' })).toBe('transferred')
    expect(await out('transfer', {})).toBe('required input.exitTo')
    expect(await out('die', {}, doctor)).toBe('died')
    expect(await out('die', {}, worker)).toBe('not-allowed')
    expect(await out('void', { why: 'mistaken' })).toBe('void')
    expect(await out('void', {})).toBe('required input.why')
    expect(await out('void', { why: 'tired' })).toBe('invalid input.why')
    expect(await out('confirm', {}, doctor)).toBe('confirmed')
    expect(await out('begin', {})).toBe('no-such-action')
    expect(await t.differences()).toEqual([])
  })

  it('says that somebody was not under observation yet, where a reading was taken before', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    const before = { record: 'watch', recordId: id, action: 'check', input: { half: 'morning', temperature: 36.5, how: 'worker' } }
    expect(await t.tell(worker, { ...before, happenedAt: '2020-02-04T23:30:00.000Z' })).toBe('before-entered happenedAt')
  })

  it('gives one person a room, families by parameter, and only rooms of an open site', async () => {
    const t = await townOn(database(), '2020-02-06')
    const site = await siteWith(t, ['101', '102', '103'])
    const household = uuid()
    const lodge = (more: Record<string, unknown>) =>
      t.act(worker, 'watch', uuid(), 'enter', { person: uuid(), kind: 'central', entry: 'list', class: 'listed', site, ...more })
    expect(await lodge({ room: '101', household })).toBe('done')
    expect(await lodge({ room: '101' })).toBe('room-taken input.room')
    expect(await lodge({ room: '101', household })).toBe('done')
    await t.set('room.family', false)
    expect(await lodge({ room: '101', household })).toBe('room-taken input.room')
    expect(await lodge({ room: '999' })).toBe('room-unknown input.room')
    expect(await lodge({})).toBe('room-missing input.room')
    expect(await lodge({ room: '102', kind: 'home' })).toBe('not-central input.site')
    expect(await lodge({ room: '102', site: undefined })).toBe('site-missing input.site')
    const id = await observed(t)
    expect(await t.act(clerk, 'watch', id, 'shift', { kind: 'central', site, room: '101' })).toBe('room-taken input.room')
    expect(await t.act(clerk, 'watch', id, 'shift', { kind: 'central', site, room: '102' })).toBe('done')
    expect(await t.act(clerk, 'watch', id, 'shift', { kind: 'central', site, room: '103' })).toBe('done')
    expect(await lodge({ room: '102' })).toBe('done')
    expect(await t.act(clerk, 'watch', id, 'shift', { kind: 'home', site, room: '103' })).toBe('not-central input.site')
    expect(await t.act(clerk, 'watch', id, 'shift', { kind: 'home' })).toBe('done')
    expect((await t.get('watch', id)).fields).not.toHaveProperty('room')
    expect(await lodge({ room: '103' })).toBe('done')
    expect(await t.act(clerk, 'site', site, 'close')).toBe('site-occupied')
    expect(await t.act(clerk, 'site', site, 'update', { rooms: ['101', '102'] })).toBe('room-occupied input.rooms')
    expect(await t.act(clerk, 'site', site, 'update', { rooms: ['101', '102', '103', '103'] })).toBe('room-twice input.rooms')
    expect(await t.act(clerk, 'site', site, 'update', { rooms: ['101', '102', '103', '104'] })).toBe('done')
    expect((await t.get('site', site)).fields.capacity).toBe(4)
    expect(await t.act(clerk, 'site', uuid(), 'register', { name: '二', kind: 'hotel', address: '路', rooms: ['1', '1'] })).toBe(
      'room-twice input.rooms',
    )
    const planned = uuid()
    await t.act(clerk, 'site', planned, 'register', { name: '三', kind: 'school', address: '路', rooms: ['1'] })
    expect(await lodge({ site: planned, room: '1' })).toBe('site-not-open input.site')
  })

  it('restarts those exposed when a positive is found at their site, as the parameter says', async () => {
    const t = await townOn(database(), '2020-02-06')
    const site = await siteWith(t, ['1', '2', '3'])
    const lodged = (room: string) => observed(t, { kind: 'central', site, room, from: '2020-02-04' })
    const [sick, near, far] = [await lodged('1'), await lodged('2'), await lodged('3')]
    t.on('2020-02-10')
    expect(await t.act(county, 'site', site, 'positive', { positiveOn: '2020-02-10' })).toBe('done')
    expect(await t.act(worker, 'site', site, 'positive', { positiveOn: '2020-02-10' })).toBe('not-allowed')
    expect((await t.get('watch', near)).fields).toMatchObject({ until: '2020-02-24', class: 'exposed', restarts: 1 })
    expect(await t.act(doctor, 'site', site, 'positive', { positiveOn: '2020-02-11' })).toBe('day-in-future input.positiveOn')
    t.on('2020-02-12')
    expect(await t.act(doctor, 'site', site, 'positive', { positiveOn: '2020-02-12', watch: sick, exposed: ['1', '2'] })).toBe('done')
    expect((await t.get('watch', near)).fields).toMatchObject({ until: '2020-02-26', restarts: 2 })
    expect((await t.get('watch', sick)).fields).toMatchObject({ until: '2020-02-24' })
    expect((await t.get('watch', far)).fields).toMatchObject({ until: '2020-02-24', restarts: 1 })
    await t.set('site.restart', false)
    t.on('2020-02-14')
    await t.act(doctor, 'site', site, 'positive', { positiveOn: '2020-02-14' })
    expect((await t.get('watch', far)).fields.until).toBe('2020-02-24')
    await t.set('site.restart', true)
    // Found in another room than was said: it is struck, what it asked for ends with it, and what another one asked for goes on.
    t.on('2020-02-15')
    expect(await t.act(doctor, 'site', site, 'positive', { positiveOn: '2020-02-15', exposed: ['2'] })).toBe('done')
    expect((await t.get('watch', near)).fields).toMatchObject({ until: '2020-02-29', restarts: 3 })
    const event = await lastAct(t.db, site, 'positive')
    const correct = (input: object) => t.act(doctor, 'site', site, 'correct', { event, reason: '房间看错', ...input })
    expect(await correct({ input: { exposed: ['3'] } })).toBe('correction-settled input.input.exposed')
    expect(await correct({ void: true })).toBe('done')
    expect((await t.get('watch', near)).fields).toMatchObject({ until: '2020-02-26', restarts: 2 })
    expect((await t.get('watch', far)).fields).toMatchObject({ until: '2020-02-24', restarts: 1 })
    expect((await t.get('site', site)).fields.positiveOn).toBe('2020-02-14')
    expect(await t.differences()).toEqual([])
  })

  it('makes one visit due for a household when somebody enters, and the next when the visitor says so', async () => {
    const t = await townOn(database(), '2020-02-06')
    const household = uuid()
    await observed(t, { household })
    await observed(t, { household })
    await observed(t, { household: uuid(), kind: 'self', class: 'other' })
    const visits = await t.all('visit', `household = '${household}'`)
    expect(visits).toMatchObject([{ state: 'due', fields: { trigger: 'entered', dueOn: '2020-02-08' } }])
    const id = visits[0]?.id ?? ''
    expect(await t.act(worker, 'visit', id, 'finish', { groups: ['old'], nextOn: '2020-02-06' })).toBe('next-not-later input.nextOn')
    expect(await t.act(worker, 'visit', id, 'finish', {})).toBe('required input.groups')
    expect(await t.act(worker, 'visit', id, 'finish', { groups: ['old'], lacks: ['food'], nextOn: '2020-02-12' })).toBe('done')
    expect((await t.all('visit', `household = '${household}'`)).map((one) => [one.state, one.fields.trigger, one.fields.dueOn])).toEqual([
      ['done', 'entered', '2020-02-08'],
      ['due', 'again', '2020-02-12'],
    ])
  })

  it('makes one due when whoever went on at home is taken from it, and for a declaration that turns out to ask for more than monitoring of one’s own', async () => {
    const t = await townOn(database(), '2020-02-06')
    const [household, alone, declared, person, single] = [uuid(), uuid(), uuid(), uuid(), uuid()]
    expect(await t.act(clerk, 'person', single, 'register', { name: '测试丙', household: alone })).toBe('done')
    const [taken, one] = [await observed(t, { household }), await observed(t, { household: alone, person: single, kind: 'self' })]
    const arrival = {
      person,
      household: declared,
      channel: 'worker',
      arrivedOn: '2020-02-05',
      origin: '广东省深圳市',
      originCode: '440300',
    }
    const id = uuid()
    expect(await t.act(worker, 'arrival', id, 'declare', arrival)).toBe('done')
    const visits = async (home: string) => (await t.all('visit', `household = '${home}'`)).map(({ state, fields }) => [state, fields.dueOn])
    expect([await visits(household), await visits(alone), await visits(declared)]).toEqual([[['due', '2020-02-08']], [], []])
    t.on('2020-02-07')
    for (const watch of [taken, one]) expect(await t.act(clerk, 'watch', watch, 'shift', { kind: 'central' })).toBe('done')
    expect(await t.act(worker, 'arrival', id, 'amend', { origin: '湖北省武汉市', originCode: '420100' })).toBe('done')
    expect(await visits(household)).toEqual([
      ['due', '2020-02-08'],
      ['due', '2020-02-09'],
    ])
    expect([await visits(alone), await visits(declared)]).toEqual([[], [['due', '2020-02-09']]])
    t.on('2020-02-08')
    expect(await t.act(clerk, 'watch', taken, 'shift', { kind: 'home' })).toBe('done')
    expect(await visits(household)).toHaveLength(2)
    expect(await t.differences()).toEqual([])
  })

  it('visits nobody where the register knows that the person lives alone, and takes the worker of the household', async () => {
    const t = await townOn(database(), '2020-02-06')
    const [household, person, other] = [uuid(), uuid(), uuid()]
    const register = (id: string) => t.act(clerk, 'person', id, 'register', { name: '测试甲', household })
    expect(await register(person)).toBe('done')
    const input = { worker: '测试乙', account: 'grid01', part: 'grid', from: '2020-02-01', household }
    expect(await t.act(clerk, 'assignment', uuid(), 'assign', input)).toBe('done')
    const id = await observed(t, { household, person })
    expect(await t.all('visit', `household = '${household}'`)).toHaveLength(0)
    expect((await t.get('watch', id)).fields.worker).toBe('grid01')
    expect(await register(other)).toBe('done')
    t.on('2020-02-07')
    const arrival = { person: other, household, channel: 'worker', arrivedOn: '2020-02-07', origin: '武汉' }
    expect(await t.act(worker, 'arrival', uuid(), 'declare', arrival)).toBe('done')
    expect(await t.all('visit', `household = '${household}'`)).toMatchObject([{ fields: { dueOn: '2020-02-09' } }])
  })

  it('turns a wish said at a reading into a small task with an owner and a day', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t, { worker: 'w1' })
    await t.act(worker, 'watch', id, 'check', half(36.5, 'morning', { wants: '降压药' }))
    const [need] = await t.all('need', `watch = '${id}'`)
    expect(need).toMatchObject({ state: 'open', fields: { kind: 'daily', text: '降压药', worker: 'w1', dueOn: '2020-02-07' } })
    const needId = need?.id ?? ''
    expect(await t.act(worker, 'need', needId, 'assign', { worker: 'w2' })).toBe('not-allowed')
    expect(await t.act(clerk, 'need', needId, 'assign', { worker: 'w2' })).toBe('done')
    expect(await t.act(worker, 'need', needId, 'take')).toBe('done')
    expect((await t.get('need', needId)).fields.worker).toBe('worker')
    t.on('2020-02-08')
    expect(await t.act(worker, 'need', needId, 'finish', { result: '已送达' })).toBe('done')
    expect((await t.get('need', needId)).fields).toMatchObject({ onTime: false, doneOn: '2020-02-08' })
    expect(await t.act(worker, 'need', needId, 'cancel', { result: '重复' })).toBe('wrong-state')
  })

  it('draws the consequences of a reading that arrives late', async () => {
    const t = await townOn(database(), '2020-02-06')
    const id = await observed(t)
    t.on('2020-02-08')
    await t.act(worker, 'watch', id, 'check', half(36.5))
    expect(await t.act(worker, 'watch', id, 'check', half(38.2, 'evening'), at('2020-02-07', '18:00'))).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({
      alarm: true,
      alarmOn: '2020-02-07',
      lastTemperature: 36.5,
      lastCheckDay: '2020-02-08',
    })
    expect(await t.get('transfer', await t.transferOf(id))).toMatchObject({ state: 'open', fields: { highest: 38.2 } })
    expect(await t.differences()).toEqual([])
  })
})
