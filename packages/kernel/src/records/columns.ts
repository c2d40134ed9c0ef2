import type { RecordState } from './row.ts'

/**
 * Rows of one record type, column by column: what a phone is sent and keeps. A town of 30,000 people is some 2 MB so, compressed,
 * where the same rows as objects are five times as much.
 */
export interface RowBlock {
  readonly record: string
  /** The ids, 22 letters each: random bytes cannot be made smaller, but what points to them repeats them letter for letter. */
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

/**
 * Values of a column, `null` where there is none: one that all rows share, as they are, few different ones by their number, or ids of 22
 * letters each, likewise by number where rows share them. Compressors find an id again where it is written alike, and shrink it to nothing.
 */
export type Column =
  | { readonly c: unknown }
  | { readonly v: readonly unknown[] }
  | { readonly d: readonly unknown[]; readonly i: readonly number[] }
  | { readonly u: string; readonly i?: readonly number[] }

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

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Letters of an id: 128 bits in sixes. */
const ID_LETTERS = 22
const NO_ID = '~'.repeat(ID_LETTERS)
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
/** Two letters are twelve bits, and those three hexadecimal digits. */
const THREE = Array.from({ length: 4_096 }, (_, value) => hex(value, 3))
const CODES = Array.from({ length: 128 }, (_, code) => VALUES.get(String.fromCharCode(code)) ?? 0)

/** @throws RangeError when it is no uuid in small letters */
function letters(id: string): string {
  if (!UUID.test(id)) throw new RangeError(`no id: ${id}`)
  const digits = `${id.replaceAll('-', '')}0`
  let out = ''
  for (let at = 0; at < 33; at += 3) {
    const value = Number.parseInt(digits.slice(at, at + 3), 16)
    out += `${ALPHABET[value >> 6]}${ALPHABET[value & 63]}`
  }
  return out
}

function idAt(text: string, row: number): string | null {
  const from = row * ID_LETTERS
  if (text[from] === '~') return null
  let digits = ''
  for (let at = from; at < from + ID_LETTERS; at += 2)
    digits += THREE[((CODES[text.charCodeAt(at)] ?? 0) << 6) | (CODES[text.charCodeAt(at + 1)] ?? 0)] ?? ''
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`
}

/** Ids are written as ids, wherever all of a column are some. */
const isId = (value: unknown) => value === null || (typeof value === 'string' && UUID.test(value))
const idsIn = (values: readonly unknown[]) => values.map((value) => (value === null ? NO_ID : letters(String(value)))).join('')

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
  if (dictionary.length === 1) return { c: dictionary[0] }
  const few = dictionary.length * 2 <= plain.length
  if (dictionary.every(isId)) return few ? { u: idsIn(dictionary), i: indices } : { u: idsIn(plain) }
  return few ? { d: dictionary, i: indices } : { v: plain }
}

/** Reads a column, value by value; ids that many rows share are spelled out once. */
function reader(one: Column | undefined): (row: number) => unknown {
  if (one === undefined) return () => null
  if ('c' in one) return () => one.c
  if ('v' in one) return (row) => one.v[row]
  if ('d' in one) return (row) => one.d[one.i[row] ?? -1]
  const { u, i } = one
  if (!i) return (row) => idAt(u, row)
  const spelled = Array.from({ length: u.length / ID_LETTERS }, (_, n) => idAt(u, n))
  return (row) => spelled[i[row] ?? -1]
}

const SECOND = 1_000

/** Packs rows of one record type; of their fields only those named. */
export function packRows(record: string, fields: readonly string[], rows: readonly CarriedRow[]): RowBlock {
  const of = (read: (row: CarriedRow) => unknown) => column(rows.map(read))
  const columns = fields.map((name) => [name, of((row) => row.fields[name])] as const)
  return {
    record,
    ids: idsIn(rows.map((row) => row.id)),
    county: of((row) => row.county),
    area: of((row) => row.area),
    state: of((row) => row.state),
    version: of((row) => row.version),
    changedAt: of((row) => Math.ceil(Temporal.Instant.from(row.changedAt).epochMilliseconds / SECOND) * SECOND),
    // A field that no row has needs no column.
    fields: Object.fromEntries(columns.filter(([, one]) => !('c' in one) || one.c !== null)),
    ...(rows.some((row) => row.known !== undefined) ? { known: of((row) => row.known) } : {}),
  }
}

export function unpackRows(block: RowBlock): CarriedRow[] {
  const fields = Object.entries(block.fields).map(([name, one]) => [name, reader(one)] as const)
  const [county, area, state] = [reader(block.county), reader(block.area), reader(block.state)]
  const [version, changed, known] = [reader(block.version), reader(block.changedAt), reader(block.known)]
  return Array.from({ length: block.ids.length / ID_LETTERS }, (_, row) => {
    const values: Record<string, unknown> = {}
    for (const [name, read] of fields) {
      const value = read(row)
      if (value !== null && value !== undefined) values[name] = value
    }
    const changedAt = new Date(Number(changed(row))).toISOString()
    const mark = known(row)
    return {
      id: idAt(block.ids, row) ?? '',
      county: String(county(row)),
      area: String(area(row)),
      state: String(state(row)),
      version: Number(version(row)),
      createdAt: changedAt,
      changedAt,
      lastEvent: '',
      fields: values,
      ...(typeof mark === 'number' ? { known: mark } : {}),
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
