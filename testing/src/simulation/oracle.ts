import { CORRECT, type DomainEvent, type Grant, inOrder, type RecordState, type Role, SYSTEM } from '@guatu/kernel'
import { EVENT_COLUMNS, type EventRow, fromEventRow } from '../../../packages/server/src/store/log/event-rows.ts'
import { fromStateRow, type StateRow, sqlOf } from '../../../packages/server/src/store/log/state-rows.ts'
import type { Store } from '../../../packages/server/src/store/store.ts'
import type { Lived } from './history.ts'
import type { World } from './world.ts'

/** Records whose whole state has to be the same; of the others, only that they are there and in which state. */
const WHOLE = ['household', 'person', 'arrival', 'watch', 'departure', 'pass'] as const
/** How far the time of an act may be from when it was really done: half of the slowest answer that a clock was set by, milliseconds. */
const TIME_OFF = 30_000

async function eventsOf(store: Store, county: string): Promise<DomainEvent[]> {
  const rows = await store.db.query<EventRow>(`select ${EVENT_COLUMNS} from events where county = $1`, [county])
  return rows.map((row) => fromEventRow(store.db, row)).sort(inOrder)
}

/** Does in order, on a second store that knows no network, what the first has accepted. @returns what was refused there */
export async function inOrderOn(second: World, first: World, lived: Lived): Promise<string[]> {
  const { land } = lived
  const refused: string[] = []
  const reforms = [...lived.reforms]
  const employed = new Set<string>()
  for (const event of await eventsOf(first.store, land.county)) {
    if (event.cause !== null || event.actor === SYSTEM.id) continue
    const at = Date.parse(event.happenedAt)
    while (reforms[0] && reforms[0].at <= at) await reformOn(second, reforms.shift(), refused)
    second.clock.set(event.happenedAt)
    if (!employed.has(event.actor)) {
      employed.add(event.actor)
      const actor = await first.store.db.query<{ role: Role; area: string; unit: string | null }>(
        'select role, area, unit from grants where account = $1',
        [event.actor],
      )
      for (const { role, area, unit } of actor) await second.employ(event.actor, role, area, unit ?? undefined)
    }
    const done = await second.store.as(await second.actor(event.actor)).submit({
      id: event.id,
      record: event.record,
      recordId: event.recordId,
      action: event.action,
      area: event.area,
      ...(event.action === CORRECT ? {} : { happenedAt: event.happenedAt }),
      input: event.input,
    })
    if (!done.ok) refused.push(`${event.record} ${event.action} ${event.id}: ${done.problem.code}`)
  }
  for (const one of reforms) await reformOn(second, one, refused)
  return refused
}

async function reformOn(second: World, reform: Lived['reforms'][number] | undefined, refused: string[]): Promise<void> {
  if (!reform || reform.facts.length === 0) return
  second.clock.set(new Date(reform.at).toISOString())
  const done = await second.store.areas.confirm(reform.facts, SYSTEM, second.store.writer)
  if (!done.ok) refused.push(`reform: ${done.problem.code}`)
}

async function statesOf(store: Store, record: string, county: string): Promise<Map<string, RecordState>> {
  const def = store.registry.records.get(record)
  if (!def) throw new RangeError(`no record ${record}`)
  const sql = sqlOf(def)
  const rows = await store.db.query<StateRow>(`select ${sql.columns} from ${sql.table} where county = $1`, [county])
  return new Map(rows.map((row) => [row.id, fromStateRow(store.db, sql, row)]))
}

const plain = ({ area, state, fields }: RecordState) =>
  JSON.stringify({ area, state, fields: Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) })

/** States and books of both stores, compared. @returns each difference in words */
export async function compare(first: World, second: World, lived: Lived): Promise<string[]> {
  const { county } = lived.land
  const out: string[] = []
  for (const record of first.store.registry.records.keys()) {
    const [a, b] = [await statesOf(first.store, record, county), await statesOf(second.store, record, county)]
    const whole = WHOLE.some((one) => one === record)
    for (const id of new Set([...a.keys(), ...b.keys()])) {
      const [x, y] = [a.get(id), b.get(id)]
      if (!x || !y) out.push(`${record} ${id}: only ${x ? 'with' : 'without'} a network`)
      else if (whole ? plain(x) !== plain(y) : x.state !== y.state)
        out.push(`${record} ${id}:\n    with    ${plain(x)}\n    without ${plain(y)}`)
    }
  }
  const books = async (store: Store) =>
    (
      await store.db.query<{ line: string }>(
        `select measure || ' ' || area || ' ' || day || ' ' || entered || ' ' || "left" || ' ' || moved_in || ' ' || moved_out as line
           from tallies where county = $1 and (entered <> 0 or "left" <> 0 or moved_in <> 0 or moved_out <> 0) order by measure, area, day`,
        [county],
      )
    ).map(({ line }) => line)
  const [a, b] = [await books(first.store), await books(second.store)]
  if (out.length === 0) {
    for (const line of a) if (!b.includes(line)) out.push(`books with    ${line}`)
    for (const line of b) if (!a.includes(line)) out.push(`books without ${line}`)
  }
  return out
}

