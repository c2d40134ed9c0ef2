import { hash } from 'node:crypto'
import { canonicalText, type DomainEvent } from '@guatu/kernel'

export const GENESIS = '0'.repeat(64)

/** An event in the chain of its county. */
export interface Link {
  readonly event: DomainEvent
  readonly seq: number
  readonly hash: string
}

/** SHA-256 (hex) of a text under the hash before it. */
export const sealed = (previous: string, text: string): string => hash('sha256', previous + text, 'hex')

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
  return sealed(previous, JSON.stringify(said) + canonicalText(e.input))
}
