import {
  type Actor,
  type AnyRecord,
  CORRECT,
  type DomainEvent,
  effective,
  inputFields,
  MOVE,
  onOthers,
  scopeOf,
  settledIn,
  unitsOf,
  within,
} from '@guatu/kernel'
import type { Listed } from '../query/list.ts'

/** Which acts of a record somebody may set right: their values, and whether they may be taken back as a whole. */
export interface Correctable {
  readonly event: string
  readonly void: boolean
}

/**
 * The acts of a timeline that this person may correct as the record stands: those of actions they may do there themselves. What others rest on is
 * refused when it is tried, with what to do instead; an act that is never taken back is not offered for it.
 */
export function correctable(def: AnyRecord, row: Listed, events: readonly DomainEvent[], actor: Actor): readonly Correctable[] {
  if (def.sealed?.includes(row.state)) return []
  const stands = new Set(effective(events).map(({ id }) => id))
  const at = { path: row.path, units: unitsOf(def, row.fields) }
  return events.flatMap(({ id, action: name, actor: by }) => {
    const action = Object.hasOwn(def.actions, name) ? def.actions[name] : undefined
    if (!action || name === CORRECT || name === MOVE || action.automatic || action.composed || action.erases || !stands.has(id)) return []
    if (!within(scopeOf(by === actor.id ? action.by : onOthers(action.by), actor), at)) return []
    const settled = settledIn(action, row.state)
    const whole = action.from !== 'new' && !settled.some((one) => one.whole)
    const held: readonly string[] = settled.flatMap(({ fields, own = [] }) => [...fields, ...own])
    const open = inputFields(def, action).some(({ name: field }) => !held.includes(field))
    return whole || open ? [{ event: id, void: whole }] : []
  })
}
