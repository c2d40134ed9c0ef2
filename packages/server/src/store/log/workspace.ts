import { type AnyRecord, type DomainEvent, postings, type RecordState, type Registry, reversed, steps } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import type { Seals } from '../identity/seals.ts'
import { type MeasureSeries, readSeries } from '../tallies/board.ts'
import { Books } from '../tallies/books.ts'
import { ByField, textOf } from './by-field.ts'
import { readEvents, readHistory } from './event-rows.ts'
import { KnownKeys } from './known-keys.ts'
import { pointersOf } from './lookers.ts'
import { Neighbours, type Span, storedAt, storedBelow, storedWhere, type Wanted } from './neighbours.ts'
import type { AreaIndex } from './places.ts'
import type { AskedFigures } from './round-figures.ts'
import { type Soon, soon } from './soon.ts'
import { readStates, type StoredState, sealedStates, sqlOf, statesPiece } from './state-rows.ts'
import type { Piece, Unknown } from './statements.ts'

/** What a workspace may know without asking the database. */
export interface Known {
  /** A workspace that is being written: what it says goes before what is stored. */
  readonly below?: Workspace
  /** States as they were last written. */
  state?(id: string): RecordState | undefined
  /**
   * New ids are taken for new without looking; whoever writes makes sure ({@link Workspace.assumed}). Keys are then left to the unique
   * index.
   */
  readonly trusting?: boolean
}

/** What one batch changes, before any of it is written: states as they would be, books, and marks to return to. */
export class Workspace {
  readonly run: Keeper
  readonly registry: Registry
  readonly areas: AreaIndex
  readonly events: DomainEvent[] = []
  /** What each of them made of its record, in the same order. */
  readonly outcomes: RecordState[] = []
  readonly books = new Books()
  #known: Known
  /** Null for those that were asked for and are not there. */
  readonly #states = new Map<string, RecordState | null>()
  readonly #dirty = new Map<AnyRecord, Set<string>>()
  /** Who holds which key. */
  readonly keys: KnownKeys
  /** Ids of changed records by the fields through which records find each other; a record may hold another value by now. */
  readonly #pointing = new ByField<string[]>()
  /** What was done, by record. */
  readonly #acts = new Map<string, DomainEvent[]>()
  /** Ids of records that were taken for new. */
  readonly #assumed = new Map<AnyRecord, Set<string>>()
  #neighbours: Neighbours | undefined
  /** How to take back what was done since the mark. */
  #undo: (() => void)[] | undefined

  constructor(run: Keeper, registry: Registry, areas: AreaIndex, known: Known = {}) {
    this.run = run
    this.registry = registry
    this.areas = areas
    this.#known = known
    this.keys = new KnownKeys(run, known.trusting ?? false, known.below?.keys)
  }

  /** What was below is written now, and remembered or stored. */
  settle(): void {
    const { below: _, ...rest } = this.#known
    this.#known = rest
    this.keys.settle()
  }

