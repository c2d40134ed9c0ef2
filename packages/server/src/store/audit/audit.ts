import {
  type Actor,
  type DomainEvent,
  isEmpty,
  isId,
  no,
  ok,
  type Permit,
  problem,
  type Result,
  type Scope,
  scopeOf,
  within,
} from '@guatu/kernel'
import { widest } from '../areas/wholes.ts'
import { maskEvent } from '../desk/masking.ts'
import { EVENT_COLUMNS, type EventRow, fromEventRow } from '../log/event-rows.ts'
import type { Store } from '../store.ts'
import { type ActorName, actorNames } from './actor-names.ts'
import { lastVerification, type Verified } from './chains.ts'

/** What an auditor asks for; everything may be left out. */
export interface AuditRequest {
  readonly record?: string
  readonly recordId?: string
  /** Account name, or id. */
  readonly actor?: string
  /** Acts that were recorded on these city days, first and last included. */
  readonly from?: string
  readonly to?: string
  /** In or below this area. */
  readonly area?: string
  readonly cursor?: string
  readonly limit?: number
}

export interface AuditPage<Row> {
  readonly rows: readonly Row[]
  readonly next?: string
}

export interface AuditedLook {
  readonly id: string
  readonly at: string
  readonly actor: string
  /** `reveal`, `export`, `search`. */
  readonly what: string
  readonly record: string | null
  readonly recordId: string | null
  readonly purpose: string | null
  readonly rows: number | null
}

export interface AccountEvent {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly account: string
  readonly what: string
  readonly detail: unknown
}

const MOST = 200

const AUDITS: Permit = { auditor: 'area' }

/**
 * The log, the looks at personal data and what was done to accounts, as an auditor reads them: newest first, personal data masked. Acts are those of the
 * auditor's area; looks and what was done to accounts those of people who have or had something to do there.
 */
export class Audit {
  readonly #store: Store
  readonly #scope: Scope

  private constructor(store: Store, scope: Scope) {
    this.#store = store
    this.#scope = scope
  }

  /** For an auditor; refuses everybody else. */
  static of(store: Store, actor: Actor): Result<Audit> {
    const scope = widest(store.areas.index, scopeOf(AUDITS, actor))
    return isEmpty(scope) ? no(problem('not-allowed', { action: { zh: '查看审计', en: 'read the audit' } })) : ok(new Audit(store, scope))
  }

  #audits(area: string): boolean {
    return within(this.#scope, { path: this.#store.areas.index.currentPath(area) ?? '', units: [] })
  }

