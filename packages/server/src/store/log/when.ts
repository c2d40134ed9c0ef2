import { type Command, type RecordState, SKEW, stampOf } from '@guatu/kernel'
import type { Moment } from './related.ts'

/**
 * An act without a time of its own happens now, but never before or at the same millisecond as what it builds on or looked at: the order of history
 * must be the order in which the server saw it. A clock that runs a little ahead is wrong: what it dates later than now happens now. Consequences
 * follow their cause in the same way.
 */
export function inTurn(command: Command, seen: readonly (RecordState | undefined)[], now: string, consequence: boolean): Command {
  const own = command.happenedAt === undefined ? undefined : normal(command.happenedAt)
  const ahead = own !== undefined && own > now && own <= stampOf(Temporal.Instant.from(now).add(SKEW))
  if (own !== undefined && !consequence && !ahead) return { ...command, happenedAt: own }
  const base = consequence ? (own ?? now) : now
  const last = seen.reduce((latest, one) => (one && one.changedAt > latest ? one.changedAt : latest), '')
  return {
    ...command,
    happenedAt: base > last ? base : Temporal.Instant.from(last).add({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' }),
  }
}

/** The moment as of which an act sees others, where it was done earlier than now; a consequence sees all that happened by the time of its cause. */
export function earlierThan(now: string, { happenedAt, id }: Command, consequence: boolean): Moment | undefined {
  const own = happenedAt === undefined ? now : normal(happenedAt)
  return own < now ? { happenedAt: own, id: consequence ? '~' : id } : undefined
}

/** A moment as events carry it; what is none stays as it is, to be refused by name. */
export const normal = (instant: string): string => {
  try {
    return stampOf(Temporal.Instant.from(instant))
  } catch {
    return instant
  }
}
