import { isDay } from '../clock.ts'
import type { AreaFact } from './fact.ts'

/** The first field of a fact that is missing or empty, or `null`. */
export function missingIn(fact: AreaFact): string | null {
  if (!isDay(fact.date)) return 'date'
  if (fact.instrument.trim() === '') return 'instrument'
  if (fact.kind === 'merged') return fact.ids.length === 0 ? 'ids' : null
  if (fact.id === '') return 'id'
  if (fact.kind === 'split') return fact.into.length === 0 ? 'into' : null
  return (fact.kind === 'created' || fact.kind === 'renamed') && fact.name.trim() === '' ? 'name' : null
}
