import type { AnyRecord, RecordState } from '@guatu/kernel'

/** Entries that may have been merged into one another in turn; a chain that is longer was not made by people. */
const LONGEST_CHAIN = 8

/** The record that stayed where this one was merged into another, and that one perhaps into a third; the last that can be had. */
export async function stays<R extends RecordState>(def: AnyRecord, found: R, get: (id: string) => Promise<R | undefined>): Promise<R> {
  let at = found
  for (let step = 0; def.survivor !== undefined && step < LONGEST_CHAIN; step += 1) {
    const into = at.fields[def.survivor]
    const next = typeof into === 'string' ? await get(into) : undefined
    if (!next) break
    at = next
  }
  return at
}
