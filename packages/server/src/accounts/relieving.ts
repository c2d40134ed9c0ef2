import { type Charge, type Command, derivedId, type Label, today } from '@guatu/kernel'
import { sql } from 'kysely'
import { all, among, rowsOf, text } from '../gates/register.ts'
import { submitAll } from '../jobs/daily.ts'
import type { Listed } from '../store/query/list.ts'
import { snake, tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { APART } from './colleagues.ts'

/** How much of a kind of record an account is in charge of. */
export interface Charged {
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
const ACCOUNT = 'u.id, u.username, u."displayUsername" as written'

/** An account with an office that began, if it had one, and whether that is over. */
interface Office extends Account {
  readonly closed: boolean
  readonly role: string | null
  readonly area: string | null
  readonly over: boolean
}

/** An account, and where nobody works under it any more on a kind of record, by the paths of areas. */
interface Holder {
  readonly names: readonly string[]
  readonly isIdle: (path: string, record: string) => boolean
}

const holderOf = ({ id, username, written }: Account, isIdle: Holder['isIdle'] = () => true): Holder => ({
  names: [id, username, ...(written === null || written === username ? [] : [written])],
  isIdle,
})

/** Accounts asked for in one query. */
const BATCH = 500
/** Whoever acted on a record meanwhile may have left it with the account: it is looked at again so often. */
const ROUNDS = 3

/**
 * What one account is in charge of, by what the domains say (`Domain.charges`).
 * @param grant where it is asked what of that would go with one grant, that one
 */
export async function chargesOf(store: Store, account: string, grant?: string): Promise<readonly Charged[]> {
  const holders = grant === undefined ? await accountOf(store, account) : await idleOn(store, today(store.clock), { account, grant })
  const out: Charged[] = []
  for (const charge of chargesIn(store)) {
    const label = store.registry.records.get(charge.record)?.label
    const { length: count } = await held(store, charge, holders)
    if (label && count > 0) out.push({ record: charge.record, label, count })
  }
  return out
}

/** Takes it from the account, as the system. */
export async function relieve(store: Store, account: string): Promise<void> {
  await relieveAll(store, await accountOf(store, account))
}

/** Takes from the account what it has where nobody works under it today, once one of its grants is over. */
export async function relieveOfOver(store: Store, account: string): Promise<void> {
  await relieveAll(store, await idleOn(store, today(store.clock), { account }))
}

/**
 * The same as a job of the clock, on every new city day: of what is closed, or of whose offices none holds today, all; of whoever had an office that is
 * over and has another, what stands in its area and in none of theirs, and what none of theirs may read. Who is yet to begin keeps what they were given.
 */
export function relieveTheIdle(store: Store): () => Promise<number> {
  let done: string | undefined
  return async () => {
    const day = today(store.clock)
    if (done === day) return 0
    const idle = await idleOn(store, day)
    let acts = 0
    for (let start = 0; start < idle.length; start += BATCH) acts += await relieveAll(store, idle.slice(start, start + BATCH))
    done = day
    return acts
  }
}

export async function accountOf(store: Store, id: string): Promise<readonly Holder[]> {
  const found = await store.db.query<Account>(`select ${ACCOUNT} from "user" u where u.id = $1`, [id])
  return found.map((one) => holderOf(one))
}

/** One account, and as if one of its grants were over by now. */
interface Only {
  readonly account: string
  readonly grant?: string
}

async function idleOn(store: Store, day: string, only?: Only): Promise<readonly Holder[]> {
  const offices = await store.db.query<Office>(
    `with offices as (
       select account, role, area, coalesce(to_day < $1 or id = $4::uuid, false) as over from grants where role <> all($2::text[]) and from_day <= $1)
     select ${ACCOUNT}, coalesce(u.closed, false) as closed, o.role, o.area, coalesce(o.over, false) as over
     from "user" u left join offices o on o.account = u.id
     where ($3::text is null or u.id = $3) and (coalesce(u.closed, false) or exists (select 1 from offices x where x.account = u.id and x.over))
     order by u.id`,
    [day, APART, only?.account ?? null, only?.grant ?? null],
  )
  return [...Map.groupBy(offices, ({ id }) => id).values()].flatMap((theirs) => {
    const [account] = theirs
    if (!account) return []
    if (account.closed || theirs.every(({ over }) => over)) return [holderOf(account)]
    const idle = new Map(chargesIn(store).map(({ record }) => [record, idlePaths(store, theirs, record)] as const))
    return [holderOf(account, (path, record) => idle.get(record)?.(path) === true)]
  })
}

/**
 * Where an account that goes on working has what it may work on no more: an office whose role does not read a kind of record (a gate, a leader) keeps
 * nobody in charge of any.
 */
function idlePaths(store: Store, theirs: readonly Office[], record: string): (path: string) => boolean {
  const read = new Map(Object.entries(store.registry.records.get(record)?.read ?? {}))
  const paths = (isOver: boolean) =>
    theirs.flatMap(({ role, area, over }) =>
      area !== null && over === isOver && (isOver || read.get(role ?? '') !== undefined) ? (store.areas.index.currentPath(area) ?? []) : [],
    )
  const [kept, left] = [paths(false), paths(true)]
  return (path) => !kept.some((one) => path.startsWith(one)) && left.some((one) => path.startsWith(one))
}

export const chargesIn = (store: Store): readonly Charge[] => store.registry.domains.flatMap(({ charges = [] }) => charges)

/** What these accounts hold where nobody works under them. Most hold nothing, which an index says of each. */
async function held(store: Store, { record, account, where }: Charge, holders: readonly Holder[]): Promise<readonly Listed[]> {
  if (holders.length === 0) return []
  const idle = new Map(holders.flatMap(({ names, isIdle }) => names.map((name) => [name, isIdle] as const)))
  const { rows: named } = await sql<{ name: string }>`select n.name from unnest(${[...idle.keys()]}::text[]) n(name)
    cross join lateral (select 1 from ${sql.table(tableOf(record))} where ${sql.ref(snake(account))} = n.name limit 1) held`.execute(
    store.db.kysely,
  )
  if (named.length === 0) return []
  const rows = await rowsOf(
    store,
    record,
    all(
      where,
      among(
        account,
        named.map(({ name }) => name),
      ),
    ),
  )
  return rows.filter(({ fields, path }) => idle.get(text(fields[account]))?.(path, record) === true)
}

async function relieveAll(store: Store, holders: readonly Holder[]): Promise<number> {
  let acts = 0
  for (const charge of chargesIn(store)) acts += await givenUp(store, charge, holders)
  return acts
}

async function givenUp(store: Store, charge: Charge, holders: readonly Holder[]): Promise<number> {
  let acts = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await held(store, charge, holders)
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
