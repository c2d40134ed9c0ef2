import type { KindName } from './field.ts'
import { nationalId, phone } from './identity.ts'
import { count, decimal, flag, money, temperature } from './numbers.ts'
import { account, actor, area, person, record, unit } from './references.ts'
import { file, geoPoint, list } from './things.ts'
import { date, moment } from './times.ts'
import { choice, code, localizedText, text } from './words.ts'

/** Field builders by kind: a field says what it means, never which widget draws it. */
export const f = {
  text,
  code,
  choice,
  count,
  decimal,
  money,
  date,
  moment,
  flag,
  area,
  person,
  record,
  unit,
  account,
  actor,
  phone,
  nationalId,
  temperature,
  file,
  geoPoint,
  localizedText,
  list,
} satisfies Record<KindName, unknown>

export { halfWidth } from './build.ts'
export { dayWords, fullDayWords, minuteWords } from './day-words.ts'
export type { Cell, ColumnType, Field, FieldOptions, Finding, KindName, Surroundings, ValueOf } from './field.ts'
export {
  documentNumber,
  fromOldNationalId,
  idCheckCharacter,
  isDocumentNumber,
  isNationalId,
  PLATE,
  phoneNumber,
  plateNumber,
  resemblesNationalId,
} from './identity.ts'
export { actorLabel, SIGN_IN } from './references.ts'
export { type FileReference, type GeoPoint, LARGEST_FILE } from './things.ts'
export { readDay, readMoment } from './times.ts'
export { ERASED, NAMELESS, readable, UNSEEN } from './unseen.ts'
export { wrongText } from './words.ts'
