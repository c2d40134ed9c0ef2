import { type DomainEvent, effective, MOVE, SYSTEM } from '@guatu/kernel'

/** Where a record stood before a move, and where it stands after it. */
export interface Moved {
  readonly from: string
  readonly to: string
  /** A reform took it along: nobody moved it. */
  readonly reform: boolean
}

/** The moves of a history that moved something; what a reform takes along from where the record does not stand moves nothing. */
export function movesOf(events: readonly DomainEvent[]): ReadonlyMap<string, Moved> {
  const out = new Map<string, Moved>()
  let stands: string | undefined
  for (const { id, action, area, actor, cause, input } of effective(events)) {
    const from = stands ?? area
    const moves = action === MOVE && (input.from === undefined || input.from === from)
    if (moves && area !== from) out.set(id, { from, to: area, reform: actor === SYSTEM.id && cause === null })
    stands = moves ? area : from
  }
  return out
}

/** Is this a move that changed nothing and that nobody asked for? */
export const movedNothing = ({ id, action, actor, cause }: DomainEvent, moves: ReadonlyMap<string, Moved>): boolean =>
  action === MOVE && (cause !== null || actor === SYSTEM.id) && !moves.has(id)
