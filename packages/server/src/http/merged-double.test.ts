import { randomUUID } from 'node:crypto'
import { type dailyFigures, registry } from '@guatu/domains'
import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

/** Two entries of one person, of whom one is under observation, and what is said when the other one is entered. */
async function twoEntries(engine: 'pglite' | 'postgres') {
  const at = await openCity(engine, registry)
  at.clock.set('2020-02-13T02:00:00Z')
  const act = async (as: string, record: string, id: string, action: string, input: object, happenedAt?: string) => {
    const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, {
      event: randomUUID(),
      input,
      area: at.village,
      ...(happenedAt === undefined ? {} : { happenedAt }),
    })
    return { status: answer.statusCode, ...answer.json<{ code?: string; id?: string; detail?: string }>(), text: answer.body }
  }
  const [stays, merged] = [randomUUID(), randomUUID()]
  for (const person of [stays, merged])
    expect((await act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none' })).status).toBeLessThan(300)
  const enter = (person: string, happenedAt?: string, id = randomUUID()) =>
    act('grid', 'watch', id, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }, happenedAt)
  const observed = async () =>
    await at.store.db.query<{ id: string; person: string }>("select id, person from r_watch where state = 'watching' order by created_at")
  return { ...at, act, enter, observed, stays, merged }
}

