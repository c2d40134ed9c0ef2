import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, addDays, today as cityToday, type Grant, no, ok, problem, type Result, SIGN_IN } from '@guatu/kernel'
import type { SignedIn, WatchedSessions } from '../http/session.ts'
import type { Store } from '../store/store.ts'
import type { Auth } from './auth.ts'
import { believedSessions } from './believed-sessions.ts'
import { grantFault, type NewGrant } from './granting.ts'
import { type Lockout, openLockout } from './lockout.ts'
import { type AccountAct, openNotes } from './notes.ts'
import { accountRules } from './parameters.ts'
import { passwordProblem } from './passwords.ts'
import { grantOver, invalid } from './problems.ts'
import { isRole } from './roles.ts'
import { addressOf } from './sign-on.ts'
import { rowsOf } from './tables.ts'
import { openUsedCodes, type UsedCodes } from './used-codes.ts'

export interface NewAccount {
  readonly username: string
  readonly name: string
  /** Left out for an account that only comes in by the city's own sign-on. */
  readonly password?: string
  readonly grants: readonly NewGrant[]
  /** The password was set by somebody else and has to be changed at the first sign-in. */
  readonly mustChange?: boolean
}

export interface Accounts extends WatchedSessions {
  readonly auth: Auth
  readonly store: Store
  /** The lock after wrong passwords. */
  lockout(): Promise<Lockout>
  /** The codes of authenticators that were accepted. */
  usedCodes(): Promise<UsedCodes>
  /** Makes an account with its grants; the name must be free. Answers its id. */
  add(account: NewAccount, by: string): Promise<Result<string>>
  /** Gives a role. Answers the id of the grant. */
  grant(account: string, grant: NewGrant, by: string): Promise<string>
  /** Lets a grant end with this day, which is its last. */
  endGrant(id: string, lastDay: string, by: string): Promise<Result<void>>
  /** Gives other grants in place of one that ends with yesterday, all at once; refused where it is over already. */
  grantAgain(id: string, given: readonly NewGrant[], by: string): Promise<Result<void>>
  resetPassword(username: string, password: string, by?: string, mustChange?: boolean): Promise<Result<void>>
  /**
   * The actor with what it may today and what it might on an earlier day, by grants that ended at most `lateDays` days ago: for work
   * that was done then and arrives now.
   */
  actorOn(actor: Actor, day: string, lateDays: number): Promise<Actor>
  /** An account by its id with today's grants; one without grants when it is closed or unknown. */
  actorOf(account: string): Promise<Actor>
  note(act: AccountAct): Promise<void>
  /** Writes what a full disk made this process keep in memory; before sessions or codes are changed past the sign-in library. */
  settle(): Promise<void>
  /** Forgets what is remembered of sessions: after sign-out, revocation or a change of grants. The open streams of `account` are asked anew. */
  forget(account?: string): void
}

const FIRST_DAY = '2000-01-01'

interface KnownUser {
  readonly id: string
  readonly name: string
  readonly closed?: boolean | null | undefined
  readonly mustChangePassword?: boolean | null | undefined
  readonly twoFactorEnabled?: boolean | null | undefined
}