  /** Loads the states of many records at once, so that a batch costs one query per record type. */
  async prefetch(wanted: ReadonlyMap<AnyRecord, readonly string[]>): Promise<void> {
    for (const [def, ids] of wanted) {
      const missing = [...new Set(ids)].filter((id) => this.#at(id) === undefined)
      const found = await readStates(this.run, sqlOf(def), missing)
      for (const id of missing) if (!this.#states.has(id)) this.#states.set(id, found.get(id) ?? null)
    }
  }

  /** What is known of a record without asking: a state, null for one that is not there, undefined for nothing. */
  #at(id: string): RecordState | null | undefined {
    const own = this.#states.get(id)
    return own === undefined ? (this.#unwrittenState(id) ?? this.#known.state?.(id)) : own
  }

  #unwrittenState(id: string): RecordState | undefined {
    const { below } = this.#known
    return below ? (below.#states.get(id) ?? below.#unwrittenState(id)) : undefined
  }

  state(def: AnyRecord, id: string): Soon<RecordState | undefined> {
    const at = this.#at(id)
    if (at !== undefined) return at ?? undefined
    // What acts often change is what they looked at.
    const met = this.#neighbours?.state(def, id)
    if (met === null) return undefined
    if (met === undefined) return this.prefetch(new Map([[def, [id]]])).then(() => this.#at(id) ?? undefined)
    this.#states.set(id, met)
    return met
  }

  /** The record that an act is to make, should it be there already. */
  stateOfNew(def: AnyRecord, id: string): Soon<RecordState | undefined> {
    if (!this.#known.trusting) return this.state(def, id)
    const at = this.#at(id)
    if (at === undefined) this.#assume(def, id)
    return at ?? undefined
  }

  /** Is a record known to be there? */
  isThere(id: string): boolean {
    return (this.#at(id) ?? null) !== null
  }

  #assume(def: AnyRecord, id: string): void {
    const ids = this.#assumed.get(def)
    if (ids) ids.add(id)
    else this.#assumed.set(def, new Set([id]))
  }

  /** What has to be found absent for all this to be right. */
  assumed(): Unknown {
    if (!this.#known.trusting) return []
    // What follows from an act is written with it and has its id from it: it is there if its cause is.
    const own = new Set(this.events.map(({ id }) => id))
    const roots = this.events.filter(({ cause }) => cause === null || !own.has(cause))
    return [
      { table: 'events', ids: roots.map(({ id }) => id) },
      ...[...this.#assumed].map(([def, ids]) => ({ table: sqlOf(def).table, ids: [...ids].filter((id) => this.#states.has(id)) })),
    ]
  }

  /** Asks once for what the acts of a round will want to see beside their own records; undefined when the round is over. */
  async meet(wanted: Wanted | undefined): Promise<void> {
    this.#neighbours = wanted && (await Neighbours.of(this.run, wanted))
  }

  /** The same long before the acts are decided, with what acts like them came to ask for meanwhile. */
  async meetAhead(wanted: Wanted): Promise<void> {
    await this.meet(wanted)
    await this.#neighbours?.expect(this.run, (of) => this.#paths(of))
  }

  #paths(areas: Iterable<string>): string[] {
    return [...areas].flatMap((area) => this.areas.currentPath(area) ?? [])
  }

  /** A state that nobody has to be asked for. */
  remembered(id: string): RecordState | undefined {
    return this.#at(id) ?? undefined
  }

  /**
   * Rows by the value of a field, with what is changed and not yet written; those that changed after a moment where one is given. A row that
   * held the value when it was written and holds another by now is among them, as it is now.
   */
  where(def: AnyRecord, field: string, values: readonly unknown[], after?: string): Soon<readonly RecordState[]> {
    const met =
      after === undefined
        ? this.#neighbours?.rows(def, field, values)
        : this.#neighbours
            ?.later(this.run, def, field, values, after)
            .then((rows) => rows ?? storedWhere(this.run, def, field, values, { after }))
    return soon(met ?? storedWhere(this.run, def, field, values, after === undefined ? {} : { after }), (stored) =>
      this.#withOwn(def, field, values, stored),
    )
  }

  /** The same of those near in time; more than those may be among them. */
  near(def: AnyRecord, field: string, values: readonly unknown[], near: Span): Soon<readonly RecordState[]> {
    return soon(this.#neighbours?.rows(def, field, values, near) ?? storedWhere(this.run, def, field, values, { near }), (stored) =>
      this.#withOwn(def, field, values, stored),
    )
  }

  #withOwn(def: AnyRecord, field: string, values: readonly unknown[], stored: readonly RecordState[]): readonly RecordState[] {
    const own: string[] = []
    for (const value of values) this.#holders(def, field, value, own)
    return own.length === 0 && !stored.some(({ id }) => this.#own(id)) ? stored : this.#asOwn(stored, own)
  }

  /** Stored rows, and those with some ids that are changed and not yet written, each as it is now. */
  #asOwn(stored: readonly RecordState[], own: readonly string[]): RecordState[] {
    const states = new Map(stored.map((state) => [state.id, this.#own(state.id) ?? state]))
    for (const id of own) {
      const state = this.#own(id)
      if (state) states.set(id, state)
    }
    return [...states.values()]
  }

  /**
   * Rows that stand in one of these areas and in which the fields `empty` are not filled, with what is changed and not yet written; a row that
   * stood there when it was written is among them, as it is now.
   */
  inAreas(def: AnyRecord, areas: readonly string[], empty: readonly string[]): Soon<readonly RecordState[]> {
    const met = this.#neighbours?.inAreas(this.run, def, areas, empty, (of) => this.#paths(of))
    return soon(met ?? storedAt(this.run, def, this.#paths(areas), empty), (stored) => this.#withOwn(def, 'area', areas, stored))
  }

  /** Figures as they are stored, without what is not yet written. */
  async figures(asked: AskedFigures): Promise<readonly MeasureSeries[]> {
    return (await this.#neighbours?.figures.of(this.run, asked)) ?? readSeries(this.run, asked.indicators, [asked.area], asked.day, 1)
  }

  /** Rows in or below some areas that changed after a moment, with what is changed and not yet written. */
  async below(def: AnyRecord, areas: readonly string[], after: string): Promise<RecordState[]> {
    const wanted = this.#paths(areas)
    const met = await this.#neighbours?.below(this.run, def, areas, after, (of) => this.#paths(of))
    const stored = met ?? (await storedBelow(this.run, def, wanted, after))
    return this.#withOwn(def, 'county', [undefined], stored).filter((state) => {
      const path = this.areas.currentPath(state.area)
      return state.changedAt > after && wanted.some((one) => path?.startsWith(one))
    })
  }

  /** A state that is changed and not yet written, or was looked up. */
  #own(id: string): RecordState | undefined {
    return this.#states.get(id) ?? this.#unwrittenState(id)
  }

  /** Adds the ids of those that hold a value, or held it before. */
  #holders(def: AnyRecord, field: string, value: unknown, into: string[]): void {
    const { below } = this.#known
    if (below) below.#holders(def, field, value, into)
    if (field === 'id') into.push(textOf(value))
    else
      for (const id of (field === 'county' ? this.#dirty.get(def) : this.#pointing.of(def, field).get(textOf(value))) ?? []) into.push(id)
  }

  /** Takes an accepted act in, folded on top of its record. */
  accept(def: AnyRecord, before: RecordState | undefined, event: DomainEvent, after: RecordState): void {
    this.#append(event, after)
    const measures = this.registry.measures.get(def.name) ?? []
    if (measures.length > 0) this.books.enter(measures, event, before, after, this.areas.lineage)
    this.#set(def, after)
  }

  /** What was entered in a line of the books by acts that are not written yet. */
  unwritten(line: { readonly area: string; readonly day: string; readonly measure: string }): number {
    const { below } = this.#known
    return this.books.entered(this.areas.county(line.area, line.day) ?? line.area, line) + (below?.unwritten(line) ?? 0)
  }

  /** Replaces what the books say of a record by what its history says with `added` in place. */
  refold(def: AnyRecord, history: readonly DomainEvent[], added: DomainEvent): RecordState | undefined {
    const measures = this.registry.measures.get(def.name) ?? []
    for (const s of steps(def, history)) {
      this.books.add(s.event.county, postings(measures, s.event, s.before, s.after, this.areas.lineage).map(reversed))
    }
    const now = steps(def, [...history, added])
    for (const s of now) this.books.add(s.event.county, postings(measures, s.event, s.before, s.after, this.areas.lineage))
    const last = now.at(-1)
    const state = last && { ...last.after, version: history.length + 1 }
    if (!state) return undefined
    this.#append(added, state)
    this.#set(def, state)
    return state
  }

  #append(event: DomainEvent, outcome: RecordState): void {
    this.events.push(event)
    this.outcomes.push(outcome)
    const acts = this.#acts.get(event.recordId)
    if (acts) acts.push(event)
    else this.#acts.set(event.recordId, [event])
    this.#undo?.push(() => {
      this.events.pop()
      this.outcomes.pop()
      this.#acts.get(event.recordId)?.pop()
    })
  }

  /** History of a record with the acts that are not yet written. */
  async history(def: AnyRecord, id: string): Promise<DomainEvent[]> {
    const unwritten = this.#unwritten(id)
    // Before what made a record there is nothing to read.
    if (unwritten.some(({ action, corrects }) => corrects === null && def.actions[action]?.from === 'new')) return unwritten
    const stored = (await this.#neighbours?.history(this.run, def, id)) ?? (await readHistory(this.run, def.name, id))
    const all = new Map(stored.map((event) => [event.id, event]))
    for (const event of unwritten) all.set(event.id, event)
    return [...all.values()]
  }

  /** Acts by their ids, with those that are not yet written. */
  async acts(ids: readonly string[]): Promise<DomainEvent[]> {
    const wanted = new Set(ids)
    return [...(await readEvents(this.run, ids)), ...this.#unwrittenActs().filter(({ id }) => wanted.has(id))]
  }

  #unwrittenActs(): readonly DomainEvent[] {
    const { below } = this.#known
    return below ? [...below.#unwrittenActs(), ...this.events] : this.events
  }

  #unwritten(id: string): DomainEvent[] {
    const { below } = this.#known
    return [...(below ? below.#unwritten(id) : []), ...(this.#acts.get(id) ?? [])]
  }

  #set(def: AnyRecord, state: RecordState): void {
    const { id } = state
    const before = this.#at(id) ?? undefined
    const undoKeys = def.key ? this.keys.change(def, before, state) : undefined
    const own = this.#states.get(id)
    const dirty = this.#dirty.get(def) ?? new Set()
    const wasDirty = dirty.has(id)
    this.#dirty.set(def, dirty.add(id))
    this.#states.set(id, state)
    for (const field of pointersOf(this.registry, def.name)) {
      const value = field === 'area' ? state.area : state.fields[field]
      // Nobody asks for those that point nowhere.
      if (value === undefined) continue
      const values = this.#pointing.of(def, field)
      const holders = values.get(textOf(value))
      if (!holders) values.set(textOf(value), [id])
      else if (holders.at(-1) !== id) holders.push(id)
    }
    this.#undo?.push(() => {
      if (own !== undefined) this.#states.set(id, own)
      else this.#states.delete(id)
      if (!wasDirty) dirty.delete(id)
      undoKeys?.()
    })
  }

  /** A mark to return to when a group of acts fails half way. */
  mark(): { back(): void; keep(): void } {
    const undo: (() => void)[] = []
    this.#undo = undo
    const undoBooks = this.books.mark()
    const keep = () => {
      this.#undo = undefined
      undoBooks.keep()
    }
    return {
      keep,
      back: () => {
        keep()
        for (const step of undo.reverse()) step()
        undoBooks.back()
      },
    }
  }

  /** The states that changed. */
  *changed(): Generator<RecordState> {
    for (const ids of this.#dirty.values()) {
      for (const id of ids) {
        const state = this.#states.get(id)
        if (state) yield state
      }
    }
  }

  /** What has to be written: changed states by record type, the lines of the books, and the keys of what is sealed. */
  pieces(seals: Seals): Piece[] {
    const states = [...this.#dirty].flatMap(([def, ids]) => {
      // What is taken for new enters only where it is found absent, see `assumed`: it needs no look for what may be there.
      const assumed = this.#assumed.get(def)
      const fresh: Placed[] = []
      const known: Placed[] = []
      for (const id of ids) {
        const state = this.#states.get(id)
        if (state) (assumed?.has(id) ? fresh : known).push({ state, path: this.areas.currentPath(state.area) ?? '' })
      }
      const sql = sqlOf(def)
      return [statesPiece(sql, sealedStates(sql, fresh, seals), true), statesPiece(sql, sealedStates(sql, known, seals))]
    })
    return [...states, this.books.piece(), seals.piece()]
  }
}

type Placed = Omit<StoredState, 'sealed'>
