import { isDeepStrictEqual } from 'node:util'
import {
  type Actor,
  type AnyRecord,
  type Command,
  type DomainEvent,
  ERASED,
  inputFields,
  MOVE,
  no,
  ok,
  problem,
  type Result,
  readInput,
} from '@guatu/kernel'
import type { Receipt } from './receipt.ts'
import type { Workspace } from './workspace.ts'

/** The answer to a known id: the same act gets its old receipt, another act under the same id is refused. */
export async function again(work: Workspace, known: DomainEvent, command: Command, def: AnyRecord, actor: Actor): Promise<Result<Receipt>> {
  // The id of somebody else's act opens no view of it.
  if (known.actor !== actor.id && !actor.system) return no(problem('id-reused'))
  if (!isSameAct(known, command, def)) return no(problem('id-reused'))
  const state = await work.state(def, known.recordId)
  return state ? ok({ event: known, state, repeated: true }) : no(problem('not-found', { what: def.label }))
}

/** Is this command the act that the event is, sent once more? */
const isSameAct = (known: DomainEvent, command: Command, def: AnyRecord): boolean =>
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
