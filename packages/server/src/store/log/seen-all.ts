import { type AnyRecord, type Command, type DomainEvent, hasSeen, type RecordState } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

/**
 * Has the sender of an act seen all that its record has been through? They know of what they did themselves before it, and none but them is answered
 * by what follows from that.
 */
export async function hasSeenAll(
  work: Workspace,
  def: AnyRecord,
  { id, version: now }: Pick<RecordState, 'id' | 'version'>,
  { version, builtOn = [] }: Pick<Command, 'version' | 'builtOn'>,
): Promise<boolean> {
  if (version === undefined) return false
  if (hasSeen(version, now)) return true
  if (typeof version !== 'number' || builtOn.length === 0) return false
  const history = await work.history(def, id)
  const theirs = await rootedIn(work, history, new Set(builtOn))
  return history.length - theirs === version - builtOn.length
}

/** How many of these are among some acts, or follow from one of them by whatever way. */
async function rootedIn(work: Workspace, history: readonly DomainEvent[], acts: ReadonlySet<string>): Promise<number> {
  const causes = new Map(history.map(({ id, cause }) => [id, cause]))
  for (let open: readonly string[] = unknown(history, causes); open.length > 0; ) {
    const found = await work.acts(open)
    for (const id of open) causes.set(id, null)
    for (const { id, cause } of found) causes.set(id, cause)
    open = unknown(found, causes)
  }
  const isTheirs = (id: string): boolean => {
    for (let at: string | null = id; at !== null; at = causes.get(at) ?? null) if (acts.has(at)) return true
    return false
  }
  return history.filter(({ id }) => isTheirs(id)).length
}

const unknown = (events: readonly DomainEvent[], known: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set(events.flatMap(({ cause }) => (cause === null || known.has(cause) ? [] : [cause]))),
]
