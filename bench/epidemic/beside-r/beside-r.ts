/**
 * The library beside R in one run, on series that no fixture holds: worst differences and how often faster. Needs Rscript with EpiEstim and
 * surveillance (Debian: r-base-core r-cran-epiestim r-cran-surveillance); without it the part says so. CPU times on both sides.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from './question.ts'
import { questionsOf } from './questions.ts'

export const name = 'beside R'

export function run(): Row[] {
  if (spawnSync('Rscript', ['--version']).error !== undefined) return [{ what: 'skipped: Rscript is not installed', value: 0, unit: '' }]
  const folder = mkdtempSync(join(tmpdir(), 'guatu-beside-r-'))
  try {
    const seeds = (process.env.BESIDE_R_SEEDS ?? '1').split(',').map(Number)
    const questions = seeds.flatMap((seed) => questionsOf(seed))
    const lines = questions.map(({ task, kind, series, mean, sd, window, option }) =>
      [task, kind, series, mean ?? 0, sd ?? 0, window ?? 0, option ?? ''].join(','),
    )
    writeFileSync(join(folder, 'tasks.csv'), `task,kind,series,mean,sd,window,option\n${lines.join('\n')}\n`)
    for (const question of questions) for (const [file, text] of Object.entries(question.files)) writeFileSync(join(folder, file), text)
    const script = join(dirname(fileURLToPath(import.meta.url)), 'reference.R')
    const answered = spawnSync('Rscript', [script, folder], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
    if (answered.status !== 0) throw new Error(answered.stderr)
    const read = (file: string) => table(readFileSync(join(folder, file), 'utf8'))
    const seconds = new Map(read('times.csv').map((row) => [row.task ?? '', Number(row.seconds)]))
    const rows = questions.flatMap((question) => question.compare(read, seconds))
    return [...gathered(rows)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function table(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((column, i) => [column.trim(), (cells[i] ?? '').trim()]))
  })
}

/** One row for each kind of figure: the worst error, the least gain. */
function gathered(rows: readonly Row[]): Row[] {
  const kinds = new Map<string, Row & { count: number }>()
  for (const row of rows) {
    const before = kinds.get(row.what)
    if (before === undefined) kinds.set(row.what, { ...row, count: 1 })
    else {
      const value = Number.isNaN(row.value)
        ? row.value
        : row.unit === '×'
          ? Math.min(before.value, row.value)
          : Math.max(before.value, row.value)
      kinds.set(row.what, { ...before, value, count: before.count + 1 })
    }
  }
  return [...kinds.values()].map(({ count, ...row }) => ({ ...row, what: count > 1 ? `${row.what} (worst of ${count})` : row.what }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