  /** The heads of the chains of the auditor's counties, and what the last verification found of them. */
  async chains(): Promise<Verified> {
    const { heads, last } = await lastVerification(this.#store.db)
    if (this.#scope.all) return { heads, last }
    const chains = last?.chains.filter(({ county }) => this.#audits(county)) ?? []
    const events = chains.reduce((sum, one) => sum + one.verifiedTo, 0)
    return { heads: heads.filter(({ county }) => this.#audits(county)), last: last && { ...last, chains, events } }
  }

  async events(request: AuditRequest): Promise<Result<AuditPage<DomainEvent & { readonly seq: number }>>> {
    const { areas, registry, db } = this.#store
    if (request.area !== undefined && areas.index.currentPath(request.area) === undefined)
      return no(problem('area-not-listed', { area: request.area }, { path: 'area' }))
    if (request.area !== undefined && !this.#audits(request.area)) return no(problem('outside-jurisdiction', {}, { path: 'area' }))
    const inside = request.area === undefined ? this.#areas() : this.#everBelow([request.area])
    const after = readCursor(request.cursor)
    if (!after.ok) return after
    const { from, to } = this.#bounds(request)
    const limit = Math.min(Math.max(request.limit ?? 50, 1), MOST)
    const rows = await db.query<EventRow & { at_text: string }>(
      `select ${EVENT_COLUMNS}, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from events
       where ($1::text is null or record = $1) and ($2::uuid is null or record_id = $2) and ($3::text is null or actor = $3)
         and recorded_at >= $4::timestamptz and recorded_at < $5::timestamptz and ($6::text[] is null or area = any($6))
         and ($7::timestamptz is null or (recorded_at, id) < ($7, $8::uuid))
       order by recorded_at desc, id desc limit ${limit + 1}`,
      [
        request.record ?? null,
        request.recordId ?? null,
        await this.#actorId(request.actor),
        from,
        to,
        inside ?? null,
        after.value?.at ?? null,
        after.value?.id ?? null,
      ],
    )
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return ok({
      rows: page.map((row) => {
        const def = registry.records.get(row.record)
        const event = fromEventRow(db, row)
        return { ...(def ? maskEvent(def, event) : { ...event, input: {} }), seq: Number(row.seq) }
      }),
      ...(last ? { next: writeCursor(last.at_text, last.id) } : {}),
    })
  }

  async looks(request: AuditRequest): Promise<Result<AuditPage<AuditedLook>>> {
    return this.#page<AuditedLook>(
      request,
      'looks',
      `id, actor, what, record, record_id as "recordId", purpose, rows`,
      '($4::text is null or record = $4) and ($5::text[] is null or actor = any($5))',
      [request.record ?? null, await this.#people()],
    )
  }

  async accounts(request: AuditRequest): Promise<Result<AuditPage<AccountEvent>>> {
    const page = await this.#page<AccountEvent & { detail: string | null }>(
      request,
      '"accountEvent"',
      'id, actor, account, what, detail',
      '($4::text[] is null or account = any($4))',
      [await this.#people()],
    )
    return page.ok ? ok({ ...page.value, rows: page.value.rows.map((row) => ({ ...row, detail: parsed(row.detail) })) }) : page
  }

  async #page<Row extends { readonly id: string }>(
    request: AuditRequest,
    table: string,
    columns: string,
    where: string,
    values: readonly unknown[],
  ): Promise<Result<AuditPage<Row>>> {
    const after = readCursor(request.cursor)
    if (!after.ok) return after
    const { from, to } = this.#bounds(request)
    const limit = Math.min(Math.max(request.limit ?? 50, 1), MOST)
    const n = values.length + 4
    const rows = await this.#store.db.query<Row & { at: string }>(
      `select ${columns}, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from ${table}
       where ($1::text is null or actor = $1) and at >= $2::timestamptz and at < $3::timestamptz and ${where}
         and ($${n}::timestamptz is null or (at, id::text) < ($${n}, $${n + 1}))
       order by at desc, id::text desc limit ${limit + 1}`,
      [await this.#actorId(request.actor), from, to, ...values, after.value?.at ?? null, after.value?.id ?? null],
    )
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return ok({ rows: page, ...(last ? { next: writeCursor(last.at, last.id) } : {}) })
  }

  /** An auditor knows people by their account name; the log knows them by id. */
  async #actorId(named: string | undefined): Promise<string | null> {
    if (named === undefined) return null
    const [user] = await this.#store.db.query<{ id: string }>('select id from "user" where username = $1', [named.toLowerCase()])
    return user?.id ?? named
  }

  /** The auditor's areas; undefined where those are all. */
  #areas(): readonly string[] | undefined {
    return this.#scope.all ? undefined : this.#everBelow(this.#scope.paths.flatMap((path) => path.split('/').at(-2) ?? []))
  }

  /** Accounts that have, or had, something to do in the auditor's areas; null where those are all. */
  async #people(): Promise<readonly string[] | null> {
    if (this.#scope.all) return null
    const grants = await this.#store.db.query<{ account: string; area: string }>('select distinct account, area from grants', [])
    return [...new Set(grants.flatMap(({ account, area }) => (this.#audits(area) ? [account] : [])))]
  }

  /** The areas and everything that was ever below them: the log tells of villages that are gone, too. */
  #everBelow(areas: readonly string[]): readonly string[] {
    const below = new Set(areas)
    for (const row of this.#store.areas.tree.closure()) if (areas.includes(row.ancestor)) below.add(row.descendant)
    return [...below]
  }

  /** City days as moments, so that the index on the moment serves. */
  #bounds({ from, to }: AuditRequest): { from: string; to: string } {
    const { zone } = this.#store.clock
    const start = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString()
    return {
      from: from === undefined ? '-infinity' : start(from),
      to: to === undefined ? 'infinity' : start(Temporal.PlainDate.from(to).add({ days: 1 }).toString()),
    }
  }

  /** Names behind the ids of accounts: an auditor has to know who acted. */
  names(ids: readonly string[]): Promise<Readonly<Record<string, ActorName>>> {
    return actorNames(this.#store.db, ids)
  }
}

const parsed = (detail: string | null): unknown => {
  try {
    return detail === null ? null : JSON.parse(detail)
  } catch {
    return detail
  }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const writeCursor = (at: string, id: string) => Buffer.from(`${at} ${id}`).toString('base64url')

function readCursor(cursor: string | undefined): Result<{ at: string; id: string } | undefined> {
  if (cursor === undefined) return ok(undefined)
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  return MOMENT.test(at) && isId(id)
    ? ok({ at, id })
    : no(
        problem(
          'invalid',
          { field: 'cursor', why: { zh: '请从第一页重新开始。', en: 'start again from the first page.' } },
          { path: 'cursor' },
        ),
      )
}
