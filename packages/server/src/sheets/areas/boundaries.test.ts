import { SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { type LonLat, writeGeo } from '../../store/geo/geo.ts'
import { type BoundariesDone, importBoundaries } from './boundaries.ts'
import { faultOf } from './surface.ts'

const DAY = '2020-02-14'

const square = (west: number, south: number, side = 0.4): readonly LonLat[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]
const bowTie = (west: number, south: number): readonly LonLat[] => {
  const [a, b, c, d] = square(west, south)
  return [a, c, b, d, a].flatMap((corner) => (corner ? [corner] : []))
}
const polygon = (...rings: readonly (readonly LonLat[])[]) => ({ type: 'Polygon', coordinates: rings })

onBothEngines('boundaries', (engine) => {
  it('are taken where they are whole and lie where the area can lie; otherwise the one that was there stays, and it is said why', async () => {
    const { store } = await lighthouseStore(await engine.place())
    onTestFinished(() => store.close())
    await writeGeo(store.db, { centres: { '11': [106.7, 31.9], '12': [107.2, 31.9] } })
    const take = async (geometry: unknown, properties: object = { name: '东县' }): Promise<BoundariesDone> => {
      const features = [{ type: 'Feature', properties, geometry }]
      const done = await importBoundaries(store, { type: 'FeatureCollection', features }, 'wgs84', DAY)
      if (!done.ok) throw new Error(done.problem.message.en)
      return done.value
    }
    const kept = async () => (await store.geo()).boundaries?.features.map(({ properties, geometry }) => [properties.area, geometry])
    const good = polygon(square(106.5, 31.7), square(106.6, 31.8, 0.1))
    expect(await take(good)).toEqual({ kept: 1, unknown: [], faulty: [] })
    expect(await take(polygon(square(107, 31.7)), { name: '西县' })).toMatchObject({ kept: 1 })
    const before = await kept()
    expect(before).toContainEqual(['11', good])

    const refused: readonly (readonly [unknown, RegExp, object?])[] = [
      [polygon(bowTie(106.5, 31.7)), /crosses itself/],
      [{ type: 'MultiPolygon', coordinates: [[square(106.5, 31.7)], [square(106.6, 31.8)]] }, /crosses itself/],
      [polygon(square(106.5, 31.7).slice(0, 4)), /not closed/],
      [polygon(square(106.5, 31.7, 0)), /no surface/],
      [{ type: 'Point', coordinates: [106.5, 31.7] }, /no polygon/],
      [polygon(square(10, 10)), /outside China/],
      [polygon(square(116.2, 39.8)), /far from the other areas/],
      // That of the other county under this one's name.
      [polygon(square(107, 31.7)), /seat of the area/],
      [good, /two areas/, { code: '12', name: '东县' }],
    ]
    const recoded = await store.areas.confirm(
      [{ kind: 'recoded', id: '12', code: '12', date: '2020-01-01', instrument: '代码' }],
      SYSTEM,
      store.writer,
    )
    expect(recoded.ok).toBe(true)
    for (const [geometry, why, properties] of refused) {
      const done = await take(geometry, properties)
      expect([done.kept, done.faulty.map((one) => one.why.en).join()], String(why)).toEqual([0, expect.stringMatching(why)])
      expect(done.faulty[0]?.why.zh).toMatch(/[一-龥]/)
    }
    expect(await take(good, { code: '999999', name: '某地' })).toEqual({ kept: 0, unknown: ['某地 999999'], faulty: [] })
    expect(await kept()).toEqual(before)
  })
})

it('lines that touch without crossing are no fault, however many there are', () => {
  // Two squares that share a corner, and a ring that comes back to a point where it was.
  expect(faultOf({ type: 'MultiPolygon', coordinates: [[square(1, 1, 1)], [square(2, 2, 1)]] })).toBeUndefined()
  const eight: readonly LonLat[] = [
    [0, 0],
    [1, 1],
    [2, 0],
    [2, 2],
    [1, 1],
    [0, 2],
    [0, 0],
  ]
  expect(faultOf(polygon(eight))).toBeUndefined()
  const round = (corners: number, inward: (i: number) => number): readonly LonLat[] => {
    const ring = Array.from({ length: corners }, (_, i): LonLat => {
      const [turn, far] = [(i / corners) * 2 * Math.PI, 1 - inward(i)]
      return [far * Math.cos(turn), far * Math.sin(turn)]
    })
    return [...ring, ring[0] ?? [0, 0]]
  }
  expect(faultOf(polygon(round(20_000, (i) => (i % 2) / 1_000)))).toBeUndefined()
  const spoilt = [...round(20_000, () => 0)]
  ;[spoilt[100], spoilt[101]] = [spoilt[101] ?? [0, 0], spoilt[100] ?? [0, 0]]
  expect(faultOf(polygon(spoilt))?.en).toMatch(/crosses itself/)
})
