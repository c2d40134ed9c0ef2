import type { ReportContent, ReportFigure } from './content.ts'

/** A figure that would be another today. */
export interface ChangedFigure {
  readonly id: string
  readonly frozen: Pick<ReportFigure, 'value' | 'per' | 'measure'>
  /** Absent when there is no such figure any more. */
  readonly now?: Pick<ReportFigure, 'value' | 'per' | 'measure'>
}

/** Which frozen figures would be different in a report of now; figures meet by what they mean, not by their place. */
export function changedSince(frozen: ReportContent, now: ReportContent): readonly ChangedFigure[] {
  const present = new Map(now.figures.map((one) => [one.key, one]))
  return frozen.figures.flatMap((one) => {
    const today = present.get(one.key)
    if (today && today.value === one.value && today.per === one.per) return []
    return [{ id: one.id, frozen: shown(one), ...(today ? { now: shown(today) } : {}) }]
  })
}

const shown = ({ value, per, measure }: ReportFigure) => ({
  value,
  ...(per === undefined ? {} : { per }),
  ...(measure === undefined ? {} : { measure }),
})
