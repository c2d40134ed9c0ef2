import { type Actor, type Command, instantMs, isId, no, ok, type Problem, problem, type Result, SYSTEM, scopeOf } from '@guatu/kernel'
import { isIssue, withhold } from '../gates/withheld.ts'
import { Gathered } from '../store/query/gathered.ts'
import type { Store } from '../store/store.ts'
import { boxEnder, endBoxed } from './box-ending.ts'
import { actOf, type BoxedAct, boxKey, type HandedOver, type Known, outsideOf } from './boxed.ts'
import { type BoxedContent, contentOf } from './boxed-content.ts'
import { buildsOn, namesOf } from './leaning.ts'
import { goAlong, placeOf } from './placing.ts'
import { type Sealed, seal } from './sealing.ts'
import { enter, takeFirst } from './taking-over.ts'
import { erasedMeanwhile, notWithheld, unreadable } from './undecidable.ts'

interface Row {
  readonly id: string
  readonly account: string
  readonly record: string
  readonly record_id: string
  readonly action: string
  readonly area: string
  readonly happened_at: Date
  readonly received_at: Date
  readonly command: Sealed
  readonly problem: Problem
  readonly state: HandedOver['state']
  readonly decided_by: string | null
}

/** An act as a clerk decides on it. */
export interface HandedOverDetail extends HandedOver, BoxedContent {
  /** What is taken over with it, in this order, because it builds on that. */
  readonly needs: readonly HandedOver[]
}

/** An act that was taken over, and what it built on and was taken over before it. */
export interface TakenOver extends HandedOver {
  readonly along: readonly HandedOver[]
}

/** Whose act it was, and why it is not done. */
export interface From {
  readonly account: string
  readonly device: string
  readonly problem: Problem
  /** Where an earlier act on the same record was done, as the same delivery says. */
  readonly area?: string
  /** When it was done where it does not say so itself: acts of one delivery in their order. */
  readonly at: string
}

