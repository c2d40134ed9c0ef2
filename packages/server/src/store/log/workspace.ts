import {
  type AnyRecord,
  type DomainEvent,
  inOrder,
  type Lineage,
  type Places,
  postings,
  type RecordState,
  type Registry,
  reversed,
  steps,
} from '@guatu/kernel'
import { Books } from '../tallies/books.ts'
import { fromStateRow, type Piece, type Runner, readHistory, readStates, type StateRow, sqlOf, statesPiece } from './rows.ts'

/** What deciding and posting need to know of areas; the tree is swapped whole when a reform is confirmed. */
export interface AreaIndex extends Places {
  readonly lineage: Lineage
  /** Path by which an area is found today, whatever day it stems from; undefined for an unknown area. */
  currentPath(area: string): string | undefined
}

/** What one transaction changes, before any of it is written: states as they would be, books, and marks to return to. */
export class Workspace {
  readonly run: Runner
  readonly registry: Registry
  readonly areas: AreaIndex
  readonly events: DomainEvent[] = []
  readonly books = new Books()
  readonly #states = new Map<string, RecordState | undefined>()
  readonly #dirty = new Map<string, AnyRecord>()
  /** Record id by key; empty text for a key known to be free. */
  readonly #keys = new Map<string, string>()

  constructor(run: Runner, registry: Registry, areas: AreaIndex) {
    this.run = run
    this.registry = registry
    this.areas = areas
  }

