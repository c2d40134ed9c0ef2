import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../statistics/index.ts'
import { CylinderScan } from './cylinders.ts'
import {
  limitByPopulation,
  logLikelihoodRatio,
  orderByDistance,
  rankCylinders,
  scanSpaceTime,
  scanSpatial,
  spaceTimeTable,
} from './index.ts'
import { permuteDays, spreadCases } from './replicates.ts'
import sichuan from './sichuan-cities.json' with { type: 'json' }

const folder = '../shared/data/epi/other'
const dailyFile = '../shared/data/epi/sichuan_cities_daily_2020_01_04.csv'
const table = (file: string) => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] ?? '', cell])))
}
const asOf = '2020-02-14'

/** Every zone as a set of members, every window as a list of days: no running sums, no tables. */
function bestByDefinition(
  points: readonly { x: number; y: number }[],
  counts: readonly number[][],
  population: readonly number[],
  model: 'poisson' | 'permutation',
  maximalDays: number,
  share: number,
) {
  const days = counts[0]?.length ?? 0
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const total = sum(counts.map(sum))
  let best = 0
  points.forEach((centre) => {
    const byDistance = points
      .map((p, k) => [Math.hypot(p.x - centre.x, p.y - centre.y), k] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    for (let size = 1; size <= points.length; size += 1) {
      const zone = byDistance.slice(0, size).map(([, k]) => k)
      const people = sum(zone.map((k) => population[k] ?? 0))
      if (people > share * sum(population)) continue
      for (let window = 1; window <= maximalDays; window += 1) {
        const c = sum(zone.map((k) => sum((counts[k] ?? []).slice(days - window))))
        const inZone = sum(zone.map((k) => sum(counts[k] ?? [])))
        const inDays = sum(counts.map((row) => sum(row.slice(days - window))))
        const e = model === 'poisson' ? (total * people * window) / sum(population) / days : (inZone * inDays) / total
        if (c > e) best = Math.max(best, c * Math.log(c / e) + (c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0))
      }
    }
  })
  return best
}

const grid = fc.array(fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }) }), { minLength: 3, maxLength: 7 })

describe('the log likelihood ratio', () => {
  // 60 digits from the doubles as they are (decimal arithmetic of another language).
  it.each([
    [34, 33.9, 120, 2.054423164766944e-4],
    [5, 4.99, 50, 1.1124299894873863e-5],
    [101, 100, 1000, 5.539177601236903e-3],
    [7, 6.999, 7.5, 1.0701040383513113e-6],
    [40, 39.99999999, 120, 1.875000310432654e-18],
    [3, 1.5, 10, 0.7203494405931337],
    [2, 0.01, 30, 8.674169220696086],
    [9, 3.3, 9, 9.029718979774064],
  ])('keeps twelve figures at %d cases of %d expected', (cases, expected, total, wanted) => {
    expect(Math.abs(logLikelihoodRatio(cases, expected, total) / wanted - 1)).toBeLessThan(1e-12)
  })
})

