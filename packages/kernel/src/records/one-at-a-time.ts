import { derivedId } from '../events/event.ts'
import type { RecordState } from './row.ts'

/** The record that a further cause belongs to. */
export interface Belongs {
  readonly id: string
  /** The rules make it, unless it is there already; else somebody made it by hand. */
  readonly made: boolean
}

/** Id of the first record about something, or of the one that comes after another was over. */
export const nextOf = (record: string, of: string, over?: string): string => derivedId(`${record}/${of}/${over ?? 'first'}`)

/**
 * Of records of which one at a time is under way for something: the one under way, else the next after those that are over. Its id follows from
 * these alone, so causes that become known in another order than they happened ask for the same one.
 * @param of id of what they are about
 * @param known all of them as they stood at the moment, whoever made them
 * @param underWay states in which further causes belong to one
 */
export function oneAtATime(record: string, of: string, known: readonly RecordState[], underWay: readonly string[]): Belongs {
  const ids = new Set(known.map(({ id }) => id))
  const open = known.find(({ state }) => underWay.includes(state))?.id
  let next = nextOf(record, of)
  while (next !== open && ids.has(next)) next = nextOf(record, of, next)
  return next === open || open === undefined ? { id: next, made: true } : { id: open, made: false }
}
