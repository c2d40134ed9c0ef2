import { type Actor, type Command, no, ok, type Problem, problem, type Result, scopeOf } from '@guatu/kernel'
import { type AtTheGate, cross } from '../gates/cross.ts'
import { strangeFile } from '../store/desk/sent-files.ts'
import { Gathered } from '../store/query/gathered.ts'
import type { Store } from '../store/store.ts'
import { derivedKey, type Sealed, seal, unseal } from './sealing.ts'

/** An act that its worker may no longer do: it waits for the clerk of the place, who answers for it from then on. */
export interface HandedOver {
  readonly id: string
  readonly account: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly area: string
  readonly happenedAt: string
  readonly receivedAt: string
  readonly problem: Problem
  readonly state: 'waiting' | 'taken' | 'dropped'
}

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
}

/** What a clerk gets to see before deciding: the act as it was written, without what names a person. */
export interface HandedOverDetail extends HandedOver {
  readonly command: Command
}

/** An act as it lies in the box; beside a crossing whoever stood at the gate. */
export interface BoxedAct extends Command {
  readonly who?: AtTheGate
}

export interface HandOverBox {
  /** Keeps an act; keeping it again changes nothing. */
  keep(act: BoxedAct, from: { readonly account: string; readonly device: string; readonly problem: Problem }): Promise<void>
  /** States of acts that are in the box, by event id. */
  statesOf(ids: readonly string[]): Promise<ReadonlyMap<string, HandedOver['state']>>
  list(actor: Actor): Promise<Result<readonly HandedOverDetail[]>>
  /** The clerk takes the act over: it enters with its own id and time, and the clerk answers for it. */
  take(id: string, actor: Actor): Promise<Result<HandedOver>>
  /** The clerk lets it rest, with a reason; it stays in the box as decided. */
  drop(id: string, reason: string, actor: Actor): Promise<Result<HandedOver>>
}

/** Who decides on handed-over work: those who assign it. */
const DECIDES = { 'town-clerk': 'area', 'county-clerk': 'area' } as const
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
  const key = derivedKey(secret, 'box', 'handed-over acts')
  const now = () => store.clock.now().toString()

  const states = new Gathered(async (ids) => {
    const rows = await store.db.read<{ id: string; state: HandedOver['state'] }>(
      'select id, state from handed_over where id = any($1::uuid[])',
      [ids],
    )
    return new Map(rows.map((row) => [row.id, row.state]))
  })

  const mine = async (actor: Actor, where: string, values: readonly unknown[]): Promise<Result<Row[]>> => {
    const scope = scopeOf(DECIDES, actor)
    if (scope.paths.length === 0) return no(problem('not-allowed', { action: { zh: '处理移交记录', en: 'decide on handed-over work' } }))
    const rows = await store.db.query<Row>(
      `select * from handed_over where ${where} and exists (select 1 from unnest($${values.length + 1}::text[]) as p where starts_with(path, p))
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
  const actOf = (row: Row): BoxedAct => {
    const bytes = unseal(key, row.command)
    if (!bytes) throw new Error('a handed-over act does not open with the key of this server')
    return JSON.parse(bytes.toString()) as BoxedAct
  }

  return {
    keep: async (command, { account, device, problem: why }) => {
      const state = await store.db.query<{ area: string }>(
        'select area from events where record = $1 and record_id = $2::uuid order by seq desc limit 1',
        [command.record, command.recordId],
      )
      const area = state[0]?.area ?? command.area ?? ''
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
          store.areas.index.currentPath(area) ?? '',
          command.happenedAt ?? now(),
          now(),
          JSON.stringify(seal(key, Buffer.from(JSON.stringify(command)))),
          JSON.stringify(why),
        ],
      )
    },
    statesOf: (ids) => states.of(ids),
    list: async (actor) => {
      const rows = await mine(actor, `state = 'waiting'`, [])
      return rows.ok ? ok(rows.value.map((row) => ({ ...shown(row), command: masked(store, actOf(row)) }))) : rows
    },
    take: async (id, actor) => {
      const row = await theOne(id, actor)
      if (!row.ok) return row
      if (row.value.state !== 'waiting') return ok(shown(row.value))
      // The clerk saw no version of the worker's, and the act may lie days back: it finds its place by its time.
      const { version: _, who, ...kept } = actOf(row.value)
      const command = { ...kept, authority: kept.authority ?? `handed over by ${row.value.account}` }
      // Its files are those of the worker's phone.
      const def = store.registry.records.get(command.record)
      const strange = def && (await strangeFile(store, def, command, row.value.account))
      if (strange) return no(strange)
      const done = who ? await cross(store, store.as(actor), command, who) : await store.writer.submit(command, actor)
      return done.ok ? decided(row.value, 'taken', actor, null) : done
    },
    drop: async (id, reason, actor) => {
      const words = reason.trim()
      if (words === '' || words.length > 500) return no(problem('required', { field: { zh: '原因', en: 'reason' } }, { path: 'reason' }))
      const row = await theOne(id, actor)
      if (!row.ok) return row
      return row.value.state === 'waiting' ? decided(row.value, 'dropped', actor, words) : ok(shown(row.value))
    },
  }
}

/** The act with its personal data masked like any other, and without whoever stood at a gate. */
function masked(store: Store, { who: _, ...command }: BoxedAct): Command {
  const def = store.registry.records.get(command.record)
  const fields = { ...def?.fields, ...def?.actions[command.action]?.with }
  const input = Object.entries(command.input).map(([name, value]) => {
    const field = fields[name]
    return [name, field?.sensitive && value !== null ? field.mask(value) : value] as const
  })
  return { ...command, input: Object.fromEntries(input) }
}
