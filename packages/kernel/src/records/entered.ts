import { holds, type Readable } from '../indicators/expression.ts'
import type { AnyRecord } from './define.ts'
import type { RecordLevel } from './row.ts'

const LEVELS: readonly string[] = ['province', 'city', 'county', 'town', 'village', 'grid', 'building']

/** Is an area of one level above those of another? One whose level is not known is. */
export const isWider = (level: string | undefined, than: RecordLevel): boolean => LEVELS.indexOf(level ?? '') < LEVELS.indexOf(than)

/** The widest level at which whoever enters a record by hand may have it stand. @param values what they say of it */
export function enteredAt({ at, entered }: Pick<AnyRecord, 'at' | 'entered'>, values: Readable): RecordLevel {
  if (entered === undefined || (entered.unless !== undefined && holds(entered.unless, values))) return at
  return entered.at
}

/** The widest level at which any of this kind may be entered by hand. */
export const enteredAnywhere = ({ at, entered }: Pick<AnyRecord, 'at' | 'entered'>): RecordLevel =>
  entered === undefined || entered.unless !== undefined ? at : entered.at
