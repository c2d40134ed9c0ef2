import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { type Coordinates, estimateMatrix, greatCircleMetres } from './greatCircle.ts'
import { checkMatrix } from './matrix.ts'

const point = fc.record({
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
})
const rules = {
  terrains: { plain: { detour: 1.2, metresPerSecond: 20 }, mountain: { detour: 1.6, metresPerSecond: 10 } },
  defaultTerrain: 'plain',
}
const bazhong: Coordinates = { longitude: 106.75, latitude: 31.86 }
const chengdu: Coordinates = { longitude: 104.07, latitude: 30.67 }

describe('great circle', () => {
  test('a quarter of a meridian is ten million metres, give or take the flattening', () => {
    const quarter = greatCircleMetres({ longitude: 0, latitude: 0 }, { longitude: 0, latitude: 90 })
    expect(Math.abs(quarter / 10_001_966 - 1)).toBeLessThan(0.0056)
  })

  test('is symmetric, zero only at home, and obeys the triangle inequality', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        expect(greatCircleMetres(a, b)).toBeCloseTo(greatCircleMetres(b, a), 3)
        expect(greatCircleMetres(a, a)).toBe(0)
        expect(greatCircleMetres(a, c)).toBeLessThanOrEqual(greatCircleMetres(a, b) + greatCircleMetres(b, c) + 1e-6)
      }),
      { numRuns: 2_000 },
    )
  })

  test('a point a metre short of the antipode is half the way round less a metre', () => {
    const halfRound = greatCircleMetres({ longitude: 0, latitude: 0 }, { longitude: 180, latitude: 0 })
    const short = { longitude: 180 - 180 / halfRound, latitude: 0 }
    expect(greatCircleMetres({ longitude: 0, latitude: 0 }, short)).toBeCloseTo(halfRound - 1, 6)
  })
})

describe('estimated matrices', () => {
  test('multiply by the mean detour of both ends', () => {
    const { matrix } = estimateMatrix(
      [
        { id: 'a', coordinates: bazhong },
        { id: 'b', coordinates: chengdu, terrain: 'mountain' },
      ],
      [],
      rules,
    )
    const straight = greatCircleMetres(bazhong, chengdu)
    expect(matrix.distance[1]).toBe(Math.round(straight * 1.4))
    expect(matrix.duration[1]).toBe(Math.round((straight * 1.4 * (1 / 20 + 1 / 10)) / 2))
    expect(matrix.distance[0]).toBe(0)
  })

  test('a place without coordinates takes those of its area and says so', () => {
    const areas = [
      { id: 'town', parent: 'county', terrain: 'mountain' },
      { id: 'county', coordinates: chengdu },
    ]
    const { matrix, substitutions } = estimateMatrix(
      [
        { id: 'a', coordinates: bazhong },
        { id: 'b', parent: 'town' },
      ],
      areas,
      rules,
    )
    expect(substitutions).toEqual([
      {
        place: 'b',
        area: 'county',
        zh: '“b”没有坐标，以“county”的中心代替',
        en: '"b" has no coordinates: the centre of "county" stands in',
      },
    ])
    expect(matrix.distance[1]).toBe(Math.round(greatCircleMetres(bazhong, chengdu) * 1.4))
  })

  test('an area without a centre takes the middle of what is known in it', () => {
    const places = [
      { id: 'a', parent: 'town', coordinates: { longitude: 106, latitude: 31 } },
      { id: 'b', parent: 'town', coordinates: { longitude: 108, latitude: 31 } },
      { id: 'c', parent: 'town' },
    ]
    const { matrix, substitutions } = estimateMatrix(places, [{ id: 'town' }], rules)
    expect(substitutions.map(({ area }) => area)).toEqual(['town'])
    expect(matrix.distance[2]).toBe(matrix.distance[5])
  })

  test('refuse what cannot be located, unknown terrain and coordinates off the globe', () => {
    expect(() => estimateMatrix([{ id: 'a', parent: 'b' }], [{ id: 'b', parent: 'a' }], rules)).toThrow(InputError)
    expect(() => estimateMatrix([{ id: 'a', coordinates: bazhong, terrain: 'sea' }], [], rules)).toThrow(/sea/)
    expect(() => estimateMatrix([{ id: 'a', coordinates: { longitude: 0, latitude: 91 } }], [], rules)).toThrow(/out of range/)
  })

  test('a matrix is checked before use', () => {
    const zero = new Int32Array(4)
    expect(() => checkMatrix({ places: ['a', 'a'], distance: zero, duration: zero })).toThrow(InputError)
    expect(() => checkMatrix({ places: ['a'], distance: zero, duration: zero })).toThrow(InputError)
    expect(() => checkMatrix({ places: ['a', 'b'], distance: Int32Array.of(0, -1, 1, 0), duration: zero })).toThrow(InputError)
  })
})
