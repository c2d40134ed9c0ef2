import { type AnyRecord, apply, CORRECT, type DomainEvent, postings, type RecordState, type Registry, reversed, steps } from '@guatu/kernel'
import { isLatest } from '../log/order.ts'
import type { AreaIndex } from '../log/places.ts'
import type { Books } from '../tallies/books.ts'

/** What the events of a county make of its records: states by record type, and ids of records of which nothing is left. */
export interface Folded {
  readonly states: ReadonlyMap<AnyRecord, ReadonlyMap<string, RecordState>>
  readonly gone: ReadonlyMap<AnyRecord, readonly string[]>
}

/** Histories read at a time. */
const AT_A_TIME = 1_000

export type Histories = (record: string, ids: readonly string[]) => Promise<ReadonlyMap<string, readonly DomainEvent[]>>

/**
 * Folds the events of a county as its log brings them. That order is the order of history for most records: they are folded as they come.
 * A record with a correction, or an act that arrived late, is set aside and folded at the end from its whole history; what was entered in the
 * books for it until then is taken back.
 */
export class CountyFold {
  readonly #registry: Registry
  readonly #areas: AreaIndex
  readonly #books: Books
  readonly #states = new Map<AnyRecord, Map<string, RecordState>>()
  /** Records set aside, with the number of acts that were folded before. */
  readonly #aside = new Map<AnyRecord, Map<string, number>>()
  events = 0

  constructor(registry: Registry, areas: AreaIndex, books: Books) {
    this.#registry = registry
    this.#areas = areas
    this.#books = books
  }

  take(event: DomainEvent): void {
    const def = this.#registry.records.get(event.record)
    if (!def) return
    this.events += 1
    const aside = of(this.#aside, def)
    if (aside.has(event.recordId)) return
    const states = of(this.#states, def)
    const before = states.get(event.recordId)
    if (event.action === CORRECT || !isLatest(before, event)) {
      aside.set(event.recordId, before?.version ?? 0)
      states.delete(event.recordId)
      return
    }
    const after = apply(def, before, event)
    states.set(event.recordId, after)
    this.#post(def, event, before, after)
  }

  /** Folds what was set aside, and gives everything. */
  async end(histories: Histories): Promise<Folded> {
    const gone = new Map<AnyRecord, string[]>()
    for (const [def, aside] of this.#aside) {
      const states = of(this.#states, def)
      const lost: string[] = []
      const ids = [...aside.keys()]
      for (let start = 0; start < ids.length; start += AT_A_TIME) {
        for (const [id, history] of await histories(def.name, ids.slice(start, start + AT_A_TIME))) {
          const state = this.#again(def, history, aside.get(id) ?? 0)
          if (state) states.set(id, state)
          else lost.push(id)
        }
      }
      gone.set(def, lost)
    }
    return { states: this.#states, gone }
  }

  #again(def: AnyRecord, history: readonly DomainEvent[], folded: number): RecordState | undefined {
    const measures = this.#registry.measures.get(def.name) ?? []
    for (const s of steps(def, history.slice(0, folded)))
      this.#books.add(s.event.county, postings(measures, s.event, s.before, s.after, this.#areas.lineage).map(reversed))
    const all = steps(def, history)
    for (const s of all) this.#post(def, s.event, s.before, s.after)
    const last = all.at(-1)
    return last && { ...last.after, version: history.length }
  }

  #post(def: AnyRecord, event: DomainEvent, before: RecordState | undefined, after: RecordState): void {
    const measures = this.#registry.measures.get(def.name)
    if (measures) this.#books.enter(measures, event, before, after, this.#areas.lineage)
  }
}

function of<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const known = map.get(key)
  if (known) return known
  const made = new Map<string, V>()
  map.set(key, made)
  return made
}
