/** A table of places: their coordinates, and what cases may be expected by. */
import { cellProblem, numberAt } from './cells.ts'
import { findColumn, needColumn } from './columns.ts'
import type { FileProblem } from './file-problem.ts'
import { nameAt, onlyOnce } from './names.ts'
import type { Table, TableRow } from './table-file.ts'

export interface Places {
  /** Whether x and y are degrees of longitude and latitude. */
  readonly globe: boolean
  readonly names: string[]
  readonly x: number[]
  readonly y: number[]
  readonly population: number[] | null
  readonly expected: number[] | null
  /** What is wrong with a place that has cases where its population, or its expected cases, say that there can be none. */
  nobodyThere(place: number): FileProblem
}

/** Degrees where the columns say so by their names; `x` and `y` lie in a plane. */
const isDegrees = (name: string | undefined): boolean => !['x', 'y'].includes((name ?? '').trim().toLowerCase())

/**
 * The places, each once in a table of their own; in the table of cases they may come again and must be the same each time.
 */
export function readPlaces(table: Table, once: boolean): Places {
  const [name, x, y] = [needColumn(table, 'place'), needColumn(table, 'x'), needColumn(table, 'y')]
  const population = findColumn(table, 'population')
  const expected = findColumn(table, 'expected')
  const globe = isDegrees(table.header[x]) || isDegrees(table.header[y])
  const firstRows: TableRow[] = []
  const places: Places = {
    globe,
    names: [],
    x: [],
    y: [],
    population: population < 0 ? null : [],
    expected: expected < 0 ? null : [],
    nobodyThere: (place) =>
      cellProblem(
        table,
        firstRows[place] ?? { row: table.headerRow, cells: [] },
        expected < 0 ? population : expected,
        'place-without-population',
        '此地有病例而该数为 0，请填实际数，或把病例并入相邻地区',
        'the place has cases and 0 stands here: write the true figure, or put its cases with a neighbour',
      ),
  }
  const refuseAgain = onlyOnce(table, name, 'place-twice', '每个地点请只留一行', 'keep one row of a place')
  const seen = new Map<string, { readonly row: number; readonly figures: readonly (number | null)[] }>()
  for (const row of table.rows) {
    const text = nameAt(table, row, name)
    if (once) refuseAgain(row, text)
    const columns = [x, y, population, expected]
    const figures = [
      numberAt(table, row, x, globe ? { least: -180, most: 180 } : {}),
      numberAt(table, row, y, globe ? { least: -90, most: 90 } : {}),
      population < 0 ? null : numberAt(table, row, population, { least: 0 }),
      expected < 0 ? null : numberAt(table, row, expected, { least: 0 }),
    ]
    const before = seen.get(text)
    const other = before === undefined ? -1 : figures.findIndex((value, k) => value !== before.figures[k])
    if (before !== undefined && other >= 0)
      throw cellProblem(
        table,
        row,
        columns[other] ?? name,
        'place-differs',
        `“${text}”此处与第 ${before.row} 行不同，请改为一致`,
        `"${text}" has another value in row ${before.row}: make them the same`,
      )
    if (before !== undefined) continue
    seen.set(text, { row: row.row, figures })
    firstRows.push(row)
    places.names.push(text)
    places.x.push(figures[0] ?? 0)
    places.y.push(figures[1] ?? 0)
    places.population?.push(figures[2] ?? 0)
    places.expected?.push(figures[3] ?? 0)
  }
  return places
}
