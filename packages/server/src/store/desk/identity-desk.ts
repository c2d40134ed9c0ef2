import {
  type Actor,
  type AnyRecord,
  isEmpty,
  LONGEST_CHAIN,
  located,
  lookersOf,
  NOTHING,
  no,
  ok,
  type Problem,
  problem,
  type Result,
  readersOf,
  type Scope,
  scopeOf,
  type Twinship,
  within,
  wrongText,
} from '@guatu/kernel'
import { widest } from '../areas/wholes.ts'
import { findDuplicates } from '../query/duplicates.ts'
import { findByIdentity } from '../query/find.ts'
import { getRecord, type Listed, type ListRequest, listRecords, type Page, recordsOf } from '../query/list.ts'
import type { DeskStore } from './desk-store.ts'
import { maskState } from './masking.ts'

/** Rows of one answer to a search at most: whoever finds more has to say more. */
const MOST_FOUND = 50
const MOST_NAMES = 500
/** How a record is called for this person, and which record stands for it now. */
export interface NamedRecord {
  readonly id: string
  readonly name: string
  /** That the name stands in clear; an export counts them. */
  readonly clear?: true
}

/** A record as it stands now for an id that was asked by, and whether it stands in clear; an export counts those. */
export interface Entry {
  readonly row: Listed
  readonly clear: boolean
}

/** Two records that may be one, masked, with the grounds. */
export interface MaskedPair {
  readonly one: Listed
  readonly other: Listed
  readonly twinship: Twinship
}

/** What one person may do with identity: see it in clear, find by it, and compare by it. Everything is limited, and every look is noted first. */
export class IdentityDesk {
  readonly #store: DeskStore
  readonly #actor: Actor

  constructor(store: DeskStore, actor: Actor) {
    this.#store = store
    this.#actor = actor
  }

