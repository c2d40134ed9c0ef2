/** Chains of a simulated 500-case outbreak: time, and how often the true infector is found, from dates alone and with contacts. */
import { pathToFileURL } from 'node:url'
import { type ChainCase, reconstructChains, recovery } from '../../packages/analytics/src/epidemic/chains/index.ts'
import { discretiseDelay } from '../../packages/analytics/src/epidemic/fatality/index.ts'
import { dayNumber } from '../../packages/analytics/src/epidemic/linelist/index.ts'
import { exampleSettings, observeOutbreak, simulateOutbreak } from '../../packages/analytics/src/epidemic/simulator/index.ts'

export const name = 'transmission chains'

interface Row {
  what: string
  value: number
  unit: string
  target?: string
}

/** The first 500 reported cases of one outbreak with their contacts and the truth. */
function observed(seed: number) {
  const settings = { ...exampleSettings, days: 150, importsPerDay: [1.2] }
  const outbreak = simulateOutbreak(settings, seed, 200_000)
  const full = observeOutbreak(outbreak, settings, 18_262, 149, seed)
  const rows = full.rows.slice(0, 500)
  return {
    cases: rows.map((row): ChainCase => ({ id: row.id, onset: dayNumber(row.onset), imported: row.imported })),
    links: full.links.filter((link) => link.a < rows.length && link.b < rows.length),
    truth: full.infectors.slice(0, rows.length).map((infector) => (infector !== null && infector < rows.length ? infector : null)),
  }
}

export function run(): Row[] {
  const pmf = [...discretiseDelay({ law: 'gamma', shape: 3.5, rate: 0.6 }, 25)]
  const incubation = [...discretiseDelay({ law: 'gamma', shape: 5.1, rate: 0.98 }, 25)]
  const totals = { cases: 0, known: 0, dates1: 0, dates3: 0, contacts1: 0, contacts3: 0, seconds: 0, runs: 0 }
  let slowest = 0
  let mostCpu = 0
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { cases, links, truth } = observed(seed)
    if (cases.length < 500) continue
    const start = performance.now()
    const before = process.cpuUsage()
    const withContacts = reconstructChains(cases, {
      serialInterval: { firstLag: 0, pmf },
      links,
      ratePerHour: { household: 10, workplace: 10, venue: 10 },
      unlinked: 0.05,
      presymptomaticDays: 3,
      incubation,
      asOf: 'not-stated',
    })
    const datesOnly = reconstructChains(cases, { serialInterval: { firstLag: 0, pmf }, asOf: 'not-stated' })
    if (!withContacts.ok || !datesOnly.ok) throw new Error('the simulated outbreak gave no chains')
    withContacts.generationChances(0)
    const seconds = (performance.now() - start) / 1000
    slowest = Math.max(slowest, seconds)
    const { user, system } = process.cpuUsage(before)
    mostCpu = Math.max(mostCpu, (user + system) / 1e6)
    const [contacts, dates] = [recovery(withContacts, truth), recovery(datesOnly, truth)]
    totals.runs += 1
    totals.cases += cases.length
    totals.known += contacts.known
    totals.dates1 += dates.top1
    totals.dates3 += dates.top3
    totals.contacts1 += contacts.top1
    totals.contacts3 += contacts.top3
  }
  const share = (count: number) => (100 * count) / totals.known
  return [
    { what: 'outbreaks of 500 cases', value: totals.runs, unit: 'outbreaks' },
    { what: 'both reconstructions of one outbreak, slowest', value: slowest, unit: 's', target: '<= 1 for all chains' },
    { what: 'the same in CPU, slowest', value: mostCpu, unit: 's', target: '<= 1 for all chains' },
    { what: 'cases with a known infector in the list', value: totals.known, unit: 'cases' },
    { what: 'dates alone: infector ranked first', value: share(totals.dates1), unit: '%' },
    { what: 'dates alone: among the first three', value: share(totals.dates3), unit: '%' },
    { what: 'with contacts (70 % on record): ranked first', value: share(totals.contacts1), unit: '%' },
    { what: 'with contacts (70 % on record): among the first three', value: share(totals.contacts3), unit: '%' },
  ]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(run())
