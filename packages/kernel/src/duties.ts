import type { Expression } from './indicators/expression.ts'
import type { ParameterReader } from './parameters/parameter.ts'
import type { RecordState } from './records/define.ts'

/** What the system does by itself at the start of a city day, record by record: lights that change, orders that lapse. */
export interface DailyDuty {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly record: string
  /** The records to look at; the due list is one query. Of a day where what is due depends on it: a later day includes all earlier ones. */
  readonly where: Expression | ((day: string) => Expression)
  /** The act that this record needs on this city day, if any. Pure: asked again on the same day it answers the same. */
  readonly act: (
    row: RecordState,
    day: string,
    parameter: ParameterReader,
  ) => { readonly action: string; readonly input: Readonly<Record<string, unknown>> } | undefined
}
