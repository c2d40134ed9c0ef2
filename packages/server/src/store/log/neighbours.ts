import type { AnyRecord, DomainEvent, RecordState } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { readHistories } from './event-rows.ts'
import { fromStateRow, type StateRow, sqlOf } from './state-rows.ts'

/** Records that point somewhere: those of a type whose field `by` holds `value`. */
export interface Pointing {
  readonly def: AnyRecord
  readonly by: string
  readonly value: unknown
}

/** What the acts of a round will want to see. */
export interface Wanted {
  readonly pointing: readonly Pointing[]
  /** Ids that the acts name, and from when on the earliest of them is done: who looks at what they change points to one of these. */
  named(): ReadonlySet<unknown>
  readonly since: string | undefined
}

/**
 * Rows that the acts of one round have to see beside their own records, asked for together: one question for each relation, however many
 * acts. Good for that round alone; what is not yet written stands in the workspace.
 */
export class Neighbours {
  readonly #rows = new Map<string, RecordState[]>()
  readonly #states = new Map<string, RecordState>()
  readonly #later = new Map<string, Promise<ReadonlyMap<unknown, readonly RecordState[]>>>()
  readonly #histories = new Map<string, Promise<ReadonlyMap<string, readonly DomainEvent[]>>>()
  /** Rows that were met and that changed since the earliest act: as they stood then, only their histories know. */
  readonly #changed = new Map<string, Set<string>>()
  readonly #wanted: Wanted

  private constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  static async of(run: Keeper, wanted: Wanted): Promise<Neighbours> {
    const all = new Neighbours(wanted)
    const relations = new Map<string, { readonly def: AnyRecord; readonly by: string; readonly values: Set<string> }>()
    for (const { def, by, value } of wanted.pointing) {
      const name = `${def.name}/${by}`
      const relation = relations.get(name) ?? { def, by, values: new Set() }
      relations.set(name, relation)
      relation.values.add(String(value))
      all.#rows.set(keyOf(def, by, value), [])
    }
    for (const { def, by, values } of relations.values()) await all.#ask(run, def, by, [...values])
    return all
  }

  async #ask(run: Keeper, def: AnyRecord, by: string, values: readonly string[]): Promise<void> {
    const { since } = this.#wanted
    const changed = this.#changed.get(def.name) ?? new Set()
    this.#changed.set(def.name, changed)
    for (const state of await storedWhere(run, def, by, values)) {
      this.#rows.get(keyOf(def, by, heldBy(state, by)))?.push(state)
      this.#states.set(state.id, state)
      if (since !== undefined && state.changedAt >= since) changed.add(state.id)
    }
  }

  /** The history of a row that was met, read for all of its kind when the first one is wanted; undefined for others. */
  async history(run: Keeper, def: AnyRecord, id: string): Promise<readonly DomainEvent[] | undefined> {
    const changed = this.#changed.get(def.name)
    if (!changed?.has(id)) return undefined
    const asked = this.#histories.get(def.name) ?? readHistories(run, def.name, [...changed])
    this.#histories.set(def.name, asked)
    return (await asked).get(id) ?? []
  }

  /** A row that was met, as it is stored. */
  state(id: string): RecordState | undefined {
    return this.#states.get(id)
  }

  /** Undefined where nobody asked. */
  rows(def: AnyRecord, by: string, values: readonly unknown[]): readonly RecordState[] | undefined {
    return values.length === 1 ? this.#rows.get(keyOf(def, by, values[0])) : undefined
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
    const asked =
      this.#later.get(name) ?? storedWhere(run, def, by, [...ids], since).then((rows) => Map.groupBy(rows, (row) => heldBy(row, by)))
    this.#later.set(name, asked)
    const rows = await asked
    return values.flatMap((value) => rows.get(value) ?? []).filter((row) => row.changedAt > after)
  }
}

const heldBy = (state: RecordState, by: string): unknown => (by === 'id' ? state.id : by === 'county' ? state.county : state.fields[by])

const keyOf = (def: AnyRecord, by: string, value: unknown) => `${def.name}/${by}/${String(value)}`

/** Rows as they are stored, by the value of a field; those that changed after a moment where one is given. */
export async function storedWhere(
  run: Keeper,
  def: AnyRecord,
  field: string,
  values: readonly unknown[],
  after?: string,
): Promise<RecordState[]> {
  const sql = sqlOf(def)
  const column = sql.fields.find(([name]) => name === field)?.[1] ?? field
  const rows = await run.query<StateRow>(
    `select ${sql.columns} from ${sql.table} where "${column}" = any($1)${after === undefined ? '' : ' and changed_at > $2'}`,
    after === undefined ? [values] : [values, after],
  )
  return rows.map((row) => fromStateRow(run, sql, row))
}
