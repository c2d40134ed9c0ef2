/** The grammar of TSPLIB 95 files: `KEY : value` lines and `NAME_SECTION` blocks of numbers, in any order. */
import { demand as need } from '../../../outcome.ts'

export interface TsplibFile {
  /** Value of a header line, or undefined. */
  field(name: string): string | undefined
  /** Value of a header line that must be a positive whole number. @throws InputError */
  count(name: string): number
  /** Numbers of a section, or undefined where it is not there. */
  section(name: string): readonly number[] | undefined
}

/** Splits a text into its header and its sections. @throws InputError naming the line where a section holds something else than numbers. */
export function readTsplib(text: string): TsplibFile {
  const fields = new Map<string, string>()
  const sections = new Map<string, number[]>()
  let current: number[] | undefined
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim()
    if (line === '') return
    if (!/^[A-Za-z]/.test(line)) {
      const numbers = line.split(/[\s,]+/).map(Number)
      need(
        current !== undefined && numbers.every(Number.isFinite),
        'tsplib-line',
        `第 ${index + 1} 行读不懂：${line.slice(0, 40)}`,
        `Line ${index + 1} cannot be read: ${line.slice(0, 40)}`,
      )
      current.push(...numbers)
      return
    }
    current = undefined
    const section = /^([A-Z_0-9]+)_SECTION\b\s*:?$/i.exec(line)?.[1]
    if (section !== undefined) {
      current = []
      sections.set(section.toUpperCase(), current)
      return
    }
    const header = /^([A-Za-z_0-9]+)\s*:\s*(.*)$/.exec(line)
    if (header !== null && !fields.has((header[1] ?? '').toUpperCase()))
      fields.set((header[1] ?? '').toUpperCase(), (header[2] ?? '').trim())
  })
  const field = (name: string) => fields.get(name)
  return {
    field,
    count(name) {
      const value = Number(field(name) ?? Number.NaN)
      need(
        Number.isInteger(value) && value > 0,
        'tsplib-header',
        `文件缺少 ${name}，或不是正整数`,
        `${name} is missing or not a positive whole number`,
      )
      return value
    },
    section: (name) => sections.get(name),
  }
}

type Position = (from: number, to: number) => number

/** Where the cell of row > column stands in the list of numbers of each format of a symmetric matrix; n places. */
const layouts: Readonly<Record<string, { readonly cells: (n: number) => number; readonly at: (n: number) => Position }>> = {
  FULL_MATRIX: { cells: (n) => n * n, at: (n) => (row, column) => row * n + column },
  LOWER_ROW: { cells: (n) => (n * (n - 1)) / 2, at: () => (row, column) => (row * (row - 1)) / 2 + column },
  LOWER_DIAG_ROW: { cells: (n) => (n * (n + 1)) / 2, at: () => (row, column) => (row * (row + 1)) / 2 + column },
  UPPER_ROW: {
    cells: (n) => (n * (n - 1)) / 2,
    at: (n) => (row, column) => column * n - (column * (column + 1)) / 2 + (row - column - 1),
  },
  UPPER_DIAG_ROW: {
    cells: (n) => (n * (n + 1)) / 2,
    at: (n) => (row, column) => column * n - (column * (column - 1)) / 2 + (row - column),
  },
}
// A triangle by columns is the other triangle by rows.
const byColumns: Readonly<Record<string, string>> = {
  UPPER_COL: 'LOWER_ROW',
  LOWER_COL: 'UPPER_ROW',
  UPPER_DIAG_COL: 'LOWER_DIAG_ROW',
  LOWER_DIAG_COL: 'UPPER_DIAG_ROW',
}

/** The square matrix behind an `EDGE_WEIGHT_SECTION`. @throws InputError for unknown formats, wrong counts and one-way distances. */
export function readWeights(file: TsplibFile, n: number): Float64Array {
  const format = (file.field('EDGE_WEIGHT_FORMAT') ?? 'FULL_MATRIX').toUpperCase()
  const layout = layouts[byColumns[format] ?? format]
  const numbers = file.section('EDGE_WEIGHT') ?? []
  need(layout !== undefined, 'tsplib-weight-format', `不支持 EDGE_WEIGHT_FORMAT ${format}`, `EDGE_WEIGHT_FORMAT ${format} is not read`)
  need(
    numbers.length === layout.cells(n),
    'tsplib-weights',
    `距离应有 ${layout.cells(n)} 个数，实有 ${numbers.length} 个`,
    `${layout.cells(n)} distances are needed, ${numbers.length} are there`,
  )
  const at = layout.at(n)
  const matrix = new Float64Array(n * n)
  for (let row = 1; row < n; row++) {
    for (let column = 0; column < row; column++) {
      const weight = numbers[at(row, column)] as number
      need(
        format !== 'FULL_MATRIX' || weight === numbers[column * n + row],
        'tsplib-one-way',
        `${row + 1} 与 ${column + 1} 之间往返距离不同，不支持`,
        `The distances between ${row + 1} and ${column + 1} differ by direction: not read`,
      )
      matrix[row * n + column] = weight
      matrix[column * n + row] = weight
    }
  }
  return matrix
}
