import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { at, fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, gate } = staff

onServer('one journey', (engine) => {
  const database = engine.shared<unknown>(townTables)

  it('is declared once: a second one is refused with the way to the one that stands', async () => {
    const { act, writer, stock, differences } = await townOn(database())
    const before = await stock('arrivals')
    const [person, first] = [uuid(), uuid()]
    const input = fromWuhan({ person })
    expect(await act(worker, 'arrival', first, 'declare', input)).toBe('done')
    const again = {
      id: uuid(),
      record: 'arrival',
      recordId: uuid(),
      action: 'declare',
      area: '11a1',
      input: { ...input, origin: '黄冈市' },
    }
    const refused = await writer.submit(again, town)
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'already-exists',
        status: 409,
        path: 'input.arrivedOn',
        data: { record: 'arrival', id: first },
        message: {
          zh: '此人2020年2月4日到达的返巴申报已有一份，请打开已有申报；内容有变的用“更正申报”，登错的先“作废误报”再重新申报。',
          en: 'The arrival of this person on 4 Feb 2020 is declared already; open that declaration. Correct it where something changed; where it is wrong, void it and declare anew.',
        },
      },
    })
    expect((await stock('arrivals')) - before).toBe(1)
    // Confirmed, it stands all the more. Another day from elsewhere is another journey, and is not corrected into the same one.
    expect(await act(worker, 'arrival', first, 'confirm')).toBe('done')
    expect(await act(gate, 'arrival', uuid(), 'declare', input)).toBe('already-exists input.arrivedOn')
    const other = uuid()
    const elsewhere = { origin: '重庆市', originCode: '500100' }
    expect(await act(worker, 'arrival', other, 'declare', { ...input, ...elsewhere, arrivedOn: '2020-02-05' })).toBe('done')
    expect(await act(worker, 'arrival', other, 'amend', { arrivedOn: '2020-02-04' })).toBe('already-exists input.arrivedOn')
    expect(await act(worker, 'arrival', other, 'amend', { arrivedOn: '2020-02-05', transport: 'train' })).toBe('done')
    expect((await stock('arrivals')) - before).toBe(2)
    // What was void said nothing.
    expect(await act(town, 'arrival', first, 'withdraw')).toBe('done')
    expect(await act(worker, 'arrival', other, 'amend', { arrivedOn: '2020-02-04' })).toBe('done')
    expect(await act(worker, 'arrival', uuid(), 'declare', { ...input, arrivedOn: '2020-02-05' })).toBe('done')
    expect(await differences()).toEqual([])
  })

  it('out of the city is declared once too, whether it was made by then or not', async () => {
    const { act, writer, stock, on, differences } = await townOn(database())
    const before = await stock('departures')
    const [person, first, other] = [uuid(), uuid(), uuid()]
    const input = { person, channel: 'worker', leavesOn: '2020-02-05', destination: '广东省深圳市', purpose: 'work' }
    expect(await act(worker, 'departure', first, 'declare', input)).toBe('done')
    const refused = await writer.submit({ id: uuid(), record: 'departure', recordId: uuid(), action: 'declare', area: '11a1', input }, town)
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'already-exists',
        status: 409,
        path: 'input.leavesOn',
        data: { record: 'departure', id: first },
        message: {
          zh: '此人2020年2月5日离开的离巴申报已有一份，请打开已有申报；内容有变的用“更正申报”，未成行的先“取消（未成行）”再重新申报。',
        },
      },
    })
    expect(await act(gate, 'departure', first, 'confirm', {})).toBe('done')
    expect(await act(gate, 'departure', uuid(), 'declare', input)).toBe('already-exists input.leavesOn')
    expect(await act(worker, 'departure', other, 'declare', { ...input, leavesOn: '2020-02-06' })).toBe('done')
    expect(await act(worker, 'departure', other, 'amend', { destination: '浙江省宁波市', leavesOn: '2020-02-06' })).toBe('done')
    expect(await act(worker, 'departure', other, 'amend', { leavesOn: '2020-02-05' })).toBe('already-exists input.leavesOn')
    expect((await stock('departures')) - before).toBe(1)
    on('2020-02-06')
    expect(await act(worker, 'departure', first, 'withdraw')).toBe('done')
    expect(await act(worker, 'departure', other, 'amend', { leavesOn: '2020-02-05' })).toBe('done')
    expect(await differences()).toEqual([])
  })

  it('that a phone without a network wrote down goes to a person where somebody declared it meanwhile, and is never lost', async () => {
    const { act, all, on, differences } = await townOn(database())
    const [person, early] = [uuid(), uuid()]
    const input = fromWuhan({ person })
    on('2020-02-05', '10:00')
    const first = uuid()
    expect(await act(town, 'arrival', first, 'declare', input)).toBe('done')
    on('2020-02-05', '12:00')
    // Done after the clerk: it stands already. Done before: the clerk’s would have been refused; whoever did it looks, and then it stands already.
    expect(await act(worker, 'arrival', uuid(), 'declare', input, at('2020-02-05', '11:00'))).toBe('already-exists input.arrivedOn')
    expect(await act(worker, 'arrival', early, 'declare', input, at('2020-02-05', '09:30'))).toBe('out-of-order')
    expect(await act(worker, 'arrival', early, 'declare', input)).toBe('already-exists input.arrivedOn')
    // A departure on another day contradicts nothing.
    const leaves = { person: uuid(), channel: 'worker', leavesOn: '2020-02-05', destination: '广东省深圳市', purpose: 'work' }
    expect(await act(town, 'departure', uuid(), 'declare', leaves)).toBe('done')
    expect(await act(worker, 'departure', uuid(), 'declare', leaves, at('2020-02-05', '09:30'))).toBe('out-of-order')
    expect(await act(worker, 'departure', uuid(), 'declare', { ...leaves, leavesOn: '2020-02-06' }, at('2020-02-05', '09:30'))).toBe('done')
    // Where the office voids its own, the one of the phone takes its place.
    on('2020-02-05', '13:00')
    expect(await act(town, 'arrival', first, 'withdraw')).toBe('done')
    expect(await act(worker, 'arrival', early, 'declare', input)).toBe('done')
    expect((await all('arrival', `person = '${person}'`)).map(({ state }) => state)).toEqual(['void', 'declared'])
    expect(await differences()).toEqual([])
  })

  it('away from home ends on the declared day, where none is said when it is confirmed, so that whoever came back meanwhile goes on', async () => {
    const t = await townOn(database(), '2020-02-12')
    const leaves = { channel: 'worker', leavesOn: '2020-02-12', destination: '广东省深圳市', purpose: 'work' }
    const cameBack = async (origin: string, leavesOn = '2020-02-12') => {
      const [person, departure] = [uuid(), uuid()]
      t.on('2020-02-12')
      expect(await t.act(worker, 'departure', departure, 'declare', { ...leaves, person, leavesOn })).toBe('done')
      t.on('2020-02-14')
      const back = { person, channel: 'worker', arrivedOn: '2020-02-14', origin }
      expect(await t.act(worker, 'arrival', uuid(), 'declare', back)).toBe('done')
      t.on('2020-02-15')
      return { person, departure }
    }
    const observed = async (person: string) =>
      (await t.all('watch', `person = '${person}'`)).map(({ state, fields }) => [state, fields.kind])
    const departed = async (day: string) =>
      (
        await t.db.query<{ n: number }>(
          `select coalesce(sum(entered - "left"), 0)::int as n from tallies where measure = 'monitoring.departed' and area = '11' and day = $1`,
          [day],
        )
      )[0]?.n ?? 0
    const before = [await departed('2020-02-12'), await departed('2020-02-15')]
    for (const [origin, kind] of [
      ['四川省成都市', 'self'],
      ['湖北省武汉市', 'home'],
    ] as const) {
      const { person, departure } = await cameBack(origin)
      expect(await t.act(worker, 'departure', departure, 'confirm', {})).toBe('done')
      expect(await t.get('departure', departure)).toMatchObject({ state: 'left', fields: { leftOn: '2020-02-12' } })
      expect(await observed(person)).toEqual([['watching', kind]])
    }
    const [then = 0, now = 0] = before
    expect([await departed('2020-02-12'), await departed('2020-02-15')]).toEqual([then + 2, now])
    // Who left before the declared day: the refusal says what to fill in, and that lets it through.
    const { person, departure } = await cameBack('湖北省武汉市', '2020-02-20')
    const refused = await t.writer.submit(
      { id: uuid(), record: 'departure', recordId: departure, action: 'confirm', area: '11a1', input: {} },
      worker,
    )
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'under-observation',
        message: {
          zh: '此人正在隔离观察，期限至2020年2月28日，解除后方可离开。2020年2月14日返回之前就已离开的，请在“实际离开”填写当时离开的日期（不晚于2020年2月14日）再确认。',
          en: 'This person is under observation until 28 Feb 2020 and may leave after release. Where they had left before they came back on 14 Feb 2020, fill in “Left on” with the day of leaving, that day at the latest, and confirm again.',
        },
        data: { arrivedOn: '2020-02-14' },
      },
    })
    expect(await t.act(worker, 'departure', departure, 'confirm', { leftOn: '2020-02-13' })).toBe('done')
    expect(await observed(person)).toEqual([['watching', 'home']])
    expect(await t.differences()).toEqual([])
  })

  it('out and back on one day lets whoever was back by then go on, whenever it becomes known that they had left', async () => {
    const t = await townOn(database(), '2020-02-10')
    const away = { channel: 'worker', leavesOn: '2020-02-12', destination: '四川省成都市', purpose: 'work' }
    const declare = (person: string, arrivedOn: string, origin: string, more: Record<string, unknown> = {}, when?: string) =>
      t.act(worker, 'arrival', uuid(), 'declare', { person, channel: 'worker', arrivedOn, origin, ...more }, when)
    const here = async (person = uuid()) => {
      t.on('2020-02-10')
      expect(await declare(person, '2020-02-10', '重庆市')).toBe('done')
      return person
    }
    const back = async (person: string, origin = '四川省成都市', more: Record<string, unknown> = {}) => {
      t.on('2020-02-12', '18:00')
      expect(await declare(person, '2020-02-12', origin, more)).toBe('done')
    }
    const leaves = async (person: string, day: string, time: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      t.on(day, time)
      expect(await t.act(worker, 'departure', id, 'declare', { ...away, person, ...more })).toBe('done')
      return id
    }
    const confirm = (id: string, input: Record<string, unknown> = {}, when?: string) =>
      t.act(worker, 'departure', id, 'confirm', input, when)
    const observed = async (person: string) => {
      const found = (await t.all('watch', `person = '${person}'`)).filter(({ state }) => state === 'watching')
      return found.map(({ fields }) => [fields.kind, fields.until])
    }
    for (const [origin, kind, until] of [
      ['四川省成都市', 'self', '2020-02-19'],
      ['湖北省武汉市', 'home', '2020-02-26'],
    ] as const) {
      const going = [[kind, until]]
      const inTime = await here()
      expect(await confirm(await leaves(inTime, '2020-02-12', '09:00'))).toBe('done')
      expect(await observed(inTime)).toEqual([])
      await back(inTime, origin)
      expect(await observed(inTime)).toEqual(going)
      // Declared before, confirmed after the return; the same on the day after; declared only then; of the day, the same evening.
      for (const late of [
        async (person: string) => {
          const id = await leaves(person, '2020-02-12', '09:00')
          await back(person, origin)
          t.on('2020-02-12', '19:00')
          return confirm(id)
        },
        async (person: string) => {
          const id = await leaves(person, '2020-02-11', '09:00')
          await back(person, origin)
          t.on('2020-02-13')
          return confirm(id)
        },
        async (person: string) => {
          await back(person, origin)
          return confirm(await leaves(person, '2020-02-13', '09:00'))
        },
        async (person: string) => {
          await back(person, origin)
          return confirm(await leaves(person, '2020-02-12', '19:00'), { leftOn: '2020-02-12' })
        },
      ]) {
        const person = await here()
        expect(await late(person)).toBe('done')
        expect(await observed(person)).toEqual(going)
        expect((await t.all('departure', `person = '${person}'`)).map(({ state, fields }) => [state, fields.leftOn])).toEqual([
          ['left', '2020-02-12'],
        ])
      }
    }
    // What a phone wrote down at the time goes to a person, who says it now.
    const phone = await here()
    const id = await leaves(phone, '2020-02-12', '09:00')
    await back(phone)
    t.on('2020-02-12', '20:00')
    expect(await confirm(id, {}, at('2020-02-12', '10:00'))).toBe('out-of-order')
    expect(await confirm(id)).toBe('done')
    expect(await observed(phone)).toEqual([['self', '2020-02-19']])

    // Who leaves after they came has left: on their way out again, on the first day here, or where another departure explains the return.
    const again = await here()
    await back(again)
    expect(await confirm(await leaves(again, '2020-02-12', '20:00'))).toBe('done')
    const first = uuid()
    await back(first)
    expect(await confirm(await leaves(first, '2020-02-13', '09:00'))).toBe('done')
    const explained = await here()
    expect(await confirm(await leaves(explained, '2020-02-11', '09:00', { leavesOn: '2020-02-11' }))).toBe('done')
    await back(explained)
    expect(await confirm(await leaves(explained, '2020-02-13', '09:00'))).toBe('done')
    // Also where the arrival becomes known only after it, with its time.
    const known = uuid()
    expect(await confirm(await leaves(known, '2020-02-12', '10:00'))).toBe('done')
    await back(known, '四川省成都市', { arrivedAt: '2020-02-12T00:00:00.000Z' })
    expect(await Promise.all([again, first, explained, known].map(observed))).toEqual([[], [], [], []])
    // Under observation at home nobody leaves, and the refusal says which day lets the leaving of before through.
    const home = await here()
    await back(home, '湖北省武汉市')
    const out = await leaves(home, '2020-02-12', '20:00')
    expect(await confirm(out)).toBe('under-observation')
    expect(await confirm(out, { leftOn: '2020-02-12' })).toBe('done')
    expect(await observed(home)).toEqual([['home', '2020-02-26']])
    expect(await t.differences()).toEqual([])
  })

  it('that is said of two days is asked about: the same one is corrected, another one has somebody gone in between', async () => {
    const { act, writer, all, stock, on, differences } = await townOn(database(), '2020-02-14')
    const before = await stock('arrived')
    const declare = (person: string, arrivedOn: string, origin = '湖北省武汉市') =>
      act(worker, 'arrival', uuid(), 'declare', { person, channel: 'worker', arrivedOn, origin })
    const asked = 'already-exists input.arrivedOn'
    const person = uuid()
    expect(await declare(person, '2020-02-13')).toBe('done')
    const [first] = await all('arrival', `person = '${person}'`)
    const input = { person, channel: 'worker', arrivedOn: '2020-02-14', origin: '武汉' }
    const refused = await writer.submit({ id: uuid(), record: 'arrival', recordId: uuid(), action: 'declare', area: '11a1', input }, town)
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        status: 409,
        path: 'input.arrivedOn',
        data: { record: 'arrival', id: first?.id },
        message: {
          zh: expect.stringMatching(/^此人2020年2月13日到达的返巴申报已有一份，是不是同一次到达？/),
          en: expect.stringMatching(/^The arrival of this person on 13 Feb 2020 is declared already: is this the same one\?/),
        },
      },
    })
    expect((await stock('arrived')) - before).toBe(1)
    expect(await act(worker, 'arrival', first?.id ?? '', 'amend', { arrivedOn: '2020-02-14' })).toBe('done')
    expect(await declare(person, '2020-02-13')).toBe(asked)
    // From elsewhere, on a day that is further away, or back from a departure, it is another one.
    expect(await declare(person, '2020-02-13', '四川省成都市')).toBe('done')
    expect(await declare(person, '2020-02-10')).toBe('done')
    const traveller = uuid()
    const departure = uuid()
    expect(await declare(traveller, '2020-02-12', '四川省成都市')).toBe('done')
    const leaves = { person: traveller, channel: 'worker', leavesOn: '2020-02-12', destination: '四川省成都市', purpose: 'work' }
    expect(await declare(traveller, '2020-02-13', '成都')).toBe(asked)
    expect(await act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    expect(await declare(traveller, '2020-02-13', '成都')).toBe(asked)
    expect(await act(worker, 'departure', departure, 'confirm')).toBe('done')
    expect(await declare(traveller, '2020-02-13', '成都')).toBe('done')
    // What a phone wrote down before goes to a person, as it does for one day.
    const phone = uuid()
    on('2020-02-14', '12:00')
    expect(await declare(phone, '2020-02-14')).toBe('done')
    const then = { person: phone, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市' }
    expect(await act(worker, 'arrival', uuid(), 'declare', then, at('2020-02-14', '10:00'))).toBe('out-of-order')
    expect(await differences()).toEqual([])
  })

  it('ends after it began: a day of leaving before the arrival is a slip, unless it is of the stay before', async () => {
    const t = await townOn(database(), '2020-02-10')
    const before = await t.stock('departed', '2020-01-31')
    const [person, departure, earlier] = [uuid(), uuid(), uuid()]
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-13', destination: '广东省深圳市', purpose: 'work' }
    const came = { person, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市' }
    expect(await t.act(worker, 'arrival', uuid(), 'declare', came)).toBe('done')
    t.on('2020-02-12')
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    t.on('2020-02-14')
    const confirm = {
      id: uuid(),
      record: 'departure',
      recordId: departure,
      action: 'confirm',
      area: '11a1',
      input: { leftOn: '2020-01-05' },
    }
    expect(await t.writer.submit(confirm, worker)).toMatchObject({
      ok: false,
      problem: {
        code: 'left-before-arrival',
        path: 'input.leftOn',
        message: {
          zh: '此人2020年2月10日到达，不会在2020年1月5日离开，请核对“实际离开”的日期；到达之前另有一次离开的，请另行申报那一次（离开日期填写当时的日期）再确认。',
          en: 'This person arrived on 10 Feb 2020 and cannot have left on 5 Jan 2020: check the day. Where they had left once before that arrival, declare that departure by itself, with its own day, and confirm it.',
        },
      },
    })
    // That of the stay before is another departure, which ends nothing; left earlier than declared, and on the day of arriving, they left.
    expect(await t.act(worker, 'departure', earlier, 'declare', { ...leaves, leavesOn: '2020-01-05' })).toBe('done')
    expect(await t.act(worker, 'departure', earlier, 'confirm')).toBe('done')
    expect((await t.all('watch', `person = '${person}'`)).map(({ state }) => state)).toEqual(['watching'])
    expect((await t.stock('departed', '2020-01-31')) - before).toBe(1)
    expect(await t.act(worker, 'departure', departure, 'confirm', { leftOn: '2020-02-10' })).toBe('done')
    expect((await t.all('watch', `person = '${person}'`)).map(({ state }) => state)).toEqual(['transferred'])
    expect(await t.differences()).toEqual([])
  })

  it('ends on the day that its confirmation is corrected to, and what is observed follows as if it had been said at once', async () => {
    const t = await townOn(database(), '2020-02-11')
    const [person, departure] = [uuid(), uuid()]
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-12', destination: '四川省成都市', purpose: 'work' }
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    t.on('2020-02-13')
    const came = { person, channel: 'worker', arrivedOn: '2020-02-13', origin: '四川省成都市' }
    expect(await t.act(worker, 'arrival', uuid(), 'declare', came)).toBe('done')
    const observed = async () =>
      (await t.all('watch', `person = '${person}'`)).map(({ state, fields }) => [state, fields.departure, fields.dueMorning !== undefined])
    const correct = async (input: Record<string, unknown>) =>
      t.act(worker, 'departure', departure, 'correct', { event: await lastAct(t.db, departure, 'confirm'), reason: '填错', input })
    t.on('2020-02-16')
    expect(await t.act(worker, 'departure', departure, 'confirm', { leftOn: '2020-02-12' })).toBe('done')
    // What else is corrected ends nothing.
    expect(await correct({ temperature: 36.4 })).toBe('done')
    expect(await observed()).toEqual([['watching', undefined, true]])
    expect(await correct({ leftOn: '2020-02-15' })).toBe('done')
    expect(await observed()).toEqual([['transferred', departure, false]])
    expect(await t.get('departure', departure)).toMatchObject({ state: 'left', fields: { leftOn: '2020-02-15' } })
    expect(await correct({ temperature: 36.5 })).toBe('done')
    expect((await observed()).map(([state]) => state)).toEqual(['transferred'])
    // Back to the day before they came: they are here.
    expect(await correct({ leftOn: '2020-02-12' })).toBe('done')
    expect((await observed()).map(([state, , due]) => [state, due])).toEqual([['watching', true]])
    expect(await t.differences()).toEqual([])
  })

  it('is made by nobody who has left and is not back: a second departure of these days is asked about', async () => {
    const t = await townOn(database(), '2020-02-14')
    const before = await t.stock('departed')
    const leaving = async (person: string, leavesOn: string) => {
      const id = uuid()
      const leaves = { person, channel: 'worker', leavesOn, destination: '四川省成都市', purpose: 'work' }
      expect(await t.act(worker, 'departure', id, 'declare', leaves)).toBe('done')
      return id
    }
    const confirm = (id: string, input: Record<string, unknown> = {}) => t.act(worker, 'departure', id, 'confirm', input)
    const [person, traveller] = [uuid(), uuid()]
    const [first, second] = [await leaving(person, '2020-02-14'), await leaving(person, '2020-02-15')]
    const out = await leaving(traveller, '2020-02-14')
    t.on('2020-02-16')
    expect(await confirm(first)).toBe('done')
    const again = { id: uuid(), record: 'departure', recordId: second, action: 'confirm', area: '11a1', input: {} }
    expect(await t.writer.submit(again, town)).toMatchObject({
      ok: false,
      problem: {
        code: 'already-exists',
        status: 409,
        path: 'input.leftOn',
        data: { record: 'departure', id: first },
        message: {
          zh: expect.stringMatching(/^此人另有一份离巴申报，已确认2020年2月14日离开，/),
          en: expect.stringMatching(/^By another departure this person left on 14 Feb 2020,/),
        },
      },
    })
    expect(await confirm(second, { leftOn: '2020-02-14' })).toBe('already-exists input.leftOn')
    expect(await t.act(worker, 'departure', second, 'withdraw')).toBe('done')
    expect((await t.stock('departed')) - before).toBe(1)
    // What stands is corrected all the same; and whoever came back in between has left twice.
    const correction = { event: await lastAct(t.db, first, 'confirm'), reason: '填错', input: { leftOn: '2020-02-15' } }
    expect(await t.act(worker, 'departure', first, 'correct', correction)).toBe('done')
    expect(await confirm(out)).toBe('done')
    const came = { person: traveller, channel: 'worker', arrivedOn: '2020-02-15', origin: '四川省成都市' }
    expect(await t.act(worker, 'arrival', uuid(), 'declare', came)).toBe('done')
    expect(await confirm(await leaving(traveller, '2020-02-16'))).toBe('done')
    expect((await t.stock('departed')) - before).toBe(3)
    expect(await t.differences()).toEqual([])
  })
})
