import type { Actor, Clock, Command, DomainEvent, ParameterReader, Problem, RecordState, Registry } from '@guatu/kernel'
import type { KeptFiles } from './named-files.ts'
import type { OwnWriting } from './own-writing.ts'
import type { AreaIndex } from './places.ts'
import type { Runner } from './statements.ts'

/** What the sender of an act gets back. */
export interface Receipt {
  readonly event: DomainEvent
  readonly state: RecordState
  /** The act was known already: nothing changed this time, and `state` is how the record stands when this is answered. */
  readonly repeated: boolean
}

export interface Surround {
  readonly registry: Registry
  readonly clock: Clock
  readonly areas: () => AreaIndex
  /** Makes `areas` and `parameters` know what another process has confirmed or set; asked whenever somebody else may have written. */
  readonly newest?: (run: Runner) => Promise<void>
  /** Told what this process writes; only where another one may write beside it. */
  readonly own?: OwnWriting
  readonly parameters: (day: string, path: string) => ParameterReader
  /** Files that acts may name; unknown where none are kept. */
  readonly files?: KeptFiles
  /** The act is done over at its own moment, see `Follow.anew`: nothing that was done since is asked whether it rests on it. */
  readonly anew?: true
}

/** Acts that stand or fall together, by one actor. */
export interface Group {
  readonly commands: readonly Command[]
  readonly actor: Actor
  /** From outside, as somebody sent them: the records that they name are looked for, and named only by whoever may know of them. */
  readonly outside?: boolean
  /** Records that the actor may name wherever they stand: the program itself looked them up by what was shown, or knows who made them. */
  readonly shown?: readonly string[] | undefined
}

/** A refusal of one of several acts, which says which. */
export const inGroup = (p: Problem, index: number): Problem => ({ ...p, path: `commands.${index}${p.path ? `.${p.path}` : ''}` })
