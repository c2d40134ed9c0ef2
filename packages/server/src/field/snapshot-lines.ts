import type { Actor, ParameterSetting, RowBlock } from '@guatu/kernel'

export interface HeadArea {
  readonly id: string
  readonly name: string
  readonly level: string
  readonly path: string
  readonly county: string
}

/** What a phone is told before any rows: who works where, by which rules, from which place in the books. */
export interface Head {
  readonly now: string
  readonly day: string
  readonly zone: string
  readonly actor: Actor
  readonly areas: readonly HeadArea[]
  readonly parameters: Readonly<Record<string, readonly Omit<ParameterSetting, 'instrument'>[]>>
  readonly records: readonly string[]
  /** Place in the book of each county, from which changes are asked, with the mark of the scope under {@link SCOPE}. */
  readonly heads: Readonly<Record<string, number>>
}

/**
 * Where the mark of the scope stands among the places: phones give back what they were given, so that those of an older version, which know
 * of no scope, are told to start over as well. No county has this name.
 */
export const SCOPE = 'scope'

/**
 * Where the mark of the numbers of all rules stands. A phone tells the mark of those that it holds; one of an older version gives back what it was
 * given, leaves the numbers of a change aside, and has them with its next whole.
 */
export const RULES = 'rules'

/** One line of the stream. */
export type SnapshotLine =
  | { readonly head: Head }
  | { readonly block: RowBlock; readonly due?: true; readonly cursor?: string }
  | { readonly done: true }

export interface ChangesAnswer {
  readonly now: string
  readonly heads: Readonly<Record<string, number>>
  /** Too much has changed, the place is not known, or what lies on the phone is another scope's: take the whole again. */
  readonly reset: boolean
  readonly blocks: readonly RowBlock[]
  /** Records that left this area. */
  readonly gone: readonly { readonly record: string; readonly id: string }[]
  /** All of them, where those that the phone holds are not those of now. */
  readonly parameters?: Head['parameters']
}

/** Where a stream that broke off goes on: behind this row of this record, of the scope whose mark it was. */
export interface Place {
  readonly record: number
  readonly path: string
  readonly id: string
  readonly scope: number
}

export const writeCursor = ({ record, path, id, scope }: Place) =>
  Buffer.from(JSON.stringify([record, path, id, scope])).toString('base64url')

/** @returns undefined where the cursor is none, or not one of ours */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(read)) return undefined
    // One that was given out before cursors named their scope is of none that holds today.
    const [record, path, id, scope = 0] = read
    if (typeof record !== 'number' || typeof path !== 'string' || typeof scope !== 'number') return undefined
    return /^[0-9a-f-]{36}$/.test(String(id)) ? { record, path, id, scope } : undefined
  } catch {
    return undefined
  }
}
