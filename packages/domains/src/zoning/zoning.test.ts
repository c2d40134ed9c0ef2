import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ZoneFacts } from '@guatu/analytics/epidemic/zoning'
import {
  type Actor,
  type AreaFact,
  type AreaNature,
  addDays,
  buildRegistry,
  fixedClock,
  readParameters,
  type SurveyedArea,
  SYSTEM,
} from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onBothEngines, type TestEngine } from '../../../../testing/src/databases/index.ts'
import { lastAct } from '../../../../testing/src/stores/acting.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { watchClock } from '../../../server/src/jobs/clock-watch.ts'
import { openStore } from '../../../server/src/store/store.ts'
import { assess, factsOf, populationOf } from './assess.ts'
import type { DayCount } from './day-count.ts'
import { gapsOf, gapWords } from './gaps.ts'
import domain from './index.ts'
import { lacking } from './lacking.ts'
import { parameters } from './parameters.ts'
import { instrumentOf } from './tables.ts'

const registry = buildRegistry([domain])
const settings = new Map(parameters.map((one) => [one.code, one.settings]))
const on = (day: string) => readParameters(settings, day)
const classOf = (scheme: 'sichuan' | 'national', facts: ZoneFacts, day = '2020-02-20') => {
  const outcome = assess(scheme, facts, on(day), day, addDays(day, -1))
  return outcome.ok ? (outcome.value?.zone ?? 'not in force') : outcome.problem.code
}

describe('the provincial table of the parameter', () => {
  const facts = {
    everHadCase: true,
    activeCases: 5,
    daysSinceLastNewCase: 1,
    daysSinceLastDischarge: 3,
    clusterOrSustainedSpread: true,
    weeklyIncidencePer100k: 3,
    shareOfCountiesAffected: 0.5,
  }
  it.each([
    ['never a case', { everHadCase: false, activeCases: 0 }, 'no-active-cases'],
    ['14 days after the last discharge', { activeCases: 0, daysSinceLastDischarge: 14, daysSinceLastNewCase: 20 }, 'no-active-cases'],
    ['13 days after it', { activeCases: 0, daysSinceLastDischarge: 13, daysSinceLastNewCase: 20, weeklyIncidencePer100k: 0 }, 'sporadic'],
    ['a new case since', { activeCases: 1, daysSinceLastDischarge: 20, daysSinceLastNewCase: 2, weeklyIncidencePer100k: 0.1 }, 'sporadic'],
    ['clusters and 3', {}, 'community-outbreak'],
    ['clusters and less than 3', { weeklyIncidencePer100k: 2.99 }, 'sporadic'],
    ['3 without clusters', { clusterOrSustainedSpread: false }, 'sporadic'],
    ['15 over all counties', { weeklyIncidencePer100k: 15, shareOfCountiesAffected: 1 }, 'community-outbreak'],
    ['above 15 over 4/5', { weeklyIncidencePer100k: 15.1, shareOfCountiesAffected: 0.8 }, 'local-epidemic'],
    ['above 15 over fewer', { weeklyIncidencePer100k: 15.1, shareOfCountiesAffected: 0.79 }, 'community-outbreak'],
    ['nobody looked for clusters, above 3', { clusterOrSustainedSpread: null }, 'fact-unknown'],
    ['nobody looked for clusters, below 3', { clusterOrSustainedSpread: null, weeklyIncidencePer100k: 1 }, 'sporadic'],
    ['population unknown, no cluster', { clusterOrSustainedSpread: false, weeklyIncidencePer100k: null }, 'sporadic'],
    ['population unknown, clusters', { weeklyIncidencePer100k: null }, 'fact-unknown'],
  ] as const)('%s', (_name, change, zone) => {
    expect(classOf('sichuan', { ...facts, ...change })).toBe(zone)
  })
})

