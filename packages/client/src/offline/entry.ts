import { type Clock, momentOn, type Problem, type Saw, today } from '@guatu/kernel'
import type { Stamp } from './device-clock.ts'

/**
 * Where an act of this phone is: `kept` on the phone, `sent` and not yet answered, `confirmed` by the server, in `conflict` with what
 * others did, `refused` by a rule, `handed-over` to the clerk, `dropped` by the person.
 */
export type EntryState = 'kept' | 'sent' | 'confirmed' | 'conflict' | 'refused' | 'handed-over' | 'dropped'

/** An act as it is sent: its event id was made here, so sending it again changes nothing. */
export interface FieldAct {
  readonly record: string
  readonly id: string
  readonly action: string
  readonly event: string
  readonly area?: string
  /** The version seen, where the act writes over values that were seen. */
  readonly version?: number
  /** Acts of this phone that are part of that version and that the server had not told yet, one for each step. */
  readonly builtOn?: readonly string[]
  /** What was seen of what the act vouches for. */
  readonly saw?: Saw
  readonly shape: number
  readonly authority?: string
  readonly happenedAt?: string
  readonly input: Readonly<Record<string, unknown>>
  readonly beside?: Readonly<Record<string, unknown>>
}

/** What an act leads to on another record that lies here. */
export type Foreseen = Pick<FieldAct, 'record' | 'id' | 'action' | 'area' | 'input'>

export interface Entry extends Stamp {
  readonly act: FieldAct
  readonly state: EntryState
  /** Not before this, milliseconds of the city: when the server's row that the act builds on last changed. */
  readonly after: number
  /** It happened on an earlier day and stands there: its moment is in the act from the first and does not change with the clock. */
  readonly dated?: true
  /** Where others stand by it, shown until the server has said so itself. */
  readonly foreseen?: readonly Foreseen[]
  /** What the person saw when it was done, for the two sides of a conflict. */
  readonly seen?: Readonly<Record<string, unknown>>
  readonly problem?: Problem
  /** Version of the record once confirmed. */
  readonly version?: number
  /** Rows that arrived since hold it: it need not be folded on top of them any more. */
  readonly settled?: boolean
  /** Hashes of photos and signatures that must arrive before it. */
  readonly files?: readonly string[]
}

/** Still has to be sent, or is waiting for a person: it must not leave the phone unseen. */
export const isOpen = (entry: Pick<Entry, 'state'>): boolean =>
  entry.state === 'kept' || entry.state === 'sent' || entry.state === 'conflict' || entry.state === 'refused'

/** Waits for nothing but the network. */
export const isWaiting = (entry: Pick<Entry, 'state'>): boolean => entry.state === 'kept' || entry.state === 'sent'

/** The moment of an act of an earlier day: at its end, and after what was entered for that day before. Undefined for today. */
export function datedMoment(day: string | undefined, clock: Clock, entries: readonly Entry[]): string | undefined {
  const moment = momentOn(day, today(clock), clock.zone)
  if (moment === undefined) return undefined
  const second = moment.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
  const same = entries.filter((one) => one.dated && one.act.happenedAt?.startsWith(second))
  return new Date(Date.parse(moment) + Math.min(same.length, 999)).toISOString()
}

/** An entry, and beside it one for each record that stands otherwise by it. */
export function withForeseen(entry: Entry): readonly Entry[] {
  const { version: _, foreseen = [], ...rest } = entry
  return [entry, ...foreseen.map((one): Entry => ({ ...rest, act: { ...entry.act, ...one } }))]
}
