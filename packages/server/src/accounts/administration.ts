import { randomInt } from 'node:crypto'
import { type Actor, today as cityToday, isDay, no, ok, problem, type Result } from '@guatu/kernel'
import type { Accounts } from './accounts.ts'
import { administers } from './administers.ts'
import { type Ended, endedOf, giveBack } from './giving-back.ts'
import { dutiesApart, type NewGrant, readGrant } from './granting.ts'
import { type ListedAccount, readAccounts } from './listed.ts'
import type { AccountAct } from './notes.ts'
import { removeSecondFactor } from './own-account.ts'
import { accountRules } from './parameters.ts'
import { grantOver, invalid, nothingEnded } from './problems.ts'
import { type Charged, chargesOf, relieve, relieveOfOver } from './relieving.ts'
import { clearCodes } from './second-step.ts'
import { endLinks } from './sign-on-links.ts'

const PAGE = 100
/** Letters and digits that nobody mixes up when a password is read out on the telephone. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

const noGrant = () => problem('not-found', { what: { zh: '这项授权', en: 'grant' } })

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

  /** Accounts, but the administrator's own, with a grant that holds in an area that ended or is going to. */
  async onEnded(): Promise<readonly ListedAccount[]> {
    const { db, areas } = this.#accounts.store
    const open = await db.query<{ area: string }>('select distinct area from grants where to_day is null or to_day >= $1', [this.#today()])
    const ended = open.flatMap(({ area }) => ((areas.tree.last(area)?.to ?? null) === null ? [] : [area]))
    return this.#read(
      `u.id <> $1 and exists (select 1 from grants g where g.account = u.id and (g.to_day is null or g.to_day >= $2) and g.area = any($3::text[]))
       order by u.username`,
      [this.#actor.id, this.#today(), ended],
    )
  }

  async get(id: string): Promise<Result<ListedAccount>> {
    const [found] = await this.#read('u.id = $1', [id])
    return found ? ok(found) : no(problem('not-found', { what: { zh: '这个账号', en: 'account' } }))
  }

  async #read(where: string, values: readonly unknown[]): Promise<ListedAccount[]> {
    return readAccounts(this.#accounts, await this.#outside(), where, values)
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

  /** Ends a grant: with the given day, or at once (yesterday was its last), and with it what the account is in charge of by no other one. */
  async endGrant(id: string, grant: string, to: unknown): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    if (!other.value.grants.some((one) => one.id === grant)) return no(noGrant())
    if (to !== undefined && to !== null && (typeof to !== 'string' || !isDay(to)))
      return no(
        invalid('to', { zh: '截止日期', en: 'last day' }, '请使用日历上的一天，写作YYYY-MM-DD。', 'use a day of the calendar, YYYY-MM-DD.'),
      )
    const last = typeof to === 'string' ? to : Temporal.PlainDate.from(this.#today()).subtract({ days: 1 }).toString()
    const done = await this.#accounts.endGrant(grant, last, this.#actor.id)
    if (done.ok) await relieveOfOver(this.#accounts.store, id)
    return done
  }

  /** Gives the role of a grant whose area ended at what took the place, as far as that was chosen; the old grant ends. */
  async grantAgain(id: string, grant: unknown, chosen: unknown): Promise<Result<void>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    const old = other.value.grants.find((one) => one.id === grant)
    if (!old) return no(noGrant())
    const today = this.#today()
    if (old.to !== null && old.to < today) return no(grantOver())
    if (!old.ended || old.ended.day > today) return no(nothingEnded())
    const areas: readonly unknown[] = Array.isArray(chosen) ? chosen : []
    const taken = old.ended.successors.filter(({ area }) => areas.includes(area))
    if (taken.length === 0 || taken.length < new Set(areas).size)
      return no(invalid('areas', { zh: '承接区划', en: 'area' }, '请从承接区划中选择。', 'choose among those that took its place.'))
    const given: NewGrant[] = []
    const begun = old.from <= today
    for (const { area, held } of taken) {
      if (held) continue
      const read = readGrant(this.#accounts.store, this.#actor, {
        role: old.role,
        area,
        unit: old.unit,
        from: begun ? today : old.from,
        to: old.to,
      })
      if (!read.ok) return read
      given.push(read.value)
    }
    const done = await this.#accounts.grantAgain(old.id, given, this.#actor.id)
    if (done.ok) await relieveOfOver(this.#accounts.store, id)
    return done
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

  /**
   * What an account is in charge of: it goes to others, or to nobody, when the account is closed; and what ended when it was.
   * @param grant where one of its grants is to end, what goes with that
   */
  async charges(id: string, grant?: string): Promise<Result<{ readonly charges: readonly Charged[]; readonly ended: readonly Ended[] }>> {
    const other = await this.#other(id)
    if (!other.ok) return other
    if (grant !== undefined && !other.value.grants.some((one) => one.id === grant)) return no(noGrant())
    const { store } = this.#accounts
    return ok({ charges: await chargesOf(store, id, grant), ended: await endedOf(store, id) })
  }

  /** Closes an account: its sessions end at once, and so does what it is in charge of. */
  async close(id: string): Promise<Result<void>> {
    const done = await this.#do(id, 'closed', async () => {
      await this.#setClosed(id, true)
      await this.#endSessions(id)
    })
    if (done.ok) await relieve(this.#accounts.store, id)
    return done
  }

  /**
   * Opens a closed account again; answers what ended when it was closed, and how much of it is theirs again: what is free, where that is asked for. The
   * rest is assigned anew.
   */
  async open(id: string, again = false): Promise<Result<{ readonly ended: readonly Ended[]; readonly back: number }>> {
    const { store } = this.#accounts
    const done = await this.#do(id, 'opened', () => this.#setClosed(id, false))
    if (!done.ok) return done
    const ended = await endedOf(store, id)
    return ok({ ended, back: again ? await giveBack(store, id) : 0 })
  }

  async #setClosed(id: string, closed: boolean): Promise<void> {
    await this.#accounts.store.db.query('update "user" set closed = $2 where id = $1', [id, closed])
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
