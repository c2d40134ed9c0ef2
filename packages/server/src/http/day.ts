import { isDay, type Label, problem, Refused } from '@guatu/kernel'

/** The day that a request names under `path`; nothing where it names none. @throws Refused where that is no day of the calendar */
export function dayNamed(written: unknown, path: string, field: string | Label = path): string | undefined {
  if (written === undefined || written === null) return undefined
  if (typeof written === 'string' && isDay(written)) return written
  const why = { zh: '请使用日历上的一天，写作YYYY-MM-DD。', en: 'use a day of the calendar, YYYY-MM-DD.' }
  throw new Refused(problem('invalid', { field, why }, { path }))
}
