import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../linelist/index.ts'
import { parametricWeights } from '../reproduction/serial-interval.ts'
import { exampleSettings, observeOutbreak, simulateOutbreak } from '../simulator/index.ts'
import { type ChainCase, type ExposureLink, reconstructChains, recovery } from './index.ts'

const folder = '../shared/data/epi/epiestim'
const asOf = '2020-02-14'
const local = (onset: number): ChainCase => ({ id: String(onset), onset, imported: null })
const weights = { firstLag: 1, pmf: [0.2, 0.4, 0.3, 0.1] }

function chainsOf(cases: readonly ChainCase[], options: Partial<Parameters<typeof reconstructChains>[1]> = {}) {
  const chains = reconstructChains(cases, { serialInterval: weights, asOf, ...options })
  if (!chains.ok) throw new Error(chains.refusal.en)
  return chains
}

describe('reconstructChains', () => {
  it('refuses an onset that is no day, by its row', () => {
    expect(() => chainsOf([local(1), local(Number.NaN), local(3)])).toThrow(/Case 2/)
  })
  it('refuses weights and links that are no numbers from 0, in both languages and with the link', () => {
    const cases = [local(1), local(3), local(5)]
    const link = (more: Partial<ExposureLink>) => ({ links: [{ a: 0, b: 1, kind: 'home', ...more }], ratePerHour: { home: 1 } })
    const wrong: [string, number | null, Partial<Parameters<typeof reconstructChains>[1]>][] = [
      ['import-weight-invalid', null, { importWeight: -0.2 }],
      ['import-weight-invalid', null, { importWeight: Number.NaN }],
      ['unlinked-invalid', null, { unlinked: -1 }],
      ['link-hours-invalid', 0, link({ hours: Number.NaN })],
      ['link-hours-invalid', 0, link({ hours: -3 })],
      ['link-days-invalid', 0, link({ firstDay: Number.NaN })],
      ['link-days-invalid', 0, link({ firstDay: 4, lastDay: 2 })],
    ]
    for (const [code, index, options] of wrong)
      expect(() => chainsOf(cases, options)).toThrow(
        expect.objectContaining({ name: 'InputError', code, index, zh: expect.stringMatching(/\p{Script=Han}/u) }),
      )
  })
  it('gives the Wallinga–Teunis probabilities when only dates are known', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 14 }), (onsets) => {
        const cases = onsets.map(local)
        const outcome = reconstructChains(cases, { serialInterval: weights, asOf })
        const f = (lag: number) => weights.pmf[lag - 1] ?? 0
        const possible = onsets.some((t) => onsets.some((s) => f(t - s) > 0))
        expect(outcome.ok).toBe(possible)
        if (!outcome.ok) return
        const reproduction = onsets.map((_, j) =>
          onsets.reduce((sum, t, i) => {
            const total = onsets.reduce((all, s, k) => all + (k === i ? 0 : f(t - s)), 0)
            return total === 0 ? sum : sum + f(t - (onsets[j] ?? 0)) / total
          }, 0),
        )
        outcome.nodes.forEach((node, j) => {
          expect(node.reproduction).toBeCloseTo(reproduction[j] ?? 0, 12)
        })
        const explained = outcome.nodes.filter((node) => !node.unexplained).length
        expect(outcome.nodes.reduce((sum, node) => sum + node.reproduction, 0)).toBeCloseTo(explained, 9)
      }),
    )
  })

  it('does not depend on the calendar nor on the order of the list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30), { minLength: 3, maxLength: 10 }), fc.integer({ min: -500, max: 500 }), (onsets, shift) => {
        const one = reconstructChains(onsets.map(local), { serialInterval: weights, asOf })
        const other = reconstructChains(onsets.map((t) => local(t + shift)).reverse(), { serialInterval: weights, asOf })
        expect(other.ok).toBe(one.ok)
        if (one.ok && other.ok)
          one.nodes.forEach((node, i) => {
            const twin = other.nodes[onsets.length - 1 - i]
            expect(twin?.generation).toBe(node.generation)
            expect(twin?.reproduction).toBeCloseTo(node.reproduction, 12)
          })
      }),
    )
  })

  it('lets known contacts and imports speak', () => {
    const cases: ChainCase[] = [{ id: 'a', onset: 0, imported: true }, { id: 'b', onset: 0, imported: true }, local(2), local(4)]
    const links: ExposureLink[] = [{ a: 1, b: 2, kind: 'household', hours: 10 }]
    const chains = chainsOf(cases, { links, ratePerHour: { household: 9.9 } })
    expect(chains.infectors(2)).toMatchObject([{ source: 1, probability: expect.closeTo(100 / 101, 12) }, { source: 0 }])
    expect(chains.nodes.map((node) => node.generation)).toEqual([0, 0, 1, 2])
    expect(chains.generationChances(3)).toEqual([0, expect.closeTo(0.2 / 0.6, 12), expect.closeTo(0.4 / 0.6, 12)])
    const strict = chainsOf(cases, { links, ratePerHour: { household: 1 }, unlinked: 0, importWeight: 0.001 })
    expect(strict.infectors(3)).toEqual([{ source: null, probability: 1 }])
    expect(strict.nodes[3]).toMatchObject({ parent: null, generation: 0, unexplained: false })
  })

  it('drops the direction in which the days of contact make no sense', () => {
    const both = [local(10), local(12)]
    const link: ExposureLink = { a: 0, b: 1, kind: 'meal', firstDay: 5, lastDay: 7 }
    const options = { links: [link], ratePerHour: { meal: 5 }, unlinked: 0, presymptomaticDays: 2 }
    expect(reconstructChains(both, { serialInterval: weights, asOf, ...options })).toMatchObject({
      ok: false,
      refusal: { code: 'no-candidates' },
    })
    expect(chainsOf(both, { ...options, links: [{ ...link, lastDay: 8 }] }).infectors(1)).toEqual([{ source: 0, probability: 1 }])
  })

  it('believes a contact more on the days that explain the onset', () => {
    const cases = [local(10), local(10), local(13)]
    const meal = (a: number, day: number): ExposureLink => ({ a, b: 2, kind: 'meal', firstDay: day, lastDay: day })
    const options = { links: [meal(0, 9), meal(1, 12)], ratePerHour: { meal: 5 }, unlinked: 0, presymptomaticDays: 2 }
    expect(
      chainsOf(cases, options)
        .infectors(2)
        .map((one) => one.probability),
    ).toEqual([0.5, 0.5])
    const incubation = [0, 0.1, 0.2, 0.3, 0.4]
    expect(chainsOf(cases, { ...options, incubation }).infectors(2)).toMatchObject([
      { source: 0, probability: expect.closeTo(0.8, 12) },
      { source: 1, probability: expect.closeTo(0.2, 12) },
    ])
  })

  it('makes no circles where serial intervals may be negative', () => {
    const chains = chainsOf([local(5), local(5), local(6), local(4)], { serialInterval: { firstLag: -2, pmf: [0.1, 0.2, 0.3, 0.2, 0.2] } })
    expect(chains.nodes.filter((node) => node.parent === null)).toHaveLength(1)
  })

  it('gives the exact law of the number infected', () => {
    // Three infectees at one half each: 0, 1, 2, 3 with 1/8, 3/8, 3/8, 1/8.
    const chains = chainsOf([local(0), local(0), local(1), local(2), local(3)], {
      serialInterval: { firstLag: 1, pmf: [1, 1, 1] },
      unlinked: 0,
      links: [0, 1].flatMap((a) => [2, 3, 4].map((b) => ({ a, b, kind: 'x' }))),
      ratePerHour: { x: 1 },
    })
    expect(chains.infected(0, 0.7)).toEqual({ estimate: 1.5, lower: 1, upper: 2, level: 0.7 })
    expect(chains.infected(0, 0.95)).toMatchObject({ lower: 0, upper: 3 })
  })

  it('corrects for those who have not fallen ill yet, and refuses thin data', () => {
    const chains = chainsOf([local(0), local(1)], { asOfDay: 2 })
    expect(chains.nodes[0]?.reproductionCorrected).toBeCloseTo(1 / 0.6, 12)
    expect(chainsOf([local(0), local(1)], { asOfDay: 1 }).nodes[1]?.reproductionCorrected).toBeNull()
    expect(reconstructChains([local(1)], { serialInterval: weights, asOf })).toMatchObject({
      ok: false,
      refusal: { code: 'too-few-cases' },
    })
    expect(() => chainsOf([local(0), local(1)], { links: [{ a: 0, b: 7, kind: 'x' }] })).toThrow(/unknown case/)
  })
})