/** Every act that somebody saw as kept has one end, and nothing is there that nobody did. */
export async function accounted(world: World, lived: Lived): Promise<string[]> {
  const out: string[] = []
  const events = await eventsOf(world.store, lived.land.county)
  const stored = new Map(events.map((event) => [event.id, event]))
  const boxed = new Set((await world.store.db.query<{ id: string }>('select id from handed_over')).map(({ id }) => id))
  const twice = await world.store.db.query<{ id: string }>('select id from events where county = $1 group by id having count(*) > 1', [
    lived.land.county,
  ])
  out.push(...twice.map(({ id }) => `${id}: twice`))
  const ours = new Set(lived.desk.asked.map(({ event }) => event))
  for (const one of lived.desk.asked) {
    if (!one.answer) out.push(`${one.what}: never answered`)
    else if (one.answer.status < 300 !== stored.has(one.event))
      out.push(`${one.what}: told ${one.answer.status}, stored ${stored.has(one.event)}`)
  }
  for (const phone of lived.phones) {
    const entries = phone.entries
    for (const entry of entries) {
      ours.add(entry.act.event)
      const here = stored.has(entry.act.event)
      const told = `${phone.name} ${entry.act.record} ${entry.act.action} ${entry.act.event} is ${entry.state}`
      if (entry.state === 'confirmed' && !here) out.push(`${told}, and not stored`)
      else if (entry.state === 'handed-over' && !boxed.has(entry.act.event)) out.push(`${told}, and not in the box`)
      else if (entry.state === 'kept' || entry.state === 'sent') out.push(`${told} at the end`)
    }
    for (const one of phone.promised) {
      ours.add(one.event)
      if (
        !entries.some((entry) => entry.act.event === one.event) &&
        !stored.has(one.event) &&
        !entries.some((entry) => entry.act.id === one.recordId && entry.act.action === one.action)
      )
        out.push(`${phone.name} ${one.record} ${one.action} ${one.event}: shown as kept, and gone`)
      const event = stored.get(one.event)
      if (event && Math.abs(Date.parse(event.happenedAt) - one.at) > TIME_OFF)
        out.push(`${phone.name} ${one.action} ${one.event}: ${(Date.parse(event.happenedAt) - one.at) / 1000} s from when it was done`)
    }
  }
  return out
}

/** What people elsewhere, and those who work here, can see: nothing outside their areas, but the orders that hold there. */
export async function jurisdiction(world: World, lived: Lived, foreign: string): Promise<string[]> {
  const out: string[] = []
  const { store } = world
  for (const name of [foreign, ...lived.phones.map((phone) => phone.name)]) {
    const actor = await world.actor(name)
    for (const record of store.registry.records.keys()) {
      const page = await store.as(actor).list(record, { limit: 500 })
      for (const row of page.ok ? page.value.rows : []) {
        const path = store.areas.index.currentPath(row.area) ?? ''
        const holds = (grant: Grant) => record === 'closure' && grant.path.startsWith(path)
        if (!actor.grants.some((grant) => path.startsWith(grant.path) || holds(grant)))
          out.push(`${name} sees ${record} ${row.id} in ${path}`)
      }
    }
  }
  for (const phone of lived.phones) {
    const actor = await world.actor(phone.name)
    for (const record of ['person', 'watch', 'arrival'])
      for (const row of phone.work.replica.all(record)) {
        const theirs = phone.work.replica.theirs(record, row.id)
        const path = theirs && store.areas.index.currentPath(theirs.area)
        if (path !== undefined && !actor.grants.some((grant) => path.startsWith(grant.path)))
          out.push(`${phone.name} carries ${record} ${row.id} of ${path}`)
      }
  }
  return out
}
