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
const APART: readonly Role[] = ['administrator', 'auditor']

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

/**
 * Who signs in by this name or has the account of this number, wherever: whoever reads a record may read who in office it names. Who is in charge
 * of somebody and has no account yet is known by the assignment.
 */
export async function colleague({ db, registry }: Pick<Store, 'db' | 'registry'>, account: string): Promise<Colleague | undefined> {
  const [found] = await db.query<Colleague>('select username, name from "user" where username = $1 or id = $2', [
    account.toLowerCase(),
    account,
  ])
  if (found || !registry.records.has('assignment')) return found
  const assigned = 'select account as username, worker as name from r_assignment where account = $1 order by "from" desc, id limit 1'
  return (await db.query<Colleague>(assigned, [account]))[0]
}
