import { type Charge, type Command, derivedId, EVERYTHING, today } from '@guatu/kernel'
import { sql } from 'kysely'
import { all, among, rowsOf, text } from '../gates/register.ts'
import { submitAll } from '../jobs/daily.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { APART } from './colleagues.ts'
import { accountOf, type Charged, chargesIn } from './relieving.ts'

/** What ended of a kind of record when the account was closed, and how much of it may be given back. */
export interface Ended extends Charged {
  /** Where the account has an office today, and nobody was given the same since. */
  readonly free: number
}

interface Back {
  readonly charge: Charge & { readonly back: NonNullable<Charge['back']> }
  readonly ended: readonly Listed[]
  readonly free: readonly Listed[]
}

/** What ended with the account and would go on: said while it is closed, and when it is opened again. */
export async function endedOf(store: Store, account: string): Promise<readonly Ended[]> {
  return (await backOf(store, account)).flatMap(({ charge, ended, free }) => {
    const label = store.registry.records.get(charge.record)?.label
    return label && ended.length > 0 ? [{ record: charge.record, label, count: ended.length, free: free.length }] : []
  })
}

/** Gives back what is free, as the system; answers how much. What hangs on it follows by standing duties. */
export async function giveBack(store: Store, account: string): Promise<number> {
  const commands = (await backOf(store, account)).flatMap(({ charge, free }) =>
    free.map(
      ({ id, version }): Command => ({
        id: derivedId(`charge-back/${charge.name}/${id}/${version}`),
        record: charge.record,
        recordId: id,
        version,
        ...charge.back.act,
      }),
    ),
  )
  return submitAll(store, commands)
}

async function backOf(store: Store, account: string): Promise<readonly Back[]> {
  const [holder] = await accountOf(store, account)
  if (!holder) return []
  const offices = await officesOf(store, account)
  const out: Back[] = []
  for (const charge of chargesIn(store)) {
    const { back } = charge
    if (!back) continue
    const ended = await rowsOf(store, charge.record, all(back.where(today(store.clock)), among(charge.account, holder.names)))
    const inOffice = ended.filter(({ path }) => offices.some((office) => path.startsWith(office)))
    const others = await inThese(
      store,
      charge,
      inOffice.map(({ area }) => area),
    )
    const lastGiven = new Map<string, string>()
    for (const other of others) {
      const what = whatIs(other, back.same)
      if (other.createdAt > (lastGiven.get(what) ?? '')) lastGiven.set(what, other.createdAt)
    }
    const isTaken = (one: Listed) => (lastGiven.get(whatIs(one, back.same)) ?? '') > one.changedAt
    out.push({ charge: { ...charge, back }, ended, free: inOffice.filter((one) => !isTaken(one)) })
  }
  return out
}

/** Of one kind, what somebody holds in these areas. */
const inThese = async (store: Store, { record, where }: Charge, areas: readonly string[]): Promise<readonly Listed[]> =>
  areas.length === 0 ? [] : rowsOf(store, record, where, EVERYTHING, sql<boolean>`area = any(${[...new Set(areas)]}::text[])`)

/** What somebody is in charge of, by the fields that say so: the same for everybody who is in charge of it. */
const whatIs = ({ area, fields }: Listed, same: readonly string[]): string =>
  JSON.stringify([area, ...same.map((field) => text(fields[field]))])

/** The paths of areas in which the account has an office today. */
async function officesOf(store: Store, account: string): Promise<readonly string[]> {
  const held = await store.db.query<{ area: string }>(
    `select area from grants where account = $1 and role <> all($2::text[]) and from_day <= $3 and (to_day is null or to_day >= $3)`,
    [account, APART, today(store.clock)],
  )
  return held.flatMap(({ area }) => store.areas.index.currentPath(area) ?? [])
}
