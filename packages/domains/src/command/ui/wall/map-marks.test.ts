import { expect, it } from 'vitest'
import { MARK_KINDS, markedAreas, marksAt } from './map-marks.ts'

const node = (id: string, level: string, parent: string | null) => ({ id, level, parent, nature: 'ordinary', code: null, name: id })
const areas = new Map(
  [
    node('city', 'city', null),
    node('east', 'county', 'city'),
    node('mill', 'town', 'east'),
    node('ford', 'village', 'mill'),
    node('hill', 'village', 'mill'),
    node('office', 'unit', 'east'),
  ].map((one) => [one.id, one]),
)
const [kind] = MARK_KINDS

// One order for a village, one for the whole town, two of the county of which one is its office's, and one of the city.
const figures = [
  { area: 'ford', value: 1 },
  { area: 'hill', value: 0 },
  { area: 'mill', value: 2 },
  { area: 'east', value: 4 },
  { area: 'office', value: 1 },
  { area: 'city', value: 1 },
]
const counts = (level: 'county' | 'town' | 'village') =>
  Object.fromEntries(
    marksAt(level, markedAreas(kind, figures, areas), areas).map(({ area, parts }) => [area, parts.map((one) => one.count)]),
  )

it('marks each thing once, on the smallest area of the level looked at that holds it', () => {
  expect(counts('county')).toEqual({ east: [4] })
  expect(counts('town')).toEqual({ east: [2], mill: [2] })
  expect(counts('village')).toEqual({ east: [2], mill: [1], ford: [1] })
})

it('knows what lies in no smaller area, so that a list names each thing once, also those of the city', () => {
  const own = markedAreas(kind, figures, areas).filter((one) => one.own > 0)
  expect(own.map(({ area, own }) => [area, own])).toEqual([
    ['ford', 1],
    ['mill', 1],
    ['east', 2],
    ['city', 1],
  ])
})

it('tells kinds apart by shape, not by colour alone', () => {
  expect(new Set(MARK_KINDS.map((one) => one.path)).size).toBe(MARK_KINDS.length)
})