describe.skipIf(!existsSync(`${folder}/wallinga_teunis__Flu2009__w7.csv`))(
  'against the published Wallinga–Teunis means (needs ../shared)',
  () => {
    const inputs: Record<string, { incidence: { I: number[] } }> = existsSync(`${folder}/inputs.json`)
      ? JSON.parse(readFileSync(`${folder}/inputs.json`, 'utf8'))
      : {}

    it.each(['Flu1918', 'Flu2009', 'SARS2003'])('%s: window means to 1e-9', (name) => {
      const { incidence } = inputs[name] ?? { incidence: { I: [] } }
      const cases = incidence.I.flatMap((count, day) => Array.from({ length: count }, () => local(day + 1)))
      const { config } = JSON.parse(readFileSync(`${folder}/parametric__${name}__w7.json`, 'utf8'))
      const chains = chainsOf(cases, {
        serialInterval: { firstLag: 0, pmf: [...parametricWeights(config.mean_si, config.std_si, incidence.I.length).weights] },
      })
      const [, ...lines] = readFileSync(`${folder}/wallinga_teunis__${name}__w7.csv`, 'utf8').trim().split('\n')
      for (const line of lines) {
        const [from = 0, to = 0, mean = 0] = line.split(',').map(Number)
        const inside = chains.nodes.filter((_, i) => (cases[i]?.onset ?? 0) >= from && (cases[i]?.onset ?? 0) <= to)
        const ours = inside.reduce((sum, node) => sum + node.reproduction, 0) / inside.length
        if (Number.isNaN(mean)) expect(inside).toHaveLength(0)
        else expect(Math.abs(ours - mean)).toBeLessThan(1e-9 * Math.max(1, mean))
      }
    })
  },
)

