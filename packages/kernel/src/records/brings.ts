import type { AnyRecord } from './define.ts'

/** The record that a field of an act points to, and the act that registers one; see `Action.brings`. */
export interface Brings {
  readonly field: string
  readonly once?: { readonly on: string; readonly not: readonly string[] }
  readonly def: AnyRecord
  readonly action: string
}

/** The action by which people make such a record, if they do. */
export const makingAction = (def: AnyRecord): string | undefined =>
  Object.entries(def.actions).find(([, action]) => action.from === 'new' && !action.automatic && !action.ownPage)?.[0]

/** What rows of such acts may describe instead of naming it. */
export function broughtBy(def: AnyRecord, action: string, records: ReadonlyMap<string, AnyRecord>): Brings | undefined {
  const brings = def.actions[action]?.brings
  const pointing = brings && def.fields[brings.field]
  const target = pointing && records.get(pointing.kind === 'person' ? 'person' : (pointing.of ?? ''))
  const made = target && makingAction(target)
  return target && made !== undefined ? { ...brings, def: target, action: made } : undefined
}
