import { type AnyRecord, type CarriedRow, LONGEST_CHAIN } from '@guatu/kernel'

type Get = (id: string) => CarriedRow | undefined

/** The record that stays where one was merged into another, as far as it can be read here. */
export function stays(def: AnyRecord | undefined, id: string, get: Get): CarriedRow | undefined {
  let state = get(id)
  for (let step = 0; def?.survivor !== undefined && state && step < LONGEST_CHAIN; step += 1) {
    const into = state.fields[def.survivor]
    const next = typeof into === 'string' ? get(into) : undefined
    if (!next) break
    state = next
  }
  return state
}

/** Ids of all entries that are one with this one by merging, among those that lie here. */
export function oneAndSame(def: AnyRecord | undefined, id: unknown, rows: Iterable<CarriedRow>, get: Get): readonly unknown[] {
  const by = def?.survivor
  if (by === undefined || typeof id !== 'string') return id === undefined ? [] : [id]
  const last = stays(def, id, get)?.id ?? id
  const merged = [...rows].filter((row) => row.fields[by] !== undefined && stays(def, row.id, get)?.id === last)
  return [...new Set([last, id, ...merged.map((row) => row.id)])]
}
