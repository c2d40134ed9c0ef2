import { addDays } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import { at, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, doctor } = staff

onServer('twenty days of observation', (engine) => {
  it('remind, find, propose and release by the rules, and the books balance every day', { timeout: 120_000 }, async () => {
    const db = await engine.open<unknown>({}, townTables)
    const t = await townOn(db, '2020-02-02')
    const [steady, silent, copied, feverish] = [uuid(), uuid(), uuid(), uuid()]
    for (const id of [steady, silent, copied, feverish]) {
      const input = { person: uuid(), household: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-01', worker: 'w1' }
      expect(await t.act(worker, 'watch', id, 'enter', input)).toBe('done')
    }
    const check = (id: string, half: 'morning' | 'evening', temperature: number, time?: string) =>
      t.act(worker, 'watch', id, 'check', { half, temperature: Number(temperature.toFixed(1)), how: 'worker' }, time)
    const told: (string | undefined)[] = []
    for (let i = 1; i <= 20; i++) {
      const day = addDays('2020-02-02', i)
      t.on(day, '00:10')
      await doDailyDuties(t.store)
      await doDailyDuties(t.store)
      const row = await t.get('watch', silent)
      told.push([row.fields.told, row.fields.lost === true ? 'lost' : undefined].filter(Boolean).join(' ') || undefined)
      for (const [half, time] of [
        ['morning', '08:00'],
        ['evening', '18:00'],
      ] as const) {
        t.on(day, time)
        const open = async (id: string) => (await t.get('watch', id)).state === 'watching'
        if (await open(steady)) expect(await check(steady, half, half === 'morning' ? 36.3 + (i % 3) / 10 : 36.6)).toBe('done')
        if (await open(copied)) expect(await check(copied, half, 36.5)).toBe('done')
        if (i <= 3) expect(await check(silent, half, 36.4 + i / 10)).toBe('done')
        if (i === 5 && half === 'evening') expect(await check(feverish, half, 38)).toBe('done')
        else if (await open(feverish)) expect(await check(feverish, half, 36.2 + (i % 4) / 10)).toBe('done')
      }
      const sum = (await t.stock('released', day)) + (await t.stock('otherExits', day)) + (await t.stock('observed', day))
      expect([day, await t.stock('cumulative', day)]).toEqual([day, sum])
      if ((await t.get('watch', steady)).fields.proposedOn === day) {
        expect(day).toBe('2020-02-15')
        expect(await t.act(worker, 'watch', steady, 'release', { signed: true })).toBe('done')
      }
    }
    // The last reading was on the 5th: reminded after one whole day, the town after two, the county and lost after three.
    expect(told.slice(0, 8)).toEqual([undefined, undefined, undefined, undefined, 'worker', 'town', 'county lost', 'county lost'])
    expect(await t.all('need', `watch = '${silent}' and kind = 'find'`)).toHaveLength(1)
    expect((await t.get('watch', steady)).state).toBe('released')
    expect((await t.get('watch', steady)).fields.doubt).toBeUndefined()
    expect((await t.get('watch', copied)).fields).toMatchObject({ doubt: true, proposedOn: '2020-02-15' })
    expect(await t.stock('doubtful')).toBe(1)
    expect(await t.stock('lost', '2020-02-08')).toBe(0)
    expect(await t.stock('lost', '2020-02-09')).toBe(1)
    expect((await t.get('watch', feverish)).fields).toMatchObject({ alarm: true, proposedOn: '2020-02-15' })
    expect(await t.act(worker, 'watch', feverish, 'release', { signed: true })).toBe('signs-open')
    expect(await t.act(doctor, 'transfer', await t.transferOf(feverish), 'clear')).toBe('done')
    expect(await t.act(worker, 'watch', feverish, 'release', { signed: true })).toBe('done')

    // What was read without a network, and arrives now, shows that contact was never lost.
    for (const day of ['2020-02-06', '2020-02-07', '2020-02-08', '2020-02-21']) {
      expect(await check(silent, 'morning', 36.5, at(day, '08:00'))).toBe('done')
      expect(await check(silent, 'evening', 36.6, at(day, '18:00'))).toBe('done')
    }
    expect((await t.get('watch', silent)).fields.lost).toBeUndefined()
    expect(await t.stock('lost')).toBe(0)
    expect(await t.differences()).toEqual([])
  })

  it('counts what is missed in a row: who is read every morning is not lost for want of evenings', async () => {
    const db = await engine.open<unknown>({}, townTables)
    const t = await townOn(db, '2020-02-02')
    const id = uuid()
    const contact = { person: uuid(), kind: 'central', entry: 'contact', class: 'contact', lastContact: '2020-02-01', from: '2020-01-10' }
    expect(await t.act(worker, 'watch', id, 'enter', contact)).toBe('done')
    // Whatever start was written, a contact serves all days after the last contact.
    expect((await t.get('watch', id)).fields).toMatchObject({ from: '2020-02-01', until: '2020-02-15' })
    for (let i = 1; i <= 10; i++) {
      const day = addDays('2020-02-02', i)
      t.on(day, '00:10')
      await doDailyDuties(t.store)
      expect([day, (await t.get('watch', id)).fields.lost]).toEqual([day, undefined])
      t.on(day, '08:00')
      expect(await t.act(worker, 'watch', id, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
    }
    expect(await t.all('need', `watch = '${id}'`)).toHaveLength(0)
  })

  it('does not count the days at the clinic as days without a reading', async () => {
    const db = await engine.open<unknown>({}, townTables)
    const t = await townOn(db, '2020-02-05')
    const id = uuid()
    await t.act(worker, 'watch', id, 'enter', { person: uuid(), kind: 'home', entry: 'list', class: 'listed', from: '2020-02-05' })
    expect(await t.act(worker, 'watch', id, 'check', { half: 'morning', temperature: 38.1, how: 'worker' })).toBe('done')
    const transfer = await t.transferOf(id)
    for (const step of ['admit', 'suspect']) expect(await t.act(doctor, 'transfer', transfer, step)).toBe('done')
    t.on('2020-02-11', '22:00')
    expect(await t.act(doctor, 'transfer', transfer, 'clear')).toBe('done')
    const told: (string | undefined)[] = []
    for (const day of ['2020-02-12', '2020-02-13', '2020-02-14']) {
      t.on(day, '00:10')
      await doDailyDuties(t.store)
      told.push((await t.get('watch', id)).fields.told as string | undefined)
    }
    expect(told).toEqual(['worker', 'town', 'county'])
  })

  it('asks for one transfer at once when only a correction brought a fever to light', async () => {
    const db = await engine.open<unknown>({}, townTables)
    const t = await townOn(db, '2020-02-05')
    const [id, event] = [uuid(), uuid()]
    await t.act(worker, 'watch', id, 'enter', { person: uuid(), kind: 'home', entry: 'list', class: 'other' })
    t.on('2020-02-05', '18:00')
    const input = { half: 'evening', temperature: 36.8, how: 'phone' }
    expect(await t.tell(worker, { id: event, record: 'watch', recordId: id, action: 'check', input })).toBe('done')
    const correction = { event, reason: '看错温度计', input: { temperature: 38.6 } }
    expect(await t.act(worker, 'watch', id, 'correct', correction)).toBe('done')
    expect((await t.get('watch', id)).fields).toMatchObject({ alarm: true, alarmOn: '2020-02-05' })
    expect(await t.all('transfer')).toMatchObject([{ id: await t.transferOf(id), state: 'open', fields: { highest: 38.6 } }])
    t.on('2020-02-07', '00:10')
    await doDailyDuties(t.store)
    expect(await t.all('transfer')).toMatchObject([{ id: await t.transferOf(id), state: 'open' }])
    expect(await t.differences()).toEqual([])
  })
})
