import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../statistics/index.ts'
import { buildTown, exampleSettings, type OutbreakSettings, observeOutbreak, simulateOutbreak } from './index.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sd = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
const short: OutbreakSettings = { ...exampleSettings, days: 50 }
const still: OutbreakSettings = {
  ...short,
  infection: { ...short.infection, ratePerHour: { household: 0, workplace: 0, venue: 0 } },
  importsPerDay: [20],
}

describe('simulateOutbreak', () => {
  it('repeats bit for bit with the same seed and differs with another', () => {
    const text = (seed: number) => JSON.stringify(simulateOutbreak(short, seed).infections)
    expect(text(1)).toBe(text(1))
    expect(text(1)).not.toBe(text(2))
  })

  it('lets nobody infect before being infectious, after isolation, or without having been there', () => {
    const { infections, exposures, town } = simulateOutbreak(short, 3)
    const met = new Set(exposures.map((one) => `${one.source} ${one.person} ${one.day}`))
    expect(infections.filter((one) => one.infector !== null).length).toBeGreaterThan(50)
    for (const one of infections) {
      const source = one.infector === null ? undefined : infections[one.infector]
      if (source === undefined) {
        expect(one).toMatchObject({ generation: 0, setting: null })
        continue
      }
      expect(one.generation).toBe(source.generation + 1)
      expect(one.infectedOn).toBeGreaterThanOrEqual(source.infectiousFrom)
      expect(one.infectedOn).toBeLessThanOrEqual(source.infectiousUntil)
      expect(one.infectedOn).toBeLessThanOrEqual(source.isolatedFrom)
      expect(met.has(`${source.number} ${one.person} ${Math.floor(one.infectedOn)}`)).toBe(true)
      if (one.setting === 'household') expect(one.household).toBe(source.household)
      if (one.setting === 'workplace') expect(one.workplace).toBe(source.workplace)
    }
    expect(new Set(infections.map((one) => one.person)).size).toBe(infections.length)
    expect(town.people).toBeGreaterThan(short.population.households)
  })

  it('draws the town and the course of illness from the laws that were set', () => {
    const town = buildTown(short, new RandomStream(5))
    const sizes = Array.from(
      { length: short.population.households },
      (_, h) => (town.householdStart[h + 1] ?? 0) - (town.householdStart[h] ?? 0),
    )
    short.population.householdSizes.forEach((share, k) => {
      const seen = sizes.filter((size) => size === k + 1).length / sizes.length
      expect(Math.abs(seen - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / sizes.length))
    })
    const { infections } = simulateOutbreak(still, 6)
    const incubation = infections.map((one) => one.onset - one.infectedOn)
    const n = incubation.length
    expect(Math.abs(mean(incubation) - 5.2)).toBeLessThan((4 * 2.3) / Math.sqrt(n))
    expect(Math.abs(sd(incubation) - 2.3)).toBeLessThan(0.3)
    expect(Math.abs(mean(infections.map((one) => one.infectiousness)) - 1)).toBeLessThan(4 * Math.sqrt(1 / 0.6 / n))
    const found = infections.filter((one) => Number.isFinite(one.reportedOn)).length
    expect(Math.abs(found / n - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / n))
  })

  it('has imports only where nothing spreads, as many as the law says', () => {
    const counts = [1, 2, 3, 4, 5].map((seed) => simulateOutbreak(still, seed).infections)
    expect(counts.flat().every((one) => one.infector === null)).toBe(true)
    expect(Math.abs(mean(counts.map((list) => list.length)) - 1000)).toBeLessThan(4 * Math.sqrt(1000 / 5) + 40)
  })

  it('offspring vary more than by chance alone when infectiousness does', () => {
    const { infections } = simulateOutbreak({ ...exampleSettings, days: 70 }, 8)
    const offspring = infections.map(() => 0)
    for (const one of infections) if (one.infector !== null) offspring[one.infector] = (offspring[one.infector] ?? 0) + 1
    const early = offspring.filter((_, k) => (infections[k]?.infectedOn ?? 99) < 45)
    expect(sd(early) ** 2).toBeGreaterThan(1.5 * mean(early))
  })

  it('closing places, faster isolation and tracing each make it smaller; a travel stop cuts imports', () => {
    const size = (settings: OutbreakSettings) => mean([1, 2, 3, 4].map((seed) => simulateOutbreak(settings, seed).infections.length))
    const free = size(short)
    expect(size({ ...short, measures: [{ from: 15, placeContacts: 0.1 }] })).toBeLessThan(0.8 * free)
    expect(size({ ...short, measures: [{ from: 0, onsetToIsolation: { mean: 0.5, sd: 0.3 } }] })).toBeLessThan(0.8 * free)
    expect(size({ ...short, measures: [{ from: 0, tracing: { chance: 0.9, delayDays: 0 } }] })).toBeLessThan(0.9 * free)
    const stopped = simulateOutbreak({ ...still, measures: [{ from: 10, arrivals: 0 }] }, 2).infections
    expect(Math.max(...stopped.map((one) => one.infectedOn))).toBeLessThan(10)
  })

  it('refuses settings that make no sense', () => {
    expect(() => simulateOutbreak({ ...short, days: 0 }, 1)).toThrow(/模拟参数/)
    expect(() => simulateOutbreak({ ...short, importsPerDay: [50] }, 1, 100)).toThrow(/More than 100/)
  })
})

describe('observeOutbreak', () => {
  it('shows what was reported by then, the truth beside it, and never takes rows back', () => {
    const outbreak = simulateOutbreak(short, 4)
    const early = observeOutbreak(outbreak, short, 18_262, 30, 1)
    const late = observeOutbreak(outbreak, short, 18_262, 49, 1)
    expect(late.rows.slice(0, early.rows.length).map((row) => [row.id, row.onset, row.reported])).toEqual(
      early.rows.map((row) => [row.id, row.onset, row.reported]),
    )
    expect(late.rows.length).toBe(outbreak.infections.filter((one) => one.reportedOn < 50).length)
    expect(late.dailyReports.flat().reduce((sum, count) => sum + count, 0)).toBe(late.rows.length)
    late.infectors.forEach((infector, row) => {
      if (infector !== null) expect((late.generations[infector] ?? 0) + 1).toBe(late.generations[row])
    })
    for (const link of late.links) expect(link.a).not.toBe(link.b)
    for (const row of late.rows) expect(row.reported >= row.onset).toBe(true)
  })
})