describe('the reasons of the provincial table', () => {
  const wordsOf = (facts: Record<string, number | boolean | null>, rules?: readonly string[]) => {
    const table = new Map(settings)
    if (rules) table.set('zoning.rules.sichuan', [{ value: rules, instrument: { zh: '试', en: 'test' } }])
    const outcome = assess('sichuan', facts, readParameters(table, '2020-02-20'), '2020-02-20', '2020-02-19')
    if (!outcome.ok || !outcome.value) throw new Error('no class')
    return { zone: outcome.value.zone, held: outcome.value.reasons.map(({ zh }) => zh), not: outcome.value.passedOver.map(({ zh }) => zh) }
  }
  const facts = { everHadCase: true, activeCases: 440, clusterOrSustainedSpread: true, shareOfCountiesAffected: 0.6 }
  it('name no range in which the figure does not lie', () => {
    const above = wordsOf({ ...facts, weeklyIncidencePer100k: 16.5 })
    expect(above.zone).toBe('community-outbreak')
    expect(above.held[0]).toContain('高于 15/10万')
    expect(above.held).toContain('一周发病率（1/10万）：16.5（须 > 15）')
    expect(above.not).toContain('出现病例的县（市、区）比例：0.600（须 ≥ 0.8）')
    expect(wordsOf({ ...facts, weeklyIncidencePer100k: 15 }).held[0]).toContain('3–15/10万')
    expect(wordsOf({ ...facts, weeklyIncidencePer100k: 3 }).not.filter((one) => one.includes('须 > 15'))).toHaveLength(1)
  })

  it('say the numbers that are asked for, where the table was set otherwise', () => {
    const rules = ['clusterOrSustainedSpread & weeklyIncidencePer100k >= 20 -> community-outbreak', 'always -> sporadic']
    expect(wordsOf({ ...facts, weeklyIncidencePer100k: 25 }, rules).held[0]).toBe(
      '有聚集性疫情或持续传播须为是，且一周发病率（1/10万）须 ≥ 20',
    )
  })
})

describe('the national table of the parameter', () => {
  const facts = { everHadCase: true, newCaseWithin14Days: true, cumulativeCases: 50, clusterWithin14Days: true }
  it.each([
    ['never a case', { everHadCase: false, newCaseWithin14Days: false, cumulativeCases: 0, clusterWithin14Days: false }, 'low'],
    ['none new for 14 days', { newCaseWithin14Days: false, cumulativeCases: 80, clusterWithin14Days: false }, 'low'],
    ['50 and a cluster', {}, 'medium'],
    ['51 without a cluster', { cumulativeCases: 51, clusterWithin14Days: false }, 'medium'],
    ['51 and a cluster', { cumulativeCases: 51 }, 'high'],
    ['51, nobody looked', { cumulativeCases: 51, clusterWithin14Days: null }, 'fact-unknown'],
    ['50, nobody looked', { clusterWithin14Days: null }, 'medium'],
  ] as const)('%s', (_name, change, zone) => {
    expect(classOf('national', { ...facts, ...change })).toBe(zone)
  })

  it('applies from the day of its instrument', () => {
    expect(classOf('national', facts, '2020-02-16')).toBe('not in force')
    expect(classOf('national', facts, '2020-02-17')).toBe('medium')
    expect(classOf('sichuan', { everHadCase: false }, '2020-02-12')).toBe('not in force')
    expect(instrumentOf('sichuan')).toBe('川办发〔2020〕13号')
  })
})

const counties = (...ids: readonly string[]) => ids.map((id) => ({ id, nature: 'administrative' as const }))