export interface HandOverBox {
  /** Keeps an act where somebody who can decide on it sees it; keeping it again changes nothing. */
  keep(act: BoxedAct, from: From): Promise<void>
  /** Does an act build on one of the same account that lies in the box untaken: on the same record, or on one that its act was to make? */
  isUnder(act: Command, account: string): Promise<boolean>
  /** Keeps that an act enters somebody whom the register knows already, without what identifies them; what else is done with that entry is about the known one. */
  settleAs(act: BoxedAct, from: From, known: Known): Promise<void>
  /** Of entries that a phone of this account made, those that are so settled. */
  knownAs(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Known>>
  /** States of acts that are in the box, by event id. */
  statesOf(ids: readonly string[]): Promise<ReadonlyMap<string, HandedOver['state']>>
  /** What waits for this person, oldest first, and how many there are in all: no more than {@link MOST} are shown at a time. */
  list(actor: Actor): Promise<Result<{ readonly acts: readonly HandedOverDetail[]; readonly waiting: number }>>
  /**
   * The clerk takes the act over: it enters with its own id and time, and the clerk answers for it. What it builds on and waits as well is taken over
   * before it; where one of those is not this clerk's, nothing is, and where one cannot be taken, nothing after it: the answer says which comes first.
   */
  take(id: string, actor: Actor): Promise<Result<TakenOver>>
  /** The clerk lets it rest, with a reason; it stays in the box as decided. */
  drop(id: string, reason: string, actor: Actor): Promise<Result<HandedOver>>
}

/** Who decides on handed-over work: those who assign it, and the duty officer where nobody else does. */
const DECIDES = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const
const MOST = 500

const shown = (row: Row): HandedOver => ({
  id: row.id,
  account: row.account,
  record: row.record,
  recordId: row.record_id,
  action: row.action,
  area: row.area,
  happenedAt: row.happened_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  problem: row.problem,
  state: row.state,
})

export function openHandOverBox(store: Store, secret: string): HandOverBox {
  const key = boxKey(secret)
  const endErased = boxEnder(store, secret)
  const opened = (row: Row) => actOf(key, row.command)
  const now = () => store.clock.now().toString()

  const states = new Gathered(async (ids) => {
    const rows = await store.db.read<{ id: string; state: HandedOver['state'] }>(
      'select id, state from handed_over where id = any($1::uuid[])',
      [ids],
    )
    return new Map(rows.map((row) => [row.id, row.state]))
  })

  const mine = async (actor: Actor, where: string, values: readonly unknown[]): Promise<Result<(Row & { readonly waiting: number })[]>> => {
    const scope = scopeOf(DECIDES, actor)
    if (scope.paths.length === 0) return no(problem('not-allowed', { action: { zh: '处理移交记录', en: 'decide on handed-over work' } }))
    await settle()
    const rows = await store.db.query<Row & { readonly waiting: number }>(
      `select *, count(*) over ()::int as waiting from handed_over
       where ${where} and exists (select 1 from unnest($${values.length + 1}::text[]) as p where starts_with(path, p))
       order by happened_at, id limit ${MOST}`,
      [...values, scope.paths],
    )
    return ok(rows)
  }
  const theOne = async (id: string, actor: Actor): Promise<Result<Row>> => {
    const rows = await mine(actor, 'id = $1::uuid', [id])
    if (!rows.ok) return rows
    const [row] = rows.value
    return row ? ok(row) : no(problem('not-found', { what: { zh: '移交记录', en: 'handed-over act' } }))
  }
  const decided = async (row: Row, state: HandedOver['state'], actor: Actor, reason: string | null): Promise<Result<HandedOver>> => {
    await store.db.query(
      `update handed_over set state = $2, decided_at = $3, decided_by = $4, reason = $5 where id = $1::uuid and state = 'waiting'`,
      [row.id, state, now(), actor.id, reason],
    )
    return ok({ ...shown(row), state })
  }
  const waitingOn = (ids: readonly string[]) =>
    store.db.query<Row>(`select * from handed_over where state = 'waiting' and record_id = any($1::uuid[])`, [ids])
  const needsOf = (rows: readonly Row[]) => buildsOn(store, rows, waitingOn, opened)
  const takeOne = async (row: Row, actor: Actor): Promise<Result<HandedOver>> => {
    const act = opened(row)
    if (!act) return no(unreadable(isIssue(row)))
    const done = await enter(store, actor, act, shown(row))
    return done.ok ? decided(row, 'taken', actor, null) : done
  }

  /** What waits lies where its record is and its area leads; what an earlier version kept nowhere gets a place. */
  const settle = async () => {
    await endErased()
    await goAlong(store)
    const lost = await store.db.query<Row>(`select * from handed_over where state = 'waiting' and path = '' order by happened_at, id`)
    for (const row of lost) {
      const { area, path } = await placeOf(store, opened(row) ?? outsideOf(row), row.account)
      await store.db.query('update handed_over set area = $2, path = $3 where id = $1::uuid', [row.id, area, path])
    }
  }

  const keep: HandOverBox['keep'] = async (command, { account, device, problem: why, at, ...delivered }) => {
    const happenedAt = command.happenedAt !== undefined && instantMs(command.happenedAt) !== undefined ? command.happenedAt : at
    const { area, path } = await placeOf(store, { ...command, happenedAt }, account, delivered.area)
    await store.db.query(
      `insert into handed_over (id, device, account, record, record_id, action, area, path, happened_at, received_at, command, problem, state)
       values ($1::uuid, $2::uuid, $3, $4, $5::uuid, $6, $7, $8, $9, $10, $11, $12, 'waiting') on conflict (id) do nothing`,
      [
        command.id,
        device,
        account,
        command.record,
        command.recordId,
        command.action,
        area,
        path,
        happenedAt,
        now(),
        JSON.stringify(seal(key, Buffer.from(JSON.stringify({ ...command, happenedAt })))),
        JSON.stringify(why),
      ],
    )
    await endBoxed(store, secret, command.id)
  }

  return {
    keep,
    settleAs: async (act, from, known) => {
      // The form of a desk sends the same entry again with another number: whom it is of now takes the place of whom it was of.
      await store.db.query(`delete from handed_over where id = $1::uuid and state = 'taken' and decided_by = $2`, [act.id, SYSTEM.id])
      await keep({ ...act, input: { ...known } }, from)
      await store.db.query(
        `update handed_over set state = 'taken', decided_at = $2, decided_by = $3 where id = $1::uuid and state = 'waiting'`,
        [act.id, now(), SYSTEM.id],
      )
    },
    knownAs: async (account, ids) => {
      if (ids.length === 0) return new Map()
      const rows = await store.db.read<Pick<Row, 'record_id' | 'command'>>(
        `select record_id, command from handed_over
         where record = 'person' and action = 'register' and state = 'taken' and decided_by = $1 and account = $2 and record_id = any($3::uuid[])`,
        [SYSTEM.id, account, ids.filter(isId)],
      )
      return new Map(
        rows.flatMap((row): [string, Known][] => {
          const input = actOf(key, row.command)?.input
          return typeof input?.person === 'string' ? [[row.record_id, input as unknown as Known]] : []
        }),
      )
    },
    isUnder: async (act, account) => {
      const ids = [act.recordId, ...namesOf(store, act)]
      const rows = await store.db.query<Pick<Row, 'record' | 'record_id' | 'action'>>(
        `select record, record_id, action from handed_over where state <> 'taken' and account = $1 and record_id = any($2::uuid[])`,
        [account, ids],
      )
      return rows.some(
        ({ record, record_id, action }) =>
          record_id === act.recordId || store.registry.records.get(record)?.actions[action]?.from === 'new',
      )
    },
    statesOf: (ids) => states.of(ids),
    list: async (actor) => {
      const rows = await mine(actor, `state = 'waiting'`, [])
      if (!rows.ok) return rows
      const needs = await needsOf(rows.value)
      const acts: HandedOverDetail[] = []
      for (const row of rows.value) {
        const content = await contentOf(store, opened(row), row)
        acts.push({ ...shown(row), ...content, needs: (needs.get(row.id) ?? []).map(shown) })
      }
      return ok({ acts, waiting: rows.value[0]?.waiting ?? 0 })
    },
    take: async (id, actor) => {
      const row = await theOne(id, actor)
      if (!row.ok) return row
      if (row.value.state === 'dropped' && row.value.decided_by === SYSTEM.id) return no(erasedMeanwhile())
      if (row.value.state !== 'waiting') return ok({ ...shown(row.value), along: [] })
      const before: Row[] = []
      for (const one of (await needsOf([row.value])).get(id) ?? []) {
        const seen = await theOne(one.id, actor)
        if (!seen.ok) return no(takeFirst(store, shown(one)))
        before.push(seen.value)
      }
      const along: HandedOver[] = []
      for (const one of before) {
        const done = await takeOne(one, actor)
        if (!done.ok) return no(takeFirst(store, shown(one), done.problem))
        along.push(done.value)
      }
      const done = await takeOne(row.value, actor)
      return done.ok ? ok({ ...done.value, along }) : done
    },
    drop: async (id, reason, actor) => {
      const words = reason.trim()
      if (words === '' || words.length > 500) return no(problem('required', { field: { zh: '原因', en: 'reason' } }, { path: 'reason' }))
      const row = await theOne(id, actor)
      if (!row.ok) return row
      if (row.value.state !== 'waiting') return ok(shown(row.value))
      if (isIssue(row.value)) {
        const act = opened(row.value)
        const done = await withhold(store, { ...(act ?? outsideOf(row.value)), area: row.value.area }, words)
        if (!done.ok) return no(act ? notWithheld(done.problem) : unreadable(true))
      }
      return decided(row.value, 'dropped', actor, words)
    },
  }
}
