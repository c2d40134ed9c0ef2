import type { Problem, Registry } from '@guatu/kernel'
import type { Watch } from './device-clock.ts'
import type { Shelf } from './shelf.ts'
import type { Transport } from './transport.ts'

/** `new`: nobody signed in here; `pin`: signed in, a PIN has to be chosen; `locked`; `open`; `wiped`: from afar, to hand over what is left and to be removed. */
export type Phase = 'starting' | 'new' | 'pin' | 'locked' | 'open' | 'wiped'

export interface Status {
  readonly phase: Phase
  readonly username?: string
  readonly online: boolean
  /** Since when there is no way to the server, ISO. */
  readonly offlineSince?: string
  readonly syncing: boolean
  readonly lastSync?: string
  /** The session ended: entries wait until the person signs in again. */
  readonly signInNeeded: boolean
  readonly problem?: Problem
  /** Sealed acts and files of an earlier worker, or of a wiped phone, that could not be handed over yet. */
  readonly leftBehind: number
}

/** Before anything is known of the phone. */
export const STARTING: Status = { phase: 'starting', online: true, syncing: false, signInNeeded: false, leftBehind: 0 }

export interface FieldOptions {
  readonly shelf: Shelf
  readonly registry: Registry
  readonly transport: Transport
  readonly watch: Watch
  readonly zone: string
  readonly app: string
  readonly newId: () => string
  /** Runs something later, for attempts to come; answers how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void
  /** From 0 to 1, so that three thousand phones do not all come back in the same second. */
  readonly chance: () => number
  /** Rounds of PBKDF2; fewer only in simulations. */
  readonly pinRounds?: number
}
