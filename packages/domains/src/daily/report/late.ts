import type { Label } from '@guatu/kernel'

/** A figure that was frozen and is known otherwise since. */
export interface ChangedFigure {
  readonly area: string
  readonly name: string
  /** Key of the line. */
  readonly line: string
  readonly was: number
  readonly is: number
}

/** An act that came in after its day was frozen. It names a record's kind, place and times, and nobody. */
export interface LateAct {
  readonly event: string
  readonly record: Label
  readonly area: string
  readonly happenedAt: string
  readonly recordedAt: string
}

/** What became known about earlier days since the report before this one: what was frozen stays, the correction stands here. */
export interface SinceLast {
  /** The frozen report of the day before, and when it was composed. */
  readonly report: string
  readonly day: string
  readonly composedAt: string
  readonly changed: readonly ChangedFigure[]
  /** Acts of earlier days that arrived since; of many the first are named. */
  readonly acts: number
  readonly named: readonly LateAct[]
}

/** By how much the frozen stock of an area was corrected since. */
export const correction = (since: SinceLast, area: string, line: string): number =>
  since.changed.filter((one) => one.area === area && one.line === line).reduce((sum, { was, is }) => sum + is - was, 0)
