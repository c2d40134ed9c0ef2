import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ZoneFacts } from '@guatu/analytics/epidemic/zoning'
import { addDays, readParameters, type SurveyedArea } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { assess, factsOf, populationOf } from './assess.ts'
import type { DayCount } from './day-count.ts'
import { gapsOf, gapWords } from './gaps.ts'
import { lacking } from './lacking.ts'
import { parameters } from './parameters.ts'
import { instrumentOf } from './tables.ts'

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
