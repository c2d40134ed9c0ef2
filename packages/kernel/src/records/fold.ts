import { type DomainEvent, inOrder } from '../events/event.ts'
import { ERASED } from '../kinds/unseen.ts'
import type { AnyRecord } from './define.ts'
import type { RecordState } from './row.ts'
import type { Act } from './situation.ts'

/** Acts that every record knows, whatever its definition. */
export const MOVE = 'moveArea'
export const CORRECT = 'correct'

const actOf = (event: DomainEvent): Act => ({
  id: event.id,
  recordId: event.recordId,
  happenedAt: event.happenedAt,
  recordedAt: event.recordedAt,
  day: event.day,
  area: event.area,
  actor: event.actor,
  unit: event.unit,
  input: event.input,
})

function enter(given: Record<string, unknown>, names: readonly string[], input: DomainEvent['input']): void {
  for (const name of names) {
    const value = input[name]
    if (value === null) delete given[name]
    else if (value !== undefined) given[name] = value
  }
}

/**
 * Where a record stands after an act: later acts name the area they were done in; only the first act and a move decide. A move that says what it
 * takes the record away from moves nothing that does not stand there: who had left before a reform, as became known after it, has left.
 */
function standsAfter(before: RecordState | undefined, { action, area, input }: DomainEvent): string {
  if (before === undefined) return area
  return action === MOVE && (input.from === undefined || input.from === before.area) ? area : before.area
}

/**
 * One act folded into the state. It validates nothing and knows no user: what was accepted once is folded for ever, by the
 * server, by an offline device and by a rebuild alike.
 */
export function apply(def: AnyRecord, before: RecordState | undefined, event: DomainEvent): RecordState {
  const base: RecordState = before ?? {
    id: event.recordId,
    county: event.county,
    area: event.area,
    state: '',
    version: 0,
    createdAt: event.happenedAt,
    changedAt: event.happenedAt,
    lastEvent: event.id,
    fields: {},
  }
  const action = def.actions[event.action]
  const given: Record<string, unknown> = { ...base.fields }
  if (action) {
    if (action.needs) enter(given, action.needs, event.input)
    if (action.takes) enter(given, action.takes, event.input)
    const effect: Readonly<Record<string, unknown>> | undefined = action.effect?.(given, actOf(event))
    for (const name in effect) {
      const value = effect[name]
      if (value !== undefined && value !== null) given[name] = value
      else if (name in given) delete given[name]
    }
    // By the act itself, so that a device that still has the values forgets them in the same fold.
    if (action.erases) for (const name of Object.keys(given)) if (def.fields[name]?.sensitive) given[name] = ERASED
  }
  return {
    ...base,
    area: standsAfter(before, event),
    state: action && action.to !== 'same' ? action.to : base.state,
    version: base.version + 1,
    changedAt: event.happenedAt,
    lastEvent: event.id,
    fields: given,
  }
}

/**
 * History with its corrections in place: a corrected act keeps its place and time and takes the corrected input, a voided one
 * is left out. The correction itself stays in the log and leaves no trace of its own in the state. What names another act without being
 * a correction stands for it, at its own place: a consequence for which an earlier cause became known.
 */
export function effective(history: readonly DomainEvent[]): readonly DomainEvent[] {
  const sorted = [...history].sort(inOrder)
  const corrections = new Map<string, DomainEvent>()
  const replaced = new Set<string>()
  for (const event of sorted) {
    if (event.corrects === null) continue
    // Corrections are stamped one after the other, so the last one of an act is the one that counts.
    if (event.action === CORRECT) corrections.set(event.corrects, event)
    else replaced.add(event.corrects)
  }
  const out: DomainEvent[] = []
  for (const event of sorted) {
    if (event.action === CORRECT || replaced.has(event.id)) continue
    const correction = corrections.get(event.id)
    if (!correction) out.push(event)
    else if (correction.input.void !== true)
      out.push({ ...event, input: { ...event.input, ...(correction.input.input as Record<string, unknown>) } })
  }
  return out
}

/** State of a record from its whole history, in any order; undefined when nothing of it is left. */
export function fold(def: AnyRecord, history: readonly DomainEvent[]): RecordState | undefined {
  const last = steps(def, history).at(-1)
  return last && { ...last.after, version: history.length }
}

/** Every step of a history: the act with the state before and after it. */
export function steps(
  def: AnyRecord,
  history: readonly DomainEvent[],
): { event: DomainEvent; before: RecordState | undefined; after: RecordState }[] {
  const out: { event: DomainEvent; before: RecordState | undefined; after: RecordState }[] = []
  let before: RecordState | undefined
  for (const event of effective(history)) {
    const after = apply(def, before, event)
    out.push({ event, before, after })
    before = after
  }
  return out
}
