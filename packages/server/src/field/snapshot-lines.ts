import type { Actor, ParameterSetting, RowBlock } from '@guatu/kernel'

/** What a phone is told before any rows: who works where, by which rules, from which place in the books. */
export interface Head {
  readonly now: string
  readonly day: string
  readonly zone: string
  readonly actor: Actor
  readonly areas: readonly {
    readonly id: string
    readonly name: string
    readonly level: string
    readonly path: string
    readonly county: string
  }[]
  readonly parameters: Readonly<Record<string, readonly Omit<ParameterSetting, 'instrument'>[]>>
  readonly records: readonly string[]
  /** Place in the book of each county, from which changes are asked. */
  readonly heads: Readonly<Record<string, number>>
}

/** One line of the stream. */
export type SnapshotLine =
  | { readonly head: Head }
  | { readonly block: RowBlock; readonly due?: true; readonly cursor?: string }
  | { readonly done: true }

export interface ChangesAnswer {
  readonly now: string
  readonly heads: Readonly<Record<string, number>>
  /** Too much has changed, or the place is not known: take the whole again. */
  readonly reset: boolean
  readonly blocks: readonly RowBlock[]
  /** Records that left this area. */
  readonly gone: readonly { readonly record: string; readonly id: string }[]
}

/** Where a stream that broke off goes on: behind this row of this record. */
export interface Place {
  readonly record: number
  readonly path: string
  readonly id: string
}

export const writeCursor = (place: Place) => Buffer.from(JSON.stringify([place.record, place.path, place.id])).toString('base64url')

/** @returns undefined where the cursor is none, or not one of ours: the stream begins anew then */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(read)) return undefined
    const [record, path, id] = read
    return typeof record === 'number' && typeof path === 'string' && /^[0-9a-f-]{36}$/.test(String(id)) ? { record, path, id } : undefined
  } catch {
    return undefined
  }
}
