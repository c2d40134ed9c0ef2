import { expect, it } from 'vitest'
import { registry } from '../../../index.ts'
import { byBooks, linesOf, linesOfBooks, questions } from './questions.ts'

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

it('answers of a day that is over only what the books hold, and names what is known only now', () => {
  const { past, onlyNow } = byBooks(questions('2020-02-14', true))
  expect(past.map(({ books }) => registry.indicators.has(books))).toEqual(past.map(() => true))
  expect(onlyNow.map(({ key }) => key)).toEqual(['morning', 'evening', 'unserved', 'unlodged', 'unassigned'])
})

it('reads the lines of a day that is over from the books; what stands in the place itself keeps a line of its own', () => {
  const { past } = byBooks(questions('2020-02-14', false))
  const of = (area: string, indicator: string, stock: number) => ({ area, indicator, days: [{ stock }] })
  expect(
    linesOfBooks(
      [
        of('11', 'monitoring.observed', 9),
        of('11a', 'monitoring.observed', 7),
        of('11b', 'monitoring.observed', 1),
        of('11', 'monitoring.lost', 2),
        of('11a', 'monitoring.lost', 2),
        of('11c', 'monitoring.observed', 0),
      ],
      '11',
      past,
    ),
  ).toEqual([
    { area: '11', counts: { observed: 1, lost: 0 } },
    { area: '11a', counts: { observed: 7, lost: 2 } },
    { area: '11b', counts: { observed: 1 } },
  ])
})
