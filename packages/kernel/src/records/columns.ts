import type { RecordState } from './define.ts'

/**
 * Rows of one record type, column by column: what a phone is sent and keeps. A town of 30,000 people is some 2 MB so, compressed,
 * where the same rows as objects are five times as much.
 */
export interface RowBlock {
  readonly record: string
  /** The ids, 16 bytes each, in base64: random bytes cannot be made smaller. */
  readonly ids: string
  readonly county: Column
  readonly area: Column
  readonly state: Column
  readonly version: Column
  /** Milliseconds since the epoch, rounded up to the second. */
  readonly changedAt: Column
  readonly fields: Readonly<Record<string, Column>>
  /** Two bytes of the keyed hash of each row's identity number, see `recognise`. */
  readonly known?: Column
}

/** Values as they are, or few different ones by their number; `null` where there is none. */
export type Column = { readonly v: readonly unknown[] } | { readonly d: readonly unknown[]; readonly i: readonly number[] }

/** A row as a phone keeps it: nothing of who created it when. */
export interface CarriedRow extends RecordState {
  readonly known?: number
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]))

/** Standard base64 with padding; of our own, because it runs where neither Node nor a new browser is. */
export function toBase64(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const letters = [word >> 18, (word >> 12) & 63, (word >> 6) & 63, word & 63].map((value) => ALPHABET[value])
    out +=
      bytes.length - i >= 3 ? letters.join('') : `${letters.slice(0, bytes.length - i + 1).join('')}${'='.repeat(3 - (bytes.length - i))}`
  }
  return out
}

/** @throws RangeError when it is no base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((plain.length * 6) / 8))
  let word = 0
  let bits = 0
  let at = 0
  for (const letter of plain) {
    const value = VALUES.get(letter)
    if (value === undefined) throw new RangeError('not base64')
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (word >> bits) & 0xff
    }
  }
  return bytes
}

function packIds(ids: readonly string[]): string {
  const bytes = new Uint8Array(ids.length * 16)
  ids.forEach((id, row) => {
    const hex = id.replaceAll('-', '')
    for (let i = 0; i < 16; i += 1) bytes[row * 16 + i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  })
  return toBase64(bytes)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function unpackIds(packed: string): string[] {
  const bytes = fromBase64(packed)
  const ids: string[] = []
  for (let row = 0; row < bytes.length; row += 16) {
    let id = ''
    for (let i = 0; i < 16; i += 1) id += `${i === 4 || i === 6 || i === 8 || i === 10 ? '-' : ''}${HEX[bytes[row + i] ?? 0]}`
    ids.push(id)
  }
  return ids
}

function column(values: readonly unknown[]): Column {
  const plain = values.map((value) => value ?? null)
  const numbers = new Map<string, number>()
  const dictionary: unknown[] = []
  const indices: number[] = []
  for (const value of plain) {
    const key = JSON.stringify(value)
    let index = numbers.get(key)
    if (index === undefined) {
      index = dictionary.push(value) - 1
      numbers.set(key, index)
    }
    indices.push(index)
  }
  return dictionary.length * 2 <= plain.length ? { d: dictionary, i: indices } : { v: plain }
}

const valueAt = (one: Column | undefined, row: number): unknown =>
  one === undefined ? null : 'v' in one ? one.v[row] : one.d[one.i[row] ?? -1]

const SECOND = 1_000

/** Packs rows of one record type; of their fields only those named. */
export function packRows(record: string, fields: readonly string[], rows: readonly CarriedRow[]): RowBlock {
  const of = (read: (row: CarriedRow) => unknown) => column(rows.map(read))
  const columns = fields.map((name) => [name, of((row) => row.fields[name])] as const)
  return {
    record,
    ids: packIds(rows.map((row) => row.id)),
    county: of((row) => row.county),
    area: of((row) => row.area),
    state: of((row) => row.state),
    version: of((row) => row.version),
    changedAt: of((row) => Math.ceil(Temporal.Instant.from(row.changedAt).epochMilliseconds / SECOND) * SECOND),
    // A field that no row has needs no column.
    fields: Object.fromEntries(columns.filter(([, one]) => 'v' in one || one.d.length > 1 || one.d[0] !== null)),
    ...(rows.some((row) => row.known !== undefined) ? { known: of((row) => row.known) } : {}),
  }
}

export function unpackRows(block: RowBlock): CarriedRow[] {
  const names = Object.keys(block.fields)
  return unpackIds(block.ids).map((id, row) => {
    const fields: Record<string, unknown> = {}
    for (const name of names) {
      const value = valueAt(block.fields[name], row)
      if (value !== null && value !== undefined) fields[name] = value
    }
    const changedAt = new Date(Number(valueAt(block.changedAt, row))).toISOString()
    const known = valueAt(block.known, row)
    return {
      id,
      county: String(valueAt(block.county, row)),
      area: String(valueAt(block.area, row)),
      state: String(valueAt(block.state, row)),
      version: Number(valueAt(block.version, row)),
      createdAt: changedAt,
      changedAt,
      lastEvent: '',
      fields,
      ...(typeof known === 'number' ? { known } : {}),
    }
  })
}

/** What a phone carries of a record, whether or not its definition says so; undefined for what it does not carry. */
export function carriedOf(def: {
  readonly carried?: { readonly fields: readonly string[] }
  readonly fields: Readonly<Record<string, unknown>>
  readonly actions: Readonly<Record<string, { readonly offline?: boolean }>>
}): readonly string[] | undefined {
  if (def.carried) return def.carried.fields
  return Object.values(def.actions).some((action) => action.offline) ? Object.keys(def.fields) : undefined
}
