import { type Command, instantMs, type RecordState, SKEW_MS, stampOf } from '@guatu/kernel'
import type { Moment } from './related.ts'

/**
 * An act without a time of its own happens now, but never before or at the same millisecond as what it builds on or looked at: the order of history
 * must be the order in which the server saw it. A clock that runs a little ahead is wrong: what it dates later than now happens now. Consequences
 * follow their cause in the same way.
 */
export function inTurn(command: Command, seen: readonly (RecordState | undefined)[], now: string, consequence: boolean): Command {
  const own = command.happenedAt === undefined ? undefined : normal(command.happenedAt)
  const ahead = own !== undefined && own > now && (instantMs(own) ?? Number.POSITIVE_INFINITY) <= (instantMs(now) ?? 0) + SKEW_MS
  if (own !== undefined && !consequence && !ahead) return { ...command, happenedAt: own }
  const base = consequence ? (own ?? now) : now
  let last = ''
  for (const one of seen) if (one && one.changedAt > last) last = one.changedAt
  return { ...command, happenedAt: base > last ? base : stampOf({ epochMilliseconds: (instantMs(last) ?? 0) + 1 }) }
}

/** The moment as of which an act sees others, where it was done earlier than now; a consequence sees all that happened by the time of its cause. */
export function earlierThan(now: string, { happenedAt, id }: Pick<Command, 'happenedAt' | 'id'>, consequence: boolean): Moment | undefined {
  const own = happenedAt === undefined ? now : normal(happenedAt)
  return own < now ? { happenedAt: own, id: consequence ? '~' : id } : undefined
}

/** A moment as events carry it; what is none stays as it is, to be refused by name. */
export const normal = (instant: string): string => {
  const ms = instantMs(instant)
  return ms === undefined ? instant : stampOf({ epochMilliseconds: ms })
}
