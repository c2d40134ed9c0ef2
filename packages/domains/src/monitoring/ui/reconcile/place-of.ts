import type { Compared } from './types.ts'

/** Where a row stands: its line, with the sheet where there are several. */
export const placeOf = ({ line, within }: Pick<Compared, 'line' | 'within'>): string =>
  within ? `${within.name} ${within.line}` : String(line)
