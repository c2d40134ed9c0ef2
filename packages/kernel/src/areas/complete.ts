import type { AreaFact } from './fact.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const seen = new Map<string, boolean>()

/** A day of the calendar; a national list has one day on every line, so answers are remembered. */
function isDay(text: string): boolean {
  const known = seen.get(text)
  if (known !== undefined) return known
  let is = DAY.test(text)
  try {
    if (is) Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    is = false
  }
  if (seen.size < 10_000) seen.set(text, is)
  return is
}

/** The first field of a fact that is missing or empty, or `null`. */
export function missingIn(fact: AreaFact): string | null {
  if (!isDay(fact.date)) return 'date'
  if (fact.instrument.trim() === '') return 'instrument'
  if (fact.kind === 'merged') return fact.ids.length === 0 ? 'ids' : null
  if (fact.id === '') return 'id'
  if (fact.kind === 'split') return fact.into.length === 0 ? 'into' : null
  return (fact.kind === 'created' || fact.kind === 'renamed') && fact.name.trim() === '' ? 'name' : null
}
