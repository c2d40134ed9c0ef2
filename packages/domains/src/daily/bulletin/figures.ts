import { type Label, no, ok, type Problem, type Result, refuse, sealOf } from '@guatu/kernel'
import { booksOf } from '../report/checks.ts'
import type { AreaBooks, DailyContent } from '../report/content.ts'
import { LINES } from '../report/lines.ts'
import { type CountLine, type LineSum, protect, type Shown, workedOut } from './suppress.ts'

/** Lines of the daily report that the public may read. */
const PUBLIC: readonly string[] = ['cumulative', 'entered', 'released', 'observed', 'central']

/** Observed so far = released + still observed, but for the few who left otherwise: whoever reads two of them knows the third. */
const SUMS = [{ whole: 'cumulative', of: ['released', 'observed'] }] as const

const sumsOf = (keys: readonly string[]): readonly LineSum[] =>
  SUMS.map(({ whole, of }) => ({ whole: keys.indexOf(whole), of: of.map((key) => keys.indexOf(key)) })).filter(
    ({ whole, of }) => whole >= 0 && !of.includes(-1),
  )

/** One figure for the whole and its parts; `null` where it is not shown. */
export interface PublicLine {
  readonly key: string
  readonly label: Label
  readonly total: number | null
  readonly parts: readonly (number | null)[]
}

export interface PublicFigures {
  readonly day: string
  readonly cutOff: string
  readonly name: string
  readonly areas: readonly string[]
  readonly lines: readonly PublicLine[]
  /** Counts from 1 to below this one are not shown. */
  readonly smallest: number
}

const orNull = (shown: Shown): number | null => shown ?? null

/** What of a frozen daily report may be published: no cell by which somebody could be known, nor worked out. */
export function publicFigures(content: DailyContent, smallest: number): PublicFigures {
  const value = (one: AreaBooks, key: string) => {
    const line = LINES.find((candidate) => candidate.key === key)
    return line ? booksOf(one, line.indicator)[line.part] : 0
  }
  const lines = LINES.filter(({ key }) => PUBLIC.includes(key))
  const shown = protect(
    lines.map(({ key }) => ({ parts: content.parts.map((one) => value(one, key)), total: value(content.total, key) })),
    smallest,
    sumsOf(lines.map(({ key }) => key)),
  )
  return {
    day: content.day,
    cutOff: content.cutOff,
    name: content.name,
    areas: content.parts.map(({ name }) => name),
    smallest,
    lines: lines.map(({ key, label }, i) => ({
      key,
      label,
      total: orNull(shown[i]?.total),
      parts: (shown[i]?.parts ?? []).map(orNull),
    })),
  }
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

/** Nothing that could name somebody is published, whoever drafted it: asked again of what is about to be stored. */
export function guardFigures(json: string | undefined, hash: string | undefined, smallest: number): Problem | undefined {
  const read = readFigures(json)
  if (!read.ok) return read.problem
  if (sealOfFigures(read.value) !== hash) return FIGURES_CHANGED
  const { lines } = read.value
  const small = lines.find(({ total, parts }) => [total, ...parts].some((cell) => cell !== null && cell > 0 && cell < smallest))
  const asShown = lines.map(
    ({ total, parts }): CountLine<Shown> => ({ total: total ?? undefined, parts: parts.map((one) => one ?? undefined) }),
  )
  const [known] = workedOut(asShown, sumsOf(lines.map(({ key }) => key)))
  const leaking = small ?? (known && lines[known.line])
  return leaking
    ? refuse('bulletin-small-cell', {
        zh: `“${leaking.label.zh}”中有小于${smallest}的数，或可由合计、各项之和推算出的数，可能识别到个人；请重新起草。`,
        en: `“${leaking.label.en}” holds a count below ${smallest}, or one that follows from totals and sums: a person could be known by it. Draft it again.`,
      })
    : undefined
}

/** `{observed}` in the words stands for the figure of the whole; a figure that is not shown reads as “some”: it may be hidden for another’s sake. */
export function bulletinText(text: string, figures: PublicFigures, lang: 'zh' | 'en'): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const line = figures.lines.find((one) => one.key === key)
    if (!line) return whole
    return line.total === null ? (lang === 'zh' ? '若干' : 'some') : String(line.total)
  })
}

/** The title that a bulletin begins with; readers of English always get it so, whatever the Chinese title became. */
export const draftTitle = ({ name, day }: Pick<PublicFigures, 'name' | 'day'>): Label => ({
  zh: `${name}新冠肺炎疫情防控情况通报（${day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}）`,
  en: `COVID-19 bulletin of ${name}, ${day}`,
})

/** The words that a bulletin begins with; they may be edited, the figures in braces stay. */
export function draftText(figures: PublicFigures): Label {
  const [year, month, day] = figures.day.split('-').map(Number)
  return {
    zh: `截至${year}年${month}月${day}日24时，${figures.name}累计观察{cumulative}人，已解除观察{released}人，正在观察{observed}人，其中集中观察{central}人；当日新增观察{entered}人。`,
    en: `As of 24:00 on ${figures.day}, ${figures.name} has observed {cumulative} people; {released} have been released and {observed} are under observation, {central} of them at central sites; {entered} entered on the day.`,
  }
}
