import { addDays } from '@guatu/kernel'
import type { PublicFigures } from './published.ts'

/** What a count may be, for all that everybody knows. */
export interface Range {
  low: number
  high: number
}

const LINES = ['cumulative', 'released', 'observed', 'central', 'entered'] as const
const FLOW = LINES.indexOf('entered')
/** Rounds in which ranges still become narrower; contradictory figures would narrow them for ever. */
const ROUNDS = 100

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** Makes a range no wider than this. @returns whether it became narrower */
function cut(range: Range, low: number, high: number): boolean {
  const narrower = low > range.low || high < range.high
  range.low = Math.max(range.low, low)
  range.high = Math.min(range.high, high)
  return narrower
}

/** Narrows ranges of which the first is the sum of the others. @returns whether any became narrower */
function add(whole: Range, of: readonly Range[]): boolean {
  const least = (but?: Range) => sum(of.flatMap((one) => (one === but ? [] : [one.low])))
  const most = (but?: Range) => sum(of.flatMap((one) => (one === but ? [] : [one.high])))
  const narrower = of.map((one) => cut(one, whole.low - most(one), whole.high - least(one)))
  return cut(whole, least(), most()) || narrower.includes(true)
}

/**
 * Everything that can be bounded from bulletins that followed one another, by bulletin, line and column, the whole in front: counts are not
 * below 0, totals and sums hold, what is counted so far only grows, and grows in a day by what entered.
 */
export function bounded(bulletins: readonly PublicFigures[]): readonly (readonly (readonly Range[])[])[] {
  const tables = bulletins.map(({ day, lines, areas }) =>
    LINES.map((key) => {
      const line = lines.find((one) => one.key === key)
      return [line?.total, ...areas.map((_, i) => line?.parts[i])].map((count, i): Range => {
        const of = (i === 0 ? line?.totalDay : line?.partDays?.[i - 1]) ?? day
        return count !== null && count !== undefined && of === day
          ? { low: count, high: count }
          : { low: 0, high: Number.POSITIVE_INFINITY }
      })
    }),
  )
  const round = () =>
    tables.map((table, d) => {
      const [cumulative = [], released = [], observed = [], , entered = []] = table
      const before = tables[d - 1]
      const follows = before !== undefined && addDays(bulletins[d - 1]?.day ?? '', 1) === bulletins[d]?.day
      const narrower = table.map(([whole, ...parts]) => whole !== undefined && parts.length > 0 && add(whole, parts))
      cumulative.forEach((cell, i) => {
        const [gone, still, came, then] = [released[i], observed[i], entered[i], before?.[0]?.[i]]
        if (gone && still) narrower.push(add(cell, [gone, still]))
        if (then && came && follows) narrower.push(add(cell, [then, came]))
      })
      for (const [now, then] of [0, 1].flatMap((l) => (table[l] ?? []).map((cell, i) => [cell, before?.[l]?.[i]] as const)))
        if (then) narrower.push(cut(now, then.low, now.high), cut(then, then.low, now.high))
      return narrower.includes(true)
    })
  for (let i = 0; i < ROUNDS && round().includes(true); i += 1);
  return tables
}

/** Is it known to be exactly so few? */
const isFew = ({ low, high }: Range, smallest: number): boolean => low === high && low !== 0 && Math.abs(low) < smallest

/** Counts of areas, and their changes from one bulletin to the next, that are known to be so few, by name. */
function fewIn(bulletins: readonly PublicFigures[], smallest: number): ReadonlySet<string> {
  const tables = bounded(bulletins)
  return new Set(
    tables.flatMap((table, d) =>
      table.flatMap((cells, l) =>
        cells.slice(1).flatMap((cell, i) => {
          const then = l === FLOW ? undefined : tables[d - 1]?.[l]?.[i + 1]
          const step = then && { low: cell.low - then.high, high: cell.high - then.low }
          return [...(isFew(cell, smallest) ? [`${d} ${l} ${i}`] : []), ...(step && isFew(step, smallest) ? [`${d} ${l} ${i} step`] : [])]
        }),
      ),
    ),
  )
}

/** Would this bulletin let a count or change of so few people be known, which those before it do not? */
export function letsKnow(next: PublicFigures, before: readonly PublicFigures[], smallest: number): boolean {
  const alike = before.filter(({ areas }) => areas.join('\n') === next.areas.join('\n'))
  const already = fewIn(alike, smallest)
  return [...fewIn([...alike, next], smallest)].some((one) => !already.has(one))
}
