import { type Charge, type Command, derivedId, type Label, today } from '@guatu/kernel'
import { all, among, rowsOf } from '../gates/register.ts'
import { submitAll } from '../jobs/daily.ts'
import type { Store } from '../store/store.ts'
import { APART } from './colleagues.ts'

/** How much of a kind of record nobody works on under an account any more. */
export interface Relieved {
  readonly record: string
  readonly label: Label
  readonly count: number
}

/** Records are named by what an account signs in with, as it is kept or was first written, or by its number. */
interface Account {
  readonly id: string
  readonly username: string
  readonly written: string | null
}
const ACCOUNT = 'select u.id, u.username, u."displayUsername" as written from "user" u'

/** Accounts asked for in one query. */
const BATCH = 500
/** Whoever acted on a record meanwhile may have left it with the account: it is looked at again so often. */
const ROUNDS = 3

/** Takes from one account what it is in charge of, by what the domains say (`Domain.charges`), as the system. */
export async function relieve(store: Store, account: string): Promise<readonly Relieved[]> {
  return relieveAll(store, await store.db.query<Account>(`${ACCOUNT} where u.id = $1`, [account]))
}

/**
 * The same as a job of the clock, on every new city day, of all accounts under which nobody works: closed, or with offices of which none holds today.
 * Who is yet to begin keeps what they were given.
 */
export function relieveTheIdle(store: Store): () => Promise<number> {
  let done: string | undefined
  return async () => {
    const day = today(store.clock)
    if (done === day) return 0
    const idle = await store.db.query<Account>(
      `${ACCOUNT} where coalesce(u.closed, false)
         or exists (select 1 from grants g where g.account = u.id and g.role <> all($2::text[]) and g.from_day <= $1)
           and not exists (select 1 from grants g where g.account = u.id and g.role <> all($2::text[])
             and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1))
       order by u.id`,
      [day, APART],
    )
    let acts = 0
    for (let start = 0; start < idle.length; start += BATCH)
      for (const { count } of await relieveAll(store, idle.slice(start, start + BATCH))) acts += count
    done = day
    return acts
  }
}

async function relieveAll(store: Store, accounts: readonly Account[]): Promise<readonly Relieved[]> {
  const names = accounts.flatMap(({ id, username, written }) => [
    id,
    username,
    ...(written === null || written === username ? [] : [written]),
  ])
  const out: Relieved[] = []
  for (const charge of store.registry.domains.flatMap(({ charges = [] }) => charges)) {
    const label = store.registry.records.get(charge.record)?.label
    const count = label && names.length > 0 ? await givenUp(store, charge, names) : 0
    if (label && count > 0) out.push({ record: charge.record, label, count })
  }
  return out
}

async function givenUp(store: Store, charge: Charge, names: readonly string[]): Promise<number> {
  let acts = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await rowsOf(store, charge.record, all(charge.where, among(charge.account, names)))
    if (rows.length === 0) break
    acts += await submitAll(
      store,
      rows.map(
        ({ id, version }): Command => ({
          // As often as it is theirs: who is assigned once more is relieved once more.
          id: derivedId(`charge/${charge.name}/${id}/${version}`),
          record: charge.record,
          recordId: id,
          version,
          ...charge.act,
        }),
      ),
    )
  }
  return acts
}
