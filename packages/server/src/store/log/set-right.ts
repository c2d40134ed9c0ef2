import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, CORRECT, type Command, type DomainEvent, derivedId, effective, type Follow, inOrder } from '@guatu/kernel'
import { givingWay } from './giving-way.ts'
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
 * Answers each as a correction names it, on top of earlier corrections, and what gives way to what rests on it; none where there is no such act, or
 * not any more.
 */
export async function named(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  command: Command,
  yields?: Follow['yields'],
): Promise<readonly Command[]> {
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
  const struck = last && last.happenedAt > (command.happenedAt ?? '') ? strike(last, command) : undefined
  const loose = (beside: readonly DomainEvent[] = []) =>
    struck !== undefined && !over && isLoose(work, at, def, history, [struck, ...beside])
  const meant = act.since !== true || (await loose())
  const way = !meant && yields && struck ? givingWay(def, history, struck, yields) : undefined
  if (!meant && !(way && (await loose([way.event])))) return []
  const corrections = some.map((one, i) => ({
    ...command,
    id: i === 0 ? command.id : derivedId(`${command.id}/${i}`),
    input: { event: one.id, ...rest, ...(isPlain(input) ? { input: { ...one.input, ...input } } : {}) },
  }))
  return way ? [...corrections, way.command] : corrections
}

/** An act as it is struck by a correction. */
const strike = (act: DomainEvent, { id, cause }: Command): DomainEvent => ({
  ...act,
  id,
  cause: cause ?? null,
  action: CORRECT,
  corrects: act.id,
  input: { void: true },
})

/** Would all that was done since have been done without an act, and with what is done beside? */
async function isLoose(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  history: readonly DomainEvent[],
  [struck, ...beside]: readonly [DomainEvent, ...DomainEvent[]],
): Promise<boolean> {
  return (
    firstImpossible(def, [...history, struck, ...beside]) === undefined &&
    (await restsOn(work, at, def, struck, undefined, beside)) === undefined
  )
}

async function actsOf(work: Workspace, { record, id }: Readonly<Record<string, unknown>>): Promise<ReadonlySet<string>> {
  const def = work.registry.records.get(String(record))
  return new Set(def ? (await work.history(def, String(id))).map((one) => one.id) : [])
}
