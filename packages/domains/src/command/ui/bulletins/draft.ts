import type { Label } from '@guatu/kernel'
import { type Score, verdicts } from '../scoreboard/scores.ts'

/** The figures of a bulletin, frozen when it is drafted. Words may be edited afterwards, these never. */
export interface FrozenFigures {
  readonly from: string
  readonly to: string
  /** When the figures were read, ISO instant. */
  readonly asOf: string
  readonly rows: readonly { readonly unit: string; readonly name: string; readonly counts: Score['counts'] }[]
  readonly praised: readonly string[]
  readonly criticised: readonly string[]
}

export function freeze(
  scores: readonly Score[],
  period: { from: string; to: string },
  asOf: string,
  nameOf: (unit: string) => string,
): FrozenFigures {
  const { praised, criticised } = verdicts(scores)
  const named = (list: readonly Score[]) => list.map((one) => nameOf(one.unit))
  return {
    ...period,
    asOf,
    rows: scores.map((one) => ({ unit: one.unit, name: nameOf(one.unit), counts: one.counts })),
    praised: named(praised),
    criticised: named(criticised),
  }
}

/** Frozen figures as they were kept; undefined for a bulletin that was written without them. */
export function readFigures(kept: unknown): FrozenFigures | undefined {
  if (typeof kept !== 'string') return undefined
  try {
    const read = JSON.parse(kept) as Partial<FrozenFigures>
    return Array.isArray(read.rows) && Array.isArray(read.praised) && Array.isArray(read.criticised) ? (read as FrozenFigures) : undefined
  } catch {
    return undefined
  }
}

const day = (iso: string) => {
  const [year, month, date] = iso.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

export const titleOf = ({ from, to }: { from: string; to: string }): Label => ({
  zh: `关于${day(from)}至${day(to)}督办事项办理情况的通报`,
  en: `Bulletin on supervised matters, ${from} to ${to}`,
})

/** The first words of a bulletin, from its figures; the office edits them. */
export function wordsOf(figures: FrozenFigures): string {
  const sum = (pick: (counts: Score['counts']) => number) => figures.rows.reduce((total, row) => total + pick(row.counts), 0)
  const issued = sum((c) => c.issued)
  const lines = [
    `${day(figures.from)}至${day(figures.to)}，共向${figures.rows.length}个单位交办任务${issued}项。按时签收${sum((c) => c.signedInTime)}项，按时反馈${sum((c) => c.reportedInTime)}项，退回${sum((c) => c.returned)}项，逾期未办结${sum((c) => c.overdue)}项。现将有关情况通报如下。`,
    figures.praised.length > 0
      ? `一、予以表扬的单位。${figures.praised.join('、')}签收、反馈均在时限内，没有退回和逾期，予以表扬。`
      : '一、予以表扬的单位。本期没有全部按时办理的单位。',
    figures.criticised.length > 0
      ? `二、需要改进的单位。${figures.criticised.join('、')}存在逾期未办结或者逾期反馈的任务，请逐项说明原因，提出完成时间。`
      : '二、需要改进的单位。本期没有逾期任务。',
    '三、下一步要求。各单位对照附表逐项核对，逾期任务当日报告进展；确需延期的，应在时限前提出申请。',
  ]
  return lines.join('\n')
}
