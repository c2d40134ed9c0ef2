import { addDays, type Problem, refuse, type Situation } from '@guatu/kernel'
import type { fields } from './fields.ts'
import { LIMITING } from './limits.ts'

/**
 * What was done while an order stood and becomes known only when it has lapsed by itself brings it back for nobody: passes have ended by then, and
 * whoever went out since was free to. It is not taken in as if it had changed something.
 */
export function lapsedMeanwhile(at: Situation<typeof fields>): Problem | undefined {
  const lapses = lapsesAt(at)
  return lapses !== undefined && at.act.happenedAt < lapses && lapses <= at.act.recordedAt
    ? refuse('lapsed-meanwhile', {
        zh: '登记过迟：该决定此前登记的截止时间或复核宽限期已过，到期即失效，通行证同时终止，不能补登使其恢复或改变其终止方式。请将文书归档；仍需封控的，请另行决定。',
        en: 'Entered too late: the end of the order, or its days of grace for the review, had passed by then as far as was known; it lapses then and its passes end, and nothing entered afterwards brings it back or ends it otherwise. File the paper; decide anew if it is still needed.',
      })
    : undefined
}

/** The moment at which an order lapses by itself where nothing else becomes known: its end, or the midnight after the days of grace. */
function lapsesAt({ before, state, zone, parameter }: Situation<typeof fields>): string | undefined {
  const { end, reviewBy } = before ?? {}
  const owes = reviewBy !== undefined && LIMITING.some((one) => one === state)
  const grace = owes ? midnight(addDays(reviewBy, parameter<number>('closures.review.grace') + 1), zone) : undefined
  return [end, grace].filter((one) => one !== undefined).sort()[0]
}

const midnight = (day: string, zone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' })
