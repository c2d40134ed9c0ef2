import { describe, expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { staff, takeBack, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, doctor } = staff
const reading = (temperature: number) => ({ half: 'morning', temperature, how: 'worker' })

onServer('a room of a central site', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const setUp = async () => {
    const t = await townOn(database(), '2020-02-06')
    const site = uuid()
    const register = { name: '示例宾馆', kind: 'hotel', address: '一路1号', rooms: ['101', '102', '103', '104'] }
    expect(await t.act(town, 'site', site, 'register', register)).toBe('done')
    expect(await t.act(town, 'site', site, 'open')).toBe('done')
    const enter = async (room: string, household = uuid()) => {
      const id = uuid()
      const input = { person: uuid(), household, kind: 'central', entry: 'list', class: 'listed', from: '2020-02-05', site, room }
      expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
      return id
    }
    const lodging = async (id: string) => {
      const { state, fields } = await t.get('watch', id)
      return [state, fields.site === site ? 'here' : fields.site, fields.room]
    }
    const rooms = async (id: string) =>
      (await t.all('need', `watch = '${id}' and kind = 'room'`)).map(({ state, fields }) => [state, fields.dueOn, fields.text])
    /** Somebody with fever who is taken in as suspected, and the transfer. */
    const suspected = async (id: string) => {
      expect(await t.act(worker, 'watch', id, 'check', reading(38.4))).toBe('done')
      const transfer = await t.transferOf(id)
      expect(await t.act(doctor, 'transfer', transfer, 'suspect')).toBe('done')
      return transfer
    }
    return { ...t, site, enter, lodging, rooms, suspected }
  }
  const ASK = '恢复集中观察，原房间（示例宾馆101）已有人或隔离点已停用，请用“变更观察方式”安排房间。'

  it('is not that of two: who comes back to one that is taken is lodged in none, with a task, until one is given', async () => {
    const t = await setUp()
    const first = await t.enter('101')
    const observed = await t.stock('observed')
    const transfer = await t.suspected(first)
    t.on('2020-02-07')
    const second = await t.enter('101')
    t.on('2020-02-08')
    expect(await t.act(doctor, 'transfer', transfer, 'clear')).toBe('done')
    expect(await t.lodging(first)).toEqual(['watching', undefined, undefined])
    expect(await t.lodging(second)).toEqual(['watching', 'here', '101'])
    expect(await t.stock('observed')).toBe(observed + 1)
    expect(await t.rooms(first)).toEqual([['open', '2020-02-08', ASK]])
    expect(await t.act(town, 'watch', first, 'shift', { kind: 'central', site: t.site, room: '101' })).toBe('room-taken input.room')
    expect(await t.act(town, 'watch', first, 'shift', { kind: 'central', site: t.site, room: '102' })).toBe('done')
    expect(await t.lodging(first)).toEqual(['watching', 'here', '102'])
    expect(await t.rooms(first)).toMatchObject([['done', '2020-02-08', ASK]])
    expect(await t.differences()).toEqual([])
  })

  it('is theirs again where it is free, or where one household may share it', async () => {
    const t = await setUp()
    const household = uuid()
    const [first, other] = [await t.enter('101', household), await t.enter('104')]
    const [transfer, free] = [await t.suspected(first), await t.suspected(other)]
    await t.enter('101', household)
    for (const way of [transfer, free]) expect(await t.act(doctor, 'transfer', way, 'clear')).toBe('done')
    expect(await t.lodging(first)).toEqual(['watching', 'here', '101'])
    expect(await t.lodging(other)).toEqual(['watching', 'here', '104'])
    expect([await t.rooms(first), await t.rooms(other)]).toEqual([[], []])
  })

  it('is there no more when the site was closed: judged anew after it, nobody lives in a closed site', async () => {
    const t = await setUp()
    const first = await t.enter('101')
    const transfer = await t.suspected(first)
    expect(await t.act(doctor, 'transfer', transfer, 'confirm')).toBe('done')
    expect(await t.act(town, 'site', t.site, 'close')).toBe('done')
    expect(await t.act(doctor, 'transfer', transfer, 'reconsider', { reason: '点错' })).toBe('done')
    expect(await t.lodging(first)).toEqual(['watching', undefined, undefined])
    expect(await t.rooms(first)).toEqual([['open', '2020-02-06', ASK]])
    expect(await t.differences()).toEqual([])
  })

  it.each(['release', 'die', 'void', 'transfer'])('is not taken by taking back the act “%s”', async (action) => {
    const t = await setUp()
    const first = await t.enter('101')
    t.on('2020-02-19')
    expect(await t.act(worker, 'watch', first, 'check', reading(36.5))).toBe('done')
    const who = action === 'die' ? doctor : town
    const how = { release: { signed: true }, void: { why: 'mistaken' }, transfer: { exitTo: '县医院' } }[action] ?? {}
    expect(await t.act(who, 'watch', first, action, how)).toBe('done')
    await t.act(worker, 'watch', uuid(), 'enter', {
      ...{ person: uuid(), household: uuid(), kind: 'central', entry: 'list', class: 'listed', from: '2020-02-18' },
      ...{ site: t.site, room: '101' },
    })
    const [event] = await t.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2', [first, action])
    expect(await t.act(who, 'watch', first, 'correct', { event: event?.id, reason: '点错', void: true })).toBe('done')
    expect(await t.lodging(first)).toEqual(['watching', undefined, undefined])
    expect(await t.rooms(first)).toHaveLength(1)
    expect(await t.differences()).toEqual([])
  })

  it('is not asked for by taking back the death of somebody whom the clinic has: they are with the clinic again', async () => {
    const t = await setUp()
    const first = await t.enter('101')
    await t.suspected(first)
    await t.enter('101')
    expect(await t.act(doctor, 'watch', first, 'die')).toBe('done')
    const [event] = await t.db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'die'`, [first])
    expect(await t.act(doctor, 'watch', first, 'correct', { event: event?.id, reason: '点错', void: true })).toBe('done')
    expect((await t.get('watch', first)).state).toBe('transferred')
    expect([await t.rooms(first), await t.differences()]).toEqual([[], []])
  })

  it('in which somebody was on the day of a positive, or since, begins the period anew, wherever they live by now', async () => {
    const t = await setUp()
    const long = await t.enter('104')
    expect(await t.act(town, 'watch', long, 'shift', { kind: 'home' })).toBe('done')
    const [stays, home, changed, before, elsewhere] = [
      await t.enter('101'),
      await t.enter('102'),
      await t.enter('103'),
      await t.enter('104'),
      uuid(),
    ]
    const alone = { person: uuid(), household: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-05' }
    expect(await t.act(worker, 'watch', elsewhere, 'enter', alone)).toBe('done')
    t.on('2020-02-08')
    expect(await t.act(town, 'watch', before, 'shift', { kind: 'home' })).toBe('done')
    t.on('2020-02-10')
    expect(await t.act(town, 'watch', home, 'shift', { kind: 'home' })).toBe('done')
    expect(await t.act(town, 'watch', changed, 'shift', { kind: 'central', site: t.site, room: '104' })).toBe('done')
    expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-09', exposed: ['102', '103'] })).toBe('done')
    const period = async (id: string) => {
      const { class: of, until } = (await t.get('watch', id)).fields
      return [of, until]
    }
    const all = async () => Promise.all([stays, home, changed, before, elsewhere, long].map(period))
    const [listed, exposed] = [
      ['listed', '2020-02-19'],
      ['exposed', '2020-02-23'],
    ]
    expect(await all()).toEqual([listed, exposed, exposed, listed, listed, listed])
    expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-09' })).toBe('done')
    // Whoever left on the day before counts from then; who left earlier than the parameter says was not there.
    expect(await all()).toEqual([exposed, exposed, exposed, ['exposed', '2020-02-22'], listed, listed])
    expect((await t.get('watch', home)).fields).toMatchObject({ formerRoom: '102', leftSiteOn: '2020-02-10' })
    expect(await t.differences()).toEqual([])
  })

  describe('that somebody left before the last one', () => {
    /** Somebody who went from the first site to the second and on to the third, a room each day, and one who was always in the third. */
    const moved = async () => {
      const t = await setUp()
      const open = async (name: string) => {
        const id = uuid()
        expect(await t.act(town, 'site', id, 'register', { name, kind: 'hotel', address: '二路1号', rooms: ['1', '2'] })).toBe('done')
        expect(await t.act(town, 'site', id, 'open')).toBe('done')
        return id
      }
      const [second, third] = [await open('示例学校'), await open('示例中心')]
      const one = await t.enter('101')
      const shift = (site: string, room: string, id = one) => t.act(town, 'watch', id, 'shift', { kind: 'central', site, room })
      t.on('2020-02-08')
      expect(await shift(t.site, '102')).toBe('done')
      t.on('2020-02-09')
      expect(await shift(second, '1')).toBe('done')
      t.on('2020-02-10')
      expect(await shift(third, '1')).toBe('done')
      t.on('2020-02-10', '12:00')
      const positive = (site: string, positiveOn: string, more: object = {}, at?: string) =>
        t.act(doctor, 'site', site, 'positive', { positiveOn, ...more }, at)
      const period = async (id = one) => {
        const { class: of, from, until, restarts } = (await t.get('watch', id)).fields
        return [of, from, until, restarts]
      }
      return { ...t, one, second, third, shift, positive, period }
    }

    it('exposes them from the day on which they left it, once, and only in the rooms that are named', async () => {
      const t = await moved()
      expect(await t.positive(t.site, '2020-02-10', { exposed: ['103'] })).toBe('done')
      expect(await t.period()).toEqual(['listed', '2020-02-05', '2020-02-19', undefined])
      expect(await t.positive(t.site, '2020-02-10', { exposed: ['101'] })).toBe('done')
      expect(await t.period()).toEqual(['exposed', '2020-02-08', '2020-02-22', 1])
      // They left two rooms there: the later day counts.
      expect(await t.positive(t.site, '2020-02-10')).toBe('done')
      expect(await t.period()).toEqual(['exposed', '2020-02-09', '2020-02-23', 2])
      expect(await t.positive(t.second, '2020-02-10')).toBe('done')
      expect(await t.period()).toEqual(['exposed', '2020-02-10', '2020-02-24', 3])
      expect(await t.differences()).toEqual([])
    })

    it('does so also for a positive that becomes known late, and for none that is too late for their stay', async () => {
      const t = await moved()
      t.on('2020-02-13')
      expect(await t.positive(t.site, '2020-02-12')).toBe('done')
      expect(await t.period()).toEqual(['listed', '2020-02-05', '2020-02-19', undefined])
      // Found on the tenth in the afternoon, without a network until now.
      expect(await t.positive(t.site, '2020-02-10', {}, '2020-02-10T06:00:00Z')).toBe('done')
      expect(await t.period()).toEqual(['exposed', '2020-02-09', '2020-02-23', 1])
      expect(await t.differences()).toEqual([])
    })

    it('is found whichever way they left the last one, and when they come from the clinic', async () => {
      const t = await moved()
      expect(await t.act(town, 'watch', t.one, 'shift', { kind: 'home' })).toBe('done')
      const transfer = await t.suspected(t.one)
      expect(await t.positive(t.site, '2020-02-10')).toBe('done')
      expect((await t.get('watch', t.one)).state).toBe('transferred')
      expect(await t.period()).toEqual(['exposed', '2020-02-09', '2020-02-23', 1])
      t.on('2020-02-11')
      expect(await t.act(doctor, 'transfer', transfer, 'clear')).toBe('done')
      // The one who tested positive does not begin anew for it.
      expect(await t.positive(t.second, '2020-02-11', { watch: t.one })).toBe('done')
      expect(await t.period()).toEqual(['exposed', '2020-02-09', '2020-02-23', 1])
      expect(await t.differences()).toEqual([])
    })
  })

  describe('in which nobody was positive after all', () => {
    const period = async (t: Awaited<ReturnType<typeof setUp>>, id: string) => {
      const { state, fields } = await t.get('watch', id)
      return [state, fields.class, fields.from, fields.until, fields.restarts]
    }
    const asBefore = ['listed', '2020-02-05', '2020-02-19', undefined]
    const struck = (t: Awaited<ReturnType<typeof setUp>>) => takeBack(t, doctor, 'site', t.site, 'positive')

    it('is exposed no more whoever was confirmed at the clinic since', async () => {
      const t = await setUp()
      const one = await t.enter('103')
      t.on('2020-02-07')
      const transfer = await t.suspected(one)
      t.on('2020-02-11')
      expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-09', exposed: ['103'] })).toBe('done')
      expect(await period(t, one)).toEqual(['transferred', 'exposed', '2020-02-07', '2020-02-21', 1])
      expect(await t.act(doctor, 'transfer', transfer, 'confirm')).toBe('done')
      t.on('2020-02-12')
      expect(await struck(t)).toBe('done')
      expect(await period(t, one)).toEqual(['confirmed', ...asBefore])
      expect(await t.act(doctor, 'transfer', transfer, 'reconsider', { reason: '复核阴性' })).toBe('done')
      expect(await period(t, one)).toEqual(['watching', ...asBefore])
      expect(await t.differences()).toEqual([])
    })

    it('is exposed all the same whoever had not gone to the clinic, until it is struck', async () => {
      const t = await setUp()
      const one = await t.enter('103')
      t.on('2020-02-07')
      await t.suspected(one)
      t.on('2020-02-08')
      expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-07' })).toBe('done')
      expect(await takeBack(t, town, 'watch', one, 'transfer')).toBe('done')
      expect(await period(t, one)).toEqual(['watching', 'exposed', '2020-02-07', '2020-02-21', 1])
      expect(await struck(t)).toBe('done')
      expect(await period(t, one)).toEqual(['watching', ...asBefore])
      expect(await t.differences()).toEqual([])
    })

    it('is exposed until the end that another positive asks for, whichever became known last', async () => {
      const t = await setUp()
      const one = await t.enter('101')
      const positive = async (positiveOn: string) => {
        expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn })).toBe('done')
        return lastAct(t.db, t.site, 'positive')
      }
      t.on('2020-02-10')
      const longer = await positive('2020-02-10')
      t.on('2020-02-11')
      await positive('2020-02-08')
      expect(await period(t, one)).toEqual(['watching', 'exposed', '2020-02-10', '2020-02-24', 2])
      expect(await t.act(doctor, 'site', t.site, 'correct', { event: longer, reason: '日期看错', void: true })).toBe('done')
      expect(await period(t, one)).toEqual(['watching', 'exposed', '2020-02-08', '2020-02-22', 1])
      expect(await struck(t)).toBe('done')
      expect(await period(t, one)).toEqual(['watching', ...asBefore])
      expect(await t.differences()).toEqual([])
    })

    it('is exposed no more whoever had left and lives there again, also where the way led over a stay before the last', async () => {
      const t = await setUp()
      const [back, twice] = [await t.enter('101'), await t.enter('102')]
      const home = (id: string) => t.act(town, 'watch', id, 'shift', { kind: 'home' })
      const lodge = (id: string, room: string) => t.act(town, 'watch', id, 'shift', { kind: 'central', site: t.site, room })
      t.on('2020-02-08')
      for (const id of [back, twice]) expect(await home(id)).toBe('done')
      t.on('2020-02-09')
      expect(await lodge(twice, '103')).toBe('done')
      t.on('2020-02-10')
      expect(await home(twice)).toBe('done')
      t.on('2020-02-11')
      expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-09', exposed: ['101', '102'] })).toBe('done')
      const exposed = ['watching', 'exposed', '2020-02-08', '2020-02-22', 1]
      expect([await period(t, back), await period(t, twice)]).toEqual([exposed, exposed])
      t.on('2020-02-12')
      expect(await lodge(back, '101')).toBe('done')
      expect(await lodge(twice, '102')).toBe('done')
      expect(await struck(t)).toBe('done')
      expect([await period(t, back), await period(t, twice)]).toEqual([
        ['watching', ...asBefore],
        ['watching', ...asBefore],
      ])
      // What was struck is not brought back without what followed from it.
      const event = await lastAct(t.db, t.site, 'positive')
      expect(await t.act(doctor, 'site', t.site, 'correct', { event, reason: '点错', input: {} })).toBe('correction-settled input.event')
      expect(await t.differences()).toEqual([])
    })
  })

  it('from which somebody went to the clinic begins the period anew for them too, also where it would have been over by then', async () => {
    const t = await setUp()
    const [suspect, moved, earlier] = [await t.enter('101'), await t.enter('102'), await t.enter('103')]
    const way = await t.suspected(earlier)
    t.on('2020-02-09')
    const transfer = await t.suspected(suspect)
    t.on('2020-02-10')
    expect(await t.act(town, 'watch', moved, 'shift', { kind: 'home' })).toBe('done')
    const second = await t.suspected(moved)
    expect(await t.act(doctor, 'site', t.site, 'positive', { positiveOn: '2020-02-10' })).toBe('done')
    const until = async (id: string) => {
      const { state, fields } = await t.get('watch', id)
      return [state, fields.class, fields.from, fields.until]
    }
    expect(await until(suspect)).toEqual(['transferred', 'exposed', '2020-02-09', '2020-02-23'])
    expect(await until(moved)).toEqual(['transferred', 'exposed', '2020-02-10', '2020-02-24'])
    // Gone for longer than the parameter says.
    expect(await until(earlier)).toEqual(['transferred', 'listed', '2020-02-05', '2020-02-19'])
    t.on('2020-02-21')
    for (const one of [transfer, second, way]) expect(await t.act(doctor, 'transfer', one, 'clear')).toBe('done')
    expect([await until(suspect), await until(moved), await until(earlier)]).toEqual([
      ['watching', 'exposed', '2020-02-09', '2020-02-23'],
      ['watching', 'exposed', '2020-02-10', '2020-02-24'],
      ['transferred', 'listed', '2020-02-05', '2020-02-19'],
    ])
    expect(await t.differences()).toEqual([])
  })
})
