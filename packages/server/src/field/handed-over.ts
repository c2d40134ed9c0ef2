import { type Actor, instantMs, isId, no, ok, type Problem, problem, type Result, SYSTEM, scopeOf } from '@guatu/kernel'
import { isIssue, withhold } from '../gates/withheld.ts'
import { Gathered } from '../store/query/gathered.ts'
import type { Store } from '../store/store.ts'
import { boxEnder, endBoxed } from './box-ending.ts'
import { actOf, boxKey, type HandedOver, type Known, outsideOf } from './boxed.ts'
import { contentOf } from './boxed-content.ts'
import type { HandedOverDetail, HandOverBox } from './hand-over-box.ts'
import { buildsOn, namesOf } from './leaning.ts'
import { goAlong, placeOf } from './placing.ts'
import { type Sealed, seal } from './sealing.ts'
import { enter, takeFirst } from './taking-over.ts'
import { otherSide, samePerson } from './two-sides.ts'
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
  const knownAs: HandOverBox['knownAs'] = async (account, ids) => {
    if (ids.length === 0) return new Map()
    const rows = await store.db.read<Pick<Row, 'record_id' | 'command'>>(
      `select record_id, command from handed_over
       where record = 'person' and action = 'register' and state = 'taken' and account = $1 and record_id = any($2::uuid[])`,
      [account, ids.filter(isId)],
    )
    return new Map(
      rows.flatMap((row): [string, Known][] => {
        const input = actOf(key, row.command)?.input
        return typeof input?.person === 'string' ? [[row.record_id, input as unknown as Known]] : []
      }),
    )
  }
  const takeOne = async (row: Row, actor: Actor): Promise<Result<HandedOver>> => {
    const act = opened(row)
    if (!act) return no(unreadable(isIssue(row)))
    const done = await enter(store, actor, act, shown(row), await knownAs(row.account, [act.recordId, ...namesOf(store, act)]))
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
    knownAs,
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
        const other = await otherSide(store, opened(row))
        acts.push({ ...shown(row), ...content, needs: (needs.get(row.id) ?? []).map(shown), ...(other ? { other } : {}) })
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
    takeAsSame: async (id, actor) => {
      const row = await theOne(id, actor)
      if (!row.ok) return row
      if (row.value.state !== 'waiting') return ok({ ...shown(row.value), along: [] })
      const act = opened(row.value)
      if (!act) return no(unreadable(isIssue(row.value)))
      const known = await samePerson(store, actor, act)
      if ('status' in known) return no(known)
      const waits = await mine(actor, `state = 'waiting' and account = $1`, [row.value.account])
      if (!waits.ok) return waits
      const needs = await needsOf(waits.value)
      const after = waits.value.filter((one) => needs.get(one.id)?.some((first) => first.id === id))
      const settled = seal(key, Buffer.from(JSON.stringify({ ...act, input: known })))
      await store.db.query(
        `update handed_over set command = $2, state = 'taken', decided_at = $3, decided_by = $4 where id = $1::uuid and state = 'waiting'`,
        [id, JSON.stringify(settled), now(), actor.id],
      )
      const along: HandedOver[] = []
      for (const one of after) {
        const taken = await takeOne(one, actor)
        // What cannot be taken over waits, with its own reason.
        if (taken.ok) along.push(taken.value)
      }
      return ok({ ...shown(row.value), state: 'taken', along })
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
