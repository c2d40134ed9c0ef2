import { createHash } from 'node:crypto'
import type { DomainEvent } from '@guatu/kernel'

export const GENESIS = '0'.repeat(64)

/** An event in the chain of its county. */
export interface Link {
  readonly event: DomainEvent
  readonly seq: number
  readonly hash: string
}

/** JSON with sorted keys: one text for one value, whatever order a database gives the keys back in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 over the previous hash and everything the event says: whoever changes one event breaks all later links of its county. */
export function link(previous: string, e: DomainEvent): string {
  const said = [
    e.id,
    e.county,
    e.record,
    e.recordId,
    e.action,
    e.area,
    e.happenedAt,
    e.recordedAt,
    e.day,
    e.actor,
    e.unit,
    e.authority,
    e.corrects,
    e.cause,
  ]
  return createHash('sha256').update(previous).update(JSON.stringify(said)).update(canonical(e.input)).digest('hex')
}
