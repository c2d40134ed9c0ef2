// Draws every picture of docs/how-to/analyse.md and its pages anew: `node scripts/draw-analytics-pictures.ts`. Bazhong's own series wherever the
// method can read one; a simulated outbreak with seed 1 where it needs line lists, places or contacts that no city publishes.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyse } from '../packages/analytics/bin/analyse.ts'
import { simulate } from '../packages/analytics/bin/simulate.ts'

const pictures = 'docs/how-to/pictures'
const bazhong = 'docs/how-to/bazhong-2020.csv'
const folder = mkdtempSync(join(tmpdir(), 'guatu-pictures-'))

async function draw(picture: string, ...words: string[]): Promise<void> {
  let error = ''
  const code = await analyse([...words, '--svg', '--out', join(pictures, `${picture}.svg`)], {
    out: () => undefined,
    error: (text) => {
      error += text
    },
  })
  if (code !== 0) throw new Error(`${picture}: ${error}`)
  console.log(`${picture}.svg`)
}

function rows(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] ?? '', cell])))
}

function written(name: string, lines: readonly string[]): string {
  const file = join(folder, name)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** One line a case, the day of report in the place of the day of onset, which was not published. */
function bazhongLines(): string {
  const days = rows(bazhong).flatMap((row) => new Array<string>(Math.max(0, Number(row.cases))).fill(row.date ?? ''))
  return written('bazhong-lines.csv', ['id,onset', ...days.map((day, k) => `B${k + 1},${day}`)])
}

/** Patients in hospital as a register of stock, entries and exits. */
function bazhongRegister(): string {
  let stock = 0
  const lines = rows(bazhong).map((row) => {
    const exits = Number(row.cured) + Number(row.deaths)
    stock += Number(row.cases) - exits
    return `${row.date},巴中市,住院,${stock},${row.cases},${exits}`
  })
  return written('bazhong-register.csv', ['日期,地区,类别,存量,新增,解除', ...lines])
}

/** Files of the simulated outbreak: cases, contacts, pairs of infector and infectee, households and stays at home. */
async function simulated() {
  await simulate([folder, '--seed', '1'])
  const cases = rows(join(folder, 'cases.csv'))
  const byId = new Map(cases.map((row) => [row.id, row]))
  const pairs = cases.flatMap((row) => {
    const infector = byId.get(row.infector ?? '')
    return infector === undefined ? [] : [`${infector.onset},${row.onset}`]
  })
  const infected = cases.map((row) => cases.filter((other) => other.infector === row.id).length)
  const homes = new Map<string, number>()
  for (const row of cases) homes.set(row.household ?? '', (homes.get(row.household ?? '') ?? 0) + 1)
  // Three people a home on average; a home of more cases is as large as its cases.
  const households = [...homes.values()].map((count, k) => `${Math.max(count, 2 + (k % 3))},${count - 1}`)
  return {
    cases: join(folder, 'cases.csv'),
    contacts: join(folder, 'contacts.csv'),
    pairs: written('pairs.csv', ['infector_onset,infectee_onset', ...pairs]),
    offspring: written('offspring.csv', ['offspring', ...infected.map(String)]),
    households: written('households.csv', ['size,infected', ...households]),
  }
}

/** Two days of a few invented people who plainly do not exist, at home, at work, on a coach and in a shop. */
function stays(): string {
  const lines: string[] = []
  const stay = (person: string, place: string, kind: string, from: string, to: string, row = '') =>
    lines.push([person, place, kind, `2020-02-${from}`, `2020-02-${to}`, row].join(','))
  const name = (k: number) => `测试${'甲乙丙丁戊己庚辛壬癸'[k % 10] ?? ''}${k >= 10 ? Math.floor(k / 10) + 1 : ''}`
  for (let k = 0; k < 30; k += 1) {
    stay(name(k), `住户${Math.floor(k / 3) + 1}`, 'household', '10 20:00', '11 07:00')
    if (k % 4 === 0) stay(name(k), '车间1', 'workplace', '11 08:00', '11 17:00')
    if (k % 5 === 0) stay(name(k), '测试客车', 'vehicle', '11 17:20', '11 18:10', String(1 + k / 5))
    if (k % 7 === 0) stay(name(k), '测试超市', 'venue', `11 18:${20 + k}`, '11 19:00')
  }
  return written('stays.csv', ['姓名,地点,类别,到达,离开,排', ...lines])
}

try {
  await draw('analytics-rt', 'rt', bazhong, '--to', '2020-02-10')
  await draw('analyse-cohort', 'cohort', bazhong, '--to', '2020-02-25')
  await draw('analytics-growth', 'growth', bazhong, '--to', '2020-02-05')
  await draw('analytics-forecast', 'forecast', bazhong, '--to', '2020-02-10')
  await draw('analytics-alerts', 'alerts', bazhong, '--to', '2020-02-10')
  await draw('analyse-indicators', 'indicators', bazhong, '--population', '2712900')
  await draw('analyse-beds', 'beds', bazhong, '--to', '2020-02-14', '--admitted', '0.3', '--capacity', '20')
  await draw('analyse-backproject', 'backproject', bazhong, '--to', '2020-02-25', '--incubation-mean', '10', '--incubation-sd', '4')
  await draw('analyse-cfr', 'cfr', bazhong)
  await draw('analyse-zoning', 'zoning', bazhong, '--table', 'national-2020', '--from', '2020-01-20')
  await draw('analyse-balance', 'balance', bazhongRegister())
  await draw('analyse-chains-bazhong', 'chains', bazhongLines(), '--si-mean', '5.2', '--si-sd', '4.1')
  await draw('analyse-clusters', 'clusters', 'docs/how-to/sichuan-2020.csv', '--model', 'permutation', '--to', '2020-02-05')
  const line = await simulated()
  await draw('analyse-chains', 'chains', line.cases, '--links', line.contacts)
  await draw('analyse-intervals', 'intervals', line.pairs, '--family', 'best')
  await draw('analyse-offspring', 'offspring', line.offspring)
  await draw('analyse-household', 'household', line.households)
  await draw('analyse-contacts', 'contacts', stays(), '--case', '测试甲', '--from', '2020-02-10', '--to', '2020-02-12')
  const hus = '../shared/data/epi/surveillance/input_husO104Hosp.csv'
  if (existsSync(hus)) await draw('analytics-nowcast', 'nowcast', hus, '--onset', 'dHosp', '--report', 'dReport', '--as-of', '2011-06-02')
  else console.log('analytics-nowcast.svg stays as it is: the series of the HUS outbreak is not here')
} finally {
  rmSync(folder, { recursive: true })
}
