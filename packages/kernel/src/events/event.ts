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
  /** The event that this one corrects. */
  readonly corrects: string | null
  /** The event that made this one follow. */
  readonly cause: string | null
  readonly input: Readonly<Record<string, unknown>>
}

/** The order of history: by when it happened, ties by id, so that every machine folds alike whatever order events arrive in. */
export function inOrder(a: Pick<DomainEvent, 'happenedAt' | 'id'>, b: Pick<DomainEvent, 'happenedAt' | 'id'>): number {
  return a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n
const MASK = 0xffffffffffffffffn

function fnv64(text: string, seed: bigint): bigint {
  let hash = OFFSET ^ seed
  for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * PRIME) & MASK
  return hash
}

/**
 * A UUID (version 8, RFC 9562) that follows from a name: the same cause always gives its consequences the same ids, so a
 * repeated act repeats none of them. Not a secret and not meant to be one.
 */
export function derivedId(name: string): string {
  const hex = (fnv64(name, 0n).toString(16).padStart(16, '0') + fnv64(name, 0x9e3779b97f4a7c15n).toString(16).padStart(16, '0')).split('')
  hex[12] = '8'
  hex[16] = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3] ?? '8'
  const s = hex.join('')
  return `${s.slice(0, 8)}-${s.slice(8, 12)}-${s.slice(12, 16)}-${s.slice(16, 20)}-${s.slice(20)}`
}
