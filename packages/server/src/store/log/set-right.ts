import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, type Command, effective } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A correction that follows from another act says which act of the record it means by what that was, `{act: {action, input?}}`, for it knows no
 * event ids. Answers it as a correction names it, on top of earlier corrections; undefined where there is no such act, or not any more.
 */
export async function named(work: Workspace, def: AnyRecord, command: Command): Promise<Command | undefined> {
  const { act, input, ...rest } = command.input
  if (!isPlain(act)) return command
  const wanted = isPlain(act.input) ? Object.entries(act.input) : []
  const meant = effective(await work.history(def, command.recordId)).findLast(
    (one) => one.action === act.action && wanted.every(([name, value]) => isDeepStrictEqual(one.input[name], value)),
  )
  if (!meant) return undefined
  return { ...command, input: { event: meant.id, ...rest, ...(isPlain(input) ? { input: { ...meant.input, ...input } } : {}) } }
}
