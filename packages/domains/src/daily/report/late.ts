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
  /** Day that it is about: of a correction, the day of what it corrects. Reports of before this stood here lack it. */
  readonly day?: string
}

/** A frozen day before the last one, with what is known otherwise of it than what was published or told since. */
export interface EarlierDay {
  readonly report: string
  readonly day: string
  readonly changed: readonly ChangedFigure[]
}

/** A report of the same day that a county froze, where it says other figures than the city's: `was` is what the county froze, `is` what the city counts. */
export interface CountyFroze {
  readonly report: string
  readonly composedAt: string
  readonly changed: readonly ChangedFigure[]
}

/** What became known about earlier days since the report before this one: what was frozen stays, the correction stands here. */
export interface SinceLast {
  /** The last frozen report, that of the day before where there is one, and when it was composed. */
  readonly report: string
  readonly day: string
  readonly composedAt: string
  readonly changed: readonly ChangedFigure[]
  /** Frozen days before that one, as far back as the parameter looks; none where nothing is known otherwise. */
  readonly earlier?: readonly EarlierDay[]
  /** Acts about earlier days that arrived since; of many the first of each day are named. */
  readonly acts: number
  readonly named: readonly LateAct[]
}

/** By how much the frozen stock of an area was corrected since. */
export const correction = (since: SinceLast, area: string, line: string): number =>
  since.changed.filter((one) => one.area === area && one.line === line).reduce((sum, { was, is }) => sum + is - was, 0)

/** Every figure of a frozen day that is known otherwise since, with its day, oldest first. */
export const changedByDay = ({ day, changed, earlier = [] }: SinceLast): readonly (ChangedFigure & { readonly day: string })[] =>
  [...earlier, { day, changed }].flatMap((one) => one.changed.map((figure) => ({ ...figure, day: one.day })))
