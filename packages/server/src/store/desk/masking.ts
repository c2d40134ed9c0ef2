import { type AnyRecord, type DomainEvent, ERASED, type Field, meaningsOf, type RecordState } from '@guatu/kernel'

/** @param gone what is sensitive was erased */
const maskFields = (
  fields: Readonly<Record<string, Field>>,
  values: Readonly<Record<string, unknown>>,
  gone = false,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fields[name]
      return [name, value !== null && field?.sensitive ? (gone ? ERASED : field.mask(value)) : value]
    }),
  )

const anythingSensitive = new WeakMap<AnyRecord, boolean>()

/** Whether a record has anything to mask, its acts' own values included; most have not. */
function hasSensitive(def: AnyRecord): boolean {
  const known = anythingSensitive.get(def)
  if (known !== undefined) return known
  const groups = [def.fields, ...Object.values(def.actions).map((action) => action.with ?? {})]
  const found = groups.some((fields) => Object.values(fields).some((field) => field.sensitive))
  anythingSensitive.set(def, found)
  return found
}

/** The one masking layer (design law 8): what leaves the store for somebody without need to know. */
export const maskState = <S extends RecordState>(def: AnyRecord, state: S): S =>
  hasSensitive(def) ? { ...state, fields: maskFields(def.fields, state.fields) } : state

/**
 * A whole history, masked. Once the record was erased nobody reads what its acts said, also those that were stored before what they said was sealed: an
 * act is never changed.
 */
export function maskHistory(def: AnyRecord, history: readonly DomainEvent[]): DomainEvent[] {
  const gone = history.some(({ action }) => def.actions[action]?.erases === true)
  return history.map((event) => maskEvent(def, event, gone))
}

/** An event carries the values of its act: they are masked like the fields of the record, corrections included. */
export function maskEvent(def: AnyRecord, event: DomainEvent, gone = false): DomainEvent {
  if (!hasSensitive(def)) return event
  const fields = meaningsOf(def, event.action)
  const input = maskFields(fields, event.input, gone)
  const corrected = input.input
  return {
    ...event,
    input:
      typeof corrected === 'object' && corrected !== null
        ? { ...input, input: maskFields(fields, corrected as Record<string, unknown>, gone) }
        : input,
  }
}