describe('the facts', () => {
  const count = (place: string, day: string, confirmed: number, more: Partial<DayCount> = {}): DayCount => ({
    place,
    area: place,
    day,
    confirmed,
    discharged: 0,
    died: 0,
    sustained: false,
    said: `${day}T16:00:00.000Z`,
    ...more,
  })
  it('are counted as of 24:00 and foresee nothing', () => {
    const counts = [
      count('a', '2020-02-01', 2),
      count('b', '2020-02-08', 1, { clusters: 1 }),
      count('a', '2020-02-10', 0, { discharged: 1, died: 1 }),
      count('a', '2020-02-20', 9),
    ]
    expect(factsOf(counts, counties('a', 'b', 'c', 'd'), 100_000, '2020-02-14', 14)).toEqual({
      everHadCase: true,
      activeCases: 1,
      cumulativeCases: 3,
      daysSinceLastNewCase: 6,
      daysSinceLastDischarge: 4,
      newCaseWithin14Days: true,
      weeklyIncidencePer100k: 1,
      shareOfCountiesAffected: 0.5,
      clusterWithin14Days: true,
      clusterOrSustainedSpread: true,
    })
    expect(factsOf(counts, counties('a'), undefined, '2020-02-21', 14)).toMatchObject({
      clusterWithin14Days: null,
      weeklyIncidencePer100k: null,
    })
    // The fortnight of b has a hole: what was counted stays known, that there was nothing more is not.
    const hole = gapsOf(
      Array.from({ length: 14 }, (_, back) => addDays('2020-03-10', -back))
        .map((day) => count('b', day, 0))
        .filter((_, k) => k !== 9),
      ['b'],
      '2020-03-10',
      1,
    )
    expect(hole).toEqual([{ place: 'b', days: ['2020-03-01'] }])
    expect(factsOf(counts, counties('b'), 100_000, '2020-03-10', 14)).toMatchObject({
      newCaseWithin14Days: false,
      daysSinceLastNewCase: 31,
    })
    expect(factsOf(counts, counties('b'), 100_000, '2020-03-10', 14, hole)).toMatchObject({
      everHadCase: true,
      newCaseWithin14Days: null,
      daysSinceLastNewCase: null,
      weeklyIncidencePer100k: 0,
    })
    expect(factsOf(counts, counties('c'), 100_000, '2020-02-14', 14, [{ place: 'c', days: ['2020-02-10'] }])).toMatchObject({
      everHadCase: null,
      activeCases: null,
      weeklyIncidencePer100k: null,
    })
    expect(factsOf([], counties('a'), undefined, '2020-02-21', 14)).toMatchObject({
      everHadCase: false,
      clusterWithin14Days: false,
      weeklyIncidencePer100k: 0,
    })
  })
})

describe('what the heirs of a divided county owe', () => {
  it('is their own count of the days on which it had cases, until they say it; the city lacks nothing', () => {
    const days = Array.from({ length: 30 }, (_, back) => addDays('2020-03-10', -back))
    const of = (place: string, area: string, day: string, confirmed: number, said: string): DayCount => ({
      ...{ place, area, day, confirmed, said, discharged: 0, died: 0, sustained: false },
    })
    const counts = days.map((day) => of('old', 'west', day, day === '2020-02-12' ? 3 : 0, day))
    const was = () => [{ id: 'old', name: 'old', nature: 'administrative' as const, ended: '2020-03-11' }]
    const gaps = (more: readonly DayCount[], ...counties: readonly string[]) => gapsOf([...counts, ...more], counties, '2020-03-10', 1, was)
    expect(gaps([], 'west')).toEqual([])
    expect(gaps([], 'east')).toEqual([{ place: 'east', days: ['2020-02-12'] }])
    expect(gaps([], 'west', 'east')).toEqual([])
    expect(gaps([of('east', 'east', '2020-02-12', 1, '2020-03-12')], 'east')).toEqual([])
  })
})

describe('the share of counties', () => {
  const five = counties('a', 'b', 'c', 'd', 'e')
  const zone = { id: 'zone', nature: 'statistical' as const }
  const affected = (...places: readonly string[]) =>
    factsOf(
      places.map((place) => ({
        place,
        area: place,
        day: '2020-02-12',
        confirmed: 90,
        discharged: 0,
        died: 0,
        sustained: false,
        clusters: 1,
        said: '',
      })),
      [...five, zone],
      2_712_894,
      '2020-02-13',
      14,
    )
  it.each([
    ['four of five', ['a', 'b', 'c', 'd'], 0.8, 'community-outbreak'],
    ['four of five and the zone', ['a', 'b', 'c', 'd', 'zone'], 0.8, 'local-epidemic'],
    ['three of five and the zone', ['a', 'b', 'c', 'zone'], 0.6, 'community-outbreak'],
    ['five of five', ['a', 'b', 'c', 'd', 'e'], 1, 'local-epidemic'],
    ['the zone alone', ['zone'], 0, 'community-outbreak'],
  ] as const)('is that of the five: %s', (_name, places, share, zone) => {
    const facts = affected(...places)
    expect(facts.shareOfCountiesAffected).toBe(share)
    // 90 cases in a week are 3.3 per 100,000 of the city, those of the zone among them.
    expect(facts.weeklyIncidencePer100k).toBeCloseTo((places.length * 90) / 27.12894, 6)
    expect(classOf('sichuan', facts)).toBe(zone)
  })
})

