import { type AreaLink, type AreaWay, fullDayWords, type Label, no, ok, type Result, refuse, sealOf } from '@guatu/kernel'
import type { CountyFroze, SinceLast } from './late.ts'
import type { Line } from './lines.ts'

/** One day of the books of an indicator in an area, with the stock of the day before. */
export interface DayBooks {
  readonly before: number
  readonly stock: number
  readonly entered: number
  readonly left: number
  readonly movedIn: number
  readonly movedOut: number
}

/** The books of one area on the day, by indicator. */
export interface AreaBooks {
  readonly area: string
  readonly name: string
  readonly books: Readonly<Record<string, DayBooks>>
}

/** A consistency test and how it came out; a broken one names what to look at. */
export interface Check {
  readonly code: 'stock' | 'day' | 'cumulative' | 'kinds' | 'classes' | 'parts' | 'carried' | 'zero' | 'twice'
  readonly area: string
  readonly indicator: string
  readonly left: number
  readonly right: number
  readonly holds: boolean
  readonly words: Label
  /** Acts of the day in that area behind a broken balance. */
  readonly events?: readonly string[]
}

/** A daily report: frozen whole, words and all. */
export interface DailyContent {
  readonly day: string
  readonly level: 'city' | 'county'
  readonly area: string
  readonly name: string
  /** ISO moments. */
  readonly cutOff: string
  readonly composedAt: string
  /** Zone of the city, in which these moments are read. */
  readonly zone: string
  /** Its columns; reports of before they stood here have those of `EARLIER_LINES`. */
  readonly lines?: readonly Line[]
  readonly total: AreaBooks
  readonly parts: readonly AreaBooks[]
  /** The ways of what went over from one of its parts to another by reforms of the last year, and of what stayed there. */
  readonly ways?: readonly AreaWay[]
  /** What older reports say instead: between which parts something went over. */
  readonly reforms?: readonly AreaLink[]
  /** Areas that said explicitly that there is nothing, and those that said nothing at all. */
  readonly zero: readonly string[]
  readonly silent: readonly string[]
  /** Acts of the day that arrived after the cut-off; they are in the figures. */
  readonly late: number
  readonly doubtful: number
  /** What came in about earlier days after they were frozen; nothing before the first frozen report. */
  readonly since?: SinceLast
  /** Counties that had frozen other figures of this day; left out where there are none. */
  readonly counties?: readonly CountyFroze[]
  readonly checks: readonly Check[]
}

const UNREADABLE = refuse(
  'daily-unreadable',
  { zh: '日报内容无法读取，请重新生成。', en: 'The content of the daily report cannot be read; compose it again.' },
  { path: 'input.content' },
)

export function readDaily(json: string | undefined): Result<DailyContent> {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return isDaily(value) ? ok(value) : no(UNREADABLE)
  } catch {
    return no(UNREADABLE)
  }
}

function isDaily(value: unknown): value is DailyContent {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Partial<DailyContent>
  return typeof one.day === 'string' && typeof one.area === 'string' && Array.isArray(one.parts) && Array.isArray(one.checks)
}

/** SHA-256 of the whole content. */
export const sealOfDaily = (content: DailyContent): string => sealOf(content)

export const titleOf = ({ name, day }: Pick<DailyContent, 'name' | 'day'>): Label => ({
  zh: `${name}疫情日报（${fullDayWords(day).zh}）`,
  en: `Daily report of ${name}, ${fullDayWords(day).en}`,
})
