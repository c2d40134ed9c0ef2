/** A count of a table that everybody will read; `undefined` stands for "not shown". */
export type Shown = number | undefined

/**
 * Hides counts by which a person could be known: every count from 1 to below `smallest`, those of `also`, and so many of the next
 * smallest that what is hidden cannot be worked out from the total. Hidden cells are at least two and together at least `smallest`;
 * zeros may be shown, as they are nobody. When that cannot be had, everything that is not zero is hidden.
 * Complementary cell suppression in one dimension (Hundepool et al. 2012, doi:10.1002/9781118348239, chapter 4).
 */
export function suppress(counts: readonly number[], smallest: number, also: ReadonlySet<number> = new Set()): readonly Shown[] {
  const hidden = new Set(counts.flatMap((count, i) => ((count > 0 && count < smallest) || also.has(i) ? [i] : [])))
  if (hidden.size === 0) return [...counts]
  const others = counts
    .flatMap((count, i) => (count >= smallest && !hidden.has(i) ? [i] : []))
    .sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
  const sum = () => [...hidden].reduce((total, i) => total + (counts[i] ?? 0), 0)
  while ((hidden.size < 2 || sum() < smallest) && others.length > 0) hidden.add(others.shift() ?? 0)
  return counts.map((count, i) => (hidden.has(i) ? undefined : count))
}

/**
 * The total of such a table may stand beside it unless it is small itself, or all that is hidden is one cell or a sum so small that
 * it tells the cells.
 */
export function totalMayStand(counts: readonly number[], shown: readonly Shown[], smallest: number): boolean {
  const hidden = counts.filter((_, i) => shown[i] === undefined)
  const sum = hidden.reduce((total, count) => total + count, 0)
  const total = counts.reduce((all, count) => all + count, 0)
  if (total > 0 && total < smallest) return false
  return hidden.length === 0 || (hidden.length >= 2 && sum >= smallest)
}

/** The counts of one line: its parts and its total. */
export interface CountLine<C> {
  readonly parts: readonly C[]
  readonly total: C
}

/** One line is the sum of others: observed so far = released + still observed. Numbers of lines. */
export interface LineSum {
  readonly whole: number
  readonly of: readonly number[]
}

/** A cell by line and column; the total stands behind the last part. */
interface Cell {
  readonly line: number
  readonly column: number
}
type Equation = readonly (Cell & { readonly factor: 1 | -1 })[]

function equationsOf(lines: number, parts: number, sums: readonly LineSum[]): readonly Equation[] {
  const columns = Array.from({ length: parts + 1 }, (_, column) => column)
  const ofLine = (line: number): Equation =>
    columns.map((column) => ({ line, column, factor: column === parts ? (-1 as const) : (1 as const) }))
  return [
    ...(parts === 0 ? [] : Array.from({ length: lines }, (_, line) => ofLine(line))),
    ...sums.flatMap(({ whole, of }) =>
      columns.map((column): Equation => [{ line: whole, column, factor: -1 }, ...of.map((line) => ({ line, column, factor: 1 as const }))]),
    ),
  ]
}

const nameOf = ({ line, column }: Cell) => `${line} ${column}`

/**
 * Hidden cells that somebody can work out from those that are shown: with the sums that are known to hold they have one solution.
 * Gauss and Jordan over the hidden cells; a cell is known when its row has no other unknown left.
 */
export function workedOut(shown: readonly CountLine<Shown>[], sums: readonly LineSum[]): readonly Cell[] {
  const parts = shown[0]?.parts.length ?? 0
  const cells = shown.flatMap((one, line) =>
    [...one.parts, one.total].flatMap((value, column) => (value === undefined ? [{ line, column }] : [])),
  )
  const place = new Map(cells.map((cell, i) => [nameOf(cell), i]))
  const rows = equationsOf(shown.length, parts, sums).map((equation) => {
    const row = new Array<number>(cells.length).fill(0)
    for (const { factor, ...cell } of equation) {
      const i = place.get(nameOf(cell))
      if (i !== undefined) row[i] = (row[i] ?? 0) + factor
    }
    return row
  })
  const pivots = reduce(rows, cells.length)
  return pivots.flatMap(({ row, column }) => {
    const alone = (rows[row] ?? []).every((value, i) => i === column || Math.abs(value) < TINY)
    const cell = cells[column]
    return alone && cell ? [cell] : []
  })
}

const TINY = 1e-9

/** Brings rows into reduced echelon form, in place; answers the pivots. */
function reduce(rows: number[][], width: number): readonly { readonly row: number; readonly column: number }[] {
  const pivots: { row: number; column: number }[] = []
  for (let column = 0; column < width && pivots.length < rows.length; column += 1) {
    const at = pivots.length
    const found = rows.findIndex((row, i) => i >= at && Math.abs(row[column] ?? 0) > TINY)
    const pivot = rows[found]
    const other = rows[at]
    if (!pivot || !other) continue
    rows[found] = other
    const scale = pivot[column] ?? 1
    const unit = pivot.map((value) => value / scale)
    rows[at] = unit
    for (const [i, row] of rows.entries()) {
      const times = row[column] ?? 0
      if (i !== at && Math.abs(times) > TINY) rows[i] = row.map((value, k) => value - times * (unit[k] ?? 0))
    }
    pivots.push({ row: at, column })
  }
  return pivots
}

/**
 * Hides what is small in several lines of one table at once, so that nothing hidden follows from what is shown: neither along a line
 * from its total, nor across lines of which one is the sum of others.
 */
export function protect(lines: readonly CountLine<number>[], smallest: number, sums: readonly LineSum[]): readonly CountLine<Shown>[] {
  const parts = lines[0]?.parts.length ?? 0
  const also = lines.map(() => new Set<number>())
  const hide = () =>
    lines.map(({ parts: counts, total }, i): CountLine<Shown> => {
      const more = also[i] ?? new Set()
      const shown = suppress(counts, smallest, more)
      const stands = parts === 0 ? total === 0 || total >= smallest : totalMayStand(counts, shown, smallest)
      return { parts: shown, total: stands && !more.has(parts) ? total : undefined }
    })
  const all = equationsOf(lines.length, parts, sums)
  const valueAt = ({ line, column }: Cell) => (column === parts ? lines[line]?.total : lines[line]?.parts[column]) ?? 0
  for (;;) {
    const shown = hide()
    const isShown = ({ line, column }: Cell) => (column === parts ? shown[line]?.total : shown[line]?.parts[column]) !== undefined
    const known = new Set(workedOut(shown, sums).map(nameOf))
    if (known.size === 0) return shown
    const among = (equations: readonly Equation[]) => equations.flatMap((one) => one.filter((cell) => isShown(cell) && valueAt(cell) > 0))
    const near = among(all.filter((equation) => equation.some((cell) => known.has(nameOf(cell)))))
    // The smallest count that stands in one sum with such a cell goes too, a total only when nothing else is left. Once nothing but noughts is shown, nothing is known: whatever
    // is hidden might be twice as much.
    const [next] = (near.length > 0 ? near : among(all)).sort(
      (one, other) => Number(one.column === parts) - Number(other.column === parts) || valueAt(one) - valueAt(other),
    )
    if (!next) return shown
    also[next.line]?.add(next.column)
  }
}