describe('scan', () => {
  it.each(['poisson', 'permutation'] as const)('finds the best cylinder of the definition (%s)', (model) => {
    fc.assert(
      fc.property(grid, fc.infiniteStream(fc.nat(6)), fc.infiniteStream(fc.integer({ min: 1, max: 50 })), (points, cases, people) => {
        const distinct = points.filter((p, k) => points.findIndex((q) => q.x === p.x && q.y === p.y) === k)
        fc.pre(distinct.length > 1)
        const counts = distinct.map(() => [...cases.take(8)])
        const population = distinct.map(() => people.next().value ?? 1)
        fc.pre(counts.flat().reduce((a, b) => a + b, 0) > 1)
        const result = scanSpaceTime(
          { neighbourhoods: orderByDistance(distinct), counts, population },
          { asOf, seed: 1, replicates: 0, model, maximalDays: 3 },
        )
        if (!result.ok) throw new Error(result.refusal.en)
        expect(result.clusters[0]?.llr ?? 0).toBeCloseTo(bestByDefinition(distinct, counts, population, model, 3, 0.5), 10)
      }),
      { numRuns: 60 },
    )
  })

  it('computes the ratio of a replicate from tables as it does directly', () => {
    const random = new RandomStream(3)
    const points = Array.from({ length: 12 }, () => ({ x: random.uniform(), y: random.uniform() }))
    const counts = points.map(() => Array.from({ length: 10 }, () => random.poisson(3)))
    const { table: cells } = spaceTimeTable({ counts }, 'permutation', 4)
    const zones = limitByPopulation(
      orderByDistance(points),
      points.map(() => 1),
      0.5,
    )
    expect(new CylinderScan(zones, cells).maximum(cells.counts)).toBeCloseTo(rankCylinders(zones, cells, 1)[0]?.llr ?? 0, 10)
  })

  it('names a place with cases but no population, and lets an empty one be', () => {
    const neighbourhoods = orderByDistance([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 2, y: 0 },
      { x: 9, y: 9 },
    ])
    const options = { model: 'poisson', maximalDays: 2, replicates: 99, seed: 1, asOf: '2020-02-14' } as const
    const quiet = [0, 0, 0, 0, 0]
    const counts = [[0, 0, 0, 1, 3], [1, 0, 1, 0, 0], [0, 1, 0, 0, 0], quiet]
    expect(() => scanSpaceTime({ neighbourhoods, counts, population: [0, 9, 9, 9] }, options)).toThrow(/Place 1/)
    expect(() => scanSpaceTime({ neighbourhoods, counts, population: [0, 0, 0, 0] }, options)).toThrow(/more than 0/)
    expect(() => scanSpatial({ neighbourhoods, cases: [3, 0, 1, 1], population: [9, 9, 9, 0] }, options)).toThrow(/Place 4/)
    const fine = scanSpaceTime({ neighbourhoods, counts, population: [9, 9, 9, 0] }, options)
    expect(fine.ok && Number.isFinite(fine.clusters[0]?.llr)).toBe(true)
  })
  it('refuses what cannot be scanned and says why', () => {
    const neighbourhoods = orderByDistance([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ])
    const options = { asOf, seed: 1, model: 'permutation' } as const
    expect(
      scanSpaceTime(
        {
          neighbourhoods,
          counts: [
            [0, 0, 0],
            [0, 1, 0],
          ],
        },
        { ...options, maximalDays: 1 },
      ),
    ).toMatchObject({ ok: false, refusal: { code: 'too-few-cases' } })
    expect(
      scanSpaceTime(
        {
          neighbourhoods,
          counts: [
            [0, 3, 0],
            [0, 1, 0],
          ],
        },
        options,
      ),
    ).toMatchObject({ ok: false, refusal: { code: 'too-few-days' } })
    expect(() =>
      scanSpaceTime(
        {
          neighbourhoods,
          counts: [
            [0, -1, 0],
            [0, 1, 0],
          ],
        },
        options,
      ),
    ).toThrow(/place 1 on day 2.*非负/)
    expect(() => scanSpaceTime({ neighbourhoods, counts: [[1], [1]] }, { ...options, model: 'poisson' })).toThrow(/population/)
  })

  it('calls even spread no cluster and a planted one a cluster, at any seed', () => {
    const points = Array.from({ length: 25 }, (_, k) => ({ x: k % 5, y: 1.7 * Math.floor(k / 5) }))
    const neighbourhoods = orderByDistance(points)
    const population = points.map(() => 1000)
    const even = points.map(() => 10)
    const planted = even.map((n, k) => (k === 6 || k === 7 ? 30 : n))
    for (const seed of [1, 2, 3]) {
      const [none, found] = [even, planted].map((cases) =>
        scanSpatial({ neighbourhoods, cases, population }, { asOf, seed, replicates: 199 }),
      )
      expect(none).toMatchObject({ ok: true, clusters: [] })
      if (!found?.ok) throw new Error('refused')
      expect(found.clusters[0]?.members.slice().sort((a, b) => a - b)).toEqual([6, 7])
      expect(found.clusters[0]).toMatchObject({ p: 1 / 200 })
      const risk = found.clusters[0]?.relativeRisk
      expect(risk?.lower).toBeLessThan(3)
      expect(risk?.upper).toBeGreaterThan(3)
      expect(risk?.estimate).toBeCloseTo(3, 9)
    }
  })
})

