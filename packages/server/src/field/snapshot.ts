import {
  type Actor,
  type AnyRecord,
  type CarriedRow,
  carriedOf,
  carriersOf,
  today as cityToday,
  ERASED,
  EVERYTHING,
  type Expression,
  packRows,
  type RowBlock,
} from '@guatu/kernel'
import { type CarriedRequest, carriedRows, chainHeads, touchedSince } from '../store/query/carried.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { rulesOf } from './rules-mark.ts'
import { reachedBy, scopeMark } from './scope-mark.ts'
import { recognitionOf } from './sealing.ts'
import { type ChangesAnswer, type Head, type Place, RULES, SCOPE, type SnapshotLine, writeCursor } from './snapshot-lines.ts'

/** Rows in one block: large enough to compress well, small enough to be lost without pain when the network breaks. */
const BLOCK = 1_000
/** Rows sent ahead as due at most. */
const MOST_DUE = 3_000
/** More changes than this, and taking the whole again is quicker. */
const MOST_CHANGES = 5_000

/** Which rows of a record are carried at all, with those that others still refer to. */
const rowsOf = ({ carried }: AnyRecord): Expression | undefined =>
  carried?.rows && carried.aside ? { op: 'some', of: [carried.rows, { op: 'in', field: 'state', values: carried.aside }] } : carried?.rows

/** What one phone is sent: the carried records of its worker, masked, and in columns. */
export class Snapshot {
  readonly #store: Store
  readonly #actor: Actor
  readonly #lookup: Buffer
  readonly #defs: readonly AnyRecord[]

