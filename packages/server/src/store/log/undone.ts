import { CORRECT, type DomainEvent, derivedId, effective, type Follow, fill, type Label, label } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

/** Consequences of an act asked for in one go. */
const PAGE = 500
const STRUCK = label('“{action}”已作废', '“{action}” was struck')

/** The id of an act that follows from another one as its `index`th consequence. */
export const consequenceId = (cause: string, index: number): string => derivedId(`${cause}/${index}`)

/** Strikes what followed from an act by itself and still stands, whatever else was done with those records since. */
export async function undone(work: Workspace, { id }: DomainEvent, action: Label): Promise<readonly Follow[]> {
  const out: Follow[] = []
  for (const event of await followedFrom(work, id)) {
    const def = work.registry.records.get(event.record)
    if (!def || !effective(await work.history(def, event.recordId)).some((one) => one.id === event.id)) continue
    const input = { event: event.id, reason: fill(STRUCK, { action }).zh, void: true }
    out.push({ record: event.record, recordId: event.recordId, action: CORRECT, input })
  }
  return out
}

/** The consequences of an act have ids that are made of its own and their place among them: so they are found without looking through the log. */
async function followedFrom(work: Workspace, cause: string): Promise<readonly DomainEvent[]> {
  const out: DomainEvent[] = []
  for (let from = 0; ; from += PAGE) {
    const places = new Map(Array.from({ length: PAGE }, (_, i) => [consequenceId(cause, from + i), from + i]))
    const found = await work.acts([...places.keys()])
    if (found.length === 0) return out
    out.push(...found.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0)))
  }
}
