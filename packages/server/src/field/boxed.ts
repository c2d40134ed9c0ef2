import type { Command, Problem } from '@guatu/kernel'
import type { AtTheGate } from '../gates/cross.ts'
import { derivedKey, type Sealed, unseal } from './sealing.ts'

/** An act that its worker may no longer do: it waits for the clerk of the place, who answers for it from then on. */
export interface HandedOver {
  readonly id: string
  readonly account: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly area: string
  readonly happenedAt: string
  readonly receivedAt: string
  readonly problem: Problem
  readonly state: 'waiting' | 'taken' | 'dropped'
}

/** An act as it lies in the box; beside a crossing whoever stood at the gate. */
export interface BoxedAct extends Command {
  readonly who?: AtTheGate
}

/** Somebody whom the register knew already when a phone entered them. */
export interface Known {
  readonly person: string
  /** The household of the village that the phone entered them in. */
  readonly household?: string
}

/** Somebody whom the register has under the number that an entry of the box says, masked; it is not said where beyond what the refusal says. */
export interface OtherSide {
  readonly fields: Readonly<Record<string, unknown>>
  /** Of what both say, what they say differently. */
  readonly differs: readonly string[]
}

/** What is known of an act besides what was written. */
export const outsideOf = (row: {
  readonly id: string
  readonly record: string
  readonly record_id: string
  readonly action: string
  readonly happened_at: Date
}): Command => ({
  id: row.id,
  record: row.record,
  recordId: row.record_id,
  action: row.action,
  happenedAt: row.happened_at.toISOString(),
  input: {},
})

/** The key under which acts lie in the box. */
export const boxKey = (secret: string): Buffer => derivedKey(secret, 'box', 'handed-over acts')

/** An act out of the box; undefined when it does not open with this key. */
export function actOf(key: Buffer, command: Sealed): BoxedAct | undefined {
  const bytes = unseal(key, command)
  return bytes && (JSON.parse(bytes.toString()) as BoxedAct)
}
