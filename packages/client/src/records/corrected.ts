import { type AnyRecord, CORRECT, type DomainEvent, effective } from '@guatu/kernel'

/** A correction beside the act that it sets right. */
export interface Corrected {
  readonly original: DomainEvent
  readonly void: boolean
  /** The values that it changed, as they were until then and as they are said now. */
  readonly changes: readonly { readonly name: string; readonly was: unknown; readonly is: unknown }[]
}

/** What each correction of a history changed; several corrections of one act are compared one after the other. */
export function correctionsOf(def: AnyRecord, events: readonly DomainEvent[]): ReadonlyMap<string, Corrected> {
  const byId = new Map(events.map((event) => [event.id, event]))
  const said = new Map<string, Readonly<Record<string, unknown>>>()
  const out = new Map<string, Corrected>()
  for (const event of events) {
    const original = event.action === CORRECT && event.corrects !== null ? byId.get(event.corrects) : undefined
    if (!original) continue
    const was = said.get(original.id) ?? original.input
    const given = (event.input.input ?? {}) as Readonly<Record<string, unknown>>
    const is = { ...was, ...given }
    const names = Object.keys(given).filter((name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(given[name] ?? null))
    const known = names.filter((name) => def.fields[name] ?? def.actions[original.action]?.with?.[name])
    out.set(event.id, {
      original,
      void: event.input.void === true,
      changes: known.map((name) => ({ name, was: was[name], is: given[name] })),
    })
    said.set(original.id, is)
  }
  return out
}

/** The input of an act as it counts now, its corrections in place. */
export const inputNow = (event: DomainEvent, events: readonly DomainEvent[]): Readonly<Record<string, unknown>> =>
  effective(events).find(({ id }) => id === event.id)?.input ?? event.input