  /** @param lookup key under which this phone recognises identity numbers */
  constructor(store: Store, actor: Actor, lookup: Buffer) {
    this.#store = store
    this.#actor = actor
    this.#lookup = lookup
    this.#defs = [...store.registry.records.values()].filter((def) => {
      const scope = carriersOf(def, actor)
      return carriedOf(def) !== undefined && (scope.all || scope.paths.length > 0)
    })
  }

  get #today(): string {
    return cityToday(this.#store.clock)
  }

  async head(): Promise<Head> {
    const { clock } = this.#store
    const day = this.#today
    return {
      now: clock.now().toString(),
      day,
      zone: clock.zone,
      actor: this.#actor,
      areas: reachedBy(this.#store, this.#actor, day).areas,
      parameters: rulesOf(this.#store).parameters,
      records: this.#defs.map((def) => def.name),
      heads: this.#marked(await this.#heads()),
    }
  }

  get #mark(): number {
    return scopeMark(this.#actor, reachedBy(this.#store, this.#actor, this.#today), this.#defs)
  }

  #marked(heads: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
    return { ...heads, [SCOPE]: this.#mark, [RULES]: rulesOf(this.#store).mark }
  }

  async #heads(): Promise<Record<string, number>> {
    const all = await chainHeads(this.#store.db)
    const paths = this.#actor.grants.map((grant) => grant.path)
    const mine = [...all].filter(([county]) => {
      const path = this.#store.areas.index.currentPath(county)
      return path !== undefined && paths.some((one) => one.startsWith(path) || path.startsWith(one))
    })
    return Object.fromEntries(mine)
  }

  /**
   * The whole, what is due today first. Going on by a cursor leaves the head and what is due out; where the cursor is of another scope it
   * begins anew.
   */
  async *lines(from?: Place): AsyncGenerator<SnapshotLine> {
    const scope = this.#mark
    const cursor = from?.scope === scope ? from : undefined
    if (!cursor) {
      yield { head: await this.head() }
      for (const block of await this.#due()) yield { block, due: true }
    }
    for (const [i, def] of this.#defs.entries()) {
      if (cursor && i < cursor.record) continue
      let after = cursor && i === cursor.record && cursor.path !== '' ? { path: cursor.path, id: cursor.id } : undefined
      for (;;) {
        const rows = await this.#rows(def, { ...(after ? { after } : {}), limit: BLOCK })
        const last = rows.at(-1)
        if (!last) break
        after = { path: last.path, id: last.id }
        yield { block: this.#pack(def, rows), cursor: writeCursor({ record: i, ...after, scope }) }
        if (rows.length < BLOCK) break
      }
    }
    yield { done: true }
  }

  async #rows(
    def: AnyRecord,
    request: { where?: Expression; ids?: readonly string[]; after?: { path: string; id: string }; limit: number },
  ): Promise<readonly Listed[]> {
    const rows = rowsOf(def)
    const where: Expression | undefined = rows && request.where ? { op: 'every', of: [rows, request.where] } : (rows ?? request.where)
    const asked = { ...request, ...(where ? { where } : {}) }
    if (def.carried?.above) return this.#above(def, asked)
    const found = await this.#store.as(this.#actor).carried(def.name, asked)
    return found.ok ? found.value : []
  }

  /** Rows in the areas of the worker and in those that contain them. */
  async #above(def: AnyRecord, request: CarriedRequest): Promise<readonly Listed[]> {
    const { paths } = carriersOf(def, this.#actor)
    const rows = await carriedRows(this.#store.db, def, EVERYTHING, request)
    return rows.filter((row) => paths.some((path) => row.path.startsWith(path) || path.startsWith(row.path)))
  }

  /** What is due today, with the people and homes that it is about. */
  async #due(): Promise<RowBlock[]> {
    const blocks: RowBlock[] = []
    let wanted = new Map<string, Set<string>>()
    const sent = new Set<string>()
    const take = (def: AnyRecord, rows: readonly Listed[], next: Map<string, Set<string>>) => {
      for (const row of rows) {
        sent.add(row.id)
        for (const [name, field] of Object.entries(def.fields)) {
          const target = field.kind === 'person' ? 'person' : field.of
          const id = row.fields[name]
          if (target === undefined || typeof id !== 'string') continue
          next.set(target, (next.get(target) ?? new Set()).add(id))
        }
      }
      if (rows.length > 0) blocks.push(this.#pack(def, rows))
    }
    for (const def of this.#defs)
      if (def.carried?.first) take(def, await this.#rows(def, { where: def.carried.first(this.#today), limit: MOST_DUE }), wanted)
    // A reading points to a person, maybe to one who was merged into another, and the person to a home: three steps reach everything that a
    // line of today shows.
    for (let step = 0; step < 3; step += 1) {
      const next = new Map<string, Set<string>>()
      for (const [record, ids] of wanted) {
        const def = this.#defs.find((one) => one.name === record)
        const missing = [...ids].filter((id) => !sent.has(id)).slice(0, MOST_DUE)
        if (def && missing.length > 0) take(def, await this.#rows(def, { ids: missing, limit: MOST_DUE }), next)
      }
      wanted = next
    }
    return blocks
  }

  #pack(def: AnyRecord, rows: readonly Listed[]): RowBlock {
    const fields = carriedOf(def) ?? []
    const known = def.carried?.knownBy
    const masked = rows.map((row): CarriedRow => {
      const aside = def.carried?.aside?.includes(row.state) ?? false
      const number = known === undefined || aside ? undefined : row.fields[known]
      const values = fields.map((name) => {
        const field = def.fields[name]
        const value = aside && name !== def.title && name !== def.survivor ? undefined : row.fields[name]
        // A reference to a person names nobody; without it a reading would not know whose it is. That a value was erased is told as it is.
        const open = !field?.sensitive || field.kind === 'person' || value === undefined || value === ERASED
        return [name, open ? value : field.mask(value)] as const
      })
      return {
        ...row,
        fields: Object.fromEntries(values),
        ...(typeof number === 'string'
          ? { known: recognitionOf(this.#lookup, def.fields[known ?? '']?.foundAs?.form(number) ?? number) }
          : {}),
      }
    })
    return packRows(def.name, fields, masked)
  }

  /** What changed since a place in the books, for a phone whose rows are those of today's scope. */
  async changes(since: Readonly<Record<string, number>>): Promise<ChangesAnswer> {
    const heads = await this.#heads()
    const now = this.#store.clock.now().toString()
    const again = { now, heads: this.#marked(heads), reset: true, blocks: [], gone: [] }
    if (since[SCOPE] !== again.heads[SCOPE]) return again
    const names = this.#defs.map((def) => def.name)
    const touched = new Map<string, Set<string>>()
    const moved: { record: string; id: string }[] = []
    let most = MOST_CHANGES
    for (const [county, head] of Object.entries(heads)) {
      // A county that had no book when the phone asked first has had everything since.
      const from = since[county] ?? 0
      if (from > head) return again
      if (from === head) continue
      const found = await touchedSince(this.#store.db, county, from, names, most + 1)
      most -= found.length
      if (most < 0) return again
      for (const one of found) {
        touched.set(one.record, (touched.get(one.record) ?? new Set()).add(one.id))
        if (one.moved) moved.push({ record: one.record, id: one.id })
      }
    }
    const blocks: RowBlock[] = []
    const visible = new Set<string>()
    for (const def of this.#defs) {
      const ids = [...(touched.get(def.name) ?? [])]
      if (ids.length === 0) continue
      const rows = await this.#rows(def, { ids, limit: MOST_CHANGES })
      for (const row of rows) visible.add(row.id)
      if (rows.length > 0) blocks.push(this.#pack(def, rows))
    }
    // What no longer counts as carried (released, closed) goes as well; the phone holds only some of these ids.
    const left = [...touched].flatMap(([record, ids]) =>
      this.#defs.find((def) => def.name === record)?.carried?.rows ? [...ids].map((id) => ({ record, id })) : [],
    )
    const gone = [...moved, ...left].filter((one) => !visible.has(one.id))
    const { mark, parameters } = rulesOf(this.#store)
    return { now, heads: again.heads, reset: false, blocks, gone, ...(since[RULES] === mark ? {} : { parameters }) }
  }
}
