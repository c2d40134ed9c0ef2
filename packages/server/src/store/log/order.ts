import { type DomainEvent, inOrder, type RecordState } from '@guatu/kernel'

/** Does an act come after everything that made the record what it is? */
export const isLatest = (before: RecordState | undefined, event: DomainEvent): boolean =>
  !before || inOrder({ happenedAt: before.changedAt, id: before.lastEvent }, event) < 0
