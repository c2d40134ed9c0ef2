import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Where reference outputs of the R packages lie beside the repository, on machines that have them. */
export const REFERENCE_FOLDER = resolve('..', 'shared', 'data', 'epi')

/** Why reference tests are skipped; empty where the data are present. */
export const SKIP_REASON = existsSync(REFERENCE_FOLDER) ? '' : 'skipped: ../shared/data/epi is not beside the repository'

export type Table = readonly Readonly<Record<string, string>>[]

/** Reads a small comma-separated table without quoted commas. */
export function readTable(path: string): Table {
  const file = resolve(REFERENCE_FOLDER, path)
  const raw = readFileSync(file)
  const text = file.endsWith('.gz') ? gunzipSync(raw).toString('utf8') : raw.toString('utf8')
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const cells = (line: string) => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''))
  const names = cells(head)
  return lines.map((line) => {
    const values = cells(line)
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
  })
}

/** A column as numbers; NA and empty cells are NaN. */
export function numbers(table: Table, name: string): number[] {
  return table.map((row) => (row[name] === 'NA' || row[name] === '' || row[name] === undefined ? Number.NaN : Number(row[name])))
}

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(REFERENCE_FOLDER, path), 'utf8')) as T
}

/** True where a file of that name is there. */
export function present(path: string): boolean {
  return existsSync(resolve(REFERENCE_FOLDER, path))
}
