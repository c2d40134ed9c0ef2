import { type AnyRecord, canonicalText, ERASED, type RecordState, type Registry } from '@guatu/kernel'
import { opened, type SealText, subjectOf } from '../identity/codec.ts'
import type { Keeper, Sealing } from '../identity/keeper.ts'
import { Seals } from '../identity/seals.ts'
import type { Lane } from '../log/lane.ts'
import type { AreaIndex } from '../log/places.ts'
import { type RecordSql, sealedStates, sqlOf, statesPiece } from '../log/state-rows.ts'
import { rowsOf, writePieces } from '../log/statements.ts'
import type { Folded } from './county-fold.ts'
import { filled } from './filled.ts'

/** States compared in one statement. */
const AT_A_TIME = 2_000

export interface TablesOptions {
  readonly run: Keeper
  readonly lane: Lane
  readonly registry: Registry
  readonly areas: AreaIndex
  /** Compares only. */
  readonly check: boolean
  readonly differ: (what: string) => void
}

interface StoredSeal {
  readonly id: string
  readonly sealed: string | null
  readonly sealed_names: readonly string[] | null
  readonly wrapped: string | null
  readonly erased: boolean
}

/** What of a table has been looked at. */
interface Progress {
  readonly wasEmpty: boolean
  /** Records that the events make, and those of them that were not stored as they are. */
  states: number
  deviating: number
}

/**
 * The tables of records beside what the events say. Rows that agree stay untouched: whoever reads meanwhile waits for nobody, and a table that was
 * right is not written again. The others are taken out and set aside, and all of them enter together at the end: of two records that had each
 * other's key neither stands in the way of the other.
 */
export class RecordTables {
  readonly #at: TablesOptions
  readonly #progress = new Map<AnyRecord, Progress>()
  records = 0

  constructor(at: TablesOptions) {
    this.#at = at
  }

  /** Before anything is taken. */
  async begin(): Promise<void> {
    const { run, check, registry } = this.#at
    for (const def of registry.records.values()) {
      const sql = sqlOf(def)
      const [row] = await run.query(`select 1 from ${sql.table} limit 1`)
      this.#progress.set(def, { wasEmpty: row === undefined, states: 0, deviating: 0 })
      if (!check) await run.query(`create temp table ${aside(sql)} (like ${sql.table}) on commit drop`)
    }
  }

  /** Compares what a county's events make with what is stored. */
  async take({ states, gone }: Folded): Promise<void> {
    for (const [def, made] of states) {
      const all = [...made.values()]
      const progress = this.#progress.get(def)
      if (progress) progress.states += all.length
      this.records += all.length
      for (let start = 0; start < all.length; start += AT_A_TIME) await this.#compare(sqlOf(def), all.slice(start, start + AT_A_TIME))
    }
    for (const [def, ids] of gone) if (ids.length > 0) await this.#remove(def, 'id = any($1::uuid[])', [ids])
  }

  /** When the last county has been taken: what has no event goes, what differed comes in. */
  async end(): Promise<void> {
    const { run, check } = this.#at
    for (const [def, { states, deviating, wasEmpty }] of this.#progress) {
      const sql = sqlOf(def)
      // Where there are as many rows as states that were found, there is no row too many.
      const [row] = await run.query<{ n: number }>(`select count(*) as n from ${sql.table}`)
      if (row?.n !== states - deviating) await this.#remove(def, NO_EVENT, [def.name])
      if (!check && deviating > 0) await filled(run, sql, aside(sql), wasEmpty ? deviating : 0)
    }
  }

