import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, type Command, derivedId, effective } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A correction that follows from another act says which act of the record it means by what that was, `{act: {action, input?}}`, for it knows no
 * event ids: the last such act; or, with `followed: {record, id}`, every one that followed from an act of that other record. Answers each as a
 * correction names it, on top of earlier corrections; none where there is no such act, or not any more.
 */
export async function named(work: Workspace, def: AnyRecord, command: Command): Promise<readonly Command[]> {
  const { act, input, ...rest } = command.input
  if (!isPlain(act)) return [command]
  const wanted = isPlain(act.input) ? Object.entries(act.input) : []
  const all = effective(await work.history(def, command.recordId)).filter(
    (one) => one.action === act.action && wanted.every(([name, value]) => isDeepStrictEqual(one.input[name], value)),
  )
  const causes = isPlain(act.followed) ? await actsOf(work, act.followed) : undefined
  const meant = causes ? all.filter(({ cause }) => cause !== null && causes.has(cause)) : all.slice(-1)
  return meant.map((one, i) => ({
    ...command,
    id: i === 0 ? command.id : derivedId(`${command.id}/${i}`),
    input: { event: one.id, ...rest, ...(isPlain(input) ? { input: { ...one.input, ...input } } : {}) },
  }))
}

async function actsOf(work: Workspace, { record, id }: Readonly<Record<string, unknown>>): Promise<ReadonlySet<string>> {
  const def = work.registry.records.get(String(record))
  return new Set(def ? (await work.history(def, String(id))).map((one) => one.id) : [])
}
