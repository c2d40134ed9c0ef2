import { addDays, type ParameterSetting } from '@guatu/kernel'
import type { GateBook } from '../../pass/check.ts'

/** What a gate's device keeps for hours without a network. Nothing in it names anybody. */
export interface Kept {
  readonly book?: GateBook
  /** Milliseconds by which the city's clock runs ahead of this device's, as last compared. */
  readonly skew: number
  readonly rules: readonly (readonly [string, ParameterSetting['value']])[]
  /** Outings that this device saw: pass number and instant. */
  readonly exits: readonly (readonly [number: string, at: string])[]
  /** Acts that wait for the network, in order. */
  readonly waiting: readonly WaitingAct[]
}

export interface WaitingAct {
  readonly record: 'crossing'
  readonly id: string
  readonly action: 'record'
  readonly event: string
  readonly area: string
  readonly happenedAt: string
  readonly input: Readonly<Record<string, unknown>>
}

export const NOTHING_KEPT: Kept = { skew: 0, rules: [], exits: [], waiting: [] }
/** Days of outings kept: longer than any period of an order. */
const EXIT_DAYS = 31
const KEY = 'guatu.gate'

/** Fields of a crossing that may not be written to the device. */
const NAMING: readonly string[] = ['plate', 'person']

export const keptKey = (account: string) => `${KEY}.${account}`

export function readKept(account: string): Kept {
  try {
    const text = localStorage.getItem(keptKey(account))
    return text === null ? NOTHING_KEPT : { ...NOTHING_KEPT, ...(JSON.parse(text) as Partial<Kept>) }
  } catch {
    return NOTHING_KEPT
  }
}

/** Keeps it, without outings too old to count; false where the device keeps nothing. */
export function writeKept(account: string, kept: Kept, today: string): boolean {
  const since = addDays(today, -EXIT_DAYS)
  try {
    localStorage.setItem(keptKey(account), JSON.stringify({ ...kept, exits: kept.exits.filter(([, at]) => at >= since) }))
    return true
  } catch {
    return false
  }
}

/** An act as it may wait on the device: without what names anybody. */
export const withoutNames = (act: WaitingAct): WaitingAct => ({
  ...act,
  input: Object.fromEntries(Object.entries(act.input).filter(([name]) => !NAMING.includes(name))),
})