/** Accounts and their grants over the sign-in library. */
export function openAccounts(store: Store, auth: Auth): Accounts {
  const today = () => cityToday(store.clock)
  let lockout: Promise<Lockout> | undefined
  let usedCodes: Promise<UsedCodes> | undefined

  const grantsOf = async (account: string, day = today(), endsFrom = day): Promise<Grant[]> => {
    const rows = await store.db.query<{ role: string; area: string; unit: string | null }>(
      `select role, area, unit from grants where account = $1 and from_day <= $2 and (to_day is null or (to_day >= $2 and to_day >= $3))
       order by recorded_at, id`,
      [account, day, endsFrom],
    )
    return rows.flatMap(({ role, area, unit }) => {
      const path = store.areas.index.currentPath(area)
      return isRole(role) && path !== undefined ? [{ role, path, ...(unit === null ? {} : { unit }) }] : []
    })
  }

  const find = async (headers: Headers): Promise<SignedIn | undefined> => {
    const session = await auth.api.getSession({ headers })
    if (!session) return undefined
    const user: KnownUser = session.user
    if (user.closed) return undefined
    const actor: Actor = { id: user.id, name: user.name, grants: await grantsOf(user.id) }
    const found = { actor, session: session.session.id }
    if (user.mustChangePassword) return { ...found, pending: 'password' }
    const { secondFactor } = accountRules(store)
    const { signOn }: { readonly signOn?: boolean | null | undefined } = session.session
    // Whoever came in by the city's own sign-on was asked for the second factor there, if that asks for one.
    if (!user.twoFactorEnabled && !signOn && actor.grants.some((one) => secondFactor.includes(one.role)))
      return { ...found, pending: 'second-factor' }
    return found
  }

  const sessions = believedSessions(find)

  const notes = openNotes(store)
  const note: Accounts['note'] = notes.add

  const settle = async () => {
    await rowsOf(auth)?.settle()
    await notes.settle()
  }

  const insert = async (within: Pick<Store['db'], 'query'>, account: string, one: NewGrant, by: string) => {
    const id = randomUUID()
    await within.query(
      'insert into grants (id, account, role, area, unit, from_day, to_day, granted_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, account, one.role, one.area, one.unit ?? null, one.from ?? FIRST_DAY, one.to ?? null, by, store.clock.now().toString()],
    )
    return id
  }

  const grant: Accounts['grant'] = async (account, one, by) => {
    const id = await insert(store.db, account, one, by)
    await note({ actor: by, account, what: 'granted', detail: JSON.stringify({ grant: id, ...one }) })
    sessions.forget(account)
    return id
  }

  return {
    auth,
    store,
    lockout: () => {
      lockout ??= auth.$context.then(({ secret }) => openLockout(store, secret))
      return lockout
    },
    usedCodes: () => {
      usedCodes ??= auth.$context.then(({ secret }) => openUsedCodes(store, secret))
      return usedCodes
    },
    of: sessions.of,
    onChanged: sessions.onChanged,
    add: async (account, by) => {
      const { internalAdapter, password } = await auth.$context
      const username = account.username.toLowerCase()
      if (!SIGN_IN.test(username))
        return no(
          invalid(
            'username',
            { zh: '账号', en: 'account' },
            '请用2到40个字母、数字或 . _ - @。',
            'use 2 to 40 letters, digits or . _ - @.',
          ),
        )
      const taken = await store.db.query('select 1 from "user" where username = $1 or email = $2', [username, addressOf(username)])
      if (taken.length > 0) return no(problem('already-exists', { what: account.username }))
      for (const one of account.grants) {
        const fault = grantFault(store, one)
        if (fault) return no(fault)
      }
      const wrong =
        account.password === undefined ? undefined : passwordProblem(account.password, username, accountRules(store).passwordLength)
      if (wrong) return no(wrong)
      const user = await internalAdapter.createUser(
        {
          email: addressOf(username),
          emailVerified: true,
          name: account.name,
          username,
          displayUsername: account.username,
          mustChangePassword: account.mustChange ?? false,
        },
        { method: 'email-password' },
      )
      // Every account has a password, be it one that nobody knows: a sign-in then takes as long for one account as for another.
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await password.hash(account.password ?? randomBytes(32).toString('base64url')),
      })
      await note({ actor: by, account: user.id, what: 'added' })
      for (const one of account.grants) await grant(user.id, one, by)
      return ok(user.id)
    },
    grant,
    endGrant: async (id, lastDay, by) => {
      const [ended] = await store.db.query<{ account: string }>('update grants set to_day = $2 where id = $1::uuid returning account', [
        id,
        lastDay,
      ])
      if (!ended) return no(problem('not-found', { what: { zh: '这项授权', en: 'grant' } }))
      await note({ actor: by, account: ended.account, what: 'grant-ended', detail: JSON.stringify({ grant: id, to: lastDay }) })
      sessions.forget(ended.account)
      return ok(undefined)
    },
    grantAgain: async (id, given, by) => {
      const done = await store.db.transaction(async (session) => {
        const [old] = await session.query<{ account: string }>(
          'update grants set to_day = $2 where id = $1::uuid and (to_day is null or to_day > $2) returning account',
          [id, addDays(today(), -1)],
        )
        if (!old) return undefined
        const grants: object[] = []
        for (const one of given) grants.push({ grant: await insert(session, old.account, one, by), ...one })
        return { ...old, grants }
      })
      if (!done) return no(grantOver())
      await note({ actor: by, account: done.account, what: 'granted-again', detail: JSON.stringify({ grant: id, by: done.grants }) })
      sessions.forget(done.account)
      return ok(undefined)
    },
    resetPassword: async (username, newPassword, by = 'system', mustChange = false) => {
      const { internalAdapter, password } = await auth.$context
      const name = username.toLowerCase()
      const wrong = passwordProblem(newPassword, name, accountRules(store).passwordLength)
      if (wrong) return no(wrong)
      const [user] = await store.db.query<{ id: string }>('select id from "user" where username = $1', [name])
      if (!user) return no(problem('not-found', { what: username }))
      await internalAdapter.updatePassword(user.id, await password.hash(newPassword))
      await store.db.query('update "user" set "mustChangePassword" = $2 where id = $1', [user.id, mustChange])
      await settle()
      await store.db.query('delete from "session" where "userId" = $1', [user.id])
      await note({ actor: by, account: user.id, what: 'password-reset' })
      sessions.forget(user.id)
      return ok(undefined)
    },
    actorOn: async (actor, day, lateDays) => {
      if (day >= today()) return actor
      const then = await grantsOf(actor.id, day, addDays(today(), -lateDays))
      return { ...actor, grants: [...actor.grants, ...then] }
    },
    actorOf: async (account) => {
      const [user] = await store.db.query<KnownUser>('select id, name, closed from "user" where id = $1', [account])
      return { id: account, name: user?.name ?? '', grants: user && !user.closed ? await grantsOf(account) : [] }
    },
    note,
    settle,
    forget: sessions.forget,
  }
}
