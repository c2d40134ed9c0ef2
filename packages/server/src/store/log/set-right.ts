import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, CORRECT, type Command, type DomainEvent, derivedId, effective, inOrder } from '@guatu/kernel'
import { firstImpossible } from './late.ts'
import type { Surround } from './receipt.ts'
import { restsOn } from './rests.ts'
import type { Workspace } from './workspace.ts'

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A correction that follows from another act says which act of the record it means by what that was, `{act: {action, input?}}`, for it knows no
 * event ids: the last such act; with `followed: {record, id}` every one that followed from an act of that other record; with `since: true` the last
 * one where it was done after this act, which became known late, and nothing rests on it since; with `until: action` where it was done before that was.
 * Answers each as a correction names it, on top of earlier corrections; none where there is no such act, or not any more.
 */
export async function named(work: Workspace, at: Surround, def: AnyRecord, command: Command): Promise<readonly Command[]> {
  const { act, input, ...rest } = command.input
  if (!isPlain(act)) return [command]
  const wanted = isPlain(act.input) ? Object.entries(act.input) : []
  const history = await work.history(def, command.recordId)
  const stands = effective(history)
  const all = stands.filter(
    (one) => one.action === act.action && wanted.every(([name, value]) => isDeepStrictEqual(one.input[name], value)),
  )
  const causes = isPlain(act.followed) ? await actsOf(work, act.followed) : undefined
  const some = causes ? all.filter(({ cause }) => cause !== null && causes.has(cause)) : all.slice(-1)
  const [last] = some
  const over =
    last && stands.some((one) => one.action === act.until && one.happenedAt >= (command.happenedAt ?? '') && inOrder(one, last) < 0)
  const meant = act.since !== true || (last && !over && (await isLoose(work, at, def, command, history, last))) ? some : []
  return meant.map((one, i) => ({
    ...command,
    id: i === 0 ? command.id : derivedId(`${command.id}/${i}`),
    input: { event: one.id, ...rest, ...(isPlain(input) ? { input: { ...one.input, ...input } } : {}) },
  }))
}

/** Was an act done after this one, and would all that was done since have been done without it? */
async function isLoose(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  { id, happenedAt = '', cause }: Command,
  history: readonly DomainEvent[],
  act: DomainEvent,
): Promise<boolean> {
  if (act.happenedAt <= happenedAt) return false
  const struck: DomainEvent = { ...act, id, cause: cause ?? null, action: CORRECT, corrects: act.id, input: { void: true } }
  return firstImpossible(def, [...history, struck]) === undefined && (await restsOn(work, at, def, struck)) === undefined
}

async function actsOf(work: Workspace, { record, id }: Readonly<Record<string, unknown>>): Promise<ReadonlySet<string>> {
  const def = work.registry.records.get(String(record))
  return new Set(def ? (await work.history(def, String(id))).map((one) => one.id) : [])
}