  /** Loads the states of many records at once, so that a batch costs one query per record type. */
  async prefetch(wanted: ReadonlyMap<AnyRecord, readonly string[]>): Promise<void> {
    for (const [def, ids] of wanted) {
      const missing = [...new Set(ids)].filter((id) => !this.#states.has(id))
      const found = await readStates(this.run, sqlOf(def), missing)
      for (const id of missing) this.#states.set(id, found.get(id))
    }
  }

  async state(def: AnyRecord, id: string): Promise<RecordState | undefined> {
    if (!this.#states.has(id)) await this.prefetch(new Map([[def, [id]]]))
    return this.#states.get(id)
  }

  /** Rows of another record that point here, or the one that this record points to; with what this transaction already changed. */
  async related(
    action: AnyRecord['actions'][string],
    id: string,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, RecordState[]>> {
    const out: Record<string, RecordState[]> = {}
    for (const [name, relation] of Object.entries(action.related ?? {})) {
      const def = this.registry.records.get(relation.record)
      if (!def) continue
      if ('at' in relation) {
        const target = fields[relation.at]
        const state = typeof target === 'string' ? await this.state(def, target) : undefined
        out[name] = state ? [state] : []
        continue
      }
      const pointed = relation.through === undefined ? id : fields[relation.through]
      // What points nowhere has nothing in common with others that point nowhere.
      if (pointed === undefined || pointed === null) {
        out[name] = []
        continue
      }
      const sql = sqlOf(def)
      const column = sql.fields.find(([field]) => field === relation.by)?.[1]
      const rows = await this.run.query<StateRow>(
        `select ${sql.columns} from ${sql.table} where "${column}" = $1 order by created_at, id`,
        [pointed],
      )
      const states = new Map(rows.map((row) => [row.id, fromStateRow(sql, row)]))
      for (const [otherId, other] of this.#dirty) {
        const state = this.#states.get(otherId)
        if (other === def && state) states.set(otherId, state)
      }
      out[name] = [...states.values()].filter((state) => state.fields[relation.by] === pointed)
    }
    return out
  }

  /** Takes an accepted act in: the newest act of its record is folded on top, an older one makes the record fold anew. */
  async accept(def: AnyRecord, before: RecordState | undefined, event: DomainEvent, after: RecordState): Promise<RecordState> {
    this.events.push(event)
    const measures = this.registry.measures.get(def.name) ?? []
    this.books.add(event.county, postings(measures, event, before, after, this.areas.lineage))
    this.#set(def, after)
    return after
  }

  /** Replaces what the books say of a record by what its history says with `added` in place. */
  refold(def: AnyRecord, history: readonly DomainEvent[], added: DomainEvent): RecordState | undefined {
    const measures = this.registry.measures.get(def.name) ?? []
    for (const s of steps(def, history)) {
      this.books.add(s.event.county, postings(measures, s.event, s.before, s.after, this.areas.lineage).map(reversed))
    }
    const now = steps(def, [...history, added])
    for (const s of now) this.books.add(s.event.county, postings(measures, s.event, s.before, s.after, this.areas.lineage))
    this.events.push(added)
    const last = now.at(-1)
    const state = last && { ...last.after, version: history.length + 1 }
    if (state) this.#set(def, state)
    return state
  }

  /** History of a record with the acts of this transaction. */
  async history(def: AnyRecord, id: string): Promise<DomainEvent[]> {
    const stored = await readHistory(this.run, def.name, id)
    return [...stored, ...this.events.filter((e) => e.recordId === id)]
  }

  /** Looks up many keys at once, so that an import does not ask row by row. */
  async prefetchKeys(def: AnyRecord, candidates: readonly { county: string; fields: Readonly<Record<string, unknown>> }[]): Promise<void> {
    const [first] = def.key ?? []
    const key = def.key ?? []
    const wanted = candidates.filter((one) => key.every((name) => one.fields[name] !== undefined) && !this.#keys.has(keyText(def, one)))
    if (first === undefined || wanted.length === 0) return
    const sql = sqlOf(def)
    const field = def.fields[first]
    const column = sql.fields.find(([name]) => name === first)?.[1]
    const rows = await this.run.query<StateRow>(`select ${sql.columns} from ${sql.table} where "${column}" = any($1::${field?.column}[])`, [
      [...new Set(wanted.map((one) => field?.toColumn(one.fields[first])))],
    ])
    for (const one of wanted) this.#keys.set(keyText(def, one), '')
    for (const row of rows) {
      const state = fromStateRow(sql, row)
      this.#keys.set(keyText(def, state), state.id)
    }
  }

  /** The record that already has this key, if any. */
  async sameKey(def: AnyRecord, state: RecordState): Promise<string | undefined> {
    if (!def.key || def.key.some((name) => state.fields[name] === undefined)) return undefined
    await this.prefetchKeys(def, [state])
    const found = this.#keys.get(keyText(def, state))
    return found && found !== state.id ? found : undefined
  }

  #set(def: AnyRecord, state: RecordState): void {
    const before = this.#states.get(state.id)
    if (def.key) {
      if (before) this.#keys.set(keyText(def, before), '')
      this.#keys.set(keyText(def, state), state.id)
    }
    this.#states.set(state.id, state)
    this.#dirty.set(state.id, def)
  }

  /** A copy to return to when a group of acts fails half way. */
  mark(): () => void {
    const events = this.events.length
    const states = new Map(this.#states)
    const dirty = new Map(this.#dirty)
    const keys = new Map(this.#keys)
    const undoBooks = this.books.mark()
    return () => {
      this.events.length = events
      this.#states.clear()
      for (const [k, v] of states) this.#states.set(k, v)
      this.#dirty.clear()
      for (const [k, v] of dirty) this.#dirty.set(k, v)
      this.#keys.clear()
      for (const [k, v] of keys) this.#keys.set(k, v)
      undoBooks()
    }
  }

  /** What has to be written: changed states by record type, and the lines of the books. */
  pieces(): Piece[] {
    const byType = new Map<AnyRecord, { state: RecordState; path: string }[]>()
    for (const [id, def] of this.#dirty) {
      const state = this.#states.get(id)
      if (!state) continue
      const list = byType.get(def) ?? []
      list.push({ state, path: this.areas.currentPath(state.area) ?? '' })
      byType.set(def, list)
    }
    return [...[...byType].map(([def, states]) => statesPiece(sqlOf(def), states)), this.books.piece()]
  }
}

const keyText = (def: AnyRecord, one: { readonly county: string; readonly fields: Readonly<Record<string, unknown>> }) =>
  JSON.stringify([def.name, one.county, ...(def.key ?? []).map((name) => one.fields[name])])

export const isLatest = (before: RecordState | undefined, event: DomainEvent): boolean =>
  !before || inOrder({ happenedAt: before.changedAt, id: before.lastEvent }, event) < 0
