import { minuteWords } from '../kinds/day-words.ts'
import type { Label } from '../label.ts'
import { type Problem, problem } from '../problem.ts'

/** An act on a record that was not there yet, in ISO instants: when the act is said to have happened, and since when there is the record. */
interface Early {
  readonly happenedAt: string
  readonly since: string
}

/** Why nothing was done with a record at a moment at which it was not there yet. @param zone of the city, in which times are said */
export function beforeEntered(what: Label, { happenedAt, since }: Early, zone: string): Problem {
  // Two moments are said as closely as it takes to tell them apart.
  const told = (['minute', 'second', 'millisecond'] as const)
    .map((to) => [minuteWords(happenedAt, zone, to), minuteWords(since, zone, to)] as const)
    .find(([then, from]) => then.zh !== from.zh)
  const [then, from] = told ?? [minuteWords(happenedAt, zone), minuteWords(since, zone)]
  return problem('before-entered', { what, then, since: from }, { path: 'happenedAt', data: { since } })
}
