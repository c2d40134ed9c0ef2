import { expect, it } from 'vitest'
import { linesOf, questions } from './questions.ts'

it('asks for the evening only in the afternoon', () => {
  expect(questions('2020-02-14', false).map((one) => one.key)).not.toContain('evening')
  expect(questions('2020-02-14', true).find((one) => one.key === 'evening')?.filters).toEqual({
    state: 'watching,absent',
    'dueEvening.to': '2020-02-14',
  })
})

it('adds up the figures of the villages in the line in which they are shown', () => {
  const group = (area: string, count: number) => ({ values: { area }, count })
  const towns: Readonly<Record<string, string>> = { '11a1': '11a', '11a2': '11a', '11b1': '11b' }
  const lines = linesOf(
    { observed: [group('11a1', 3), group('11a2', 4), group('11b1', 1)], signs: [group('11a2', 1)] },
    (area) => towns[area] ?? area,
  )
  expect(lines).toEqual([
    { area: '11a', counts: { observed: 7, signs: 1 } },
    { area: '11b', counts: { observed: 1 } },
  ])
})