onServer('another entry of somebody who is under observation', ({ engine }) => {
  it('is refused with the way to the observation as long as the two are one, whichever of them is entered', async () => {
    const at = await twoEntries(engine)
    const first = randomUUID()
    expect((await at.enter(at.stays, undefined, first)).status).toBe(200)
    // Two people as far as anybody knows: nothing is lost.
    at.clock.set('2020-02-13T03:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: at.stays })).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    const refused = await at.enter(at.merged)
    expect([refused.status, refused.code]).toEqual([409, 'already-observed'])
    expect(refused.text).toContain(first)
    expect(refused.text).toContain('已合并为同一人')
    // The way to the person who stayed stands beside the way to the observation.
    expect(JSON.parse(refused.text)).toMatchObject({ data: { id: first, person: at.stays } })
    const departs = await at.act('grid', 'departure', randomUUID(), 'declare', {
      person: at.merged,
      channel: 'worker',
      leavesOn: '2020-02-14',
      destination: '广东省深圳市',
      purpose: 'work',
    })
    expect(departs.code).toBe('under-observation')
    // A declaration of the other entry makes the observation longer that there is, and begins none.
    const arrival = randomUUID()
    const declared = { person: at.merged, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100' }
    expect((await at.act('grid', 'arrival', arrival, 'declare', declared)).status).toBe(200)
    expect(await at.observed()).toEqual([{ id: first, person: at.stays }])
    const [watch] = await at.store.db.query<{ until: string }>('select until::text as until from r_watch where id = $1', [first])
    expect(watch?.until).toBe('2020-02-27')
    // Undone, they are two people again, and the declaration asks for the other one alone.
    at.clock.set('2020-02-13T05:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'unmerge', { reason: '两人' })).status).toBe(200)
    expect((await at.observed()).map(({ person }) => person)).toEqual([at.stays, at.merged])
    at.clock.set('2020-02-13T06:00:00Z')
    expect((await at.act('grid', 'arrival', arrival, 'withdraw', {})).status).toBe(200)
    expect(await at.observed()).toEqual([{ id: first, person: at.stays }])
    expect((await at.enter(at.merged)).status).toBe(200)
    expect((await at.observed()).length).toBe(2)
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })

  it('is looked after by whoever is in charge of the home of the one that stays', async () => {
    const at = await twoEntries(engine)
    const [stays, household] = [randomUUID(), randomUUID()]
    expect((await at.act('grid', 'household', household, 'register', { door: '102', kind: 'family' })).status).toBeLessThan(300)
    const known = { name: '测试甲', documentType: 'none', household }
    expect((await at.act('grid', 'person', stays, 'register', known)).status).toBeLessThan(300)
    const charge = { account: 'grid01', worker: '测试网格员', part: 'grid', from: '2020-02-01', household }
    expect((await at.act('town', 'assignment', randomUUID(), 'assign', charge)).status).toBeLessThan(300)
    at.clock.set('2020-02-13T03:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: stays })).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    expect((await at.enter(at.merged)).status).toBe(200)
    expect(await at.store.db.query('select worker from r_watch')).toEqual([{ worker: 'grid01' }])
  })

  it('is found also where the one who stays is entered, through a chain of mergings', async () => {
    const at = await twoEntries(engine)
    const third = randomUUID()
    await at.act('grid', 'person', third, 'register', { name: '测试甲', documentType: 'none' })
    const first = randomUUID()
    expect((await at.enter(at.merged, undefined, first)).status).toBe(200)
    at.clock.set('2020-02-13T03:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: third })).status).toBe(200)
    expect((await at.act('town', 'person', third, 'merge', { mergedInto: at.stays })).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    for (const person of [at.stays, third]) {
      const refused = await at.enter(person)
      expect([refused.code, refused.text.includes(first)]).toEqual(['already-observed', true])
    }
  })

  it('is declared once with the other as long as they are one; what both had declared before can still be corrected', async () => {
    const at = await twoEntries(engine)
    const said = { channel: 'worker', origin: '四川省成都市', arrivedOn: '2020-02-13' }
    const declare = (person: string, arrivedOn: string, id = randomUUID()) =>
      at.act('grid', 'arrival', id, 'declare', { ...said, person, arrivedOn })
    const [one, other] = [randomUUID(), randomUUID()]
    expect((await declare(at.stays, '2020-02-11', one)).status).toBe(200)
    expect((await declare(at.merged, '2020-02-11', other)).status).toBe(200)
    at.clock.set('2020-02-13T03:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: at.stays })).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    const first = randomUUID()
    expect((await declare(at.stays, '2020-02-13', first)).status).toBe(200)
    const refused = await declare(at.merged, '2020-02-13')
    expect([refused.status, refused.code]).toEqual([409, 'already-exists'])
    expect(JSON.parse(refused.text)).toMatchObject({ data: { record: 'arrival', id: first } })
    expect((await at.act('grid', 'arrival', other, 'amend', { transport: 'train' })).status).toBe(200)
    expect((await at.act('grid', 'arrival', other, 'amend', { arrivedOn: '2020-02-13' })).code).toBe('already-exists')
    expect((await at.act('town', 'arrival', other, 'withdraw', {})).status).toBe(200)
    // Two people after all: what was refused for their being one is nobody else's journey, and stands where it arrives once more.
    at.clock.set('2020-02-13T06:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'unmerge', { reason: '不是同一人' })).status).toBe(200)
    const again = { ...said, person: at.merged, arrivedOn: '2020-02-13' }
    expect((await at.act('grid', 'arrival', randomUUID(), 'declare', again, '2020-02-13T05:00:00Z')).status).toBe(200)
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })

  it('was declared by a phone before the two were one: held back where the other has been judged by what was known', async () => {
    const at = await twoEntries(engine)
    at.clock.set('2020-02-13T04:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: at.stays })).status).toBe(200)
    const declare = (person: string, happenedAt?: string) =>
      at.act(
        'grid',
        'arrival',
        randomUUID(),
        'declare',
        { person, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100' },
        happenedAt,
      )
    at.clock.set('2020-02-13T05:00:00Z')
    expect((await declare(at.stays)).status).toBe(200)
    const [watch] = await at.observed()
    at.clock.set('2020-02-13T06:00:00Z')
    expect((await at.act('town', 'watch', watch?.id ?? '', 'void', { why: 'mistaken' })).status).toBe(200)
    // Had it been known, the second declaration would have made that observation longer and begun none of its own.
    at.clock.set('2020-02-13T07:00:00Z')
    expect((await declare(at.merged, '2020-02-13T03:00:00Z')).code).toBe('out-of-order')
  })

  it('was taken in by a phone before the two were one: kept when it arrives, and named by the next report', async () => {
    const at = await twoEntries(engine)
    const [first, late] = [randomUUID(), randomUUID()]
    expect((await at.enter(at.stays, undefined, first)).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: at.stays })).status).toBe(200)
    at.clock.set('2020-02-13T06:00:00Z')
    expect((await at.enter(at.merged, '2020-02-13T03:00:00Z', late)).status).toBe(200)
    const made = await at.ask('county', 'POST', '/api/daily/compose', { area: at.county, day: '2020-02-13' })
    const twice = made.json<{ content: dailyFigures.DailyContent }>().content.checks.filter(({ code }) => code === 'twice')
    expect(twice).toMatchObject([{ left: 2, right: 1 }])
    expect(twice[0]?.words.zh).toContain(first)
    expect(twice[0]?.words.zh).toContain(late)
  })

  it('is found at a gate by a document of an entry that was merged, and merged again, and so is the observation', async () => {
    const at = await twoEntries(engine)
    const seventeen = '51990019900101001'
    const document = seventeen + idCheckCharacter(seventeen)
    const first = randomUUID()
    const registered = { name: '测试甲', documentType: 'nationalId', documentNumber: document }
    expect((await at.act('grid', 'person', first, 'register', registered)).status).toBe(201)
    expect((await at.enter(at.stays)).status).toBe(200)
    at.clock.set('2020-02-13T03:00:00Z')
    expect((await at.act('town', 'person', first, 'merge', { mergedInto: at.merged })).status).toBe(200)
    at.clock.set('2020-02-13T04:00:00Z')
    expect((await at.act('town', 'person', at.merged, 'merge', { mergedInto: at.stays })).status).toBe(200)
    const seen = await at.ask('gate', 'POST', '/api/gate/look', { shown: document, direction: 'out' })
    expect(seen.json()).toMatchObject({ person: { id: at.stays }, observed: {} })
  })
})
