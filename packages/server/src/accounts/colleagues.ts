import type { Actor, Role } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'
import { isRole } from './roles.ts'

/** Somebody in office, as colleagues know them: the name, what they do, and where. */
export interface Colleague {
  readonly username: string
  readonly name: string
  readonly role?: Role
  readonly area?: string
}

const MOST = 20
/** Who keeps the system or looks at it from outside does not do the work of a place. */
export const APART: readonly Role[] = ['administrator', 'auditor']

interface Held {
  readonly username: string
  readonly name: string
  readonly role: string
  readonly area: string
}

/** Who works today in the areas of the asker, by name or sign-in name; each once, by the first of their offices. */
export async function colleagues(accounts: Accounts, actor: Actor, word: string, day: string): Promise<readonly Colleague[]> {
  const { store } = accounts
  // An office may have been given for an area that another has followed since: where it lies today is known here, not in the database.
  const pattern = `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
  const held = await store.db.query<Held>(
    `select u.username, u.name, g.role, g.area from "user" u join grants g on g.account = u.id
     where not coalesce(u.closed, false) and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1)
       and g.role <> all($2::text[]) and (u.username ilike $3 or u.name ilike $3)
     order by u.username, g.recorded_at, g.role, g.id`,
    [day, APART, pattern],
  )
  const found = new Map<string, Colleague>()
  for (const { username, name, role, area } of held) {
    const path = store.areas.index.currentPath(area)
    if (found.has(username) || path === undefined || !isRole(role)) continue
    if (actor.grants.some((grant) => path.startsWith(grant.path))) found.set(username, { username, name, role, area })
    if (found.size === MOST) break
  }
  return [...found.values()]
}

type Books = Pick<Store, 'db' | 'registry'>

/**
 * Who signs in by this name or has the account of this number, wherever: whoever reads a record may read who in office it names. Who is in charge
 * of somebody and has no account yet is known by the assignment.
 */
export const colleague = async (books: Books, account: string): Promise<Colleague | undefined> =>
  (await colleaguesNamed(books, [account])).get(account)

/** The same for many at once, by what they were asked for. */
export async function colleaguesNamed({ db, registry }: Books, accounts: readonly string[]): Promise<ReadonlyMap<string, Colleague>> {
  const out = new Map<string, Colleague>()
  if (accounts.length === 0) return out
  const held = await db.query<Colleague & { id: string }>(
    'select id, username, name from "user" where username = any($1::text[]) or id = any($2::text[])',
    [accounts.map((one) => one.toLowerCase()), [...accounts]],
  )
  for (const account of accounts) {
    const found = held.find((one) => one.username === account.toLowerCase()) ?? held.find((one) => one.id === account)
    if (found) out.set(account, { username: found.username, name: found.name })
  }
  const missing = accounts.filter((one) => !out.has(one))
  if (missing.length === 0 || !registry.records.has('assignment')) return out
  const assigned = await db.query<Colleague>(
    'select distinct on (account) account as username, worker as name from r_assignment where account = any($1::text[]) order by account, "from" desc, id',
    [missing],
  )
  for (const one of assigned) out.set(one.username, one)
  return out
}
