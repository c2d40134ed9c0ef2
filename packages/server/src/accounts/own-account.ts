import { no, ok, problem, type Result } from '@guatu/kernel'
import type { Accounts } from './accounts.ts'
import { accountRules } from './parameters.ts'
import { passwordProblem } from './passwords.ts'
import { usedCode, wrongCode, wrongCredentials } from './problems.ts'

export interface OwnSession {
  readonly id: string
  readonly begun: Date
  readonly ends: Date
  readonly device: string | null
  readonly current: boolean
}

export interface OwnAccount {
  readonly username: string
  readonly name: string
  readonly secondFactor: boolean
  readonly passwordLength: number
  readonly sessions: readonly OwnSession[]
}

/** What a person sees of the own account. */
export async function readOwnAccount(accounts: Accounts, user: string, session: string): Promise<OwnAccount> {
  const { db } = accounts.store
  const [row] = await db.query<{ username: string; name: string; twoFactorEnabled: boolean | null }>(
    'select coalesce("displayUsername", username) as username, name, "twoFactorEnabled" from "user" where id = $1',
    [user],
  )
  const sessions = await db.query<{ id: string; begun: Date; ends: Date; device: string | null }>(
    'select id, "createdAt" as begun, "expiresAt" as ends, "userAgent" as device from "session" where "userId" = $1 and "expiresAt" > now() order by "createdAt" desc',
    [user],
  )
  return {
    username: row?.username ?? '',
    name: row?.name ?? '',
    secondFactor: row?.twoFactorEnabled === true,
    passwordLength: accountRules(accounts.store).passwordLength,
    sessions: sessions.map((one) => ({ ...one, current: one.id === session })),
  }
}

/** Ends one session of the person, or all but the current one. Takes effect at once. */
export async function endSessions(
  accounts: Accounts,
  user: string,
  which: { readonly only: string } | { readonly allBut: string },
): Promise<number> {
  await accounts.settle()
  const rows =
    'only' in which
      ? await accounts.store.db.query('delete from "session" where "userId" = $1 and id = $2 returning id', [user, which.only])
      : await accounts.store.db.query('delete from "session" where "userId" = $1 and id <> $2 returning id', [user, which.allBut])
  accounts.forget(user)
  if (rows.length > 0) await accounts.note({ actor: user, account: user, what: 'sessions-ended', detail: String(rows.length) })
  return rows.length
}

/**
 * Tries a password of a known person, counted like a sign-in so that a stolen session is no way to guess it.
 * Refuses with `account-locked` or `wrong-credentials`.
 */
export async function tryPassword(accounts: Accounts, user: string, password: unknown): Promise<Result<{ readonly username: string }>> {
  const [row] = await accounts.store.db.query<{ username: string; password: string | null }>(
    `select u.username, a.password from "user" u join "account" a on a."userId" = u.id and a."providerId" = 'credential' where u.id = $1`,
    [user],
  )
  if (!row?.password || typeof password !== 'string')
    return no(problem('required', { field: { zh: '当前密码', en: 'current password' } }, { path: 'current' }))
  const lockout = await accounts.lockout()
  const attempt = await lockout.begin(row.username)
  if (attempt.refused) return no(attempt.refused)
  const context = await accounts.auth.$context
  const right = await context.password.verify({ hash: row.password, password })
  if (!right) {
    if (attempt.last) await accounts.note({ actor: 'system', account: user, what: 'locked' })
    return no({
      ...wrongCredentials(),
      status: 422,
      path: 'current',
      message: { zh: '当前密码不正确。', en: 'The current password is not right.' },
    })
  }
  await lockout.clear(row.username)
  return ok({ username: row.username })
}

