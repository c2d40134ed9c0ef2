import type { Sealed, Vault } from '@guatu/client'
import { addDays, type Label, type ParameterSetting } from '@guatu/kernel'
import type { GateBook } from '../../pass/check.ts'

/** What a gate's device keeps for hours without a network. Nothing in it names anybody: names are sealed, and the key is not kept. */
export interface Kept {
  readonly book?: GateBook
  /** Milliseconds by which the city's clock runs ahead of this device's, as last compared. */
  readonly skew: number
  readonly rules: readonly (readonly [string, ParameterSetting['value']])[]
  /** Outings that this device saw: pass number and instant. */
  readonly exits: readonly (readonly [number: string, at: string])[]
  /** Acts that wait for the network, in order. */
  readonly waiting: readonly WaitingAct[]
  /** Acts that the server did not take, and why, until a person has read it. */
  readonly refused: readonly { readonly happenedAt: string; readonly why: Label }[]
}

/** Who was at the gate, where the register may not know it yet. */
export interface Who {
  readonly document: string
  readonly name?: string
  readonly phone?: string
  readonly plate?: string
  readonly person: string
  readonly event: string
}

/** A crossing as it is sent. */
export interface CrossingAct {
  readonly id: string
  readonly event: string
  readonly area: string
  readonly happenedAt: string
  readonly input: Readonly<Record<string, unknown>>
  readonly who?: Who
}

/** A crossing as it waits on the device. */
export interface WaitingAct extends Omit<CrossingAct, 'who'> {
  readonly sealed?: Sealed
}

export const NOTHING_KEPT: Kept = { skew: 0, rules: [], exits: [], waiting: [], refused: [] }
/** Days of outings kept: longer than any period of an order. */
const EXIT_DAYS = 31
const KEY = 'guatu.gate'

/** Fields of a crossing that may not be written to the device in clear. */
const NAMING: readonly string[] = ['plate', 'person']

const keptKey = (account: string) => `${KEY}.${account}`

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

/** An act as it may wait on the device: what names anybody is sealed, or left out where there is no key. */
export async function sealAct({ who, ...act }: CrossingAct, vault: Vault | undefined): Promise<WaitingAct> {
  const entries = Object.entries(act.input)
  const naming = Object.fromEntries(entries.filter(([name]) => NAMING.includes(name)))
  const input = Object.fromEntries(entries.filter(([name]) => !NAMING.includes(name)))
  const names = Object.keys(naming).length > 0 || who !== undefined
  return { ...act, input, ...(vault && names ? { sealed: await vault.seal({ naming, who }) } : {}) }
}

/** The act as it was; without names where another key sealed them. */
export async function openAct({ sealed, ...act }: WaitingAct, vault: Vault | undefined): Promise<CrossingAct> {
  if (!sealed || !vault) return act
  try {
    const { naming, who } = await vault.open<{ naming: Record<string, unknown>; who?: Who }>(sealed)
    return { ...act, input: { ...act.input, ...naming }, ...(who ? { who } : {}) }
  } catch {
    return act
  }
}
