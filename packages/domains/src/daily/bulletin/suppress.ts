/** A count of a table that everybody will read; `undefined` stands for "not shown". */
export type Shown = number | undefined

/** Counts as they were last published, by part; nothing where none ever was. A first publication is a step from nothing. */
type Last = readonly Shown[]
const stepOf = (count: number, last: Shown): number => count - (last ?? 0)

/** May this count not be published anew by itself: it, or what changed since it was last published, is from 1 to below `smallest`? */
export const isSmall = (count: number, last: Shown, smallest: number): boolean => {
  const step = stepOf(count, last)
  return step !== 0 && (Math.abs(step) < smallest || (count > 0 && count < smallest))
}

/**
 * Whoever knows the sum of these steps learns none of them: they are several, together at least `smallest`, and their sum is not at an end
 * of what small steps can come to, where all of them would be 1, or all `smallest` − 1.
 */
function tellsNothing(steps: readonly number[], smallest: number): boolean {
  const sum = Math.abs(steps.reduce((all, step) => all + step, 0))
  const size = steps.reduce((all, step) => all + Math.abs(step), 0)
  return steps.length >= 2 && size >= smallest && sum !== steps.length && sum !== steps.length * (smallest - 1)
}

/**
 * Counts that may be published anew; the others are not, as a person could be known by them: every count from 1 to below `smallest`, every
 * one that changed by so few since it was last published, those of `also`, and so many of the next smallest changes that what is held back
 * cannot be worked out from the total. What did not change may stand, as that is nobody. When that cannot be had, everything that changed is
 * held back. Primary and complementary cell suppression in one dimension (Hundepool et al. 2012, doi:10.1002/9781118348239, chapter 4), of
 * counts and, as tables follow one another, of their differences.
 */
export function suppress(
  counts: readonly number[],
  smallest: number,
  also: ReadonlySet<number> = new Set(),
  last: Last = [],
): readonly Shown[] {
  const hidden = new Set(counts.flatMap((count, i) => (isSmall(count, last[i], smallest) || also.has(i) ? [i] : [])))
  if (hidden.size === 0) return [...counts]
  const step = (i: number) => stepOf(counts[i] ?? 0, last[i])
  const others = counts
    .flatMap((_, i) => (step(i) !== 0 && !hidden.has(i) ? [i] : []))
    .sort((a, b) => Math.abs(step(a)) - Math.abs(step(b)))
  // Equal ones go together: which of them was taken would tell where the small one is.
  while (!tellsNothing([...hidden].map(step), smallest) && others.length > 0) {
    const next = Math.abs(step(others[0] ?? 0))
    while (others.length > 0 && Math.abs(step(others[0] ?? 0)) === next) hidden.add(others.shift() ?? 0)
  }
  return counts.map((count, i) => (hidden.has(i) ? undefined : count))
}

/** The total of such a table may stand beside it unless it changed by few itself, or what is held back follows from it. */
export function totalMayStand(
  counts: readonly number[],
  shown: readonly Shown[],
  smallest: number,
  last: CountLine<Shown> = { parts: [], total: undefined },
): boolean {
  const total = counts.reduce((all, count) => all + count, 0)
  if (isSmall(total, last.total, smallest)) return false
  const hidden = counts.flatMap((count, i) => (shown[i] === undefined ? [stepOf(count, last.parts[i])] : []))
  return hidden.length === 0 || tellsNothing(hidden, smallest)
}

/** The counts of one line: its parts and its total. */
export interface CountLine<C> {
  readonly parts: readonly C[]
  readonly total: C
}

/** One line is the sum of others: observed so far = no more observed + still observed. Numbers of lines. */
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
 * Holds back what is small in several lines of one table at once, so that nothing held back follows from what is shown: neither along a
 * line from its total, nor across lines of which one is the sum of others.
 * @param last what was last published of each count
 * @param given lines whose total is published elsewhere, or held back there: this table cannot decide it
 * @param held by line, parts that are held back whatever they came to; the total stands behind the last part
 */
export function protect(
  lines: readonly CountLine<number>[],
  smallest: number,
  sums: readonly LineSum[],
  last: readonly CountLine<Shown>[] = [],
  given?: readonly boolean[],
  held: readonly ReadonlySet<number>[] = [],
): readonly CountLine<Shown>[] {
  const parts = lines[0]?.parts.length ?? 0
  // What did not change is nobody, and no complement.
  const also = lines.map((line, i) => {
    const step = (part: number) =>
      part === parts ? stepOf(line.total, last[i]?.total) : stepOf(line.parts[part] ?? 0, last[i]?.parts[part])
    return new Set([...(held[i] ?? [])].filter((part) => step(part) !== 0))
  })
  const hide = () =>
    lines.map(({ parts: counts, total }, i): CountLine<Shown> => {
      const more = also[i] ?? new Set()
      const shown = suppress(counts, smallest, more, last[i]?.parts)
      const stands = parts === 0 ? !isSmall(total, last[i]?.total, smallest) : totalMayStand(counts, shown, smallest, last[i])
      const known = given === undefined ? stands && !more.has(parts) : given[i] === true
      return { parts: known && !stands ? counts.map(() => undefined) : shown, total: known ? total : undefined }
    })
  const all = equationsOf(lines.length, parts, sums)
  const at = <C>(table: readonly CountLine<C>[], { line, column }: Cell) =>
    column === parts ? table[line]?.total : table[line]?.parts[column]
  const size = (cell: Cell) => Math.abs(stepOf(at(lines, cell) ?? 0, at(last, cell)))
  for (;;) {
    const shown = hide()
    const known = new Set(workedOut(shown, sums).map(nameOf))
    if (known.size === 0) return shown
    const mayGo = (cell: Cell) =>
      at(shown, cell) !== undefined && (given === undefined || cell.column !== parts) && (size(cell) > 0 || at(last, cell) !== undefined)
    const among = (equations: readonly Equation[]) => equations.flatMap((one) => one.filter(mayGo))
    const near = among(all.filter((equation) => equation.some((cell) => known.has(nameOf(cell)))))
    // The smallest change that stands in one sum with such a cell is held back too, a total only when no other change is left; then what
    // stands unchanged. Once nothing but noughts of a first table is shown, nothing is known: whatever is hidden might be twice as much.
    const [next] = (near.length > 0 ? near : among(all)).sort(
      (one, other) =>
        Number(size(one) === 0) - Number(size(other) === 0) ||
        Number(one.column === parts) - Number(other.column === parts) ||
        size(one) - size(other),
    )
    if (!next) return shown
    also[next.line]?.add(next.column)
  }
}
