import { problem, Refused } from '@guatu/kernel'

const WRITTEN: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false }

/** The ways to write yes or no in an address. */
export const FLAGS = Object.keys(WRITTEN)

/** Yes or no as an address says it; undefined for anything else. */
export const readFlag = (written: string): boolean | undefined => (Object.hasOwn(WRITTEN, written) ? WRITTEN[written] : undefined)

/** A yes or no of a query, no where it is left out. @throws Refused for what is neither: a check must never be taken for the real thing */
export function flagOf(query: Readonly<Record<string, unknown>>, name: string): boolean {
  const written = query[name]
  if (written === undefined) return false
  const flag = typeof written === 'string' ? readFlag(written) : undefined
  if (flag !== undefined) return flag
  const why = { zh: '请写1（是）或0（否）。', en: 'write 1 for yes or 0 for no.' }
  throw new Refused(problem('invalid', { field: name, why }, { path: name }))
}