describe('what a scan refuses', () => {
  const zones = orderByDistance(Array.from({ length: 6 }, (_, x) => ({ x, y: 0 })))
  const population = [100, 200, 300, 400, 500, 600]
  const scan = (cases: number[], options = {}) =>
    scanSpatial({ neighbourhoods: zones, cases, population }, { asOf: '2020-03-01', seed: 1, replicates: 9, ...options })

  it.each([-3, 1.5, Number.NaN])('refuses %s cases and names the place', (wrong) => {
    expect(() => scan([1, 2, wrong, 4, 5, 6])).toThrow(/Place 3 .*第 3 个地区/)
  })

  it('refuses what cannot be drawn, held or found', () => {
    expect(() => scan([1, 2, 3, 4, 5, 6], { replicates: -1 })).toThrow(/replicates/)
    expect(() => scan([1, 2, 3, 4, 5, 6], { maximalShare: 0 })).toThrow(/share/)
    expect(() => scan([3e9, 2, 3, 4, 5, 6])).toThrow(/larger unit/)
    expect(() => orderByDistance([{ x: Number.NaN, y: 0 }])).toThrow(/Place 1/)
    expect(() => orderByDistance([{ x: 104, y: 95 }], 'globe')).toThrow(/coordinates/)
  })
})

describe('the p-value', () => {
  it('comes within 0.01 of that of very many replicates for nineteen seeds of twenty, and says its standard error', () => {
    const points = Array.from({ length: 8 }, (_, k) => ({ x: (k * 37) % 11, y: (k * 53) % 13 }))
    const population = points.map((_, k) => 100 + 40 * k)
    const data = { neighbourhoods: orderByDistance(points), cases: [3, 2, 4, 9, 5, 6, 7, 8], population }
    const p = (seed: number, more: { readonly replicates?: number } = {}) => {
      const result = scanSpatial(data, { asOf: '2020-03-01', seed, secondaries: 0, ...more })
      const [first] = result.ok ? result.clusters : []
      return { p: first?.p ?? Number.NaN, error: first?.pStandardError ?? Number.NaN }
    }
    const truth = p(1000, { replicates: 200_000 }).p
    expect(truth).toBeGreaterThan(0.15)
    expect(truth).toBeLessThan(0.85)
    const runs = Array.from({ length: 20 }, (_, seed) => p(seed + 1))
    expect(runs.filter((run) => Math.abs(run.p - truth) <= 0.01).length).toBeGreaterThanOrEqual(19)
    for (const run of runs) {
      expect(2 * run.error).toBeLessThanOrEqual(0.01)
      expect(run.error).toBeCloseTo(Math.sqrt((run.p * (1 - run.p)) / 9999), 12)
    }
  })
})

describe('replicates', () => {
  it.each([40, 4000])('spread %i cases by weight and evenly over days', (total) => {
    const weights = Float64Array.from([1, 2, 5, 2])
    const cells = { places: 4, windows: 2, total, counts: new Int32Array(8), expected: new Float64Array(8) }
    const replicate = spreadCases(cells, weights, 5)
    const random = new RandomStream(9)
    const sums = new Float64Array(8)
    const runs = 4000
    for (let k = 0; k < runs; k += 1) {
      replicate(random, cells.counts)
      cells.counts.forEach((count, cell) => {
        sums[cell] = (sums[cell] ?? 0) + count / runs
      })
    }
    sums.forEach((mean, cell) => {
      const expected = (total * (weights[Math.floor(cell / 2)] ?? 0) * ((cell % 2) + 1)) / 50
      expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(expected / runs))
    })
  })

  it('permuting keeps the totals of places and of days', () => {
    const counts = [
      [3, 0, 2],
      [1, 4, 0],
      [0, 0, 5],
    ]
    const replicate = permuteDays(counts, 3)
    const random = new RandomStream(2)
    const cells = new Int32Array(9)
    for (let k = 0; k < 50; k += 1) {
      replicate(random, cells)
      expect([cells[2], cells[5], cells[8]]).toEqual([5, 5, 5])
      expect([0, 1, 2].map((w) => (cells[w] ?? 0) + (cells[3 + w] ?? 0) + (cells[6 + w] ?? 0))).toEqual([7, 11, 15])
    }
  })
})

