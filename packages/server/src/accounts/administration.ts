import { randomInt } from 'node:crypto'
import { type Actor, today as cityToday, no, ok, problem, type Result } from '@guatu/kernel'
import type { Heir } from '../store/log/places.ts'
import type { Accounts } from './accounts.ts'
import { administers } from './administers.ts'
import { DAY, dutiesApart, type NewGrant, readGrant } from './granting.ts'
import type { AccountAct } from './notes.ts'
import { removeSecondFactor } from './own-account.ts'
import { accountRules } from './parameters.ts'
import { invalid } from './problems.ts'
import { clearCodes, lockedByCodes } from './second-step.ts'
import { endLinks } from './sign-on-links.ts'

export interface ListedGrant {
  readonly id: string
  readonly role: string
  readonly area: string
  readonly unit: string | null
  readonly from: string
  readonly to: string | null
  /** Where its area ended: since when, and who took the place. Records went there, a grant does not: it would reach further than was granted. */
  readonly heir?: Heir
}

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

const PAGE = 100
/** Letters and digits that nobody mixes up when a password is read out on the telephone. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The administrator's work on accounts. Duties are kept apart: nobody gives rights to themselves, and who gives rights has no others. */
export class Administration {
  readonly #accounts: Accounts
  readonly #actor: Actor

  private constructor(accounts: Accounts, actor: Actor) {
    this.#accounts = accounts
    this.#actor = actor
  }

  /** For an administrator; refuses everybody else. */
  static of(accounts: Accounts, actor: Actor): Result<Administration> {
    return actor.grants.some((grant) => grant.role === 'administrator')
      ? ok(new Administration(accounts, actor))
      : no(problem('not-allowed', { action: { zh: '管理账号', en: 'manage accounts' } }))
  }

  #administers(area: string): boolean {
    return administers(this.#actor, this.#accounts.store.areas.index.currentPath(area))
  }

  /** Areas of grants that lie outside: whoever works only there is no concern of this administration. */
  async #outside(): Promise<readonly string[]> {
    const areas = await this.#accounts.store.db.query<{ area: string }>('select distinct area from grants')
    return areas.map(({ area }) => area).filter((area) => !this.#administers(area))
  }

