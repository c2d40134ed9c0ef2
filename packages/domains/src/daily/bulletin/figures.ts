import { addDays, no, ok, type Problem, type Result, refuse, sealOf } from '@guatu/kernel'
import { figureOf } from '../report/checks.ts'
import type { AreaBooks, DailyContent } from '../report/content.ts'
import { type Line, linesOf } from '../report/lines.ts'
import { letsKnow } from './bounded.ts'
import { columnsOf, countOf } from './columns.ts'
import type { PublicFigures, PublicLine } from './published.ts'
import { type Memory, type Remembered, remembered } from './remembered.ts'
import { type CountLine, type LineSum, protect, type Shown } from './suppress.ts'

/**
 * Whoever is observed no more, for whatever reason. Those released are not told apart from the few who left otherwise, to the clinic or by
 * death: how many these were would follow from observed so far − released − still observed.
 */
const ENDED: Line = {
  key: 'ended',
  label: { zh: '累计解除和其他退出', en: 'Released or left otherwise so far' },
  indicator: 'monitoring.released',
  also: 'monitoring.otherExits',
  part: 'stock',
}
/** Lines of the daily report that the public may read, as they stand there. */
const PUBLIC: readonly string[] = ['cumulative', 'entered', 'observed', 'central']
/** What entered on a day is how much `cumulative` grew: it is shown where that shows it, and decides nothing. */
const FLOW = 'entered'

/** Of one or two people, each knows the other: no parameter lets them be published. */
const LEAST = 3

/** Observed so far = released or left otherwise + still observed: whoever reads two of them knows the third. */
const SUMS = [{ whole: 'cumulative', of: ['ended', 'observed'] }] as const

/** A line that is part of another: what is left of that is as small as it is, and would follow. */
const PART = { part: 'central', of: 'observed' } as const

const sumsOf = (keys: readonly string[]): readonly LineSum[] =>
  SUMS.map(({ whole, of }) => ({ whole: keys.indexOf(whole), of: of.map((key) => keys.indexOf(key)) })).filter(
    ({ whole, of }) => whole >= 0 && !of.includes(-1),
  )

/** What everybody has read already. */
export interface Known {
  /** Bulletins of this area, the one published last at the end. */
  readonly all?: readonly PublicFigures[]
  /** The bulletin of this area that was published last; that it was withdrawn makes nobody forget it. */
  readonly last?: PublicFigures
  /** For a county: the bulletin of the city of the same day, which says how the county stands. */
  readonly city?: PublicFigures
}

/** A count with the day of which it is; nothing where none was published. */
interface Dated {
  readonly count: number
  readonly day: string
}
type Column = 'total' | string

/** What a bulletin says of the whole or of an area. */
function saidOf(figures: PublicFigures | undefined, key: string, column: Column, name = ''): Dated | undefined {
  const line = figures?.lines.find((one) => one.key === key)
  if (!figures || !line) return undefined
  if (column === 'total') return dated(line.total, line.totalDay ?? figures.day)
  const byId = figures.ids?.indexOf(column)
  const i = byId === undefined ? figures.areas.indexOf(name) : byId
  return dated(line.parts[i], line.partDays?.[i] ?? figures.day)
}
const dated = (count: number | null | undefined, day: string): Dated | undefined =>
  count === null || count === undefined ? undefined : { count, day }

/**
 * What of a frozen daily report may be published beside all that was published before: a figure is renewed only when it changed by 0 or by
 * at least `smallest` since it was last published, and never so that another follows from it; until then the last one stands with its day.
 * An area that did not change looks as if it were held back: else it would be known that something is in all others.
 * @param asked `smallest` by the parameter of the day; below 3 nothing can be hidden, whatever it says
 */
export function publicFigures(content: DailyContent, asked: number, known: Known = {}): PublicFigures {
  const smallest = Math.max(LEAST, asked)
  const { all = known.last ? [known.last] : [] } = known
  const memory = remembered(all, areasOf(content), stocksOf(content))
  // Where people could still be bounded by all bulletins together, no area is renewed, and then nothing.
  for (const held of ['none', 'areas'] as const) {
    const figures = figuresOf(content, smallest, known, memory, held)
    if (!letsKnow(figures, all, smallest)) return figures
  }
  return figuresOf(content, smallest, known, memory, 'all')
}

const areasOf = ({ day, parts, ways, reforms }: DailyContent) => ({
  day,
  areas: parts.map(({ name }) => name),
  ids: parts.map(({ area }) => area),
  ...(ways ? { ways } : {}),
  ...(reforms ? { reforms } : {}),
})

/** The lines of a bulletin, in the order of the report. */
export const publicLines = (content: DailyContent): readonly Line[] =>
  linesOf(content).flatMap((line) => (line.key === 'released' ? [ENDED] : PUBLIC.includes(line.key) ? [line] : []))
const stocksOf = (content: DailyContent) => publicLines(content).flatMap(({ key }) => (key === FLOW ? [] : [key]))

