import { describe, expect, it } from 'vitest'
import { byUnit, filtersIn, MEASURES, type Measure, scoresOf, verdicts } from './scores.ts'

const group = (unit: string, month: string, count: number) => ({ values: { unit, 'issuedOn.month': month }, count })

describe('the scoreboard', () => {
  const scores = scoresOf({
    issued: [group('a', '2020-02', 3), group('b', '2020-02', 2), group('a', '2020-01', 1), group('c', '2020-02', 1)],
    signed: [group('a', '2020-02', 3), group('b', '2020-02', 2)],
    signedInTime: [group('a', '2020-02', 3), group('b', '2020-02', 1)],
    reported: [group('a', '2020-02', 2), group('b', '2020-02', 1)],
    reportedInTime: [group('a', '2020-02', 2)],
    overdue: [group('b', '2020-02', 1)],
  })

  it('puts every measure to its unit and month, newest month and most tasks first', () => {
    expect(scores.map((one) => `${one.unit} ${one.month} ${one.counts.issued}`)).toEqual([
      'a 2020-02 3',
      'b 2020-02 2',
      'c 2020-02 1',
      'a 2020-01 1',
    ])
  })

  it('loses nothing when months are added up', () => {
    const total = (list: typeof scores, measure: Measure) => list.reduce((sum, one) => sum + one.counts[measure], 0)
    for (const measure of MEASURES) expect(total(byUnit(scores), measure)).toBe(total(scores, measure))
    expect(byUnit(scores).find((one) => one.unit === 'a')?.counts.issued).toBe(4)
  })

  it('praises who was in time in everything, names who was late, and leaves alone who has not answered yet', () => {
    const { praised, criticised } = verdicts(byUnit(scores))
    expect(praised.map((one) => one.unit)).toEqual(['a'])
    expect(criticised.map((one) => one.unit)).toEqual(['b'])
  })

  it('counts as overdue only what is still open after its due date', () => {
    expect(filtersIn('overdue', { from: '2020-02-01', to: '2020-02-14' }, '2020-02-14')).toEqual({
      state: 'issued,signed,returned',
      'due.to': '2020-02-13',
      'issuedOn.from': '2020-02-01',
      'issuedOn.to': '2020-02-14',
    })
  })
})
