/**
 * One act on one record (design law 2). Appended, never changed. `id` is made where the act was done, so sending it again
 * changes nothing (law 3).
 */
export interface DomainEvent {
  readonly id: string
  /** Shard key: the county in whose books the record stands, for its whole life. */
  readonly county: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  /** Stable id of the area where the record stands after the act. */
  readonly area: string
  /** When it happened, ISO instant with milliseconds. */
  readonly happenedAt: string
  /** When the system took it in. */
  readonly recordedAt: string
  /** City day of `happenedAt`: the day whose books it enters. */
  readonly day: string
  /** Account that acted, or `system`. */
  readonly actor: string
  /** Body on whose behalf, where the role has one. */
  readonly unit: string | null
  /** Decision or legal basis under which it was done. */
  readonly authority: string | null
  /** The event that this one corrects, or stands for: see `effective`. */
  readonly corrects: string | null
  /** The event that made this one follow. */
  readonly cause: string | null
  readonly input: Readonly<Record<string, unknown>>
}

/** The order of history: by when it happened, ties by id, so that every machine folds alike whatever order events arrive in. */
export function inOrder(a: Pick<DomainEvent, 'happenedAt' | 'id'>, b: Pick<DomainEvent, 'happenedAt' | 'id'>): number {
  return a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** FNV-1a with 64 bits (RFC 9923) in two halves of 32: the prime is 2^40 + 0x1b3, so a product is one multiplication of each half and a shift. */
const PRIME = 0x1b3
const OFFSET_HIGH = 0xcbf29ce4
const OFFSET_LOW = 0x84222325

/** Sixteen hexadecimal digits; the seed's halves make another hash of the same text. */
function fnv64(text: string, seedHigh: number, seedLow: number): string {
  let high = OFFSET_HIGH ^ seedHigh
  let low = OFFSET_LOW ^ seedLow
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i)
    const below = (low & 0xffff) * PRIME
    const above = (low >>> 16) * PRIME + (below >>> 16)
    high = (Math.imul(high, PRIME) + (above >>> 16) + (low << 8)) | 0
    low = (above << 16) | (below & 0xffff)
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether something is an id of a record or event as it is kept: a UUID in small letters, of any version. */
export function isId(value: unknown): value is string {
  if (value === lastId) return true
  if (typeof value !== 'string' || !ID.test(value)) return false
  lastId = value
  return true
}

/** The last one found: what an act looks at it looks for by the same person, under many relations. */
let lastId: string | undefined

/**
 * A UUID (version 8, RFC 9562) that follows from a name: the same cause always gives its consequences the same ids, so a
 * repeated act repeats none of them. Not a secret and not meant to be one.
 */
export function derivedId(name: string): string {
  const s = fnv64(name, 0, 0) + fnv64(name, 0x9e3779b9, 0x7f4a7c15)
  const variant = '89ab'[Number.parseInt(s.charAt(16), 16) & 3] ?? '8'
  return `${s.slice(0, 8)}-${s.slice(8, 12)}-8${s.slice(13, 16)}-${variant}${s.slice(17, 20)}-${s.slice(20)}`
}
