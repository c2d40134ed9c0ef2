import { type Action, type Fields, fullDayWords, type Label } from '@guatu/kernel'
import type { Row } from '../api/types.ts'

/** The day before which an action is not done on a record, while it is still to come. @param today day of the city */
export function notBefore(action: Action<Fields, string> | undefined, row: Pick<Row, 'fields'>, today: string): string | undefined {
  const day = action?.notBefore === undefined ? undefined : row.fields[action.notBefore]
  return typeof day === 'string' && day > today ? day : undefined
}

/** An action that is not done before a day, with that day. */
export function fromDay(label: Label, day: string): Label {
  const { zh, en } = fullDayWords(day)
  return { zh: `${label.zh}（${zh}起）`, en: `${label.en} (from ${en})` }
}