describe('the share of counties with days that nobody counted', () => {
  const [day, asOf] = ['2020-02-20', '2020-02-19']
  const five = (['甲县', '乙县', '丙县', '丁县', '戊县'] as const).map(
    (name): SurveyedArea => ({ id: name, level: 'county', nature: 'administrative', code: null, name, parent: 'city' }),
  )
  const city: SurveyedArea = { id: 'city', level: 'city', nature: 'administrative', code: '5119', name: '示例市', parent: null }
  /** Counts of a fortnight for all five: cases on every day in some of them, nothing said by the last one 8 to 10 days back and 13. */
  const judged = (affected: number, each: number) => {
    const counts = five.flatMap(({ id: place }, i) =>
      Array.from({ length: 14 }, (_, back): readonly [number, DayCount] => [
        back,
        {
          place,
          area: place,
          day: addDays(asOf, -back),
          confirmed: i < affected ? each : 0,
          discharged: 0,
          died: 0,
          clusters: 0,
          sustained: false,
          said: '',
        },
      ]).flatMap(([back, count]) => (i === 4 && [8, 9, 10, 13].includes(back) ? [] : [count])),
    )
    const gaps = gapsOf(
      counts,
      five.map(({ id }) => id),
      asOf,
      1,
    )
    const facts = factsOf(counts, five, 2_712_894, asOf, 14, gaps)
    const outcome = assess('sichuan', facts, on(day), day, asOf)
    const words = outcome.ok ? [] : lacking(city, outcome.problem, { population: true, gaps: gapWords(gaps, five) })
    return [facts.shareOfCountiesAffected, outcome.ok ? outcome.value?.zone : outcome.problem.code, words] as const
  }

  it('is known where these days change nothing of the class, and else says whose days they are', () => {
    expect(judged(2, 40)).toEqual([{ atLeast: 0.4, atMost: 0.6 }, 'sporadic', []])
    expect(judged(4, 20)).toEqual([{ atLeast: 0.8, atMost: 1 }, 'local-epidemic', []])
    expect(judged(5, 20)[0]).toBe(1)
    // 3 × 7 × 15 cases of a week are 11.6 per 100,000: whatever the share is, it is no local epidemic.
    expect(judged(3, 15)).toEqual([{ atLeast: 0.6, atMost: 0.8 }, 'sporadic', []])
    const [, zone, [owed, why, ...more]] = judged(3, 20)
    expect([zone, more]).toEqual(['fact-unknown', []])
    expect(owed?.zh).toMatch(/^戊县病例日报缺报4天（2月6日、2月9日至2月11日），/)
    expect(owed?.en).toMatch(/^戊县 owes its daily case count for 4 days \(6 Feb, 9 Feb to 11 Feb\);/)
    expect([why?.zh, why?.en]).toEqual([expect.stringContaining('比例'), expect.stringContaining('share of counties')])
  })
})

const SERIES = fileURLToPath(new URL('../../../../../shared/data/epi/bazhong_daily_2020_01_04.csv', import.meta.url))

describe.runIf(existsSync(SERIES))('the real series of Bazhong', () => {
  it('is a place of sporadic cases on the day of the reference meeting', () => {
    const [head = '', ...lines] = readFileSync(SERIES, 'utf8').trim().split('\n')
    const names = head.split(',')
    const counts = lines.map((line): DayCount => {
      const cell = (name: string) => line.split(',')[names.indexOf(name)] ?? ''
      return {
        place: 'city',
        area: 'city',
        said: '',
        day: cell('date'),
        confirmed: Number(cell('new_confirmed')),
        discharged: Number(cell('new_cured')),
        died: Number(cell('new_dead')),
        clusters: 0,
        sustained: false,
      }
    })
    const city: SurveyedArea = { id: 'city', level: 'city', nature: 'administrative', code: '5119', name: '示例市', parent: null }
    const at = (asOf: string, day: string) =>
      assess('sichuan', factsOf(counts, counties('city'), populationOf(city, on(day)), asOf, 14), on(day), day, asOf)
    const reference = at('2020-02-13', '2020-02-14')
    expect(reference).toMatchObject({ ok: true, value: { zone: 'sporadic', instrument: '川办发〔2020〕13号' } })
    expect(reference.ok && reference.value?.passedOver.map((one) => one.zh).join()).toContain('一周发病率（1/10万）')
  })
})

