import { holds, type Label, type Measure } from '@guatu/kernel'
import type { ActReference, ReportFigure } from './content.ts'
import type { Folded, IndicatorValue, Step } from './facts.ts'

type Given = Omit<ReportFigure, 'id' | 'asOf' | 'day' | 'area'> & { readonly area?: string }

/** Does a record, as it stood, count for this measure? */
export const counts = (measure: Measure, { state }: Folded): boolean => holds(measure.where, { ...state.fields, state: state.state })

/** The act by which a record came to count: the last one before which it did not; else the last act at all. */
function actOf(one: Folded, measure: Measure | undefined): Step | undefined {
  const last = one.steps.at(-1)
  if (!measure) return last
  let found = last
  let counted = false
  for (const step of one.steps) {
    const now = holds(measure.where, { ...step.after.fields, state: step.after.state })
    if (now && !counted) found = step
    counted = now
  }
  return found
}

/** The figures of a report while it is written, and the acts behind them. */
export class Ledger {
  readonly #figures: ReportFigure[] = []
  readonly #acts: Record<string, ActReference> = {}
  readonly #area: string
  readonly #day: string
  readonly #asOf: string

  constructor(area: string, day: string, asOf: string) {
    this.#area = area
    this.#day = day
    this.#asOf = asOf
  }

  get figures(): readonly ReportFigure[] {
    return this.#figures
  }

  get acts(): Readonly<Record<string, ActReference>> {
    return this.#acts
  }

  /** Keeps a figure; gives its id. */
  add(given: Given): string {
    const id = `f${this.#figures.length + 1}`
    this.#figures.push({ area: this.#area, ...given, id, day: this.#day, asOf: this.#asOf })
    return id
  }

  /** Keeps a value of the books as a figure, with what shows the acts behind it. */
  fromBooks({ indicator, area, value, per, behind, perBehind }: IndicatorValue, key: string, label: Label): string {
    return this.add({
      key,
      indicator,
      label,
      area,
      value,
      from: 'tallies',
      ...(per === undefined ? {} : { per }),
      ...(behind ? { behind } : {}),
      ...(perBehind ? { perBehind } : {}),
    })
  }

  /** Notes the act by which each record came to count; gives the event ids. */
  note(records: readonly Folded[], measure?: Measure): readonly string[] {
    return records.flatMap((one) => {
      const step = actOf(one, measure)
      if (!step) return []
      const { id, record, recordId, action, happenedAt } = step.event
      this.#acts[id] = { record, recordId, action, happenedAt }
      return [id]
    })
  }

  /** Counts records that pass; with `per`, of those that pass that. */
  count(
    given: { readonly indicator: string; readonly label: Label; readonly scope: string; readonly area?: string; readonly unit?: string },
    records: readonly Folded[],
    passes: Measure | ((one: Folded) => boolean),
    per?: Measure,
  ): string {
    const { scope, ...rest } = given
    const measure = typeof passes === 'function' ? undefined : passes
    const counted = records.filter(typeof passes === 'function' ? passes : (one) => counts(passes, one))
    const whole = per && records.filter((one) => counts(per, one))
    return this.add({
      ...rest,
      key: `${given.indicator}@${scope}`,
      value: counted.length,
      from: this.note(counted, measure),
      ...(whole ? { per: whole.length, perFrom: this.note(whole, per) } : {}),
    })
  }
}