describe('recovery on simulated outbreaks', () => {
  it('finds infectors far better with contacts than from dates alone', () => {
    const totals = { known: 0, dates1: 0, contacts1: 0, contacts3: 0 }
    for (const seed of [1, 2, 3]) {
      const outbreak = simulateOutbreak({ ...exampleSettings, days: 60 }, seed)
      const observed = observeOutbreak(outbreak, exampleSettings, 18_262, 59, seed)
      const cases = observed.rows.map((row): ChainCase => ({ id: row.id, onset: dayNumber(row.onset), imported: row.imported }))
      const serialInterval = {
        firstLag: -2,
        pmf: [0.01, 0.02, 0.04, 0.07, 0.09, 0.11, 0.12, 0.12, 0.11, 0.09, 0.07, 0.05, 0.04, 0.03, 0.02, 0.01],
      }
      const dates = recovery(chainsOf(cases, { serialInterval }), observed.infectors)
      const contacts = recovery(
        chainsOf(cases, {
          serialInterval,
          links: observed.links,
          ratePerHour: { household: 10, workplace: 10, venue: 10 },
          unlinked: 0.05,
          presymptomaticDays: 3,
        }),
        observed.infectors,
      )
      totals.known += dates.known
      totals.dates1 += dates.top1
      totals.contacts1 += contacts.top1
      totals.contacts3 += contacts.top3
    }
    expect(totals.known).toBeGreaterThan(100)
    expect(totals.contacts1 / totals.known).toBeGreaterThan(0.5)
    expect(totals.contacts3 / totals.known).toBeGreaterThan(0.75)
    expect(totals.contacts1).toBeGreaterThan(2 * totals.dates1)
  })
})