describe.skipIf(!existsSync(`${folder}/scan_input_pennLC.csv`))('against the published scans (needs ../shared)', () => {
  it.each(['pennLC', 'scotland'])('%s: ratio to 1e-12, the same members, p within 0.01', (name) => {
    const rows = table(`${folder}/scan_input_${name}.csv`)
    const wanted = JSON.parse(readFileSync(`${folder}/scan_result_${name}.json`, 'utf8'))
    const column = (key: string) => rows.map((row) => Number(row[key]))
    const neighbourhoods = orderByDistance(rows.map((row) => ({ x: Number(row.x), y: Number(row.y) })))
    const result = scanSpatial(
      { neighbourhoods, cases: column('cases'), population: column('pop'), expected: column('expected') },
      { asOf, seed: 20, maximalShare: wanted.max_pop_fraction },
    )
    if (!result.ok) throw new Error(result.refusal.en)
    const [first] = result.clusters
    expect(first?.members.map((k) => k + 1)).toEqual(wanted.members)
    expect(Math.abs((first?.llr ?? 0) / wanted.llr - 1)).toBeLessThan(1e-12)
    expect(first?.cases).toBe(wanted.cases)
    expect(Math.abs((first?.p ?? 1) - wanted.p_value_999)).toBeLessThan(0.01)
    expect(Math.abs((result.critical95 ?? 0) - wanted.crit95)).toBeLessThan(0.6)
    expect(logLikelihoodRatio(first?.cases ?? 0, first?.expected ?? 0, result.total)).toBe(first?.llr)
  })

  it('Sichuan, four days, both models: every listed cylinder to 1e-12 and in the same order of strength', () => {
    const names = sichuan.cities.map(([name]) => String(name))
    const population = sichuan.cities.map(([, people]) => Number(people))
    const neighbourhoods = orderByDistance(
      sichuan.cities.map(([, , x, y]) => ({ x: Number(x), y: Number(y) })),
      'globe',
    )
    // The listing does not say where the cities lie. Four cities are almost equally far from Aba, so its zones beyond the listed ones stay out.
    const zones = { neighbours: neighbourhoods.neighbours.map((row, centre) => (names[centre] === 'Aba' ? row.subarray(0, 3) : row)) }
    const daily = table(dailyFile)
    const listed = table(`${folder}/spacetime_scan_sichuan.csv`)
    for (const end of new Set(listed.map((row) => row.end ?? '')))
      for (const model of ['poisson', 'permutation'] as const) {
        const rows = listed.filter((row) => row.end === end && row.model === model)
        const days = Number(rows[0]?.days)
        const counts = names.map((name) =>
          daily
            .filter((row) => row.city_en === name && (row.date ?? '') <= end)
            .slice(-days)
            .map((row) => Math.max(0, Number(row.new_confirmed))),
        )
        const { table: cells } = spaceTimeTable({ counts, population }, model, 7)
        expect(cells.total).toBe(Number(rows[0]?.total))
        const ranked = rankCylinders(limitByPopulation(zones, population, 0.5), cells, rows.length)
        const strength = rows.map((row) => Number(row.llr))
        ranked.forEach((cylinder, k) => {
          expect(Math.abs(cylinder.llr / (strength[k] ?? 0) - 1)).toBeLessThan(1e-12)
        })
        for (const row of rows) {
          const match = ranked.find(
            (c) => names[c.centre] === row.center && c.size === Number(row.size) && c.window + 1 === Number(row.window),
          )
          const members = match && [...(neighbourhoods.neighbours[match.centre] ?? [])].slice(0, match.size).map((k) => names[k])
          expect(members?.join(';')).toBe(row.members)
          expect(match?.cases).toBe(Number(row.cases))
        }
      }
  })
})
