import { type AreaFact, MOVE, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { villageClosed } from './testing/closed-village.ts'

const merged = (from: string, into: string, date: string): AreaFact => ({ kind: 'merged', ids: [from], into, date, instrument: '示例' })
const CAME = { channel: 'worker', arrivedOn: '2020-02-13', origin: '重庆市' } as const

onServer('a move of before two reforms that becomes known after them', ({ engine }) => {
  const setUp = async () => {
    const at = await villageClosed(engine)
    const born = {
      kind: 'created',
      level: 'village',
      code: null,
      parent: at.area('511902105'),
      date: '2020-02-01',
      instrument: '示例',
    } as const
    const villages = ['east', 'west', 'other', 'stays', 'after-east', 'after-west'].map((id) => ({ ...born, id, name: id }))
    expect(await at.store.areas.confirm(villages, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    const home = async (door: string, area?: string) => {
      const id = crypto.randomUUID()
      expect(await at.act('town', 'household', id, 'register', { door, kind: 'family' }, area)).toBe('done')
      return id
    }
    const observed = async (name: string, household: string) => {
      const [person, watch] = [crypto.randomUUID(), crypto.randomUUID()]
      expect(await at.act('grid', 'person', person, 'register', { name, documentType: 'none', household })).toBe('done')
      const entered = { person, household, kind: 'home', entry: 'list', class: 'listed' }
      expect(await at.act('grid', 'watch', watch, 'enter', entered)).toBe('done')
      return person
    }
    /** Done the day before the reforms, at this minute; sent now. */
    const late = async (minute: number, record: string, id: string, action: string, input: object, area = at.village) => {
      const happenedAt = `2020-02-14T05:${minute}:00.000Z`
      const body = { event: crypto.randomUUID(), area, input, happenedAt }
      return (await at.ask('town', 'POST', `/api/${record}/${id}/${action}`, body)).json<{ code?: string }>().code ?? 'done'
    }
    const reform = async (...facts: AreaFact[]) =>
      expect(await at.store.areas.confirm(facts, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    /** Where somebody, their household and their observation stand. */
    const stands = async (person: string) => {
      const [row] = await at.store.db.query<{ area: string; home: string | null; watch: string; household: string | null }>(
        `select p.area, h.area as home, w.area as watch, w.household from r_person p
           left join r_household h on h.id = p.household join r_watch w on w.person = p.id where p.id = $1 and p.household is not distinct from w.household`,
        [person],
      )
      return row && [row.area, row.home, row.watch]
    }
    return { ...at, home, observed, late, reform, stands }
  }

  it('stands: who had left the village by then is not taken along by its reform', async () => {
    const at = await setUp()
    const own = await at.home('7')
    const [stays, other] = [await at.home('8', 'stays'), await at.home('9', 'other')]
    const moved: string[] = []
    for (const name of ['测试甲', '测试乙', '测试丙', '测试丁', '测试戊', '测试己', '测试辛'])
      moved.push(await at.observed(name, at.household))
    const [ended = '', living = '', there = '', away = '', back = '', before = '', stayed = ''] = moved
    const member = await at.observed('测试庚', own)
    at.clock.set('2020-02-15T01:00:00Z')
    // As a version did that took along whoever was there when it did.
    const old = { record: 'person', recordId: before, action: MOVE, area: 'east', happenedAt: '2020-02-14T16:00:00.000Z', input: {} }
    expect(await at.store.writer.submitTogether([{ ...old, id: crypto.randomUUID() }], SYSTEM)).toMatchObject({ ok: true })
    await at.reform(merged(at.village, 'east', '2020-02-15'), merged('other', 'west', '2020-02-15'))
    at.clock.set('2020-02-16T01:00:00Z')
    await at.reform(merged('east', 'after-east', '2020-02-16'), merged('west', 'after-west', '2020-02-16'))
    at.clock.set('2020-02-16T02:00:00Z')

    expect(await at.late(10, 'person', ended, MOVE, {}, 'other')).toBe('done')
    expect(await at.late(11, 'person', living, MOVE, {}, 'stays')).toBe('done')
    expect(await at.late(12, 'person', there, 'changeHousehold', { household: stays })).toBe('done')
    expect(await at.late(13, 'person', away, 'changeHousehold', { household: other })).toBe('done')
    expect(await at.late(14, 'household', own, MOVE, {}, 'stays')).toBe('done')
    expect(await at.late(15, 'person', back, MOVE, {}, 'other')).toBe('done')
    expect(await at.late(16, 'person', back, MOVE, {}, at.village)).toBe('done')

    expect(await at.stands(ended)).toEqual(['after-west', null, 'after-west'])
    expect(await at.stands(living)).toEqual(['stays', null, 'stays'])
    expect(await at.stands(there)).toEqual(['stays', 'stays', 'stays'])
    expect(await at.stands(away)).toEqual(['after-west', 'after-west', 'after-west'])
    expect(await at.stands(member)).toEqual(['stays', 'stays', 'stays'])
    expect(await at.stands(back)).toEqual(['after-east', null, 'after-east'])
    // What was opened since where they stood would be left behind, and one of before knows nothing of who left.
    expect(await at.act('town', 'arrival', crypto.randomUUID(), 'declare', { person: stayed, ...CAME }, 'after-east')).toBe('done')
    for (const one of [stayed, before]) expect(await at.late(17, 'person', one, MOVE, {}, 'stays')).toBe('out-of-order')
    expect(await at.stands(stayed)).toEqual(['after-east', 'after-east', 'after-east'])
    expect(await at.stands(before)).toEqual(['after-east', 'after-east', 'after-east'])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })
})
