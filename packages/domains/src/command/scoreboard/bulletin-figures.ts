import { dayWords, fullDayWords, type Lang } from '@guatu/kernel'
import { momentWords } from '../report/words.ts'
import { type Period, type Score, verdicts } from './scores.ts'

/** The figures of a bulletin, frozen when it is drafted. Words may be edited afterwards, these never. */
export interface BulletinFigures extends Period {
  /** When the figures were read, ISO instant. */
  readonly asOf: string
  readonly rows: readonly { readonly unit: string; readonly name: string; readonly counts: Score['counts'] }[]
  /** Names of the units to praise and to criticise. */
  readonly praised: readonly string[]
  readonly criticised: readonly string[]
}

/** Freezes one row a unit. @param asOf ISO instant @param nameOf what a unit is called in the bulletin */
export function freeze(scores: readonly Score[], { from, to }: Period, asOf: string, nameOf: (unit: string) => string): BulletinFigures {
  const { praised, criticised } = verdicts(scores)
  const named = (list: readonly Score[]) => list.map((one) => nameOf(one.unit))
  return {
    from,
    to,
    asOf,
    rows: scores.map(({ unit, counts }) => ({ unit, name: nameOf(unit), counts })),
    praised: named(praised),
    criticised: named(criticised),
  }
}

/** Frozen figures as they were kept; undefined for a bulletin that was written without them. */
export function readFigures(kept: unknown): BulletinFigures | undefined {
  if (typeof kept !== 'string') return undefined
  try {
    const read = JSON.parse(kept) as Partial<BulletinFigures>
    return Array.isArray(read.rows) && Array.isArray(read.praised) && Array.isArray(read.criticised) ? (read as BulletinFigures) : undefined
  } catch {
    return undefined
  }
}

/** The year stands once, unless the period goes beyond it. */
const period = ({ from, to }: Period) =>
  `${fullDayWords(from).zh}至${(from.slice(0, 4) === to.slice(0, 4) ? dayWords(to) : fullDayWords(to)).zh}`

/** A bulletin is written in Chinese, whoever reads it. */
export const titleOf = (of: Period): string => `关于${period(of)}督办事项办理情况的通报`

/** The first words of a bulletin, from its figures; the office edits them. */
export function wordsOf(figures: BulletinFigures): string {
  const sum = (pick: (counts: Score['counts']) => number) => figures.rows.reduce((total, row) => total + pick(row.counts), 0)
  const lines = [
    `${period(figures)}，共向${figures.rows.length}个单位交办任务${sum((c) => c.issued)}项。按时签收${sum((c) => c.signedInTime)}项，按时反馈${sum((c) => c.reportedInTime)}项，退回${sum((c) => c.returned)}项，逾期未办结${sum((c) => c.overdue)}项。现将有关情况通报如下。`,
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

/** The table below the words 附表, as it is shown and printed: one row a unit, ratios with both numbers. @param zone of the city */
export function annexOf(figures: BulletinFigures, zone: string, lang: Lang) {
  const asOf = momentWords(figures.asOf, zone)
  const words = {
    zh: { caption: `附表 各单位办理情况（数据截至${asOf.zh}）`, columns: ['单位', '交办', '按时签收', '按时反馈', '退回', '逾期未办结'] },
    en: {
      caption: `Annex: how the units answered (as of ${asOf.en})`,
      columns: ['Unit', 'Issued', 'Signed in time', 'Reported in time', 'Returned', 'Overdue'],
    },
  }
  return {
    ...words[lang],
    rows: figures.rows.map(({ unit, name, counts: c }) => ({
      unit,
      name,
      cells: [c.issued, `${c.signedInTime}/${c.signed}`, `${c.reportedInTime}/${c.reported}`, c.returned, c.overdue].map(String),
    })),
  }
}
