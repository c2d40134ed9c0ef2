import type { AnyRecord, RecordState } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { fromStateRow, type StateRow, sqlOf } from './state-rows.ts'

/** Records that point somewhere: those of a type whose field `by` holds `value`. */
export interface Pointing {
  readonly def: AnyRecord
  readonly by: string
  readonly value: unknown
}

/**
 * Rows that the acts of one round have to see beside their own records, asked for together: one question for each relation, however many
 * acts. Good for that round alone; what is not yet written stands in the workspace.
 */
export class Neighbours {
  readonly #rows = new Map<string, RecordState[]>()

  static async of(run: Keeper, wanted: readonly Pointing[]): Promise<Neighbours> {
    const all = new Neighbours()
    const relations = new Map<string, { readonly def: AnyRecord; readonly by: string; readonly values: Set<string> }>()
    for (const { def, by, value } of wanted) {
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
    for (const state of await storedWhere(run, def, by, values))
      this.#rows.get(keyOf(def, by, by === 'county' ? state.county : state.fields[by]))?.push(state)
  }

  /** Undefined where nobody asked. */
  rows(def: AnyRecord, by: string, value: unknown): readonly RecordState[] | undefined {
    return this.#rows.get(keyOf(def, by, value))
  }
}

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
