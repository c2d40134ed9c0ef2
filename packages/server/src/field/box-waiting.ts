import { type Actor, type Problem, scopeOf } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { HandedOver } from './boxed.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'

/** Whom what waits in the box calls, and after how many hours. */
const CALLED = [
  ['town-clerk', undefined],
  ['county-clerk', FIELD_PARAMETERS.boxCounty],
  ['duty-officer', FIELD_PARAMETERS.boxDuty],
] as const

/** How much waits in the box that somebody is called for: the town at once, the county and the duty officer where nobody has decided in time. */
export async function calledFor(store: Store, actor: Actor): Promise<number> {
  const now = store.clock.now()
  const scopes = CALLED.flatMap(([role, after]) => {
    const before = now.subtract({ hours: after === undefined ? 0 : fieldRule(store, after) }).toString()
    return scopeOf({ [role]: 'area' }, actor).paths.map((path) => ({ path, before }))
  })
  if (scopes.length === 0) return 0
  const [found] = await store.db.query<{ n: number }>(
    `select count(*)::int as n from handed_over h where state = 'waiting' and exists (
       select 1 from jsonb_to_recordset($1::jsonb) as s(path text, before timestamptz) where starts_with(h.path, s.path) and h.received_at <= s.before)`,
    [JSON.stringify(scopes)],
  )
  return found?.n ?? 0
}

/** What became of an act that somebody did: where it waits and why, or what was decided. */
export interface OwnHandedOver {
  readonly id: string
  readonly state: HandedOver['state']
  readonly area: string
  readonly problem: Problem
  /** Why it was let rest. */
  readonly reason: string | null
}

/** What lies in the box of somebody's own, with what was decided lately. */
export async function ownIn(store: Store, account: string): Promise<readonly OwnHandedOver[]> {
  const since = store.clock
    .now()
    .subtract({ hours: 24 * fieldRule(store, FIELD_PARAMETERS.boxDays) })
    .toString()
  const rows = await store.db.query<OwnHandedOver>(
    `select id, state, area, problem, case state when 'dropped' then reason end as reason from handed_over
     where account = $1 and (state = 'waiting' or decided_at >= $2) order by happened_at, id`,
    [account, since],
  )
  return rows
}
