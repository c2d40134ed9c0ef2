import { type Actor, buildRegistry, type Command, ERASED, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines, type TestEngine } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { doDailyDuties } from '../../../server/src/jobs/daily.ts'
import { doStandingDuty } from '../../../server/src/jobs/standing.ts'
import { waysOf } from '../../../server/src/store/identity/forms.ts'
import { renewHashes } from '../../../server/src/store/identity/hash-anew.ts'
import { openStore } from '../../../server/src/store/store.ts'
import { DOMAINS } from '../registry.ts'
import { isSlip, judge } from './duplicates/judge.ts'
import { emptied } from './register/emptied.ts'

// Whoever moves takes observations along, and a household its passes.
const registry = buildRegistry(DOMAINS.filter(({ name }) => ['people', 'monitoring', 'zoning', 'closures'].includes(name)))

const uuid = () => crypto.randomUUID()
const raise = (): never => {
  throw new Error('no register of people')
}
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const grid = actor('grid', 'grid-worker', '1/11/11a/11a1/')
const town = actor('town', 'town-clerk', '1/11/11a/')
const county = actor('county', 'county-clerk', '1/11/')
const west = actor('west', 'town-clerk', '1/12/12a/')

/** A number that no office issued (its place code does not exist) with the right check character. */
const idNumber = (birth: string, order: number) => {
  const seventeen = `519900${birth}${String(order).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

async function city(engine: TestEngine) {
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const store = await openStore({
    target: (await engine.place(migrated(tablesOf(registry)))).target,
    registry,
    clock,
    migrations: tablesOf(registry),
    onError: (_reference, error) => {
      throw error
    },
  })
  onTestFinished(() => store.close())
  await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  const act = async (who: Actor, action: string, recordId: string, input: Command['input'], more: Partial<Command> = {}) => {
    const done = await store.writer.submit({ id: uuid(), record: 'person', recordId, action, input, ...more }, who)
    return done.ok ? 'done' : `${done.problem.code}${done.problem.path ? ` ${done.problem.path}` : ''}`
  }
  const register = async (input: Command['input'], area = '11a1', who: Actor = county) => {
    const id = uuid()
    expect(await act(who, 'register', id, { documentType: 'none', name: '测试甲', ...input }, { area })).toBe('done')
    return id
  }
  const clear = async (id: string, who: Actor = county) => {
    const row = await store.as(who).identity.reveal('person', id, '测试')
    if (!row.ok) throw new Error(row.problem.message.en)
    return row.value
  }
  return { store, clock, act, register, clear }
}

onBothEngines('the register of people', (engine) => {
  it('takes every document, and none, as it comes; a number has to fit its document and never fails by its place code', async () => {
    const { act, register, clear } = await city(engine)
    const number = idNumber('19900101', 1)
    const id = await register({ documentType: 'nationalId', documentNumber: ` ${number.toLowerCase()} ` })
    expect((await clear(id)).fields).toMatchObject({ documentNumber: number, birthYear: 1990, sex: 'male' })
    const old = await register({ documentType: 'nationalId', documentNumber: '519900850202004' })
    expect(String((await clear(old)).fields.documentNumber)).toMatch(/^51990019850202004[\dX]$/)
    await register({ documentType: 'passport', documentNumber: 'e00000001', name: 'TEST PERSON', birthYear: 1971 })
    await register({ documentType: 'none', name: '测试乙' })
    const wrong = async (input: Command['input']) => act(county, 'register', uuid(), { name: '测试', ...input }, { area: '11a1' })
    expect(await wrong({ documentType: 'nationalId', documentNumber: `${number.slice(0, 17)}${number[17] === '1' ? '2' : '1'}` })).toBe(
      'document-number-wrong input.documentNumber',
    )
    // Nobody is born after the city's today.
    await register({ documentType: 'nationalId', documentNumber: idNumber('20200214', 1) })
    expect(await wrong({ documentType: 'nationalId', documentNumber: idNumber('20200215', 1) })).toBe(
      'document-number-ahead input.documentNumber',
    )
    expect(await act(county, 'update', id, { documentNumber: idNumber('20220307', 1) })).toBe('document-number-ahead input.documentNumber')
    expect(await wrong({ documentType: 'none', birthYear: 2021 })).toBe('birth-year-ahead input.birthYear')
    expect(await wrong({ documentType: 'nationalId' })).toBe('document-number-missing input.documentNumber')
    expect(await wrong({ documentType: 'none', documentNumber: 'E1' })).toBe('document-none input.documentNumber')
    expect(await act(grid, 'register', uuid(), { name: '测试', documentType: 'none' }, { area: '11a2' })).toBe('outside-jurisdiction')
    // The 15-digit number of somebody who is registered with 18 is the same number, also in another county.
    const west18 = await wrong({ documentType: 'nationalId', documentNumber: `${number.slice(0, 6)}${number.slice(8, 17)}` })
    expect(west18).toBe('already-exists')
    expect(
      await act(west, 'register', uuid(), { name: '测试甲', documentType: 'nationalId', documentNumber: number }, { area: '12a1' }),
    ).toBe('registered-elsewhere')
  })

  it('finds in its jurisdiction by characters, sound, initials, number, phone and plate', async () => {
    const { store, register } = await city(engine)
    const number = idNumber('19800303', 5)
    const id = await register({
      documentType: 'nationalId',
      documentNumber: number,
      name: '曾测试',
      phone: '13800000001',
      plate: '川Y00000',
    })
    const other = await register({ name: '样本', phone: '08275261234' })
    for (const word of ['0827-5261234', '08275261234', '（0827）526 1234', '+86 827 5261234']) {
      const found = await store.as(county).identity.find('person', { word, purpose: '上门走访' })
      expect([word, found.ok && found.value.map((row) => row.id)]).toEqual([word, [other]])
    }
    for (const word of ['曾测试', 'zcs', 'zengceshi', 'ZCS', number, '138 0000 0001', '川y00000']) {
      const found = await store.as(town).identity.find('person', { word, purpose: '上门走访' })
      expect([word, found.ok && found.value.map((row) => row.id)]).toEqual([word, [id]])
      const elsewhere = await store.as(west).identity.find('person', { word, purpose: '上门走访' })
      expect([word, elsewhere.ok && elsewhere.value]).toEqual([word, []])
    }
    expect(await store.as(town).identity.find('person', { word: 'zcs', purpose: '' })).toMatchObject({
      ok: false,
      problem: { path: 'purpose' },
    })
  })

  it('proposes whoever was entered again with a slip in the year of birth or the number, by phone or household', {
    timeout: 60_000,
  }, async () => {
    const { store, register } = await city(engine)
    const home = uuid()
    const number = idNumber('19660606', 70)
    const slipped = idNumber('19760606', 70)
    const pairs: (readonly [string, string])[] = []
    const twice = async (one: Command['input'], other: Command['input']) => {
      pairs.push([await register(one), await register(other)])
    }
    // The year of birth, with the same phone and with the same household.
    await twice({ name: '测试一', birthYear: 1966, phone: '13800000011' }, { name: '测试一', birthYear: 1968, phone: '13800000011' })
    await twice({ name: '测试二', birthYear: 1966, household: home }, { name: '测试二', birthYear: 1696, household: home })
    // One digit of the number, there where it holds the year; and a year that somebody wrote beside a number that holds another.
    const card = (documentNumber: string) => ({ documentType: 'nationalId', documentNumber, name: '测试三', phone: '13800000013' })
    await twice(card(number), card(slipped))
    await twice(
      { documentType: 'nationalId', documentNumber: idNumber('19810505', 12), name: '测试四', phone: '13800000014' },
      { name: '测试四', birthYear: 1980, phone: '13800000014' },
    )
    // A landline with a hyphen and without.
    await twice({ name: '测试九', birthYear: 1971, phone: '0827-5261234' }, { name: '测试九', birthYear: 1971, phone: '08275261234' })
    const proposed = [...pairs]
    // Of one name and household a lifetime apart, of other names, or neighbours who share neither phone nor household: two people.
    await twice({ name: '测试五', birthYear: 1950, household: home }, { name: '测试五', birthYear: 1983, household: home })
    await twice({ name: '测试家', birthYear: 1966, phone: '13800000016' }, { name: '测试佳', birthYear: 1968, phone: '13800000016' })
    await twice({ name: '测试七', birthYear: 1966 }, { name: '测试七', birthYear: 1968 })
    const found = await store.as(county).identity.duplicates('person', { since: '2020-01-01T00:00:00Z', limit: 50 })
    const keys = (list: readonly (readonly [string, string])[]) => list.map((pair) => [...pair].sort().join()).sort()
    expect(found.ok && keys(found.value.map(({ one, other }) => [one.id, other.id]))).toEqual(keys(proposed))
    const why = found.ok ? found.value.find(({ one }) => pairs[0]?.includes(one.id))?.twinship.grounds.map(({ zh }) => zh) : []
    expect(why).toEqual(['姓名相同', '出生年份只差一处（换位或一位不同）', '电话相同'])
    // A database of before found a landline as it was written; it is hashed anew when it is opened, once.
    const def = store.registry.records.get('person') ?? raise()
    const way = waysOf(def).find(({ field, means }) => field === 'phone' && means === 'exact') ?? raise()
    const [, last = ''] = pairs[4] ?? []
    const isFound = async () => {
      const rows = await store.as(county).identity.find('person', { word: '0827-5261234', purpose: '上门走访' })
      return rows.ok && rows.value.some(({ id }) => id === last)
    }
    await store.db.query(`update r_person set ${way.column} = $1 where id = $2`, [
      store.db.vault.finder.tokenOfForm(def, way, '08275261234'),
      last,
    ])
    await store.db.query(
      "update facts set value = replace(value::text, ' dialled anywhere', ' dialled')::jsonb where name = 'identity.ways'",
    )
    expect(await isFound()).toBe(false)
    expect(await renewHashes(store.db, store.registry)).toBeGreaterThan(0)
    expect(await renewHashes(store.db, store.registry)).toBe(0)
    expect(await isFound()).toBe(true)
  })

  it('proposes whoever was entered again with a slip anywhere in the number, also in a database of before', {
    timeout: 120_000,
  }, async () => {
    const { store, register } = await city(engine)
    const pairs: (readonly [string, string])[] = []
    const twice = async (name: string, documentType: string, one: string, other: string, second = name) => {
      const card = (documentNumber: string) => ({ documentType, documentNumber })
      pairs.push([await register({ ...card(one), name }), await register({ ...card(other), name: second })])
    }
    // Neighbours swapped within the year, in the month and across the end of the year; the decade misread; of a name that sounds alike too.
    await twice('测试甲', 'nationalId', idNumber('19870312', 41), idNumber('19780312', 41))
    await twice('测试乙', 'nationalId', idNumber('19811012', 45), idNumber('19810112', 45))
    await twice('测试丙', 'nationalId', idNumber('19810112', 612), idNumber('19801112', 612))
    await twice('测试佳', 'nationalId', idNumber('19660312', 43), idNumber('19960312', 43), '测试嘉')
    // A passport says no year: wherever it slips.
    await twice('测试丁', 'passport', 'E12345678', 'E21345678')
    await twice('测试戊', 'passport', 'E87654321', 'E87653421')
    await twice('测试己', 'passport', 'E55667788', 'E55667789')
    const proposed = [...pairs]
    // Two slips are no slip, and whoever has another name is somebody else.
    await twice('测试庚', 'passport', 'G92345678', 'G29345687')
    await twice('测试辛', 'nationalId', idNumber('19870313', 44), idNumber('19780313', 44), '样本壬')
    const found = async () => {
      const answer = await store.as(county).identity.duplicates('person', { since: '2020-01-01T00:00:00Z', limit: 50 })
      return answer.ok ? keys(answer.value.map(({ one, other }) => [one.id, other.id])) : answer.problem.code
    }
    const keys = (list: readonly (readonly [string, string])[]) => list.map((pair) => [...pair].sort().join()).sort()
    expect(await found()).toEqual(keys(proposed))
    // A database of before has no such hashes; they are made when it is opened, once.
    const parts = waysOf(store.registry.records.get('person') ?? raise()).filter(({ beside }) => beside !== undefined)
    await store.db.query(`update r_person set ${parts.map(({ column }) => `${column} = null`).join()}`)
    await store.db.query("delete from facts where name = 'identity.ways'")
    expect(await found()).toEqual(keys(pairs.slice(1, 2)))
    expect(await renewHashes(store.db, store.registry)).toBeGreaterThanOrEqual(16)
    expect(await renewHashes(store.db, store.registry)).toBe(0)
    expect(await found()).toEqual(keys(proposed))
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })

  it('proposes whoever was entered again with a slip in the number and another in the name, and no sisters and brothers', {
    timeout: 120_000,
  }, async () => {
    const { store, act } = await city(engine)
    const pairs: (readonly [string, string])[] = []
    type Card = readonly [name: string, number: string, more?: Command['input']]
    /** Two phones without a network: what was entered last arrives first. */
    const twice = async (documentType: string, ...cards: readonly [Card, Card]) => {
      const ids = cards.map(() => uuid())
      for (const [i, [name, documentNumber, more = {}]] of [...cards.entries()].reverse()) {
        const input = { documentType, name, documentNumber, ...more }
        const offline = { area: '11a1', happenedAt: `2020-02-1${i}T01:00:00Z` }
        expect(await act(i === 0 ? grid : county, 'register', String(ids[i]), input, offline)).toBe('done')
      }
      pairs.push([String(ids[0]), String(ids[1])])
    }
    const placed = (place: string, birth: string, order: number) => {
      const seventeen = `${place}${birth}${String(order).padStart(3, '0')}`
      return seventeen + idCheckCharacter(seventeen)
    }
    const [home, phone] = [uuid(), '13800000021']
    // A character added, dropped, wrong, at the end, within and in front, heard and misheard; the number slipped in place, year, month, day and order.
    await twice('nationalId', ['样娜', idNumber('19880312', 101)], ['样那花', idNumber('19980312', 101)])
    await twice('nationalId', ['样小明', idNumber('19810405', 202)], ['样晓明明', idNumber('19810415', 202)])
    await twice('nationalId', ['测试本', placed('519900', '19670809', 303)], ['测本', placed('519090', '19670809', 303)])
    await twice('nationalId', ['样本乙', idNumber('19771011', 404)], ['祥本丙', idNumber('19771011', 440)])
    await twice('nationalId', ['样一二', idNumber('19900102', 511)], ['样一三', idNumber('19901002', 511)])
    await twice('nationalId', ['样四五', idNumber('19920203', 612)], ['羊四五六', idNumber('19920206', 312)])
    await twice('passport', ['TEST PERSON', 'E12345678'], ['TEST PERSN', 'E12345687'])
    await twice('passport', ['样七', 'E22345678'], ['样七八', 'E32345678'])
    // An added character beside one home is no sister's name.
    await twice(
      'nationalId',
      ['样九', idNumber('19930304', 713), { household: home }],
      ['样九十', idNumber('19930304', 733), { household: home }],
    )
    const proposed = pairs.filter((_, i) => i !== 3)
    const otherwise = [
      // Sisters and brothers, and twins: by one household or one telephone.
      [
        ['测甲丙', idNumber('19800101', 111), { household: home }],
        ['测甲丁', idNumber('19830915', 121), { household: home }],
      ],
      [
        ['测乙丙', idNumber('19850505', 114), { household: home }],
        ['测乙丁', idNumber('19850505', 116), { household: home }],
      ],
      [
        ['测丙丙', idNumber('19850606', 114), { phone }],
        ['测丙丁', idNumber('19850606', 116), { phone }],
      ],
      // Two who were born on one day and registered one after the other, of one surname.
      [
        ['测庚', idNumber('19860707', 134)],
        ['测辛', idNumber('19860707', 135)],
      ],
      // Two slips in the number, or in the name.
      [
        ['测戊一', idNumber('19910101', 125)],
        ['测戊二', idNumber('19920101', 126)],
      ],
      [
        ['测己一二', idNumber('19910202', 127)],
        ['测己三四', idNumber('19910202', 128)],
      ],
    ] as const
    for (const [one, other] of otherwise) await twice('nationalId', one, other)
    // A family that fetched its passports together.
    await twice('passport', ['测壬一', 'E55667788'], ['测壬二', 'E55667789'])
    const keys = (list: readonly (readonly [string, string])[]) => list.map((pair) => [...pair].sort().join()).sort()
    const found = await store.as(county).identity.duplicates('person', { since: '2020-02-11T00:00:00Z', limit: 50 })
    expect(found.ok && keys(found.value.map(({ one, other }) => [one.id, other.id]))).toEqual(keys(proposed))
    const why = found.ok ? found.value.find(({ one }) => pairs[0]?.includes(one.id))?.twinship.grounds.map(({ zh }) => zh) : []
    expect(why).toEqual(['证件号码只差一处（换位或一位不同）', '姓名只差一字（错、漏、多一字）'])
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })

  it('proposes doubles that were entered offline, merges with full undo, and follows to the one that stays', {
    timeout: 60_000,
  }, async () => {
    const { store, act, register, clear } = await city(engine)
    const number = idNumber('19660606', 70)
    const swapped = (() => {
      const seventeen = `${number.slice(0, 14)}${number[15]}${number[14]}${number[16]}`
      return seventeen + idCheckCharacter(seventeen)
    })()
    const first = await register({ documentType: 'nationalId', documentNumber: number, name: '测试佳', phone: '13800000002' })
    const second = await register({ documentType: 'nationalId', documentNumber: swapped, name: '测试嘉' })
    const third = await register({ name: '测试家', birthYear: 1966, phone: '13800000002' }, '11a2')
    // A neighbour of the same name and age is nobody's double.
    const neighbour = await register({ name: '测试佳', birthYear: 1966, phone: '13800000009' })
    await register({ name: '测试佳', birthYear: 1931 })
    const proposed = async (who: Actor) => {
      const pairs = await store.as(who).identity.duplicates('person', { since: '2020-01-01T00:00:00Z', limit: 50 })
      return pairs.ok ? pairs.value.map(({ one, other }) => [one.id, other.id].sort().join()).sort() : []
    }
    const pair = (a: string, b: string) => [a, b].sort().join()
    expect(await proposed(county)).toEqual([pair(first, second), pair(first, third)].sort())
    expect(await proposed(grid)).toEqual([pair(first, second)])
    expect(await proposed(west)).toEqual([])
    expect((await proposed(county)).join()).not.toContain(neighbour)

    const before = await clear(second)
    expect(await act(grid, 'merge', second, { mergedInto: first })).toBe('not-allowed')
    expect(await act(town, 'merge', second, { mergedInto: second })).toBe('merge-target input.mergedInto')
    expect(await act(town, 'merge', second, { mergedInto: first })).toBe('done')
    // Whoever stayed is named where somebody goes on with the other entry: as the target of a merging, and by the document of the double.
    const another = await register({ name: '测试丙', documentType: 'none' })
    const command = { id: uuid(), record: 'person', recordId: another, action: 'merge', input: { mergedInto: second } }
    const into = await store.writer.submit(command, town)
    expect(into).toMatchObject({ ok: false, problem: { code: 'merge-target-merged', path: 'input.mergedInto', data: { id: first } } })
    expect(await proposed(county)).toEqual([pair(first, third)])
    const names = await store.as(town).identity.names('person', [second])
    expect(names.ok && names.value[second]?.id).toBe(first)
    const found = await store.as(town).identity.find('person', { word: swapped, purpose: '核对证件' })
    expect(found.ok && found.value.map((row) => row.id)).toEqual([first])
    expect(await act(county, 'unmerge', second, { reason: '两人' })).toBe('done')
    const { version: _v, changedAt: _c, lastEvent: _l, ...after } = await clear(second)
    expect(before).toMatchObject(after)
    expect(await act(county, 'distinguish', second, { other: first })).toBe('done')
    expect(await proposed(county)).toEqual([pair(first, third)])
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })

  it('erases whoever was merged along, proposes and erases by the dated parameter, and keeps the figures', {
    timeout: 60_000,
  }, async () => {
    const { store, clock, act, register } = await city(engine)
    const [one, two, kept] = [
      await register({ phone: '13800000003' }),
      await register({ name: '测试丁' }),
      await register({ name: '测试戊' }),
    ]
    expect(await act(town, 'merge', two, { mergedInto: one })).toBe('done')
    const state = async (id: string) => {
      const row = await store.as(county).get('person', id)
      return row.ok ? [row.value.state, row.value.fields.name, row.value.fields.erasureProposedOn ?? null] : row.problem.code
    }
    clock.set('2020-08-12T02:00:00Z')
    await doDailyDuties(store)
    expect(await state(one)).toEqual(['registered', '测*', null])
    clock.set('2020-08-13T02:00:00Z')
    await doDailyDuties(store)
    await doDailyDuties(store)
    expect(await state(one)).toEqual(['registered', '测*', '2020-08-13'])
    expect(await act(town, 'keep', kept, { reason: '仍在随访' })).toBe('done')
    expect(await state(kept)).toEqual(['registered', '测*', null])
    await store.settings.add(
      'people.retention.automatic',
      { value: true, from: '2020-08-14', instrument: { zh: '测试', en: 'test' } },
      SYSTEM,
    )
    clock.set('2020-08-14T02:00:00Z')
    await doDailyDuties(store)
    expect([await state(one), await state(two)]).toEqual([
      ['erased', ERASED, null],
      ['erased', ERASED, null],
    ])
    expect((await state(kept))[0]).toBe('registered')
    expect((await store.rebuild({ check: true })).differences).toEqual([])
    // A phone that held an act of before is answered, and brings nothing back.
    expect(await act(county, 'update', one, { phone: '13800000004' }, { happenedAt: '2020-03-01T00:00:00Z' })).toBe('done')
    expect(await state(one)).toEqual(['erased', ERASED, null])
    expect(JSON.stringify(await store.as(county).timeline('person', one))).not.toMatch(/1380000|测/)
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })

  it('closes the household that a merging emptied and brings it back when the merging is undone, or somebody else lives there', async () => {
    const { store, act, register } = await city(engine)
    const home = async () => {
      const id = uuid()
      const input = { door: '1栋101', kind: 'family' }
      const done = await store.writer.submit(
        { id: uuid(), record: 'household', recordId: id, action: 'register', area: '11a1', input },
        county,
      )
      expect(done.ok).toBe(true)
      return id
    }
    const settle = async () => {
      let acts = 0
      for (const duty of emptied) acts += await doStandingDuty(store, duty)
      return acts
    }
    const state = async (id: string) =>
      (await store.db.query<{ state: string }>('select state from r_household where id = $1', [id]))[0]?.state
    const [own, shared, kept] = [await home(), await home(), await home()]
    const stays = await register({ household: kept })
    const [double, mate, other] = [
      await register({ household: own }),
      await register({ household: shared }),
      await register({ household: shared }),
    ]
    for (const one of [double, mate]) expect(await act(county, 'merge', one, { mergedInto: stays })).toBe('done')
    expect([await settle(), await settle()]).toEqual([1, 0])
    expect([await state(own), await state(shared), await state(kept)]).toEqual(['dissolved', 'registered', 'registered'])
    // With the last of them it is empty; whoever comes to live there fills it.
    expect(await act(county, 'merge', other, { mergedInto: stays })).toBe('done')
    expect([await settle(), await state(shared)]).toEqual([1, 'dissolved'])
    await register({ household: shared })
    expect([await settle(), await state(shared)]).toEqual([1, 'registered'])
    expect(await act(county, 'unmerge', double, { reason: '两人' })).toBe('done')
    expect([await settle(), await state(own), await settle()]).toEqual([1, 'registered', 0])
    // Again emptied, and dissolved by a person after having been restored: that stands.
    const byHand = async (action: string, input: Command['input']) =>
      (await store.writer.submit({ id: uuid(), record: 'household', recordId: own, action, input }, county)).ok
    expect(await byHand('dissolve', { reason: '拆迁' })).toBe(false)
    expect(await act(county, 'changeHousehold', double, { household: kept })).toBe('done')
    expect(await byHand('dissolve', { reason: '拆迁' })).toBe(true)
    expect([await settle(), await state(own)]).toEqual([0, 'dissolved'])
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })
})

it('takes one slip of the hand for the same number, and no two people for one', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(digits, fc.nat({ max: 6 }), (number, at) => {
      const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`
      expect(isSlip(number, swapped)).toBe(number !== swapped)
      expect(isSlip(number, number)).toBe(false)
    }),
  )
  // Whatever slips in the number, and in the name, the two meet.
  const names = fc.constantFrom('样本', '样', '样一本', '样本一', '一样本', '样一', '一本')
  const person = registry.records.get('person')
  const parts = (person ? waysOf(person) : []).filter(({ beside }) => beside !== undefined)
  expect(parts).toHaveLength(6)
  const anyLength = fc.stringMatching(/^(?:[A-Z]\d{4,14}|\d{17})$/)
  fc.assert(
    fc.property(anyLength, fc.nat(), fc.nat({ max: 9 }), fc.boolean(), names, (plain, where, digit, swaps, name) => {
      const national = /^\d{17}$/.test(plain)
      const at = where % (plain.length - (swaps ? 1 : 0))
      const [a, b] = [plain[at] ?? '', plain[at + 1] ?? '']
      const slipped = swaps ? `${plain.slice(0, at)}${b}${a}${plain.slice(at + 2)}` : `${plain.slice(0, at)}${digit}${plain.slice(at + 1)}`
      const [one, other] = [plain, slipped].map((number) => (national ? number + idCheckCharacter(number) : number))
      const meets = parts.some(({ form }) => form(one ?? '', '样本') !== '' && form(one ?? '', '样本') === form(other ?? '', name))
      expect([plain, slipped, name, meets]).toEqual([plain, slipped, name, true])
    }),
  )
  const text = fc.option(fc.constantFrom('测试甲', '测试佳', ERASED), { nil: undefined })
  const candidate = fc.record({
    id: fc.constantFrom('a', 'b'),
    sounds: fc.constantFrom({ name: ['ce', 'shi', 'jia'] }, {}),
    fields: fc.record({
      name: text,
      birthYear: fc.constantFrom(1980, 1981, undefined),
      phone: text,
      sex: fc.constantFrom('male', 'female'),
    }),
  })
  fc.assert(
    fc.property(candidate, candidate, (one, other) => {
      // Whoever stands first: the judgement is the same.
      expect(judge(one, other)).toEqual(judge(other, one))
      if (one.fields.sex !== other.fields.sex) expect(judge(one, other)).toBeUndefined()
    }),
  )
})
