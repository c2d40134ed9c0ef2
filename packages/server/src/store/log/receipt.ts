import type { Actor, Clock, Command, DomainEvent, ParameterReader, RecordState, Registry } from '@guatu/kernel'
import type { AreaIndex } from './places.ts'
import type { Runner } from './statements.ts'

/** What the sender of an act gets back. */
export interface Receipt {
  readonly event: DomainEvent
  readonly state: RecordState
  /** The act was known already: nothing changed this time. */
  readonly repeated: boolean
}

export interface Surround {
  readonly registry: Registry
  readonly clock: Clock
  readonly areas: () => AreaIndex
  /** Makes `areas` know what another process has confirmed; asked whenever somebody else may have written. */
  readonly newest?: (run: Runner) => Promise<void>
  readonly parameters: (day: string, path: string) => ParameterReader
}

/** Acts that stand or fall together, by one actor. */
export interface Group {
  readonly commands: readonly Command[]
  readonly actor: Actor
  /** From outside, as somebody sent them: the records that they name are looked for. */
  readonly outside?: boolean
}
