import { describe, expect, it } from 'vitest'
import { chainChart } from './chain-chart.ts'

const isoDay = (day: number) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)
const words = { title: '', subtitle: '', footnote: '', language: 'en', isoDay } as const
/** Chains of one case and so many others that it infected. */
const chains = (sizes: readonly number[]) => {
  const cases: { id: string; day: number; parent: number | null; support: number; generation: number }[] = []
  sizes.forEach((size, chain) => {
    const root = cases.length
    cases.push({ id: `R${chain}`, day: chain % 20, parent: null, support: 1, generation: 0 })
    for (let k = 1; k < size; k += 1)
      cases.push({ id: `C${chain}-${k}`, day: (chain % 20) + 3 + (k % 9), parent: root, support: 0.9, generation: 1 })
  })
  return cases
}
const sizeOf = (svg: string) => (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).slice(1).map(Number)

describe('a chart of chains', () => {
  it('of many cases has the form of a screen, and names the first of a chain and who infected many', () => {
    const svg = chainChart({ ...words, cases: chains([60, 40, 30, 9, 1, 1, 1]) })
    const [width = 0, height = 0] = sizeOf(svg)
    expect(width / height).toBeGreaterThan(1.4)
    expect(height).toBeLessThan(1000)
    for (const id of ['R0', 'R1', 'R2', 'R3']) expect(svg).toContain(`>${id}</text>`)
    expect(svg).not.toContain('>C0-1</text>')
    expect(svg.match(/<circle/g)?.length).toBeGreaterThanOrEqual(142)
    expect(svg).not.toContain('not drawn')
  })
  it('of few cases names everybody; those alone share a row', () => {
    const svg = chainChart({ ...words, cases: chains([3, 1, 1]) })
    expect(svg).toContain('>C0-1</text>')
    const heights = ['R1', 'R2'].map((id) => new RegExp(` y="([\\d.]+)"[^>]*>${id}</text>`).exec(svg)?.[1])
    expect(heights[0]).toBe(heights[1])
  })
  it('counts the smaller chains where not all find room, and draws one whole chain at least', () => {
    expect(chainChart({ ...words, cases: chains([100, 50, 30, 20]) })).toContain('the largest 2 chains; 50 other cases not drawn')
    expect(chainChart({ ...words, language: 'zh', cases: chains([400, 2]) })).toContain('只画最大的 1 条链，其余 2 例未画')
  })
})
