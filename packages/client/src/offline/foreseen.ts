import { type Command, type Decision, MOVE } from '@guatu/kernel'
import type { Foreseen } from './entry.ts'
import type { Replica } from './replica.ts'

/** Where others that lie here stand by a decision: of its consequences those that are foreseen, and of theirs. */
export function foreseenBy(replica: Replica, { event, situation }: Decision, command: Command): readonly Foreseen[] {
  const follows = replica.registry.records.get(event.record)?.actions[event.action]?.follows?.(situation) ?? []
  return follows.flatMap(({ record, recordId, action, area, input }): readonly Foreseen[] => {
    if (recordId === undefined || !replica.get(record, recordId)) return []
    const one = { record, id: recordId, action, ...(area === undefined ? {} : { area }), input }
    if (action === MOVE) return [one]
    if (replica.registry.records.get(record)?.actions[action]?.foreseen !== true) return []
    const next = { ...command, record, recordId, action, input }
    const decision = replica.decide(next, true)
    return decision.ok ? [one, ...foreseenBy(replica, decision.value, next)] : []
  })
}
