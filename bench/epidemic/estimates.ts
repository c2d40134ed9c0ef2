/** Fits of offspring, intervals, fatality, shares, back-projection: worst relative error against published figures where present, and time. */
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { backproject } from '../../packages/analytics/src/epidemic/backprojection/index.ts'
import { caseFatality } from '../../packages/analytics/src/epidemic/fatality/index.ts'
import { type CensoredPair, fitIntervals } from '../../packages/analytics/src/epidemic/intervals/index.ts'
import { extinctionChance, fitOffspring, proportion } from '../../packages/analytics/src/epidemic/offspring/index.ts'
import { gammaDensity, normalDensity, RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'estimates'

interface Row {
  what: string
  value: number
  unit: string
  target?: string
}

const folder = '../shared/data/epi/other'
const asOf = 'not-stated'

function table(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k] ?? '', cell])))
}

const off = (ours: number | undefined, theirs: string | undefined) => Math.abs((ours ?? Number.NaN) / Number(theirs) - 1)

function milliseconds(work: () => unknown, times: number): number {
  work()
  const before = process.cpuUsage()
  for (let k = 0; k < times; k += 1) work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}

function errors(): Row[] {
  const worst = new Map<string, number>()
  const note = (what: string, error: number) => worst.set(what, Math.max(worst.get(what) ?? 0, error))
  const offspring: Record<string, number[]> = JSON.parse(readFileSync(`${folder}/offspring_inputs.json`, 'utf8'))
  for (const row of table('offspring_negbin.csv')) {
    const fit = fitOffspring(offspring[row.dataset ?? ''] ?? [], { asOf })
    if (!fit.ok) throw new Error(row.dataset)
    note('offspring R and k', Math.max(off(fit.reproduction.estimate, row.R), off(fit.dispersion.estimate, row.k)))
    note('offspring k interval', Math.max(off(fit.dispersion.lower, row.k_lo), off(fit.dispersion.upper, row.k_hi)))
  }
  for (const row of table('superspreading.csv'))
    note('extinction chance', off(extinctionChance(Number(row.R), Number(row.k)), row.p_extinct_1))
  for (const row of table('proportion_ci.csv'))
    for (const [method, key] of [
      ['clopper-pearson', 'cp'],
      ['wilson', 'wilson'],
    ] as const) {
      const { lower, upper } = proportion(Number(row.x), Number(row.n), method)
      note(
        'Clopper–Pearson and Wilson limits, absolute',
        Math.max(Math.abs(lower - Number(row[`${key}_lo`])), Math.abs(upper - Number(row[`${key}_hi`]))),
      )
    }
  const days: number[] = JSON.parse(readFileSync(`${folder}/si_fit_inputs.json`, 'utf8')).mers_korea_diff_onset
  for (const row of table('si_fit_mers.csv')) {
    const half = row.kind === 'exact' ? 0 : 0.5
    const family = row.dist === 'lnorm' ? 'lognormal' : row.dist === 'gamma' ? 'gamma' : 'weibull'
    const fit = fitIntervals(
      days.map((d) => ({ firstFrom: 0, firstTo: 0, secondFrom: d - half, secondTo: d + half })),
      { family, asOf },
    )
    if (!fit.ok) throw new Error(row.dist)
    const [a, b] = Object.values(fit.parameters)
    note('serial interval parameters', Math.max(off(a?.estimate, row.p1), off(b?.estimate, row.p2)))
  }
  const ebola = table('input_ebola1976.csv')
  const uk = table('input_covid_uk_2020H1.csv')
  const delays = {
    ebola: Float64Array.from({ length: 400 }, (_, d) => (d === 0 ? 0 : gammaDensity(d, 2.4, 1 / 3.33))),
    uk: Float64Array.from({ length: 400 }, (_, d) => (d === 0 ? 0 : normalDensity(Math.log(d), 2.577, 0.44) / d)),
  }
  for (const row of table('cfr_exact_binomial_profile.csv')) {
    const rows = row.case === 'uk' ? uk : row.case === 'ebola_full' ? ebola : ebola.slice(0, 30)
    const fit = caseFatality(
      {
        cases: rows.map((one) => Number(one.cases)),
        deaths: rows.map((one) => Number(one.deaths)),
        delay: row.case === 'uk' ? delays.uk : delays.ebola,
      },
      { asOf },
    )
    if (!fit.ok) throw new Error(row.case)
    note(
      'fatality and its profile limits',
      Math.max(off(fit.fatality.estimate, row.cfr), off(fit.fatality.lower, row.lo), off(fit.fatality.upper, row.hi)),
    )
  }
  const hus = table('backprojNP_hus.csv')
  const back = backproject(
    hus.map((row) => Number(row.observed)),
    table('backprojNP_pmf.csv').map((row) => Number(row.pmf)),
    { asOf, samples: 0 },
  )
  if (!back.ok) throw new Error(back.refusal.en)
  for (const [day, row] of hus.entries())
    note('back-projection, absolute', Math.abs((back.infections[day] ?? Number.NaN) - Number(row.backproj)))
  const targets: Record<string, string> = {
    'offspring R and k': '1e-6',
    'offspring k interval': '1e-5',
    'extinction chance': '1e-9',
    'Clopper–Pearson and Wilson limits, absolute': '1e-12',
    'serial interval parameters': '1e-4',
    'fatality and its profile limits': '1e-9',
    'back-projection, absolute': '1e-6',
  }
  return [...worst].map(([what, value]) => ({ what: `${what}: worst error`, value, unit: '', target: `< ${targets[what] ?? ''}` }))
}

function times(): Row[] {
  const random = new RandomStream(1)
  const offspring = Array.from({ length: 500 }, () => random.negativeBinomial(1.1, 0.3))
  const pairs = Array.from({ length: 200 }, (): CensoredPair => {
    const first = Math.floor(random.uniform() * 30)
    const second = first + Math.floor(random.gamma(4, 0.8))
    return { firstFrom: first, firstTo: first + 1, secondFrom: second, secondTo: second + 1 }
  })
  const truncated = pairs.map((pair) => ({ ...pair, seenUntil: 60 }))
  const curve = Array.from({ length: 80 }, (_, day) => Math.round(40 * Math.exp(-(((day - 40) / 12) ** 2))))
  const incubation = Array.from({ length: 20 }, (_, d) => gammaDensity(d + 0.5, 4, 0.8))
  const mass = incubation.reduce((sum, chance) => sum + chance, 0)
  return [
    {
      what: 'offspring fit with profile intervals, 500 cases',
      value: milliseconds(() => fitOffspring(offspring, { asOf }), 10),
      unit: 'ms CPU',
    },
    {
      what: 'interval fit, 200 doubly censored pairs',
      value: milliseconds(() => fitIntervals(pairs, { family: 'gamma', asOf }), 5),
      unit: 'ms CPU',
    },
    {
      what: 'the same with right truncation',
      value: milliseconds(() => fitIntervals(truncated, { family: 'gamma', asOf }), 2),
      unit: 'ms CPU',
    },
    {
      what: 'back-projection of 80 days with 200 bootstrap samples',
      value: milliseconds(
        () =>
          backproject(
            curve,
            incubation.map((chance) => chance / mass),
            { asOf },
          ),
        2,
      ),
      unit: 'ms CPU',
    },
  ]
}

export function run(): Row[] {
  return [...(existsSync(folder) ? errors() : []), ...times()]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(run())