function figuresOf(content: DailyContent, smallest: number, known: Known, memory: Memory, keep: 'none' | 'areas' | 'all'): PublicFigures {
  const { day, parts, total } = content
  const value = (one: AreaBooks, key: string) => {
    const line = publicLines(content).find((candidate) => candidate.key === key)
    return line ? figureOf(one, line) : 0
  }
  const columns = [total, ...parts].map((one, i) => ({ one, column: i === 0 ? 'total' : one.area }))
  const before = (key: string) => ({
    whole: known.city ? saidOf(known.city, key, total.area, total.name) : saidOf(known.last, key, 'total'),
    rest: memory.own.map((said) => said.get(key)),
  })
  const stocks = stocksOf(content)
  const counts = new Map(stocks.map((key) => [key, parts.map((one) => value(one, key))]))
  const judged = columnsOf(memory, counts, smallest)
  const held = judged.flatMap((one, i) => (one.held ? [i] : []))
  const rests = (key: string) => {
    if (key !== PART.part) return []
    const rest = (count: (line: string) => number) => count(PART.of) - count(PART.part)
    const all = [...judged.map(({ areas }) => rest((line) => countOf(areas, counts.get(line)))), rest((line) => value(total, line))]
    return all.flatMap((count, i) => (count > 0 && count < smallest ? [i] : []))
  }
  const fresh = protect(
    stocks.map((key) => ({ parts: judged.map(({ areas }) => countOf(areas, counts.get(key))), total: value(total, key) })),
    smallest,
    sumsOf(stocks),
    stocks.map((key): CountLine<Shown> => ({ total: before(key).whole?.count, parts: judged.map(({ last }) => last.get(key)) })),
    known.city ? stocks.map((key) => ofDay(before(key).whole, day)?.count === value(total, key)) : undefined,
    stocks.map((key) => new Set([...held, ...rests(key)])),
  )
  const renewed = (key: string): readonly (Dated | undefined)[] => {
    const line = fresh[stocks.indexOf(key)]
    const alone = parts.map((_, i) => line?.parts[judged.findIndex((one) => !one.held && one.areas.includes(i))])
    return [line?.total, ...alone].map((count, i) => (keep === 'all' || (keep === 'areas' && i > 0) ? undefined : dated(count, day)))
  }
  const entered = columns.map(({ one, column }, i): Dated | undefined => {
    const count = value(one, FLOW)
    if (column === 'total' && known.city) return saidOf(known.city, FLOW, total.area, total.name)
    const now = renewed('cumulative')[i]
    const { whole, rest } = before('cumulative')
    const then = i === 0 ? whole : rest[i - 1]
    const shown = now && mayEnter({ count, now, then, day, smallest, whole: i === 0, last: known.last?.day })
    const again = known.last?.day === day && saidOf(known.last, FLOW, column, one.name)?.count === count
    return shown || again ? { count, day } : undefined
  })
  return {
    cutOff: content.cutOff,
    ...untilOf(content),
    name: content.name,
    ...areasOf(content),
    smallest,
    lines: publicLines(content).map(({ key, label }): PublicLine => {
      const { whole, rest } = before(key)
      const said = [whole, ...rest].map(printed)
      const [first, ...others] =
        key === FLOW ? entered : renewed(key).map((one, i) => (one && (i === 0 || one.count !== said[i]?.count) ? one : said[i]))
      return {
        key,
        label,
        total: first?.count ?? null,
        parts: others.map((one) => one?.count ?? null),
        totalDay: first?.day ?? null,
        partDays: others.map((one) => one?.day ?? null),
      }
    }),
  }
}

/** A day that is cut off before it ends says when. */
function untilOf({ cutOff, zone, day }: DailyContent): Pick<PublicFigures, 'until'> {
  const at = Temporal.Instant.from(cutOff).toZonedDateTimeISO(zone)
  return at.toPlainDate().toString() === day ? { until: at.toPlainTime().toString().slice(0, 'HH:MM'.length) } : {}
}

/** A figure that is remembered of several days has none that could stand beside it. */
const printed = (one: Remembered | undefined): Dated | undefined => dated(one?.day === undefined ? undefined : one.count, one?.day ?? '')

const ofDay = (one: Dated | undefined, day: string) => (one?.day === day ? one : undefined)

/**
 * May it be said how many entered on the day? In an area only where it is the difference of two figures that everybody reads; of the whole
 * also where it tells of the day before what is small nowhere, and no bulletin of that day left that out.
 */
function mayEnter(at: {
  readonly count: number
  readonly now: Dated
  readonly then: Remembered | undefined
  readonly day: string
  readonly smallest: number
  readonly whole: boolean
  readonly last: string | undefined
}): boolean {
  const yesterday = addDays(at.day, -1)
  const implied = at.now.count - at.count
  const apart = Math.abs(implied - (at.then?.count ?? 0))
  if (!at.whole) return at.then?.day === yesterday && apart === 0 && at.count !== 0
  if (!(at.then?.day === yesterday || at.last === undefined || at.last < yesterday)) return false
  const few = (count: number) => count > 0 && count < at.smallest
  return !few(at.count) && !few(apart) && !few(implied)
}

const UNREADABLE = refuse(
  'bulletin-unreadable',
  { zh: '通报数据无法读取，请重新起草。', en: 'The figures of the bulletin cannot be read; draft it again.' },
  { path: 'input.figures' },
)

export const FIGURES_CHANGED = refuse(
  'bulletin-figures-changed',
  {
    zh: '通报的数字来自已冻结的日报，不能改动；请重新起草。',
    en: 'Figures of a bulletin come from the frozen daily report and cannot be changed; draft it again.',
  },
  { path: 'input.figures' },
)

export function readFigures(json: string | undefined): Result<PublicFigures> {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines)
      ? ok(value as PublicFigures)
      : no(UNREADABLE)
  } catch {
    return no(UNREADABLE)
  }
}

export const sealOfFigures = (figures: PublicFigures): string => sealOf(figures)

/** Stored figures are whole: those that their seal was made of. */
export function guardFigures(json: string | undefined, hash: string | undefined): Problem | undefined {
  const read = readFigures(json)
  if (!read.ok) return read.problem
  return sealOfFigures(read.value) === hash ? undefined : FIGURES_CHANGED
}
