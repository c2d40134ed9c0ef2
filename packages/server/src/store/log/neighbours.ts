import { type AnyRecord, type DomainEvent, type Hop, isId, type RecordState } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { endOfPrefix } from '../query/conditions.ts'
import { snake } from '../schema/snake.ts'
import { ByField, textOf } from './by-field.ts'
import { readHistories } from './event-rows.ts'
import { type AskedFigures, RoundFigures } from './round-figures.ts'
import { type Soon, soon } from './soon.ts'
import { fromStateRow, type StateRow, sqlOf } from './state-rows.ts'
import { idsAsArray } from './statements.ts'

/** Records that point somewhere: those of a type whose field `by` holds `value`. */
export interface Pointing {
  readonly def: AnyRecord
  readonly by: string
  readonly value: unknown
  /** Of those, the ones near in time. */
  readonly near?: Span
}

/** From when to when the moment of a field lies. */
export interface Span {
  readonly at: string
  readonly low: string
  readonly high: string
}

/** Records that point to what is met on a way: from a value over the fields of some records. */
export interface Way {
  readonly def: AnyRecord
  readonly by: string
  /** The same list for the same way. */
  readonly via: readonly Hop[]
  readonly value: unknown
}

/** What the acts of a round will want to see. */
export interface Wanted {
  readonly pointing: readonly Pointing[]
  readonly ways: readonly Way[]
  readonly records: ReadonlyMap<string, AnyRecord>
  /** Ids that the acts name, and from when on the earliest of them is done: who looks at what they change points to one of these. */
  named(): ReadonlySet<unknown>
  readonly since: string | undefined
  /** Records that acts change earlier than they last changed, or may have when their turn comes: only their histories know what they were. */
  readonly late: ReadonlyMap<string, ReadonlySet<string>>
  /** The areas of the acts, and those that contain them. */
  areas(): ReadonlySet<string>
  /** The areas of those acts that are seen from the areas below theirs. */
  places(): ReadonlySet<string>
  /** The figures that the acts are judged by. */
  figures(): readonly AskedFigures[]
}

/** Kinds of rows that acts wanted to see in their areas, once they came to it; by the records of the registry. */
const wantedInAreas = new WeakMap<Wanted['records'], Map<string, { readonly def: AnyRecord; readonly empty: readonly string[] }>>()

type PathsOf = (areas: Iterable<string>) => readonly string[]

/**
 * Rows that the acts of one round have to see beside their own records, asked for together: one question for each relation, however many
 * acts. Good for that round alone; what is not yet written stands in the workspace.
 */
export class Neighbours {
  readonly #rows = new ByField<RecordState[]>()
  /** From when to when those near in time were asked for. */
  readonly #spans = new Map<string, Span>()
  readonly #states = new Map<string, RecordState>()
  readonly #later = new Map<string, Promise<ReadonlyMap<unknown, readonly RecordState[]>>>()
  readonly #standing = new Map<string, Soon<ReadonlyMap<string, readonly RecordState[]>>>()
  readonly #below = new Map<string, Promise<readonly RecordState[]>>()
  /** Histories by kind and id, many of a kind asked for at once. */
  readonly #histories = new Map<string, Map<string, Promise<ReadonlyMap<string, readonly DomainEvent[]>>>>()
  /** Rows that were met and that changed since the earliest act, or are changed late: as they stood then, only their histories know. */
  readonly #changed = new Map<string, Set<string>>()
  readonly #wanted: Wanted
  readonly figures: RoundFigures

  private constructor(wanted: Wanted) {
    this.#wanted = wanted
    this.figures = new RoundFigures(wanted.figures())
    for (const [record, ids] of wanted.late) this.#changed.set(record, new Set(ids))
  }

