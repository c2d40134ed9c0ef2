import { describe, expect, it } from 'vitest'
import { alerts, forecast, growth, nowcast, reproduction } from '../../src/index.ts'
import { niceTicks } from './drawing.ts'
import { methodWords } from './method-words.ts'
import { timeChart } from './time-chart.ts'

const asOf = '2020-02-20'
const counts = [1, 2, 0, 3, 4, 2, 5, 6, 4, 7, 8, 9, 3, 4, 6, 5]
const serialInterval = { kind: 'parametric', mean: 5.2, sd: 4.1 } as const

describe('names of methods below pictures', () => {
  it('are Chinese in Chinese pictures, and as they are cited in English ones', () => {
    const results = [
      reproduction.estimateR({ cases: { local: counts }, serialInterval, asOf }),
      reproduction.wallingaTeunis({ cases: { local: counts }, serialInterval, asOf }),
      growth.growthRate({ counts, asOf }),
      growth.growthRate({ counts, model: 'poisson', asOf }),
      forecast.forecast({ counts, serialInterval, asOf }),
      alerts.ears({ counts, method: 'C2', asOf }),
      alerts.cusum({ counts, asOf }),
      nowcast.nowcast({
        triangle: nowcast.reportingTriangle(
          counts.flatMap((count, day) => Array.from({ length: count }, (_, k) => ({ event: day, report: day + (k % 4) }))),
          16,
        ),
        asOf,
      }),
    ]
    const named = [
      'Kulldorff prospective space-time scan, Poisson (doi:10.1111/1467-985X.00186)',
      'Longini–Koopman household model, maximum likelihood (doi:10.2307/2530294)',
      'Risk ratio, Katz log interval (doi:10.2307/2530610)',
      'EARS, CUSUM and Farrington together',
      'Chains by serial interval and exposure (Wallinga and Teunis, doi:10.1093/aje/kwh255)',
      'Common presence by place and time',
      'Counts and first differences; corrections kept',
      'stock = stock before + entries − exits',
    ]
    for (const method of [...results.map((result) => result.method), ...named]) {
      expect(methodWords(method, 'en')).toBe(method)
      expect(methodWords(method, 'zh')).not.toMatch(/[a-z]{3,} [a-z]{3,}/)
    }
  })
})

describe('axes', () => {
  it('have no half people', () => {
    expect(niceTicks(0, 4.3, 6, 1)).toEqual([0, 1, 2, 3, 4])
    expect(niceTicks(0, 2.1, 6, 1)).toEqual([0, 1, 2])
    expect(niceTicks(0, 30, 12, 1).every(Number.isInteger)).toBe(true)
    expect(niceTicks(0, 2, 4)).toEqual([0, 0.5, 1, 1.5, 2])
  })
  it('keep the words of a reference line away from the curve', () => {
    const draw = (values: (number | null)[]) =>
      timeChart({
        title: '',
        subtitle: '',
        footnote: '',
        language: 'zh',
        days: values.map((_, day) => `2020-02-${String(day + 1).padStart(2, '0')}`),
        panels: [{ title: '', height: 200, layers: [{ kind: 'line', values, label: '' }], references: [{ value: 1, label: '此线' }] }],
      })
    const anchor = (svg: string) => /text-anchor="(\w+)"[^>]*>此线/.exec(svg)?.[1]
    expect(anchor(draw([null, null, null, null, 3, 2, 1.2, 1]))).toBe('start')
    expect(anchor(draw([1, 1.1, 1.2, 1.5, 2, 3, 3.5, 4]))).toBe('end')
  })
  it('and off a band that lies across the whole picture: they stand in the legend then', () => {
    const days = Array.from({ length: 20 }, (_, day) => `2020-02-${String(day + 1).padStart(2, '0')}`)
    const draw = (upper: number) =>
      timeChart({
        title: '',
        subtitle: '',
        footnote: '',
        language: 'zh',
        days,
        panels: [
          {
            title: '',
            height: 200,
            layers: [{ kind: 'band', lower: days.map(() => 0.2), upper: days.map(() => upper), label: '区间' }],
            references: [{ value: 1, label: '此线' }],
          },
        ],
      })
    const height = (svg: string) => Number(/y="([\d.]+)"[^>]*>此线/.exec(svg)?.[1])
    expect(height(draw(3))).toBe(90)
    // A band that ends below the line leaves room above it.
    expect(height(draw(0.9))).toBeGreaterThan(90)
  })
})
