import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../jobs/daily.ts'
import { openCity } from './testing/city.ts'

onServer('erasure', ({ engine }) => {
  it('waits while somebody is under observation, under whatever entry, and says why', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object) => {
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      const { code, message } = answer.json<{ code?: string; message?: { zh: string; en: string } }>()
      return code === undefined ? 'done' : { code, message }
    }
    const [stays, merged, watch] = [randomUUID(), randomUUID(), randomUUID()]
    for (const person of [stays, merged])
      expect(await act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    const entered = { person: merged, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }
    expect(await act('grid', 'watch', watch, 'enter', entered)).toBe('done')
    const erase = (person: string, as = 'town') => act(as, 'person', person, 'erase', { ground: 'request' })
    const waits = {
      code: 'still-needed',
      message: { zh: expect.stringContaining('还有未办结的“隔离观察”'), en: expect.stringContaining('still open (observation)') },
    }
    expect(await erase(merged)).toEqual(waits)
    // Whoever may not erase learns nothing of what is open.
    expect(await erase(merged, 'grid')).toMatchObject({ code: 'not-allowed' })
    expect(await act('town', 'person', merged, 'merge', { mergedInto: stays })).toBe('done')
    // Erasing the one that stays would erase the entry under observation along with it: neither is.
    expect(await erase(stays)).toEqual(waits)
    const states = () => at.store.db.query<{ state: string }>('select state from r_person order by state')
    expect(await states()).toEqual([{ state: 'merged' }, { state: 'registered' }])
    expect(await act('town', 'watch', watch, 'void', { why: 'mistaken' })).toBe('done')
    expect(await erase(stays)).toBe('done')
    expect(await states()).toEqual([{ state: 'erased' }, { state: 'erased' }])
    expect(at.errors).toEqual([])
  })

  it('waits for whoever has to check what somebody declared, and names the way out', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const ask = async (record: string, id: string, action: string, input: object) => {
      const answer = await at.ask('town', 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      return answer.json<{ code?: string; message?: { zh: string; en: string } }>()
    }
    const act = async (...sent: Parameters<typeof ask>) => {
      expect((await ask(...sent)).code).toBeUndefined()
      return sent[1]
    }
    const person = await act('person', randomUUID(), 'register', { name: '测试甲', documentType: 'none' })
    const waits = (zh: string, en: string) => ({
      code: 'still-needed',
      message: { zh: expect.stringContaining(zh), en: expect.stringContaining(en) },
    })
    const erase = () => ask('person', person, 'erase', { ground: 'request' })
    const came = { person, channel: 'worker', arrivedOn: '2020-02-13', origin: '四川省成都市' }
    const arrival = await act('arrival', randomUUID(), 'declare', came)
    const watches = await at.store.db.query<{ id: string }>('select id from r_watch')
    for (const { id } of watches) await act('watch', id, 'void', { why: 'mistaken' })
    expect(await erase()).toMatchObject(
      waits('“返巴申报”，核实或作废误报之后', '(arrival): identity can be erased when it is confirmed or void'),
    )
    await act('arrival', arrival, 'withdraw', {})
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-15', destination: '四川省成都市', purpose: 'work' }
    const departure = await act('departure', randomUUID(), 'declare', leaves)
    expect(await erase()).toMatchObject(
      waits('“离巴申报”，确认离开或取消之后', '(departure): identity can be erased when it is confirmed or cancelled'),
    )
    // Nor is anybody asked to erase them: their time counts anew.
    at.clock.set('2020-08-14T02:00:00Z')
    await doDailyDuties(at.store)
    expect(await at.store.db.query('select needed_on::text as needed, erasure_proposed_on as proposed from r_person')).toEqual([
      { needed: '2020-08-14', proposed: null },
    ])
    await act('departure', departure, 'withdraw', {})
    expect((await erase()).code).toBeUndefined()
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('is proposed for nobody who is under observation, and counts anew from the end of it', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const act = async (record: string, id: string, action: string, input: object) => {
      const answer = await at.ask('town', 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
    }
    const [watched, merged, other] = [randomUUID(), randomUUID(), randomUUID()]
    for (const person of [watched, merged, other]) await act('person', person, 'register', { name: '测试甲', documentType: 'none' })
    await act('person', merged, 'merge', { mergedInto: watched })
    const people = async () =>
      new Map(
        (
          await at.store.db.query<{ id: string; needed: string; proposed: string | null }>(
            'select id, needed_on::text as needed, erasure_proposed_on::text as proposed from r_person',
          )
        ).map(({ id, needed, proposed }) => [id, [needed, proposed]]),
      )
    const enter = async (person: string, day: string) => {
      at.clock.set(`${day}T02:00:00Z`)
      const watch = randomUUID()
      await act('watch', watch, 'enter', { person, kind: 'home', entry: 'list', class: 'other' })
      return watch
    }
    const look = async (day: string) => {
      at.clock.set(`${day}T01:00:00Z`)
      await doDailyDuties(at.store)
      return people()
    }
    // Registered on 14 February and last needed then, by the register alone: half a year later the time has ended.
    const watch = await enter(merged, '2020-08-10')
    const august = await look('2020-08-13')
    expect([august.get(watched), august.get(other)]).toEqual([
      ['2020-08-13', null],
      ['2020-02-14', '2020-08-13'],
    ])
    // Who was proposed already and is observed again is proposed no more.
    const again = await enter(other, '2020-08-14')
    expect((await look('2020-08-15')).get(other)).toEqual(['2020-08-15', null])
    await act('watch', watch, 'void', { why: 'mistaken' })
    await act('watch', again, 'void', { why: 'mistaken' })
    expect((await look('2021-02-09')).get(watched)).toEqual(['2020-08-13', null])
    expect((await look('2021-02-10')).get(watched)).toEqual(['2020-08-13', '2021-02-10'])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
