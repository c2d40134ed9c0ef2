import { describe, expect, it } from 'vitest'
import {
  nationalRiskAreas,
  nationalThreeLevels,
  riskAreaFacts,
  sichuanFourClasses,
  tableInForce,
  type ZoneFacts,
  type ZoneTable,
  zoneArea,
  zoneFacts,
} from './index.ts'

function classOf(table: ZoneTable, facts: ZoneFacts, asOf = '2020-02-20'): string {
  const outcome = zoneArea(table, facts, asOf)
  return outcome.ok ? outcome.zone.id : outcome.refusal.code
}

describe('national three levels', () => {
  const facts = { everHadCase: true, newCaseWithin14Days: true, cumulativeCases: 50, clusterWithin14Days: true }
  it.each([
    [{ ...facts, everHadCase: false, newCaseWithin14Days: false, cumulativeCases: 0, clusterWithin14Days: false }, 'low'],
    [{ ...facts, newCaseWithin14Days: false, cumulativeCases: 80, clusterWithin14Days: false }, 'low'],
    [facts, 'medium'],
    [{ ...facts, cumulativeCases: 51, clusterWithin14Days: false }, 'medium'],
    [{ ...facts, cumulativeCases: 51 }, 'high'],
    [{ ...facts, cumulativeCases: 51, clusterWithin14Days: null }, 'fact-unknown'],
    [{ ...facts, clusterWithin14Days: null }, 'medium'],
  ])('%o is %s', (given, expected) => {
    expect(classOf(nationalThreeLevels, given)).toBe(expected)
  })
})

describe('Sichuan four classes', () => {
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
    [{ ...facts, everHadCase: false, activeCases: 0, daysSinceLastDischarge: Number.POSITIVE_INFINITY }, 'no-active-cases'],
    [{ ...facts, activeCases: 0, daysSinceLastDischarge: 14, daysSinceLastNewCase: 20 }, 'no-active-cases'],
    [{ ...facts, activeCases: 0, daysSinceLastDischarge: 13, daysSinceLastNewCase: 20, clusterOrSustainedSpread: false }, 'sporadic'],
    [facts, 'community-outbreak'],
    [{ ...facts, weeklyIncidencePer100k: 2.99 }, 'sporadic'],
    [{ ...facts, clusterOrSustainedSpread: false }, 'sporadic'],
    [{ ...facts, weeklyIncidencePer100k: 15.1 }, 'community-outbreak'],
    [{ ...facts, weeklyIncidencePer100k: 15.1, shareOfCountiesAffected: 0.8 }, 'local-epidemic'],
    [{ ...facts, weeklyIncidencePer100k: 15, shareOfCountiesAffected: 1 }, 'community-outbreak'],
    [{ ...facts, weeklyIncidencePer100k: 15.1, shareOfCountiesAffected: { atLeast: 0.8, atMost: 1 } }, 'local-epidemic'],
    [{ ...facts, weeklyIncidencePer100k: 15.1, shareOfCountiesAffected: { atLeast: 0.6, atMost: 0.8 } }, 'fact-unknown'],
    [{ ...facts, weeklyIncidencePer100k: 15, shareOfCountiesAffected: { atLeast: 0.6, atMost: 0.8 } }, 'community-outbreak'],
  ])('%o is %s', (given, expected) => {
    expect(classOf(sichuanFourClasses, given)).toBe(expected)
  })

  it('puts Bazhong among the sporadic on the day of the reference meeting, with its reasons', () => {
    const cases = Array.from({ length: 24 }, (_, k) => ({
      reported: k < 22 ? '2020-02-05' : '2020-02-13',
      closed: k === 0 ? '2020-02-07' : null,
      county: ['巴州', '通江', '平昌', '恩阳'][k % 4] ?? '',
    }))
    const facts = zoneFacts(cases, { population: 2_712_900, counties: 5 }, ['2020-02-05'], '2020-02-14')
    const outcome = zoneArea(sichuanFourClasses, facts, '2020-02-14')
    expect(outcome).toMatchObject({ ok: true, zone: { id: 'sporadic' }, rule: 4, instrument: { document: { zh: '川办发〔2020〕13号' } } })
    if (outcome.ok)
      expect(outcome.passedOver.findLast((rule) => rule.zone === 'community-outbreak')?.failed[0]?.zh).toBe(
        '一周发病率（1/10万）：0.0737（须 ≥ 3）',
      )
  })
})

