import { today as cityToday } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'
import { type EndedArea, endedArea, type Successor } from './ended-area.ts'
import { lockedByCodes } from './second-step.ts'

export interface ListedGrant {
  readonly id: string
  readonly role: string
  readonly area: string
  readonly unit: string | null
  readonly from: string
  readonly to: string | null
  /** Where its area ended or is going to. Records go to what takes the place, a grant does not: it would reach further than was granted. */
  readonly ended?: Omit<EndedArea, 'successors'> & { readonly successors: readonly ListedSuccessor[] }
}

interface ListedSuccessor extends Successor {
  /** The account has the same role there already, for as long. */
  readonly held: boolean
}

type PlainGrant = Omit<ListedGrant, 'ended'>

/** An account as its administrator sees it. */
export interface ListedAccount {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly closed: boolean
  readonly locked: boolean
  readonly secondFactor: boolean
  readonly mustChange: boolean
  readonly sessions: number
  /** People of the city's own sign-on who come in as this account. */
  readonly signOn: number
  readonly grants: readonly ListedGrant[]
}

/**
 * Accounts with their grants, but for those that work only in areas that lie outside.
 *
 * @param where condition on `u`, the account, over `values` as `$1…`, and the order after it
 */
export async function readAccounts(
  accounts: Accounts,
  outside: readonly string[],
  where: string,
  values: readonly unknown[],
): Promise<ListedAccount[]> {
  const { store } = accounts
  // Whoever has no grant yet may be given one by anybody who administers.
  const within = `not exists (select 1 from grants g where g.account = u.id)
    or exists (select 1 from grants g where g.account = u.id and not g.area = any($${values.length + 1}::text[]))`
  const users = await store.db.query<Omit<ListedAccount, 'locked' | 'grants' | 'sessions'> & { sessions: number }>(
    `select u.id, u.username, u.name, coalesce(u.closed, false) as closed, coalesce(u."twoFactorEnabled", false) as "secondFactor",
       coalesce(u."mustChangePassword", false) as "mustChange",
       (select count(*) from "session" s where s."userId" = u.id and s."expiresAt" > now()) as sessions,
       (select count(*) from "account" a where a."userId" = u.id and a."providerId" <> 'credential') as "signOn"
     from "user" u where (${within}) and ${where}`,
    [...values, outside],
  )
  const ids = users.map((user) => user.id)
  const grants = await store.db.query<PlainGrant & { account: string }>(
    'select id, account, role, area, unit, from_day as "from", to_day as "to" from grants where account = any($1::text[]) order by recorded_at, id',
    [ids],
  )
  const lockout = await accounts.lockout()
  const locked = await lockout.among(users.map((user) => user.username))
  const byCodes = await lockedByCodes(store, ids)
  return users.map((user) => ({
    ...user,
    sessions: Number(user.sessions),
    signOn: Number(user.signOn),
    locked: locked.has(user.username) || byCodes.has(user.id),
    grants: listed(
      store,
      grants.flatMap(({ account, ...one }) => (account === user.id ? [one] : [])),
    ),
  }))
}

/** The grants of one account, with what became of their areas. */
function listed(store: Store, grants: readonly PlainGrant[]): ListedGrant[] {
  const today = cityToday(store.clock)
  return grants.map((one) => {
    const ended = endedArea(store, one.area)
    if (!ended) return one
    const held = ({ area }: Successor) =>
      grants.some(
        (other) =>
          other.area === area &&
          other.role === one.role &&
          other.unit === one.unit &&
          other.from <= today &&
          (other.to === null || (one.to !== null && other.to >= one.to)),
      )
    return { ...one, ended: { ...ended, successors: ended.successors.map((heir) => ({ ...heir, held: held(heir) })) } }
  })
}
