import type { AnyRecord, Command, Registry } from '@guatu/kernel'
import type { Engine } from '../database/engine.ts'
import type { Keeper } from '../identity/keeper.ts'
import type { Memory } from './memory.ts'
import type { Group } from './receipt.ts'
import { readStates, sqlOf } from './state-rows.ts'
import type { Workspace } from './workspace.ts'

/**
 * While the embedded database writes it answers no question. So the states that waiting acts will meet are asked for right before it is given a
 * batch to write, and the acts are decided while it writes; asked for later, the answer would come after the batch, and of the two threads one
 * would always wait for the other. A server answers beside its writing and needs none of this.
 */
export class Foresight {
  readonly #run: Keeper
  readonly #needed: boolean
  readonly #registry: Registry
  readonly #memory: Memory
  readonly #tell: () => void

  constructor(run: Keeper, engine: Engine, registry: Registry, memory: Memory, tell: () => void) {
    this.#run = run
    this.#needed = engine === 'pglite'
    this.#registry = registry
    this.#memory = memory
    this.#tell = tell
  }

  /** How many of these, from the first on, can be decided without asking for the state of a record. */
  decidable(waiting: readonly Group[], flying: Workspace, open: Workspace | undefined): number {
    if (!this.#needed) return waiting.length
    const asks = waiting.findIndex(({ commands }) =>
      commands.some((one) => this.#meets(one) && !open?.remembered(one.recordId) && !this.#known(one.recordId, flying)),
    )
    return asks < 0 ? waiting.length : asks
  }

  /** Asks for what these will meet beside what is about to be written, and tells when it is there. */
  ask(waiting: readonly Group[], flying: Workspace): void {
    if (!this.#needed) return
    const wanted = new Map<AnyRecord, Set<string>>()
    for (const { commands } of waiting)
      for (const one of commands) {
        const def = this.#registry.records.get(one.record)
        if (def && this.#meets(one) && !this.#known(one.recordId, flying)) wanted.set(def, (wanted.get(def) ?? new Set()).add(one.recordId))
      }
    for (const [def, ids] of wanted) {
      const recalled = this.#memory.recalling()
      readStates(this.#run, sqlOf(def), [...ids])
        .then((found) => recalled(found.values()))
        // What could not be read is asked for again by whoever needs it.
        .catch(() => undefined)
        .finally(this.#tell)
    }
  }

  #known(id: string, flying: Workspace): boolean {
    return flying.remembered(id) !== undefined || this.#memory.state(id) !== undefined
  }

  /** Does the act meet a record that is there? */
  #meets({ record, action }: Command): boolean {
    return this.#registry.records.get(record)?.actions[action]?.from !== 'new'
  }
}