  /** A record with its sensitive fields in clear: only with need to know, only with a purpose, and the look is logged. */
  async reveal(record: string, id: string, purpose: string): Promise<Result<Listed>> {
    const asked = this.#asked(record, (def) => scopeOf(def.reveal ?? {}, this.#actor), purpose, SEE)
    if (!asked.ok) return asked
    const { def, scope } = asked.value
    const row = await getRecord(this.#store.db, def, scope, id)
    if (!row) return no(problem('not-found', { what: def.label }))
    await this.#note('reveal', record, purpose, 1, id)
    return ok(row)
  }

  /** A page of a list in clear; the caller notes the export as a whole. */
  async revealedPage(record: string, purpose: string, request: ListRequest): Promise<Result<Page>> {
    const asked = this.#asked(record, (def) => scopeOf(def.reveal ?? {}, this.#actor), purpose, SEE)
    return asked.ok ? listRecords(this.#store.db, asked.value.def, asked.value.scope, request) : asked
  }

  /**
   * Records found by what is sensitive in them, masked; an entry that was merged is answered by the one that stays. Where somebody may only look
   * up, a record is found by what names it exactly, and by no name.
   */
  async find(
    record: string,
    request: { readonly word: string; readonly purpose: string; readonly path?: string; readonly field?: string },
  ): Promise<Result<readonly Listed[]>> {
    const asked = this.#asked(record, (def) => lookersOf(def, this.#actor), request.purpose, FIND)
    if (!asked.ok) return asked
    const { def, scope } = asked.value
    const { word, path, field } = request
    const found = await findByIdentity(this.#store.db, def, scope, {
      named: widest(this.#store.areas.index, readersOf(def, this.#actor)),
      word,
      limit: MOST_FOUND,
      ...(path === undefined ? {} : { path }),
      ...(field === undefined ? {} : { field }),
    })
    const rows = new Map<string, Listed>()
    for (const stays of (await this.#survivors(def, scope, found)).values()) rows.set(stays.id, stays)
    await this.#note('search', record, request.purpose, rows.size)
    return ok([...rows.values()].map((row) => maskState(def, row)))
  }

  /** Pairs that may be one, of which one was entered since a moment. Nothing is shown in clear. */
  async duplicates(
    record: string,
    request: { readonly since: string; readonly path?: string; readonly limit: number },
  ): Promise<Result<readonly MaskedPair[]>> {
    const asked = this.#allowed(record, (def) => readersOf(def, this.#actor), FIND)
    if (!asked.ok) return asked
    const { def, scope } = asked.value
    if (!def.duplicates) return ok([])
    const pairs = await findDuplicates(this.#store.db, def, def.duplicates, scope, request)
    return ok(pairs.map(({ one, other, twinship }) => ({ one: maskState(def, one), other: maskState(def, other), twinship })))
  }

  /** Names behind references, masked; of those outside the jurisdiction there is none. */
  names(record: string, ids: readonly string[]): Promise<Result<Readonly<Record<string, NamedRecord>>>> {
    return this.#named(record, ids, NOTHING)
  }

  /** The same for an export in clear: masked but for what this person may see of the named record itself. The caller notes how many were in clear. */
  async namesInClear(record: string, purpose: string, ids: readonly string[]): Promise<Result<Readonly<Record<string, NamedRecord>>>> {
    const asked = this.#asked(record, (def) => readersOf(def, this.#actor), purpose, FIND)
    return asked.ok ? this.#named(record, ids, scopeOf(asked.value.def.reveal ?? {}, this.#actor)) : asked
  }

  async #named(record: string, ids: readonly string[], clear: Scope): Promise<Result<Readonly<Record<string, NamedRecord>>>> {
    const found = await this.#entries(record, ids.slice(0, MOST_NAMES), clear)
    if (!found.ok) return found
    const def = this.#store.registry.records.get(record)
    const title = def?.title ?? ''
    const sensitive = def?.fields[title]?.sensitive ?? false
    return ok(
      Object.fromEntries(
        [...found.value].map(([id, entry]): [string, NamedRecord] => [
          id,
          { id: entry.row.id, name: String(entry.row.fields[title] ?? ''), ...(sensitive && entry.clear ? { clear: true } : {}) },
        ]),
      ),
    )
  }

  /** Records behind references, masked, by the ids that were asked: of an entry that was merged the one that stays, of those outside none. */
  entries(record: string, ids: readonly string[]): Promise<Result<ReadonlyMap<string, Entry>>> {
    return this.#entries(record, ids, NOTHING)
  }

  /** The same for an export in clear: masked but for those that this person may see in clear. The caller notes how many were. */
  async entriesInClear(record: string, purpose: string, ids: readonly string[]): Promise<Result<ReadonlyMap<string, Entry>>> {
    const asked = this.#asked(record, (def) => readersOf(def, this.#actor), purpose, FIND)
    return asked.ok ? this.#entries(record, ids, scopeOf(asked.value.def.reveal ?? {}, this.#actor)) : asked
  }

  async #entries(record: string, ids: readonly string[], clear: Scope): Promise<Result<ReadonlyMap<string, Entry>>> {
    const asked = this.#allowed(record, (def) => readersOf(def, this.#actor), FIND)
    if (!asked.ok) return asked
    const { def, scope } = asked.value
    const out = new Map<string, Entry>()
    for (const [id, stays] of await this.#survivors(def, scope, await recordsOf(this.#store.db, def, scope, ids))) {
      const seen = within(clear, located(def, stays, stays.path))
      out.set(id, { row: seen ? stays : maskState(def, stays), clear: seen })
    }
    return ok(out)
  }

  /** By its id, each record or the one that stands for it now, as far as the scope goes: every step of all chains is one question. */
  async #survivors(def: AnyRecord, scope: Scope, rows: readonly Listed[]): Promise<ReadonlyMap<string, Listed>> {
    const out = new Map(rows.map((row) => [row.id, row]))
    for (let step = 0; def.survivor && step < LONGEST_CHAIN; step += 1) {
      const next = new Map<string, string>()
      for (const [id, row] of out) {
        const stays = row.fields[def.survivor]
        if (typeof stays === 'string' && row.id !== stays) next.set(id, stays)
      }
      if (next.size === 0) break
      const found = new Map((await recordsOf(this.#store.db, def, scope, [...new Set(next.values())])).map((row) => [row.id, row]))
      let moved = false
      for (const [id, stays] of next) {
        const row = found.get(stays)
        if (row) out.set(id, row)
        moved ||= row !== undefined
      }
      if (!moved) break
    }
    return out
  }

  #allowed(record: string, scopeIn: (def: AnyRecord) => Scope, action: typeof SEE): Result<{ def: AnyRecord; scope: Scope }> {
    const def = this.#store.registry.records.get(record)
    if (!def) return no(problem('not-found', { what: record }))
    const scope = widest(this.#store.areas.index, scopeIn(def))
    return isEmpty(scope) ? no(problem('not-allowed', { action })) : ok({ def, scope })
  }

  #asked(record: string, scopeIn: (def: AnyRecord) => Scope, purpose: string, action: typeof SEE) {
    const allowed = this.#allowed(record, scopeIn, action)
    const wrong = allowed.ok ? purposeless(purpose) : undefined
    return wrong ? no(wrong) : allowed
  }

  #note(what: string, record: string, purpose: string, rows: number, recordId?: string): Promise<void> {
    const look = { actor: this.#actor.id, what, record, purpose: purpose.trim(), rows }
    return this.#store.noteLook(recordId === undefined ? look : { ...look, recordId })
  }
}

const SEE = { zh: '查看个人信息', en: 'see personal data' }
const FIND = { zh: '查找人员', en: 'look for somebody' }

/** A purpose is a few words; what it says is for the auditor to judge. */
export function purposeless(purpose: string): Problem | undefined {
  if (purpose.trim().length < 2) return problem('required', { field: { zh: '查看目的', en: 'purpose' } }, { path: 'purpose' })
  const why = wrongText(purpose, { max: 500 })
  return why && problem('invalid', { field: { zh: '查看目的', en: 'purpose' }, why }, { path: 'purpose' })
}