const AREA = (
  id: string,
  level: 'city' | 'county',
  parent: string | null,
  code: string,
  nature: AreaNature = 'administrative',
): AreaFact => ({
  nature,
  kind: 'created',
  id,
  level,
  code,
  name: id,
  parent,
  date: '2019-10-31',
  instrument: 'test',
})
const clerk: Actor = { id: 'clerk', name: '疾控', grants: [{ role: 'county-clerk', path: '1/' }] }
const head: Actor = { id: 'head', name: '领导', grants: [{ role: 'leader', path: '1/' }] }
const elsewhere: Actor = { id: 'else', name: '外县', grants: [{ role: 'county-clerk', path: '1/12/' }] }

async function setUp(engine: TestEngine) {
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const store = await openStore({
    target: (await engine.place(migrated(tablesOf(registry)))).target,
    registry,
    clock,
    migrations: tablesOf(registry),
    onError: (_ref, error) => {
      throw error
    },
  })
  const facts = [AREA('1', 'city', null, '5119'), AREA('11', 'county', '1', '511902'), AREA('12', 'county', '1', '511921')]
  const founded = await store.areas.confirm(facts, SYSTEM, store.writer)
  if (!founded.ok) throw new Error(founded.problem.message.en)
  const act = async (actor: Actor, record: string, id: string, action: string, input: Record<string, unknown> = {}, area = '1') => {
    const done = await store.writer.submit({ id: crypto.randomUUID(), record, recordId: id, action, area, input }, actor)
    return done.ok ? 'done' : `${done.problem.code}${done.problem.path ? ` ${done.problem.path}` : ''}`
  }
  const enter = (place: string, day: string, confirmed: number, more: Record<string, unknown> = {}, actor = clerk) =>
    act(actor, 'caseCount', crypto.randomUUID(), 'enter', { place, day, confirmed, discharged: 0, died: 0, clusters: 0, ...more }, place)
  /** Counts of nought for every day of a time, but for those that are told otherwise. */
  const noughts = async (places: readonly string[], from: string, to: string, but: readonly string[] = []) => {
    for (const place of places)
      for (let day = from; day <= to; day = addDays(day, 1))
        if (!but.includes(`${place} ${day}`)) expect([place, day, await enter(place, day, 0)]).toEqual([place, day, 'done'])
  }
  const zones = (state: string, scheme = 'sichuan') =>
    store.db.query<{ id: string; place: string; zone: string; reasons: { zh: string }[] }>(
      'select id, place, zone, reasons from r_zone where state = $1 and scheme = $2 order by place, as_of',
      [state, scheme],
    )
  const populations = (value: readonly string[]) =>
    store.settings.add('zoning.population', { value, from: '2020-02-01', instrument: { zh: '统计公报', en: 'bulletin' } }, SYSTEM)
  const waiting = (place: string, scheme = 'sichuan') =>
    store.db.query<{
      id: string
      state: string
      version: number
      asOf: string
      zone: string | null
      reasons: { zh: string; en: string }[]
    }>(
      `select id, state, version, as_of::text as "asOf", zone, reasons from r_zone
       where state in ('proposed', 'undecided') and place = $1 and scheme = $2`,
      [place, scheme],
    )
  const errors: unknown[] = []
  const watch = watchClock(store, (line) => (line.level === 'error' ? errors.push(line) : undefined), 3_600_000)
  return {
    store,
    clock,
    act,
    enter,
    noughts,
    zones,
    populations,
    waiting,
    watch,
    errors,
    close: async () => {
      await watch.stop()
      await store.close()
    },
  }
}

