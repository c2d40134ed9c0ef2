import { describe, expect, test } from 'vitest'
import { readCvrplib, readSolutionCost } from './cvrplib.ts'
import { readSolomon } from './solomon.ts'

/** Distances between four places, 0 the depot. */
const apart = [
  [0, 3, 5, 9],
  [3, 0, 4, 8],
  [5, 4, 0, 6],
  [9, 8, 6, 0],
]
const cell = (row: number, column: number) => (apart[row] as number[])[column] as number
const triangle = (keep: (row: number, column: number) => boolean) =>
  apart.map((row, r) => row.filter((_, c) => keep(r, c)).join(' ')).filter((line) => line !== '')
const columns = (keep: (row: number, column: number) => boolean) =>
  apart.map((_, c) => apart.flatMap((row, r) => (keep(r, c) ? [row[c] as number] : [])).join(' ')).filter((line) => line !== '')

const explicit = (format: string, rows: readonly string[]) => `NAME : four
COMMENT : (Optimal value: 21)
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : ${format}
CAPACITY : 10
EDGE_WEIGHT_SECTION
${rows.join('\n')}
DEMAND_SECTION
1 0
2 4
3 4
4 4
DEPOT_SECTION
 1
 -1
EOF
`

describe('CVRPLIB', () => {
  test.each([
    ['FULL_MATRIX', apart.map((row) => row.join(' '))],
    ['LOWER_ROW', triangle((r, c) => c < r)],
    ['LOWER_DIAG_ROW', triangle((r, c) => c <= r)],
    ['UPPER_ROW', triangle((r, c) => c > r)],
    ['UPPER_DIAG_ROW', triangle((r, c) => c >= r)],
    ['LOWER_COL', columns((r, c) => r > c)],
    ['UPPER_COL', columns((r, c) => r < c)],
    ['LOWER_DIAG_COL', columns((r, c) => r >= c)],
    ['UPPER_DIAG_COL', columns((r, c) => r <= c)],
  ])('reads explicit distances as %s, however the lines are broken', (format, rows) => {
    for (const broken of [rows, rows.join(' ').split(' ')]) {
      const { leg, demand, capacity } = readCvrplib(explicit(format, broken))
      for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) if (a !== b) expect(leg(a, b)).toBe(cell(a, b))
      expect([...demand]).toEqual([0, 4, 4, 4])
      expect(capacity).toBe(10)
    }
  })
  test('puts the depot first, wherever the file has it, in coordinates and in distances', () => {
    const plane = readCvrplib(`NAME: turned
DIMENSION: 3
CAPACITY: 5
EDGE_WEIGHT_TYPE: CEIL_2D
DISTANCE: 40
SERVICE_TIME: 2
DEMAND_SECTION
1 2
2 0
3 3
NODE_COORD_SECTION
1 0.0 1.5
2 10 10
3 1e1 4
DEPOT_SECTION
2
-1
EOF`)
    expect([...plane.x]).toEqual([10, 0, 10])
    expect([...plane.demand]).toEqual([0, 2, 3])
    expect(plane.leg(0, 2)).toBe(6)
    expect(plane.round(plane.leg(0, 1))).toBe(14)
    expect(plane.longestRoute).toBe(40)
    expect([...plane.service]).toEqual([0, 2, 2])
    const turned = explicit(
      'LOWER_ROW',
      triangle((r, c) => c < r),
    )
      .replace('1 0\n2 4', '1 4\n2 0')
      .replace('\n 1\n -1', '\n 2\n -1')
    const { leg } = readCvrplib(turned)
    expect([leg(0, 1), leg(0, 2), leg(0, 3), leg(1, 3)]).toEqual([cell(1, 0), cell(1, 2), cell(1, 3), cell(0, 3)])
  })
  test('says what is wrong', () => {
    const rows = triangle((r, c) => c < r)
    const refused = (text: string, code: string) => {
      expect(() => readCvrplib(text)).toThrow(expect.objectContaining({ code }))
    }
    refused(explicit('LOWER_ROW', rows.slice(1)), 'tsplib-weights')
    refused(explicit('FUNCTION', rows), 'tsplib-weight-format')
    refused(explicit('LOWER_ROW', ['3', '5 x', '9 8 6']), 'tsplib-line')
    refused(
      explicit(
        'FULL_MATRIX',
        apart.map((row, r) => (r === 0 ? '0 4 5 9' : row.join(' '))),
      ),
      'tsplib-one-way',
    )
    refused(explicit('LOWER_ROW', rows).replace('4 4\nDEPOT', 'DEPOT'), 'cvrplib-sections')
    refused(explicit('LOWER_ROW', rows).replace('EXPLICIT', 'GEO'), 'cvrplib-distances')
    refused(explicit('LOWER_ROW', rows).replace('1 0\n', '1 7\n'), 'cvrplib-demand')
  })
  test('reads the cost of a solution as it is printed', () => {
    expect(readSolutionCost('Route #1: 1 2\nCost 784\n')).toBe(784)
    expect(readSolutionCost('Route #1: 1 2\ncost: 524.61\n')).toBe(524.61)
  })
})

describe('Solomon', () => {
  test('keeps fractions of times', () => {
    const text = `R1

VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.  XCOORD.    YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      35         35          0          0       230.5          0
    1      41         49         10        161.25    171.75        10.5
`
    const { due, ready, service, vehicles } = readSolomon(text)
    expect([due[0], ready[1], due[1], service[1], vehicles]).toEqual([230.5, 161.25, 171.75, 10.5, 25])
  })
})
