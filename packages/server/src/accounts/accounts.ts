import { randomUUID } from 'node:crypto'
import { type Actor, type Grant, no, ok, problem, type Result, ROLES, type Role } from '@guatu/kernel'
import type { Sessions, SignedIn } from '../http/session.ts'
import type { Store } from '../store/store.ts'
import type { Auth } from './auth.ts'

export interface NewAccount {
  readonly username: string
  readonly name: string
  readonly password: string
  readonly grants: readonly { readonly role: Role; readonly area: string; readonly unit?: string }[]
}

export interface Accounts extends Sessions {
  readonly auth: Auth
  /** Makes an account with its grants; the name must be free. */
  add(account: NewAccount, by: string): Promise<Result<string>>
  grant(account: string, grant: NewAccount['grants'][number], by: string): Promise<void>
  resetPassword(username: string, password: string): Promise<Result<void>>
  /** Forgets what is remembered of sessions: after sign-out, revocation or a change of grants. */
  forget(): void
}

/** How long a session is believed without asking the database again, milliseconds. */
const BELIEVED_MS = 5_000
const MOST_SESSIONS = 50_000

export const isRole = (value: string): value is Role => Object.hasOwn(ROLES, value)

/** Accounts and their grants over the sign-in library. */
export function openAccounts(store: Store, auth: Auth): Accounts {
  const remembered = new Map<string, { until: number; found: SignedIn | undefined }>()

  const grantsOf = async (account: string): Promise<Grant[]> => {
    const today = store.clock.now().toZonedDateTimeISO(store.clock.zone).toPlainDate().toString()
    const rows = await store.db.query<{ role: string; area: string; unit: string | null }>(
      'select role, area, unit from grants where account = $1 and from_day <= $2 and (to_day is null or to_day >= $2) order by recorded_at, id',
      [account, today],
    )
    return rows.flatMap(({ role, area, unit }) => {
      const path = store.areas.index.currentPath(area)
      return isRole(role) && path !== undefined ? [{ role, path, ...(unit === null ? {} : { unit }) }] : []
    })
  }

  const find = async (headers: Headers): Promise<SignedIn | undefined> => {
    const session = await auth.api.getSession({ headers })
    if (!session) return undefined
    const actor: Actor = { id: session.user.id, name: session.user.name, grants: await grantsOf(session.user.id) }
    return { actor, session: session.session.id }
  }

  const grant: Accounts['grant'] = async (account, one, by) => {
    await store.db.query(
      'insert into grants (id, account, role, area, unit, from_day, to_day, granted_by, recorded_at) values ($1, $2, $3, $4, $5, $6, null, $7, $8)',
      [randomUUID(), account, one.role, one.area, one.unit ?? null, '2000-01-01', by, store.clock.now().toString()],
    )
    remembered.clear()
  }

  return {
    auth,
    of: async (headers) => {
      const key = `${headers.cookie ?? ''}\n${headers.authorization ?? ''}`
      if (key === '\n') return undefined
      const now = performance.now()
      const known = remembered.get(key)
      if (known && known.until > now) return known.found
      const asked = new Headers()
      for (const name of ['cookie', 'authorization'] as const) if (typeof headers[name] === 'string') asked.set(name, headers[name])
      const found = await find(asked)
      if (remembered.size > MOST_SESSIONS) remembered.clear()
      remembered.set(key, { until: now + BELIEVED_MS, found })
      return found
    },
    add: async (account, by) => {
      const { internalAdapter, password } = await auth.$context
      const taken = await store.db.query('select 1 from "user" where username = $1', [account.username.toLowerCase()])
      if (taken.length > 0) return no(problem('already-exists', { what: account.username }))
      if (account.password.length < 10)
        return no(
          problem('invalid', { field: { zh: '密码', en: 'password' }, why: { zh: '至少10个字符。', en: 'at least 10 characters.' } }),
        )
      const user = await internalAdapter.createUser(
        {
          email: `${account.username.toLowerCase()}@accounts.invalid`,
          emailVerified: true,
          name: account.name,
          username: account.username.toLowerCase(),
          displayUsername: account.username,
        },
        { method: 'email-password' },
      )
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await password.hash(account.password),
      })
      for (const one of account.grants) await grant(user.id, one, by)
      return ok(user.id)
    },
    grant,
    resetPassword: async (username, newPassword) => {
      const { internalAdapter, password } = await auth.$context
      const [user] = await store.db.query<{ id: string }>('select id from "user" where username = $1', [username.toLowerCase()])
      if (!user) return no(problem('not-found', { what: username }))
      await internalAdapter.updatePassword(user.id, await password.hash(newPassword))
      await store.db.query('delete from "session" where "userId" = $1', [user.id])
      remembered.clear()
      return ok(undefined)
    },
    forget: () => remembered.clear(),
  }
}