onBothEngines('zoning', (engine) => {
  it('counts the cases of a development zone for the city, and gives it no class of its own', async () => {
    const at = await setUp(engine)
    const zone = AREA('19', 'county', '1', '511971', 'statistical')
    expect((await at.store.areas.confirm([zone], SYSTEM, at.store.writer)).ok).toBe(true)
    await at.noughts(['11', '12', '19'], '2020-01-31', '2020-02-12', ['19 2020-02-12'])
    expect(await at.enter('19', '2020-02-12', 2)).toBe('done')
    await at.watch.look()
    expect((await at.zones('proposed')).map(({ place, zone: found }) => [place, found])).toEqual(
      expect.arrayContaining([['1', 'sporadic']]),
    )
    expect((await at.zones('proposed')).some(({ place }) => place === '19')).toBe(false)
    await at.close()
  })

  it('counts what a county had that ended for the one that took its place, which owes its days too, and gives the one that ended no class', async () => {
    const at = await setUp(engine)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-13', ['11 2020-02-04', '11 2020-02-05'])
    await at.enter('11', '2020-02-05', 15)
    await at.watch.look()
    const [former] = await at.waiting('11')
    expect(await at.act(head, 'zone', former?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    expect(await at.waiting('12')).toMatchObject([{ zone: 'no-active-cases' }])
    at.clock.set('2020-02-15T02:00:00Z')
    const merged: AreaFact = { kind: 'merged', ids: ['11'], into: '12', date: '2020-02-15', instrument: 'test' }
    expect((await at.store.areas.confirm([merged], SYSTEM, at.store.writer)).ok).toBe(true)
    await at.enter('12', '2020-02-14', 0)
    await at.watch.look()
    const owed = async (place: string) => (await at.waiting(place))[0]?.reasons.map(({ zh }) => zh).find((zh) => zh.includes('缺报'))
    expect([await at.waiting('1'), await at.waiting('12'), await at.waiting('11'), await at.zones('announced')]).toMatchObject([
      [{ zone: 'sporadic' }],
      [{ zone: 'sporadic' }],
      [],
      [],
    ])
    expect(await owed('1')).toMatch(/^11（现属12）病例日报缺报1天（2月4日）/)
    expect(await owed('12')).toBe(await owed('1'))
    const [day] = await at.store.db.query<{ id: string }>("select id from r_case_count where place = '12' and day = '2020-02-04'")
    expect(await at.act(clerk, 'caseCount', day?.id ?? '', 'recount', { confirmed: 0 }, '12')).toBe('done')
    await at.watch.look()
    expect([await owed('1'), await owed('12')]).toEqual([undefined, undefined])
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('proposes to a person, announces by a person, and supersedes', async () => {
    const at = await setUp(engine)
    await at.watch.look()
    // Nobody has counted yet: that is not a city without cases.
    expect(await at.zones('proposed')).toEqual([])
    expect(await at.enter('11', '2020-02-04', 15)).toBe('done')
    expect(await at.enter('11', '2020-02-04', 15)).toBe('already-exists')
    expect(await at.enter('12', '2020-02-04', 0, {}, elsewhere)).toBe('done')
    expect(await at.enter('11', '2020-02-05', 1, {}, elsewhere)).toBe('outside-jurisdiction')
    expect(await at.enter('11', '2020-02-15', 1)).toBe('day-in-future input.day')
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12', ['11 2020-02-04', '12 2020-02-04'])
    await at.watch.look()
    const first = await at.zones('proposed')
    expect(first.map(({ place, zone }) => [place, zone])).toEqual([
      ['1', 'sporadic'],
      ['11', 'sporadic'],
      ['12', 'no-active-cases'],
    ])
    expect(first[0]?.reasons[0]?.zh).toBe('仅有个别或零星散发病例')
    await at.watch.look()
    expect(await at.zones('proposed')).toHaveLength(3)
    const city = first[0]?.id ?? ''
    expect(await at.act(clerk, 'zone', city, 'announce', { announcedBy: '市指挥部' })).toBe('not-allowed')
    expect(await at.act(head, 'zone', city, 'announce', { announcedBy: '市指挥部' })).toBe('done')
    // A class that was announced is not taken back in silence: the next one ends it.
    const said = await lastAct(at.store.db, city, 'announce')
    expect(await at.act(head, 'zone', city, 'correct', { event: said, reason: '误公布', void: true })).toBe('wrong-state')
    await at.watch.look()
    expect((await at.zones('proposed')).map(({ place }) => place)).toEqual(['11', '12'])
    // 14 days after the last discharge the class is a better one.
    at.clock.set('2020-02-20T02:00:00Z')
    expect(await at.enter('11', '2020-02-19', 0, { discharged: 15 })).toBe('done')
    at.clock.set('2020-03-04T15:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-03-03', ['11 2020-02-19'])
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1')).toEqual([])
    at.clock.set('2020-03-04T16:00:05Z')
    await at.watch.look()
    const better = (await at.zones('proposed')).find(({ place }) => place === '1')
    expect(better).toMatchObject({ zone: 'no-active-cases' })
    expect(await at.act(head, 'zone', better?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    expect((await at.zones('announced')).map(({ zone }) => zone)).toEqual(['no-active-cases'])
    expect((await at.zones('superseded')).filter(({ place }) => place === '1').map(({ zone }) => zone)).toEqual(['sporadic'])
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('takes a proposal back when the figures change, and does not repeat at once what was turned down', async () => {
    const at = await setUp(engine)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12')
    await at.watch.look()
    const [quiet] = (await at.zones('proposed')).filter(({ place }) => place === '1')
    expect(quiet).toMatchObject({ zone: 'no-active-cases' })
    await at.enter('11', '2020-02-13', 3)
    await at.watch.look()
    const [now] = (await at.zones('proposed')).filter(({ place }) => place === '1')
    expect(now).toMatchObject({ zone: 'sporadic' })
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(quiet?.id)
    expect(await at.act(head, 'zone', now?.id ?? '', 'reject', { rejectedBecause: '待复核' })).toBe('done')
    at.clock.set('2020-02-17T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-02-15', ['11 2020-02-13'])
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1')).toEqual([])
    // The national levels are in force by then, county by county.
    expect((await at.zones('proposed', 'national')).map(({ place, zone }) => [place, zone])).toEqual([
      ['11', 'medium'],
      ['12', 'low'],
    ])
    at.clock.set('2020-02-22T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-16', '2020-02-20')
    await at.watch.look()
    expect((await at.zones('proposed')).filter(({ place }) => place === '1').map(({ zone }) => zone)).toEqual(['sporadic'])
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('says where the class would stand what is missing, and gives the class as soon as it is there', async () => {
    const at = await setUp(engine)
    await at.populations(['5119:2712894'])
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12')
    await at.enter('11', '2020-02-13', 2)
    await at.watch.look()
    expect((await at.waiting('1')).map(({ zone }) => zone)).toEqual(['sporadic'])
    const [why] = await at.waiting('11')
    expect(why).toMatchObject({ state: 'undecided', asOf: '2020-02-13', zone: null })
    expect(why?.reasons[0]?.zh).toMatch(/^人口数未设置，无法计算发病率：请在参数“常住人口（区划代码:人数）”中填写 511902:人数/)
    expect(why?.reasons[0]?.en).toContain('511902:persons')
    expect(await at.act(head, 'zone', why?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('wrong-state')
    // Said once, however often it is looked at; a day later with that day's date.
    await at.watch.look()
    expect(await at.waiting('11')).toEqual([why])
    at.clock.set('2020-02-15T02:00:00Z')
    await at.watch.look()
    expect(await at.waiting('11')).toMatchObject([{ id: why?.id, state: 'undecided', asOf: '2020-02-14' }])
    // No case has to be counted and no day to pass for it.
    await at.populations(['5119:2712894', '511902：719038'])
    await at.watch.look()
    const [now] = await at.waiting('11')
    expect(now).toMatchObject({ state: 'proposed', zone: 'sporadic', asOf: '2020-02-14' })
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(why?.id)
    // And the other way: what hangs on a figure that was taken away is no proposal any more.
    await at.populations([])
    await at.watch.look()
    expect(await at.waiting('11')).toMatchObject([{ state: 'undecided' }])
    expect((await at.zones('superseded')).map(({ id }) => id)).toContain(now?.id)
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('takes silence for no nought: a county that stops counting gets no milder class, and is named with what it owes', async () => {
    const at = await setUp(engine)
    at.clock.set('2020-02-20T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-05', '2020-02-19', ['11 2020-02-10'])
    await at.enter('11', '2020-02-10', 2)
    await at.watch.look()
    const national = async () => (await at.zones('proposed', 'national')).map(({ place, zone }) => `${place} ${zone}`)
    expect(await national()).toEqual(['11 medium', '12 low'])
    // One day late is late; from the second on it is missing.
    at.clock.set('2020-02-21T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual(['11 medium', '12 low'])
    at.clock.set('2020-02-22T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual(['11 medium'])
    expect((await at.waiting('11', 'national'))[0]?.reasons.at(-1)?.zh).toBe(
      '11病例日报缺报1天（2月20日），没有填报不等于没有病例：请补报，没有病例的填0',
    )
    expect(await at.waiting('12', 'national')).toMatchObject([{ state: 'undecided', asOf: '2020-02-21' }])
    // 15 days after the last case nobody knows whether it was the last.
    at.clock.set('2020-02-26T02:00:00Z')
    await at.watch.look()
    expect(await national()).toEqual([])
    const [why] = await at.waiting('11', 'national')
    expect(why?.reasons[0]?.en).toBe(
      '11 owes its daily case count for 5 days (20 Feb to 24 Feb); no count is not no case: enter it, 0 where there was none',
    )
    await at.noughts(['11'], '2020-02-20', '2020-02-25')
    await at.watch.look()
    expect(await national()).toEqual(['11 low'])
    expect((await at.waiting('1')).flatMap(({ reasons }) => reasons.map(({ zh }) => zh)).join()).toContain('12病例日报缺报5天')
    expect(at.errors).toEqual([])
    await at.close()
  })

  it('renews what waits with the figures of every day, under the same class', async () => {
    const at = await setUp(engine)
    await at.enter('11', '2020-02-04', 3)
    await at.noughts(['11', '12'], '2020-01-31', '2020-02-12', ['11 2020-02-04'])
    await at.watch.look()
    const [first] = await at.waiting('11')
    expect(first).toMatchObject({ zone: 'sporadic', asOf: '2020-02-13', version: 1 })
    await at.watch.look()
    expect(await at.waiting('11')).toEqual([first])
    at.clock.set('2020-02-16T02:00:00Z')
    await at.noughts(['11', '12'], '2020-02-13', '2020-02-14')
    await at.watch.look()
    const [later] = await at.waiting('11')
    expect(later).toMatchObject({ id: first?.id, state: 'proposed', zone: 'sporadic', asOf: '2020-02-15', version: 2 })
    // A count that comes in on the same day changes the figures once more, and back again.
    const passed = async () => {
      await at.watch.look()
      const [row] = await at.store.db.query<{ words: string }>('select passed_over::text as words from r_zone where id = $1', [first?.id])
      return row?.words ?? ''
    }
    expect(await passed()).toContain('距最近一例新增的天数：11')
    const recount = crypto.randomUUID()
    const fields = { place: '11', day: '2020-02-15', confirmed: 1, discharged: 0, died: 0, clusters: 0 }
    expect(await at.act(clerk, 'caseCount', recount, 'enter', fields, '11')).toBe('done')
    expect(await passed()).toContain('距最近一例新增的天数：0')
    expect(await at.act(clerk, 'caseCount', recount, 'recount', { confirmed: 0 }, '11')).toBe('done')
    expect(await passed()).toContain('距最近一例新增的天数：11')
    expect(await at.waiting('11')).toMatchObject([{ id: first?.id, version: 4 }])
    // Whoever announces it announces today's.
    expect(await at.act(head, 'zone', first?.id ?? '', 'announce', { announcedBy: '市指挥部' })).toBe('done')
    const [announced] = await at.store.db.query("select as_of::text as day from r_zone where state = 'announced'")
    expect(announced).toEqual({ day: '2020-02-15' })
    expect(at.errors).toEqual([])
    await at.close()
  })
})