/** Changes the own password; every other session ends. */
export async function changePassword(
  accounts: Accounts,
  user: string,
  session: string,
  input: { readonly current?: unknown; readonly next?: unknown },
): Promise<Result<void>> {
  const tried = await tryPassword(accounts, user, input.current)
  if (!tried.ok) return tried
  const wrong = passwordProblem(input.next, tried.value.username, accountRules(accounts.store).passwordLength)
  if (wrong) return no({ ...wrong, path: 'next' })
  if (input.next === input.current)
    return no({
      ...problem('invalid', {
        field: { zh: '新密码', en: 'new password' },
        why: { zh: '不能与当前密码相同。', en: 'it must differ from the current one.' },
      }),
      path: 'next',
    })
  const { internalAdapter, password } = await accounts.auth.$context
  await internalAdapter.updatePassword(user, await password.hash(String(input.next)))
  await accounts.store.db.query('update "user" set "mustChangePassword" = false where id = $1', [user])
  await accounts.note({ actor: user, account: user, what: 'password-changed' })
  await endSessions(accounts, user, { allBut: session })
  return ok(undefined)
}

export interface Enrolment {
  /** `otpauth://` address for the authenticator; to be drawn as a QR code on the person's own screen. */
  readonly uri: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

/** Begins the enrolment of an authenticator; nothing is asked for at sign-in until a code was verified. */
export async function beginSecondFactor(accounts: Accounts, user: string, headers: Headers, password: unknown): Promise<Result<Enrolment>> {
  const tried = await tryPassword(accounts, user, password)
  if (!tried.ok) return tried
  const answer = await accounts.auth.api.enableTwoFactor({ headers, body: { password: String(password) } }).catch(() => undefined)
  if (!answer || !('totpURI' in answer)) return no(problem('already-exists', { what: { zh: '动态验证码', en: 'A second factor' } }))
  const uri = new URL(answer.totpURI)
  uri.pathname = `/${encodeURIComponent(`Guatu:${tried.value.username}`)}`
  return ok({ uri: uri.href, secret: uri.searchParams.get('secret') ?? '', backupCodes: answer.backupCodes })
}

/** The first code from the authenticator: from now on sign-in asks for one. */
export async function confirmSecondFactor(
  accounts: Accounts,
  user: string,
  headers: Headers,
  code: unknown,
): Promise<Result<readonly string[]>> {
  const written = String(code ?? '').trim()
  const used = await accounts.usedCodes()
  if (!(await used.take(user, written))) return no({ ...usedCode(), status: 422, path: 'code' })
  try {
    const answer = await accounts.auth.api.verifyTOTP({ headers, body: { code: written }, asResponse: true })
    if (!answer.ok) {
      await used.giveBack(user, written)
      return no({ ...wrongCode(), status: 422, path: 'code' })
    }
    await accounts.note({ actor: user, account: user, what: 'second-factor-on' })
    accounts.forget(user)
    return ok(answer.headers.getSetCookie())
  } catch {
    await used.giveBack(user, written)
    return no({ ...wrongCode(), status: 422, path: 'code' })
  }
}

/** Switches the second factor off, by password. */
export async function endSecondFactor(accounts: Accounts, user: string, password: unknown): Promise<Result<void>> {
  const tried = await tryPassword(accounts, user, password)
  if (!tried.ok) return tried
  await removeSecondFactor(accounts, user, user)
  return ok(undefined)
}

/** Takes the authenticator away, as its owner or as an administrator after a lost phone. */
export async function removeSecondFactor(accounts: Accounts, user: string, by: string): Promise<void> {
  const { db } = accounts.store
  await accounts.settle()
  await db.query('delete from "twoFactor" where "userId" = $1', [user])
  await db.query('update "user" set "twoFactorEnabled" = false where id = $1', [user])
  await accounts.note({ actor: by, account: user, what: 'second-factor-off' })
  accounts.forget(user)
}

/** Writes down that a sign-in locked an account. A name that is no account is counted, but there is nothing to tell of it. */
export async function noteLocked(accounts: Accounts, username: string): Promise<void> {
  const [user] = await accounts.store.db.query<{ id: string }>('select id from "user" where username = $1', [username.toLowerCase()])
  if (user) await accounts.note({ actor: 'system', account: user.id, what: 'locked' })
}