  async #compare(sql: RecordSql, folded: readonly RecordState[]): Promise<void> {
    const { run, lane, check, differ, areas } = this.#at
    const sealing = sql.identity ? folded.filter(({ fields }) => identityOf(sql, fields).length > 0) : []
    const kept = await this.#seals(sql, sealing)
    // Whose key is gone is erased, also where acts that were written before it was sealed still say it in clear.
    const states = folded.map((state) => (kept.get(state.id)?.erased ? asErased(sql, state) : state))
    const placed = states.map((state) => ({ state, path: areas.currentPath(state.area) ?? '' }))
    const seals = await this.#sealing(sealing, kept)
    const rows = sealedStates(sql, placed, seals).map((row) => {
      const names = kept.get(row.state.id)?.sealed_names
      // The names of what is sealed have no order of their own.
      return names && sorted(names) === sorted(row.sealed?.sealed_names) ? { ...row, sealed: { ...row.sealed, sealed_names: names } } : row
    })
    const columns = (of: string) => sql.written.map((column) => `${of}.${column}`).join(', ')
    const deviating = `from unnest($1::${sql.table}[]) as n left join ${sql.table} t on t.id = n.id and t.county = n.county
      where t.id is null or (${columns('t')}) is distinct from (${columns('n')})`
    const parameter = await rowsOf(run, statesPiece(sql, rows))
    const ask = <Row>(statement: string) => lane.run(() => run.query<Row>(statement, [parameter]))
    const progress = this.#progress.get(sql.def)
    if (!check) {
      const [moved] = await ask<{ n: number }>(`with deviating as (select ${columns('n')} ${deviating}),
           out as (delete from ${sql.table} t using deviating d where t.id = d.id and t.county = d.county),
           entered as (insert into ${aside(sql)} (${sql.written.join(', ')}) select * from deviating returning 1)
         select count(*) as n from entered`)
      if (progress) progress.deviating += moved?.n ?? 0
      return lane.run(() => writePieces(run, [seals.piece()]))
    }
    const found = await ask<{ id: string; missing: boolean }>(`select n.id, t.id is null as missing ${deviating}`)
    if (progress) progress.deviating += found.filter(({ missing }) => missing).length
    for (const { id, missing } of found)
      differ(
        `${sql.def.name} ${id}: ${missing ? 'the events make a record that is not stored' : 'the stored state differs from its events'}`,
      )
  }

  /** The sealed texts that are stored: the same values sealed anew have another text. */
  async #seals(sql: RecordSql, states: readonly RecordState[]): Promise<ReadonlyMap<string, StoredSeal>> {
    const { run, lane } = this.#at
    if (states.length === 0) return new Map()
    const rows = await lane.run(() =>
      run.query<StoredSeal>(
        `select r.id, r.sealed, r.sealed_names, k.wrapped, k.erased_at is not null as erased
          from ${sql.table} r join identity_keys k on k.id = r.id and k.county = r.county
          where r.id = any($1::uuid[]) and (r.sealed is not null or k.erased_at is not null)`,
        [states.map(({ id }) => id)],
      ),
    )
    const fields = new Map(states.map((state) => [state.id, state.fields]))
    const agrees = ({ id, sealed, wrapped, erased }: StoredSeal) => {
      if (erased) return true
      const said = identityOf(sql, fields.get(id) ?? {}).filter(([, value]) => value !== ERASED)
      return (
        canonicalText(opened(run.vault, sealed ?? undefined, subjectOf(sql.def.name, id), wrapped)) ===
        canonicalText(Object.fromEntries(said))
      )
    }
    return new Map(rows.filter(agrees).map((row) => [row.id, row]))
  }

  async #sealing(states: readonly RecordState[], kept: ReadonlyMap<string, StoredSeal>): Promise<Sealing> {
    const { run, lane, registry, check } = this.#at
    const anew = check ? [] : states.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    const seals = await lane.run(() => Seals.forRecords(run, registry, anew))
    const sealText = (record: string, id: string, county: string): SealText => {
      const stored = kept.get(id)
      if (stored) return () => stored.sealed ?? undefined
      // Whatever is not sealed as it should be differs; a check makes no keys to say so.
      return check ? () => '' : seals.sealText(record, id, county)
    }
    return { finder: seals.finder, sealText, piece: () => seals.piece() }
  }

  async #remove(def: AnyRecord, which: string, parameters: readonly unknown[]): Promise<void> {
    const { run, lane, check, differ } = this.#at
    const { table } = sqlOf(def)
    if (!check) {
      await lane.run(() => run.query(`delete from ${table} r where ${which}`, parameters))
      return
    }
    const rows = await lane.run(() => run.query<{ id: string }>(`select r.id from ${table} r where ${which}`, parameters))
    for (const { id } of rows) differ(`${def.name} ${id}: no event makes this stored record`)
  }
}

/** What a state says that is stored sealed, by name. */
const identityOf = (sql: RecordSql, fields: RecordState['fields']): [string, unknown][] =>
  Object.entries(fields).filter(([name, value]) => sql.def.fields[name]?.sensitive && value !== undefined && value !== null)

const asErased = (sql: RecordSql, state: RecordState): RecordState => ({
  ...state,
  fields: { ...state.fields, ...Object.fromEntries(identityOf(sql, state.fields).map(([name]) => [name, ERASED])) },
})

const aside = (sql: RecordSql): string => `aside_${sql.table.replaceAll('"', '')}`

const NO_EVENT = 'not exists (select 1 from events e where e.record = $1 and e.record_id = r.id and e.county = r.county)'

const sorted = (names: unknown): string => (Array.isArray(names) ? [...names].sort().join(' ') : '')
