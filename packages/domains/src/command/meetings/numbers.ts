/** The place that a number leaves for the day it is of, see `dayIn`. */
const DAY = /^DB-(\d{4})(\d{2})(\d{2})-/

/** The day that a number of the register names, as it is written there: it may be one that no calendar has. */
export const dayIn = (number: string): string | null => {
  const found = DAY.exec(number)
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null
}

/**
 * Numbers for the matters of one meeting: its day, its session where it has one, and a running count. Several bodies may meet on one day and
 * hold a session of one count, and somebody may have filed by hand: so the count goes on with what is free, and never depends on where a directive
 * stands in the draft.
 * @param taken every number that names the day, whoever gave it
 */
export function numbersFor(
  meeting: { readonly heldOn: string; readonly session?: number | undefined },
  count: number,
  taken: readonly string[],
): readonly string[] {
  const series = `DB-${meeting.heldOn.replaceAll('-', '')}${meeting.session === undefined ? '' : `-${meeting.session}`}-`
  // 7 and 07 are one number to whoever reads them.
  const used = new Set(
    taken.flatMap((number) =>
      number.startsWith(series) && /^\d+$/.test(number.slice(series.length)) ? [Number(number.slice(series.length))] : [],
    ),
  )
  const free: string[] = []
  for (let next = 1; free.length < count; next += 1) if (!used.has(next)) free.push(`${series}${String(next).padStart(2, '0')}`)
  return free
}
