import { figuresOf, type Label, no, type Problem, type Result, refuse } from '@guatu/kernel'

/** An act in the log that a figure or paragraph rests on. */
export interface ActReference {
  readonly record: string
  readonly recordId: string
  readonly action: string
  /** ISO moment. */
  readonly happenedAt: string
}

/** The acts behind a figure of the books, as of its `asOf`: how many, and the SHA-256 (hex) of their ids by which a list of them is checked. */
export interface ActsBehind {
  readonly acts: number
  readonly hash: string
}

/**
 * A frozen figure. It is what the books and the log said at `asOf` and never changes afterwards; ratios keep numerator and
 * denominator (design law 12).
 */
export interface ReportFigure {
  /** Name within the report, `f1`, `f2` …; words refer to it as `{f1}`. */
  readonly id: string
  /** What the figure means, the same in every composition: lets a later one be compared with it. */
  readonly key: string
  /** Indicator of the registry, or `report.…` for what only a report counts. */
  readonly indicator: string
  readonly label: Label
  readonly area: string
  /** Body whose matters or tasks are counted, where it is not the whole area. */
  readonly unit?: string
  /** City day. */
  readonly day: string
  readonly value: number
  /** Denominator of a ratio. */
  readonly per?: number
  /** `percent` for progress as reported, `days` for a delay; a plain count or ratio when left out. */
  readonly measure?: 'percent' | 'days'
  /** ISO moment up to which acts were counted. */
  readonly asOf: string
  /** From the books, or the events that were counted, by id (see `ReportContent.acts`). */
  readonly from: 'tallies' | readonly string[]
  /** Events behind the denominator. */
  readonly perFrom?: readonly string[]
  /** Of a figure of the books: the acts behind it and behind its denominator; reports of before do not say. */
  readonly behind?: ActsBehind
  readonly perBehind?: ActsBehind
}

/** A record that something was written from. */
export interface ReportSource {
  readonly record: 'meeting' | 'item' | 'task'
  readonly id: string
  /** As it was called at the cut-off. */
  readonly name: string
}

/** Words may be edited while the report is a draft; `figures` and `sources` are frozen. `{f1}` in the words stands for a figure. */
export interface WordsBlock {
  readonly kind: 'heading' | 'paragraph'
  readonly id: string
  /** Headings only: 1 for 一、, 2 for （一）, 3 for 1. */
  readonly level?: 1 | 2 | 3
  readonly words: Label
  readonly figures: readonly string[]
  readonly sources: readonly ReportSource[]
}

export type ReportCell = { readonly figure: string } | { readonly text: Label }

/** Tables are figures through and through: nothing in them is edited. */
export interface TableBlock {
  readonly kind: 'table'
  readonly id: string
  readonly caption: Label
  readonly columns: readonly Label[]
  readonly rows: readonly { readonly cells: readonly ReportCell[]; readonly sources: readonly ReportSource[] }[]
}

export type ReportBlock = WordsBlock | TableBlock

export interface ReportMeeting {
  readonly id: string
  readonly title: string
  readonly heldOn: string
}

/** What a report holds, as JSON in its `content`. */
export interface ReportContent {
  readonly format: 1
  readonly title: Label
  readonly meetings: readonly ReportMeeting[]
  /** ISO moment: what was recorded later is not in the report. */
  readonly cutOff: string
  /** City day of the cut-off. */
  readonly day: string
  readonly composedAt: string
  /** Body that reports. */
  readonly issuer: string
  readonly figures: readonly ReportFigure[]
  readonly acts: Readonly<Record<string, ActReference>>
  readonly blocks: readonly ReportBlock[]
}

/** Figures of a report are called `f1`, `f2` …; other words in braces are words. */
export const isFigure = (name: string): boolean => /^f\d+$/.test(name)

export const figuresIn = (words: string): readonly string[] => figuresOf(words, isFigure)

const BROKEN: Problem = refuse(
  'report-content',
  { zh: '报告内容格式不正确，请用“生成进展报告”重新生成。', en: 'The content is not that of a report; write it again with the button.' },
  { path: 'input.content' },
)

/** Reads stored content; only what is needed to work with it is checked. */
export function readContent(json: unknown): Result<ReportContent> {
  try {
    const read: unknown = typeof json === 'string' ? JSON.parse(json) : undefined
    if (typeof read !== 'object' || read === null) return no(BROKEN)
    const content = read as ReportContent
    const whole =
      content.format === 1 &&
      Array.isArray(content.figures) &&
      Array.isArray(content.blocks) &&
      Array.isArray(content.meetings) &&
      typeof content.acts === 'object' &&
      content.figures.every((one) => typeof one.id === 'string' && typeof one.value === 'number') &&
      content.blocks.every(isBlock)
    return whole ? { ok: true, value: content } : no(BROKEN)
  } catch {
    return no(BROKEN)
  }
}

const isLabel = (value: Label | undefined) => typeof value?.zh === 'string' && typeof value.en === 'string'

const isBlock = (block: ReportBlock) =>
  block.kind === 'table' ? Array.isArray(block.rows) && Array.isArray(block.columns) : isLabel(block.words) && Array.isArray(block.figures)
