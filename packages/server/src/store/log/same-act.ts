import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, type Command, type DomainEvent, ERASED, inputFields, MOVE, readInput } from '@guatu/kernel'

/** Is this command the act that the event is, sent once more? */
export const isSameAct = (known: DomainEvent, command: Command, def: AnyRecord): boolean =>
  known.record === command.record && known.recordId === command.recordId && known.action === command.action && !differs(known, command, def)

/** What an act was sent with is compared as it was read: trimmed, defaults filled in. */
function differs(known: DomainEvent, command: Command, def: AnyRecord): boolean {
  const action = Object.hasOwn(def.actions, command.action) ? def.actions[command.action] : undefined
  // A move takes no input: what a reform says in one is its own.
  if (!action || command.action === MOVE) return false
  const read = readInput(def, action, command.input, command.shape, command.recordId)
  if (!read.ok) return true
  const sent: Record<string, unknown> = JSON.parse(JSON.stringify(read.value))
  // What was made of it, and by an earlier version was not, says nothing against it.
  const asked = new Set(inputFields(def, action).map(({ name }) => name))
  for (const name of Object.keys(sent)) if (!asked.has(name) && !(name in known.input)) delete sent[name]
  // What was erased cannot be compared any more: a phone that sends an old act again gets its receipt.
  for (const [name, value] of Object.entries(known.input)) if (value === ERASED && name in sent) sent[name] = ERASED
  return !isDeepStrictEqual(sent, JSON.parse(JSON.stringify(known.input)))
}