  /** Accounts within this administration by name, a page at a time. */
  async list(
    request: { readonly after?: string; readonly text?: string } = {},
  ): Promise<{ accounts: readonly ListedAccount[]; next?: string }> {
    const pattern = request.text ? `%${request.text.replace(/[\\%_]/g, (c) => `\\${c}`)}%` : null
    const rows = await this.#read(
      `u.username > $1 and ($2::text is null or u.username ilike $2 or u.name ilike $2) order by u.username limit ${PAGE + 1}`,
      [request.after ?? '', pattern],
    )
    const accounts = rows.slice(0, PAGE)
    const last = rows.length > PAGE ? accounts.at(-1) : undefined
    return { accounts, ...(last ? { next: last.username } : {}) }
  }

  async get(id: string): Promise<Result<ListedAccount>> {
    const [found] = await this.#read('u.id = $1', [id])
    return found ? ok(found) : no(problem('not-found', { what: { zh: '这个账号', en: 'account' } }))
  }

  async #read(where: string, values: readonly unknown[]): Promise<ListedAccount[]> {
    const { db } = this.#accounts.store
    // Whoever has no grant yet may be given one by anybody who administers.
    const within = `not exists (select 1 from grants g where g.account = u.id)
      or exists (select 1 from grants g where g.account = u.id and not g.area = any($${values.length + 1}::text[]))`
    const users = await db.query<Omit<ListedAccount, 'locked' | 'grants' | 'sessions'> & { sessions: number }>(
      `select u.id, u.username, u.name, coalesce(u.closed, false) as closed, coalesce(u."twoFactorEnabled", false) as "secondFactor",
         coalesce(u."mustChangePassword", false) as "mustChange",
         (select count(*) from "session" s where s."userId" = u.id and s."expiresAt" > now()) as sessions,
         (select count(*) from "account" a where a."userId" = u.id and a."providerId" <> 'credential') as "signOn"
       from "user" u where (${within}) and ${where}`,
      [...values, await this.#outside()],
    )
    const grants = await db.query<ListedGrant & { account: string }>(
      'select id, account, role, area, unit, from_day as "from", to_day as "to" from grants where account = any($1::text[]) order by recorded_at, id',
      [users.map((user) => user.id)],
    )
    const lockout = await this.#accounts.lockout()
    const locked = await lockout.among(users.map((user) => user.username))
    const byCodes = await lockedByCodes(
      this.#accounts.store,
      users.map((user) => user.id),
    )
    return users.map((user) => ({
      ...user,
      sessions: Number(user.sessions),
      signOn: Number(user.signOn),
      locked: locked.has(user.username) || byCodes.has(user.id),
      grants: grants.flatMap(({ account, ...one }) => {
        const heir = this.#accounts.store.areas.index.heir(one.area)
        return account === user.id ? [heir ? { ...one, heir } : one] : []
      }),
    }))
  }

  /** Makes an account with a first password that is shown once and must be changed. */
  async add(input: Readonly<Record<string, unknown>>): Promise<Result<{ readonly id: string; readonly password: string }>> {
    const { username, name } = input
    if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
      return no(invalid('name', { zh: '姓名', en: 'name' }, '请填写，不超过100字。', 'fill it in, at most 100 characters.'))
    const grants: NewGrant[] = []
    for (const one of Array.isArray(input.grants) ? input.grants : []) {
      const read = readGrant(this.#accounts.store, this.#actor, one)
      if (!read.ok) return read
      grants.push(read.value)
    }
    const apart = dutiesApart(grants.map((one) => one.role))
    if (apart) return no(apart)
    const password = this.#newPassword()
    const added = await this.#accounts.add(
      { username: String(username ?? ''), name: name.trim(), password, grants, mustChange: true },
      this.#actor.id,
    )
    return added.ok ? ok({ id: added.value, password }) : added
  }

  #newPassword(): string {
    const { passwordLength } = accountRules(this.#accounts.store)
    return Array.from({ length: Math.max(14, passwordLength) }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  }

  /** Somebody else's account within this administration: all its areas lie inside, and it is not the administrator's own. */
  async #other(id: string): Promise<Result<ListedAccount>> {
    if (id === this.#actor.id)
      return no({
        ...problem('not-allowed', { action: { zh: '更改自己的账号', en: 'change your own account' } }),
        message: {
          zh: '不能管理自己的账号，请由另一位系统管理员办理。',
          en: 'Nobody manages their own account; ask another system administrator.',
        },
      })
    const found = await this.get(id)
    if (!found.ok) return found
    const inside = found.value.grants.every(({ area }) => this.#administers(area))
    return inside ? found : no(problem('outside-jurisdiction'))
  }

  async grant(id: string, input: unknown): Promise<Result<string>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    const read = readGrant(this.#accounts.store, this.#actor, input)
    if (!read.ok) return read
    const today = this.#today()
    const roles = other.value.grants.filter((one) => one.to === null || one.to >= today).map((one) => one.role)
    const apart = dutiesApart([...roles, read.value.role])
    return apart ? no(apart) : ok(await this.#accounts.grant(id, read.value, this.#actor.id))
  }

  #today = () => {
    const { clock } = this.#accounts.store
    return cityToday(clock)
  }

  /** Ends a grant: with the given day, or at once (yesterday was its last). */
  async endGrant(id: string, grant: string, to: unknown): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    if (!other.value.grants.some((one) => one.id === grant)) return no(problem('not-found', { what: { zh: '这项授权', en: 'grant' } }))
    if (to !== undefined && to !== null && (typeof to !== 'string' || !DAY.test(to)))
      return no(invalid('to', { zh: '截止日期', en: 'last day' }, '请使用YYYY-MM-DD。', 'use YYYY-MM-DD.'))
    const last = typeof to === 'string' ? to : Temporal.PlainDate.from(this.#today()).subtract({ days: 1 }).toString()
    return this.#accounts.endGrant(grant, last, this.#actor.id)
  }

  /** A new password, shown once, to be changed at the next sign-in; every session ends. */
  async reset(id: string): Promise<Result<{ readonly password: string }>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    const password = this.#newPassword()
    const done = await this.#accounts.resetPassword(other.value.username, password, this.#actor.id, true)
    return done.ok ? ok({ password }) : done
  }

  /** Lifts the lock after wrong passwords and the one after wrong codes. */
  async unlock(id: string): Promise<Result<void>> {
    return this.#do(id, 'unlocked', async ({ username }) => {
      await (await this.#accounts.lockout()).clear(username)
      await this.#accounts.settle()
      await clearCodes(this.#accounts.store, id)
    })
  }

  /** Closes an account (its sessions end at once) or opens it again. */
  async close(id: string, closed: boolean): Promise<Result<void>> {
    return this.#do(id, closed ? 'closed' : 'opened', async () => {
      await this.#accounts.store.db.query('update "user" set closed = $2 where id = $1', [id, closed])
      if (closed) await this.#endSessions(id)
    })
  }

  async endSessions(id: string): Promise<Result<void>> {
    return this.#do(id, 'sessions-ended', () => this.#endSessions(id))
  }

  /** Ends the links to the city's own sign-on; whoever the claim still names makes a new one by coming in. */
  async endSignOn(id: string): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    await endLinks(this.#accounts, id, this.#actor.id)
    return ok(undefined)
  }

  async removeSecondFactor(id: string): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    await removeSecondFactor(this.#accounts, id, this.#actor.id)
    return ok(undefined)
  }

  async #endSessions(id: string): Promise<void> {
    await this.#accounts.settle()
    await this.#accounts.store.db.query('delete from "session" where "userId" = $1', [id])
  }

  async #do(id: string, what: AccountAct['what'], work: (account: ListedAccount) => Promise<void>): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    await work(other.value)
    await this.#accounts.note({ actor: this.#actor.id, account: id, what })
    this.#accounts.forget(id)
    return ok(undefined)
  }
}
