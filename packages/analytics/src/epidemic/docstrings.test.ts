/** Every function that people are sent to says its formula's source, what goes in and comes out, in which units, and its errors. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folders: Readonly<Record<string, readonly string[]>> = {
  reproduction: ['discretisedSerialInterval', 'estimateR', 'wallingaTeunis', 'totalInfectivity', 'sampleSerialIntervals'],
  growth: ['growthRate', 'reproductionFromGrowth', 'doublingTime'],
  nowcast: ['nowcast', 'lawlessDelayCdf', 'reportingTriangle'],
  forecast: ['forecast', 'weightedIntervalScore', 'persistenceForecast'],
  alerts: ['ears', 'cusum', 'farrington', 'watchNewest'],
  intervals: ['fitIntervals', 'compareFamilies', 'pairLikelihood'],
  offspring: ['fitOffspring', 'secondaryAttackRate', 'householdTransmission', 'casesBehind', 'extinctionChance', 'riskRatio', 'proportion'],
  fatality: ['caseFatality', 'rollingFatality', 'outcomesDue', 'discretiseDelay'],
  beds: ['occupiedBeds', 'projectBeds', 'stayCurve', 'stayCurveFrom', 'admissionsFromCases'],
  clusters: ['scanSpatial', 'scanSpaceTime', 'logLikelihoodRatio', 'orderByDistance', 'limitByPopulation'],
  chains: ['reconstructChains', 'recovery'],
  tracing: ['joinCoPresence', 'buildStayIndex', 'createTracer', 'exposureDays', 'observationPeriod'],
  linelist: ['stockAndFlows', 'findImbalances', 'incrementsOf', 'incidencePer100k', 'timeliness'],
  zoning: ['zoneArea', 'zoneFacts', 'riskAreaFacts'],
  simulator: ['simulateOutbreak', 'observeOutbreak'],
  backprojection: ['backproject'],
}

/** The comment that stands right above a function. */
function docstring(folder: string, name: string): string {
  const home = join(import.meta.dirname, folder)
  for (const file of readdirSync(home).filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))) {
    const [before, found] = readFileSync(join(home, file), 'utf8').split(new RegExp(`^export function ${name}\\b`, 'm'))
    if (found !== undefined && before?.endsWith('*/\n')) return before.slice(before.lastIndexOf('/**'))
  }
  return ''
}

describe.each(Object.entries(folders))('%s', (folder, names) => {
  it.each([...names])('%s says source, inputs, answer and errors', (name) => {
    const text = docstring(folder, name)
    expect(text).toMatch(/doi:10\.\d{4,}\/|needs?\s+(\*\s+)?no\s+(\*\s+)?source|instrument/)
    expect(text).toMatch(/@param/)
    expect(text).toMatch(/@returns|Refuses/)
    expect(text).toMatch(/@throws|Errors?: /)
  })
})