  static async of(run: Keeper, wanted: Wanted): Promise<Neighbours> {
    const all = new Neighbours(wanted)
    const relations = new Map<
      string,
      { readonly def: AnyRecord; readonly by: string; readonly values: Set<string>; near: Span | undefined }
    >()
    const asked: Promise<void>[] = []
    const pointing = [...wanted.pointing]
    for (const way of Map.groupBy(wanted.ways, ({ via }) => via).values()) pointing.push(...(await all.#walk(run, way)))
    for (const { def, by, value, near } of pointing) {
      const name = nameOf(def, by, near)
      const relation = relations.get(name) ?? { def, by, values: new Set(), near }
      relations.set(name, relation)
      relation.values.add(String(value))
      if (near && relation.near) relation.near = wider(relation.near, near)
      all.#rows.of(def, placeOf(by, near)).set(textOf(value), [])
    }
    let last: Promise<void> | undefined
    for (const [name, { def, by, values, near }] of relations) {
      if (near) all.#spans.set(name, near)
      if (!run.abreast) await last
      last = all.#ask(run, def, by, [...values], near)
      asked.push(last)
    }
    await Promise.all(asked)
    return all
  }

  /** Goes ways over the same fields, one question for each hop. */
  async #walk(run: Keeper, ways: readonly Way[]): Promise<Pointing[]> {
    const met = new Set<unknown>()
    let last = new Set(ways.map(({ value }) => value))
    for (const { record, field } of ways[0]?.via ?? []) {
      const def = this.#wanted.records.get(record)
      const ids = [...last].filter((id) => typeof id === 'string' && !this.#states.has(id))
      for (const state of def && ids.length > 0 ? await storedWhere(run, def, 'id', ids) : []) this.#states.set(state.id, state)
      last = new Set([...last].flatMap((id) => this.#states.get(String(id))?.fields[field] ?? []))
      for (const value of last) met.add(value)
    }
    const aims = new Map(ways.map(({ def, by }) => [`${def.name}/${by}`, { def, by }]))
    return [...aims.values()].flatMap((aim) => [...met].map((value) => ({ ...aim, value })))
  }

  async #ask(run: Keeper, def: AnyRecord, by: string, values: readonly string[], near: Span | undefined): Promise<void> {
    const { since } = this.#wanted
    const states = await storedWhere(run, def, by, values, near && { near })
    const rows = this.#rows.of(def, placeOf(by, near))
    for (const state of states) {
      rows.get(textOf(heldBy(state, by)))?.push(state)
      this.#states.set(state.id, state)
    }
    if (since !== undefined)
      this.#changedOf(
        def,
        states.filter(({ changedAt }) => changedAt >= since).map(({ id }) => id),
      )
  }

  /** The history of a row that was met or is changed late, read with all such of its kind when the first one is wanted; undefined for others. */
  async history(run: Keeper, def: AnyRecord, id: string): Promise<readonly DomainEvent[] | undefined> {
    const changed = this.#changed.get(def.name)
    if (!changed?.has(id)) return undefined
    const asked = this.#histories.get(def.name) ?? new Map()
    this.#histories.set(def.name, asked)
    if (!asked.has(id)) {
      const ids = [...changed].filter((one) => !asked.has(one))
      const all = readHistories(run, def.name, ids)
      for (const one of ids) asked.set(one, all)
    }
    return (await asked.get(id))?.get(id) ?? []
  }

  /** A row that was met, as it is stored; null for one that was asked for and is not there, undefined where nobody asked. */
  state(def: AnyRecord, id: string): RecordState | null | undefined {
    return this.#states.get(id) ?? (this.#rows.of(def, 'id').has(id) ? null : undefined)
  }

  /** Undefined where nobody asked; of those near in time, all that any act of the round asked for. */
  rows(def: AnyRecord, by: string, values: readonly unknown[], near?: Span): readonly RecordState[] | undefined {
    const span = near && this.#spans.get(nameOf(def, by, near))
    if (near && (!span || near.low < span.low || near.high > span.high)) return undefined
    const known = this.#rows.of(def, placeOf(by, near))
    if (values.length === 1) return known.get(textOf(values[0]))
    const found: RecordState[] = []
    for (const value of values) {
      const rows = known.get(textOf(value))
      if (!rows) return undefined
      found.push(...rows)
    }
    return values.length > 0 ? found : undefined
  }

  /** Rows that stand in some areas, asked for those of all acts of the round when the first one wants them; undefined for other areas. */
  inAreas(
    run: Keeper,
    def: AnyRecord,
    areas: readonly string[],
    empty: readonly string[],
    paths: PathsOf,
  ): Soon<readonly RecordState[]> | undefined {
    const all = this.#wanted.areas()
    if (areas.some((area) => !all.has(area))) return undefined
    return soon(this.#inAreas(run, def, empty, paths), (rows) => areas.flatMap((area) => rows.get(area) ?? []))
  }

  /** Asks at once for what acts of earlier rounds wanted to see in their areas. */
  async expect(run: Keeper, paths: PathsOf): Promise<void> {
    for (const { def, empty } of wantedInAreas.get(this.#wanted.records)?.values() ?? []) await this.#inAreas(run, def, empty, paths)
  }

  #inAreas(run: Keeper, def: AnyRecord, empty: readonly string[], paths: PathsOf): Soon<ReadonlyMap<string, readonly RecordState[]>> {
    const name = `${def.name}/${empty.join('/')}`
    const known = this.#standing.get(name)
    if (known) return known
    const { records } = this.#wanted
    const kinds = wantedInAreas.get(records) ?? new Map()
    wantedInAreas.set(records, kinds.set(name, { def, empty }))
    const asked = storedAt(run, def, paths(this.#wanted.areas()), empty).then((rows) => {
      const byArea = Map.groupBy(rows, (row) => row.area)
      this.#standing.set(name, byArea)
      return byArea
    })
    this.#standing.set(name, asked)
    return asked
  }

  /** Rows in or below the areas of such acts of the round that changed since its earliest, more than are wanted; undefined for other areas. */
  async below(
    run: Keeper,
    def: AnyRecord,
    areas: readonly string[],
    after: string,
    paths: PathsOf,
  ): Promise<readonly RecordState[] | undefined> {
    const { since } = this.#wanted
    if (since === undefined || after < since) return undefined
    const all = this.#wanted.places()
    if (areas.some((area) => !all.has(area))) return undefined
    const asked = this.#below.get(def.name) ?? storedBelow(run, def, paths(all), since)
    this.#below.set(def.name, asked)
    return asked
  }

  /** Rows that changed after a moment, asked for all acts of the round when the first one wants them; undefined for what no act names. */
  async later(
    run: Keeper,
    def: AnyRecord,
    by: string,
    values: readonly unknown[],
    after: string,
  ): Promise<readonly RecordState[] | undefined> {
    const { since } = this.#wanted
    if (since === undefined || after < since) return undefined
    const ids = this.#wanted.named()
    if (values.some((value) => !ids.has(value))) return undefined
    const name = `${def.name}/${by}`
    const asked = this.#later.get(name) ?? this.#askLater(run, def, by, [...ids], since)
    this.#later.set(name, asked)
    const rows = await asked
    return values.flatMap((value) => rows.get(value) ?? []).filter((row) => row.changedAt > after)
  }

  async #askLater(
    run: Keeper,
    def: AnyRecord,
    by: string,
    ids: readonly unknown[],
    after: string,
  ): Promise<ReadonlyMap<unknown, readonly RecordState[]>> {
    const rows = await storedWhere(run, def, by, ids, { after })
    this.#changedOf(
      def,
      rows.map(({ id }) => id),
    )
    return Map.groupBy(rows, (row) => heldBy(row, by))
  }

  #changedOf(def: AnyRecord, ids: readonly string[]): void {
    const changed = this.#changed.get(def.name) ?? new Set()
    this.#changed.set(def.name, changed)
    for (const id of ids) changed.add(id)
  }
}

const heldBy = (state: RecordState, by: string): unknown => (by === 'id' ? state.id : by === 'county' ? state.county : state.fields[by])

const nameOf = (def: AnyRecord, by: string, near?: Span) => `${def.name}/${by}/${near?.at ?? ''}`
const placeOf = (by: string, near?: Span) => (near ? `${by}/${near.at}` : by)

function wider(a: Span, b: Span): Span {
  const ends = [a.low, a.high, b.low, b.high].sort()
  return { at: a.at, low: ends[0] ?? a.low, high: ends[3] ?? a.high }
}

/** Which rows alone are wanted. */
interface Narrowed {
  /** Those that changed after a moment. */
  readonly after?: string
  readonly near?: Span
}

/** Rows as they are stored, by the value of a field. */
export async function storedWhere(
  run: Keeper,
  def: AnyRecord,
  field: string,
  values: readonly unknown[],
  { after, near }: Narrowed = {},
): Promise<RecordState[]> {
  const sql = sqlOf(def)
  const column = (name: string) => sql.fields.find(([one]) => one === name)?.[1] ?? name
  const given: unknown[] = [values.every(isId) ? idsAsArray(values) : values]
  let narrowed = ''
  if (after !== undefined) narrowed += ` and changed_at > $${given.push(after)}`
  if (near) narrowed += ` and "${column(near.at)}" between $${given.push(near.low)} and $${given.push(near.high)}`
  const rows = await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where "${column(field)}" = any($1)${narrowed}`, given)
  return rows.map((row) => fromStateRow(run, sql, row))
}

/** Rows as they are stored right at some paths, in which some fields are not filled. */
export async function storedAt(run: Keeper, def: AnyRecord, paths: readonly string[], empty: readonly string[]): Promise<RecordState[]> {
  const sql = sqlOf(def)
  const none = empty.map((name) => ` and "${snake(name)}" is null`).join('')
  const rows = await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where path = any($1)${none}`, [paths])
  return rows.map((row) => fromStateRow(run, sql, row))
}

/** Rows at and below some paths that changed after a moment. */
export async function storedBelow(run: Keeper, def: AnyRecord, paths: readonly string[], after: string): Promise<RecordState[]> {
  if (paths.length === 0) return []
  const sql = sqlOf(def)
  const rows = await run.query<StateRow>(
    `select ${sql.columns} from ${sql.table} where changed_at > $1
      and exists (select 1 from unnest($2::text[], $3::text[]) as p(low, high) where path >= low collate "C" and path < high collate "C")`,
    [after, paths, paths.map(endOfPrefix)],
  )
  return rows.map((row) => fromStateRow(run, sql, row))
}