describe('risk areas of June 2022', () => {
  const facts = { residenceOrFrequentActivity: true, someActivity: false, daysSinceLastInfection: 0, countyHasRiskArea: true }
  const visited = { ...facts, residenceOrFrequentActivity: false, someActivity: true }
  const elsewhere = { ...visited, someActivity: false, daysSinceLastInfection: Number.POSITIVE_INFINITY }
  const on = '2022-07-15'
  it.each([
    ['a home on the day', facts, 'high'],
    ['a home on the sixth clear day', { ...facts, daysSinceLastInfection: 6 }, 'high'],
    ['a home after seven clear days', { ...facts, daysSinceLastInfection: 7 }, 'medium'],
    ['a home after nine', { ...facts, daysSinceLastInfection: 9 }, 'medium'],
    ['a home after seven and three', { ...facts, daysSinceLastInfection: 10 }, 'low'],
    ['a home that was also visited', { ...facts, someActivity: true, daysSinceLastInfection: 8 }, 'medium'],
    ['a visited place on the day', visited, 'medium'],
    ['a visited place on the sixth clear day', { ...visited, daysSinceLastInfection: 6 }, 'medium'],
    ['a visited place after seven', { ...visited, daysSinceLastInfection: 7 }, 'low'],
    ['elsewhere in a county with such areas', elsewhere, 'low'],
    ['elsewhere in a county without', { ...elsewhere, countyHasRiskArea: false }, 'routine'],
    ['a home when the county is not known', { ...facts, countyHasRiskArea: null }, 'high'],
    ['a visited place when nobody knows of homes', { ...visited, residenceOrFrequentActivity: null }, 'fact-unknown'],
    ['elsewhere when the county is not known', { ...elsewhere, countyHasRiskArea: null }, 'fact-unknown'],
    ['a home without a date', { ...facts, daysSinceLastInfection: null }, 'fact-unknown'],
  ])('%s', (_what, given, expected) => {
    expect(classOf(nationalRiskAreas, given, on)).toBe(expected)
  })
  it('goes down by the calendar and up again with a new infection, and is in force for its months only', () => {
    const traces = [
      { found: '2022-07-01', tie: 'residence' },
      { found: '2022-07-12', tie: 'some-activity' },
    ] as const
    const days = ['2022-06-30', '2022-07-01', '2022-07-07', '2022-07-08', '2022-07-11', '2022-07-12', '2022-07-19', '2022-07-22']
    expect(days.map((day) => classOf(nationalRiskAreas, riskAreaFacts(traces, true, day), day))).toEqual([
      'low',
      'high',
      'high',
      'medium',
      'low',
      'high',
      'medium',
      'low',
    ])
    expect(classOf(nationalRiskAreas, facts, '2022-06-27')).toBe('table-not-in-force')
    expect(classOf(nationalRiskAreas, facts, '2022-11-11')).toBe('table-not-in-force')
    expect(tableInForce([nationalThreeLevels, nationalRiskAreas], '2022-07-01')?.id).toBe(nationalRiskAreas.id)
  })
  it('names the measures of the class and of all milder ones', () => {
    const outcome = zoneArea(nationalRiskAreas, facts, on)
    expect(outcome.ok ? outcome.measures.map((words) => words.zh) : []).toEqual([
      '个人防护、避免聚集',
      '人不出区、错峰取物',
      '足不出户、上门服务',
    ])
  })
})

describe('dates', () => {
  it('a table applies only while its instrument is in force', () => {
    expect(classOf(sichuanFourClasses, {}, '2020-02-12')).toBe('table-not-in-force')
    const closed = { ...sichuanFourClasses, instrument: { ...sichuanFourClasses.instrument, until: '2020-03-01' } }
    expect(classOf(closed, { everHadCase: false }, '2020-02-29')).toBe('no-active-cases')
    expect(classOf(closed, { everHadCase: false }, '2020-03-01')).toBe('table-not-in-force')
    expect(tableInForce([closed, nationalThreeLevels], '2020-02-14')?.id).toBe(closed.id)
    expect(tableInForce([closed, nationalThreeLevels], '2020-03-05')?.id).toBe(nationalThreeLevels.id)
    expect(tableInForce([closed], '2020-01-01')).toBeUndefined()
  })

  it('facts forget nothing and foresee nothing', () => {
    const cases = [
      { reported: '2020-02-01', closed: '2020-02-20', county: 'a' },
      { reported: '2020-02-25', closed: null, county: 'b' },
    ]
    expect(zoneFacts(cases, { population: 100_000, counties: 4 }, null, '2020-02-10')).toMatchObject({
      activeCases: 1,
      cumulativeCases: 1,
      daysSinceLastDischarge: Number.POSITIVE_INFINITY,
      shareOfCountiesAffected: 0.25,
      clusterWithin14Days: null,
      weeklyIncidencePer100k: 0,
    })
    expect(zoneFacts(cases, { population: 100_000, counties: 4 }, [], '2020-02-25')).toMatchObject({
      activeCases: 1,
      daysSinceLastNewCase: 0,
      daysSinceLastDischarge: 5,
      weeklyIncidencePer100k: 1,
      clusterWithin14Days: false,
    })
  })
})
