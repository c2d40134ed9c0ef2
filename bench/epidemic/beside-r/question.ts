export interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target?: string
}

export type Cells = readonly Readonly<Record<string, string>>[]

/** One thing that R and the library are both asked. */
export interface Question {
  readonly task: string
  readonly kind: string
  readonly series: string
  readonly mean?: number
  readonly sd?: number
  readonly window?: number
  readonly option?: string
  /** Input files by name. */
  readonly files: Readonly<Record<string, string>>
  compare(read: (file: string) => Cells, seconds: ReadonlyMap<string, number>): Row[]
}

/** A cell as a number; NA is NaN. */
export const figure = (cell: string | undefined): number => (cell === undefined || cell === 'NA' || cell === '' ? Number.NaN : Number(cell))

/** The error of one figure relative to the larger of R's figure and `floor`; infinite where only one of the two is missing. */
export function difference(got: number, want: number, floor = 0): number {
  if (Number.isNaN(got) && Number.isNaN(want)) return 0
  if (got === want) return 0
  const error = Math.abs(got - want) / Math.max(floor, Math.abs(want))
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
}

/** The least CPU milliseconds of some calls, after one to warm up. */
export function milliseconds(work: () => unknown, calls = 5): number {
  work()
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k < calls; k += 1) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}
