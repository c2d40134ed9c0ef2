import { addDays } from '@guatu/kernel'
import { kinOf } from './lineage.ts'
import type { PublicFigures } from './published.ts'

/** What a count may be, for all that everybody knows. */
export interface Range {
  low: number
  high: number
}

const LINES = ['cumulative', 'ended', 'observed', 'central', 'entered'] as const
const FLOW = LINES.indexOf('entered')
/** Rounds in which ranges still become narrower; contradictory figures would narrow them for ever. */
const ROUNDS = 100

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const anything = (): Range => ({ low: 0, high: Number.POSITIVE_INFINITY })

/** Makes a range no wider than this. @returns whether it became narrower */
function cut(range: Range, low: number, high: number): boolean {
  const narrower = low > range.low || high < range.high
  range.low = Math.max(range.low, low)
  range.high = Math.min(range.high, high)
  return narrower
}

/** A count that is the sum of others. */
type Sum = readonly [whole: Range, of: readonly Range[]]

/** Narrows the ranges of a sum. @returns whether any became narrower */
function add([whole, of]: Sum): boolean {
  const least = (but?: Range) => sum(of.flatMap((one) => (one === but ? [] : [one.low])))
  const most = (but?: Range) => sum(of.flatMap((one) => (one === but ? [] : [one.high])))
  const narrower = of.map((one) => cut(one, whole.low - most(one), whole.high - least(one)))
  return cut(whole, least(), most()) || narrower.includes(true)
}

/** Ranges by line and column, the whole in front. */
type Table = readonly (readonly Range[])[]

/** The same people in two bulletins that followed one another: areas that went on, or those that a reform divided otherwise, by line. */
interface Path {
  readonly was: readonly Range[]
  readonly now: readonly Range[]
  /** They are areas together, not one. */
  readonly joint: boolean
}

/** What was published, and everything that has to hold between these counts. */
interface Knowledge {
  readonly tables: readonly Table[]
  readonly paths: readonly (readonly Path[])[]
  readonly sums: readonly Sum[]
}

const balanceOf = ([cumulative, ended, observed]: readonly Range[]): readonly Sum[] =>
  cumulative && ended && observed ? [[cumulative, [ended, observed]]] : []

function knowledgeOf(bulletins: readonly PublicFigures[]): Knowledge {
  const tables = bulletins.map(({ day, lines, areas }) =>
    LINES.map((key) => {
      const line = lines.find((one) => one.key === key)
      return [line?.total, ...areas.map((_, i) => line?.parts[i])].map((count, i): Range => {
        const of = (i === 0 ? line?.totalDay : line?.partDays?.[i - 1]) ?? day
        return count !== null && count !== undefined && of === day ? { low: count, high: count } : anything()
      })
    }),
  )
  const sums: Sum[] = tables.flatMap((table) => [
    ...table.flatMap(([whole, ...parts]): Sum[] => (whole && parts.length > 0 ? [[whole, parts]] : [])),
    ...(table[0] ?? []).flatMap((_, i) => balanceOf(table.flatMap((cells) => cells[i] ?? []))),
  ])
  /** Areas of a table as one: their sum, which stands with the other areas in the whole. */
  const asOne = (table: Table, areas: readonly number[]): readonly Range[] => {
    if (areas.length === 1) return table.flatMap((cells) => cells[(areas[0] ?? 0) + 1] ?? [])
    const joint = table.map(([whole, ...parts]) => {
      const range = anything()
      sums.push([range, parts.filter((_, i) => areas.includes(i))])
      if (whole) sums.push([whole, [range, ...parts.filter((_, i) => !areas.includes(i))]])
      return range
    })
    sums.push(...balanceOf(joint))
    return joint
  }
  const paths = bulletins.map((one, d): readonly Path[] => {
    const [last, before, table = []] = [bulletins[d - 1], tables[d - 1], tables[d]]
    if (!last || !before) return []
    const whole = (of: Table) => of.flatMap(([total]) => total ?? [])
    return [
      { was: whole(before), now: whole(table), joint: false },
      ...kinOf(last, one).flatMap(({ was, now }): Path[] =>
        was.length === 0 || now.length === 0
          ? []
          : [{ was: asOne(before, was), now: asOne(table, now), joint: was.length > 1 || now.length > 1 }],
      ),
    ]
  })
  bulletins.forEach(({ day }, d) => {
    if (addDays(bulletins[d - 1]?.day ?? day, 1) !== day) return
    for (const { was, now } of paths[d] ?? []) if (was[0] && now[0] && now[FLOW]) sums.push([now[0], [was[0], now[FLOW]]])
  })
  return { tables, paths, sums }
}

/** Makes every range as narrow as what has to hold lets it be. */
function narrow({ paths, sums }: Knowledge): void {
  const growing = paths.flat().flatMap(({ was, now }) => [0, 1].flatMap((l) => (was[l] && now[l] ? [[was[l], now[l]] as const] : [])))
  const round = () => [...sums.map(add), ...growing.flatMap(([was, now]) => [cut(now, was.low, now.high), cut(was, was.low, now.high)])]
  for (let i = 0; i < ROUNDS && round().includes(true); i += 1);
}

/**
 * Everything that can be bounded from bulletins that followed one another, by bulletin, line and column, the whole in front: counts are not
 * below 0, totals and sums hold, what is counted so far only grows, and grows in a day by what entered. Areas are followed through
 * reforms: what some came to before, those that became of them came to after.
 */
export function bounded(bulletins: readonly PublicFigures[]): readonly Table[] {
  const knowledge = knowledgeOf(bulletins)
  narrow(knowledge)
  return knowledge.tables
}

/** Is it known to be exactly so few? */
const isFew = ({ low, high }: Range, smallest: number): boolean => low === high && low !== 0 && Math.abs(low) < smallest

/** Counts of areas, and changes from one bulletin to the next of what is the same people, that are known to be so few, by name. */
export function fewIn(bulletins: readonly PublicFigures[], smallest: number): ReadonlySet<string> {
  const knowledge = knowledgeOf(bulletins)
  narrow(knowledge)
  const few = new Set<string>()
  knowledge.tables.forEach((table, d) => {
    table.forEach((cells, l) => {
      cells.slice(1).forEach((cell, i) => {
        if (isFew(cell, smallest)) few.add(`${d} ${l} ${i}`)
      })
    })
    knowledge.paths[d]?.slice(1).forEach(({ was, now, joint }, k) => {
      now.forEach((cell, l) => {
        const before = l === FLOW ? undefined : was[l]
        if (before && isFew({ low: cell.low - before.high, high: cell.high - before.low }, smallest)) few.add(`${d} ${l} step ${k}`)
        if (joint && isFew(cell, smallest)) few.add(`${d} ${l} joint ${k}`)
      })
    })
  })
  return few
}

/** Would this bulletin let a count or change of so few people be known, which those before it do not? */
export function letsKnow(next: PublicFigures, before: readonly PublicFigures[], smallest: number): boolean {
  const already = fewIn(before, smallest)
  return [...fewIn([...before, next], smallest)].some((one) => !already.has(one))
}
