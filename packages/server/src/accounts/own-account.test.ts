import { SYSTEM } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { cookieOf, type LighthouseHttp, lighthouseHttp, PASSWORD } from '../../../../testing/src/stores/lighthouse-http.ts'
import { lighthouseTables } from '../../../../testing/src/stores/lighthouse-store.ts'
import { totp } from '../../../../testing/src/stores/totp.ts'
import { openAccounts } from './accounts.ts'

interface Refusal {
  readonly code: string
  readonly path?: string
  readonly message: { readonly zh: string; readonly en: string }
}
interface Enrolment {
  readonly uri: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

async function signInRaw(at: LighthouseHttp, username: string, password = PASSWORD) {
  const answer = await at.post<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/username', { username, password })
  return { status: answer.status, body: answer.body, cookie: cookieOf(answer.headers['set-cookie'] as string[]) }
}

async function enrol(at: LighthouseHttp, cookie: string): Promise<{ enrolment: Enrolment; cookie: string }> {
  const begun = await at.post<Enrolment>('/api/account/second-factor', { password: PASSWORD }, cookie)
  expect(begun.status).toBe(200)
  const wrong = await at.post<Refusal>('/api/account/second-factor/confirm', { code: '000000' }, cookie)
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong-code'])
  const confirmed = await at.post('/api/account/second-factor/confirm', { code: totp(begun.body.secret) }, cookie)
  expect(confirmed.status).toBe(200)
  return { enrolment: begun.body, cookie: cookieOf(confirmed.headers['set-cookie'] as string[]) }
}

/** What the authenticator shows after the code that enrolled it. */
const nextCode = ({ secret }: Enrolment) => totp(secret, Date.now() + 30_000)

onBothEngines('a code of an authenticator', (engine) => {
  it('opens an account once, also of many sign-ins at a time, and after a restart', async () => {
    const at = await lighthouseHttp({ place: await engine.place(lighthouseTables) })
    const id = await at.account('keeper')
    const { enrolment } = await enrol(at, await at.signIn('keeper'))
    const verify = async (code: string) => {
      const { cookie } = await signInRaw(at, 'keeper')
      return at.post<Refusal>('/api/auth/two-factor/verify-totp', { code }, cookie)
    }
    const code = nextCode(enrolment)
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
    const again = await verify(code)
    expect([again.status, again.body.code, again.body.message.zh]).toEqual([401, 'code-used', expect.stringContaining('下一个')])
    const { cookie } = await signInRaw(at, 'keeper')
    for (const spelt of [`a=b;${cookie.split('; ').join(';')}`, cookie.replace(/=([^;]*)/g, '="$1"'), `${cookie};${cookie}`]) {
      const answer = await at.post<Refusal>('/api/auth/two-factor/verify-totp', { code }, spelt)
      expect([answer.status, answer.body.code], spelt).toEqual([401, 'code-used'])
    }
    const restarted = await openAccounts(at.store, at.accounts.auth).usedCodes()
    expect(await restarted.take(id, code)).toBe(false)
    // The same digits may come again when that code can be valid no more.
    await at.store.db.query(`update "usedCode" set at = now() - interval '3 minutes'`)
    expect(await restarted.take(id, code)).toBe(true)
  })
})

describe('the second factor', () => {
  it('is enrolled with a code, asked for at sign-in, replaced by a backup code once, and ended by password', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    expect((await at.post('/api/account/second-factor', { password: 'wrong-password-1' }, await at.signIn('keeper'))).status).toBe(422)
    const { enrolment, cookie } = await enrol(at, await at.signIn('keeper'))
    expect(decodeURIComponent(enrolment.uri)).toMatch(/^otpauth:\/\/totp\/Guatu:keeper\?/)
    expect((await at.get('/api/me', cookie)).status).toBe(200)

    const first = await signInRaw(at, 'keeper')
    expect(first.body.twoFactorRedirect).toBe(true)
    expect((await at.get('/api/me', first.cookie)).status).toBe(401)
    expect((await at.post<Refusal>('/api/auth/two-factor/verify-totp', { code: '123' }, first.cookie)).body.code).toBe('wrong-code')
    const second = await at.post('/api/auth/two-factor/verify-totp', { code: nextCode(enrolment), trustDevice: true }, first.cookie)
    expect(second.status).toBe(200)
    const set = [second.headers['set-cookie']].flat().join('\n')
    expect(set).not.toContain('trust_device')
    expect((await at.get('/api/me', cookieOf(second.headers['set-cookie'] as string[]))).status).toBe(200)

    const backup = async () => {
      const step = await signInRaw(at, 'keeper')
      return at.post('/api/auth/two-factor/verify-backup-code', { code: enrolment.backupCodes[0] }, step.cookie)
    }
    const used = await backup()
    expect(used.status).toBe(200)
    expect((await backup()).status).toBe(401)

    const mine = cookieOf(used.headers['set-cookie'] as string[])
    expect((await at.post('/api/account/second-factor/end', { password: 'wrong-password-1' }, mine)).status).toBe(422)
    expect((await at.post('/api/account/second-factor/end', { password: PASSWORD }, mine)).status).toBe(200)
    expect((await signInRaw(at, 'keeper')).body.twoFactorRedirect).toBeUndefined()
  })

  it('locks after ten wrong codes, as its administrator sees, who unlocks it and may read of both', async () => {
    const at = await lighthouseHttp()
    const id = await at.account('keeper')
    await at.account('admin', [{ role: 'administrator', area: '1' }])
    const admin = await at.signIn('admin')
    const { enrolment } = await enrol(at, await at.signIn('keeper'))
    const wrong = String((Number(totp(enrolment.secret)) + 1) % 1_000_000).padStart(6, '0')
    const code = async (value: string) => {
      const { cookie } = await signInRaw(at, 'keeper')
      return at.post<Refusal>('/api/auth/two-factor/verify-totp', { code: value }, cookie)
    }
    const isLocked = async () =>
      (await at.get<{ accounts: { locked: boolean }[] }>('/api/accounts?q=keeper', admin)).body.accounts[0]?.locked
    // One off: never the code of this half minute; that it is one of the neighbours is as good as impossible.
    for (let i = 0; i < 9; i += 1) expect((await code(wrong)).body.code).toBe('wrong-code')
    expect(await isLocked()).toBe(false)
    expect((await code(wrong)).body.code).toBe('wrong-code')
    expect((await code(totp(enrolment.secret))).status).toBe(423)
    expect(await isLocked()).toBe(true)
    // How long it still lasts is said, not how long it lasts at first.
    await at.store.db.query(`update "twoFactor" set "lockedUntil" = now() + interval '200 seconds'`)
    const later = await code(totp(enrolment.secret))
    expect([later.status, later.headers['retry-after']]).toEqual([423, '240'])
    expect([later.body.message.zh, later.body.message.en].map((text) => /4分钟|4 minutes/.test(text))).toEqual([true, true])
    expect((await at.post(`/api/accounts/${id}/unlock`, {}, admin)).status).toBe(200)
    expect(await isLocked()).toBe(false)
    expect((await code(nextCode(enrolment))).status).toBe(200)
    const acts = await at.store.db.query<{ what: string }>(
      `select what from "accountEvent" where account = $1 and what in ('locked', 'unlocked') order by what`,
      [id],
    )
    expect(acts.map((act) => act.what)).toEqual(['locked', 'unlocked'])
  })

  it('may be demanded of a role from a day on: until it is set up only the own account is open', async () => {
    const at = await lighthouseHttp()
    await at.account('duty', [{ role: 'duty-officer', area: '1' }])
    await at.account('town', [{ role: 'town-clerk', area: '11a' }])
    const setting = { value: ['duty-officer'], from: '2020-02-15', instrument: { zh: '测试', en: 'test' } }
    await at.store.settings.add('accounts.secondFactor', setting, SYSTEM)
    const [duty, town] = [await at.signIn('duty'), await at.signIn('town')]
    expect((await at.get('/api/lamp', duty)).status).toBe(200)
    at.clock.set('2020-02-15T02:00:00Z')
    at.accounts.forget()
    const refused = await at.get<Refusal>('/api/lamp', duty)
    expect([refused.status, refused.body.code]).toEqual([403, 'second-factor-needed'])
    expect((await at.get('/api/live', duty)).status).toBe(403)
    expect((await at.get<{ pending: string }>('/api/me', duty)).body.pending).toBe('second-factor')
    expect((await at.get('/api/lamp', town)).status).toBe(200)
    const { cookie } = await enrol(at, duty)
    expect((await at.get('/api/lamp', cookie)).status).toBe(200)
  })
})

describe('the own account', () => {
  it('changes its password by the current one, under the rules, and ends every other session at once', async () => {
    const at = await lighthouseHttp()
    await at.account('harbourmaster')
    const [here, there] = [await at.signIn('harbourmaster'), await at.signIn('harbourmaster')]
    expect((await at.get('/api/me', there)).status).toBe(200)
    const change = (current: string, next: string) => at.post<Refusal>('/api/account/password', { current, next }, here)
    for (const next of ['short', 'password123', '1234567890', 'harbourmaster', 'harbourmaster12', 'aaaaaaaaaaaa', PASSWORD]) {
      const refused = await change(PASSWORD, next)
      expect([next, refused.status, refused.body.path]).toEqual([next, 422, 'next'])
    }
    expect((await change('not-the-password', 'quiet-water-2020')).body.path).toBe('current')
    expect((await change(PASSWORD, 'quiet-water-2020')).status).toBe(200)
    expect((await at.get('/api/me', there)).status).toBe(401)
    expect((await at.get('/api/me', here)).status).toBe(200)
    expect((await signInRaw(at, 'harbourmaster')).status).toBe(401)
    expect((await signInRaw(at, 'harbourmaster', 'quiet-water-2020')).status).toBe(200)
  })

  it('has its saved filters at every sign-in and in every browser, and nobody else has them', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    await at.account('other')
    const [here, other] = [await at.signIn('keeper'), await at.signIn('other')]
    const keep = (name: string, body: object, cookie = here) => at.post<Refusal>(`/api/account/preferences/${name}`, body, cookie)
    const kept = async (cookie: string) => (await at.get<{ preferences: object }>('/api/account/preferences', cookie)).body.preferences
    const [red, late] = [
      { name: '红灯', filters: { light: 'red' } },
      { name: '逾期', filters: { 'due.to': '2020-02-13' } },
    ]
    for (const [name, value] of Object.entries({ 'filter.task.1': late, 'filter.task.2': red, 'columns.task': ['number'] }))
      expect((await keep(name, { value })).status).toBe(200)
    expect((await keep('filter.task.1', { value: red })).status).toBe(200)
    expect((await keep('filter.task.2', { value: null })).status).toBe(200)
    expect((await at.post('/api/auth/sign-out', {}, here)).status).toBe(200)
    expect((await at.get('/api/account/preferences', here)).status).toBe(401)
    const again = await at.signIn('keeper')
    expect(await kept(again)).toEqual({ 'filter.task.1': red, 'columns.task': ['number'] })
    expect(await kept(other)).toEqual({})
    for (const [name, body, path] of [
      ['__proto__', { value: 1 }, 'name'],
      ['columns.task', {}, 'value'],
      ['columns.task', { value: 'a\u0000' }, 'value'],
      ['columns.task', { value: 'x'.repeat(20_000) }, undefined],
    ] as const) {
      const refused = await keep(name, body, again)
      expect([refused.status, refused.body.path, refused.body.message.zh]).toEqual([422, path, expect.stringMatching(/\p{Script=Han}/u)])
    }
    expect(await kept(again)).toEqual({ 'filter.task.1': red, 'columns.task': ['number'] })
  })

  it('is no way to guess the password with a stolen session', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const cookie = await at.signIn('keeper')
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1)
      statuses.push((await at.post('/api/account/password', { current: `guess-number-${i}`, next: 'quiet-water-2020' }, cookie)).status)
    expect(statuses).toEqual([422, 422, 422, 422, 422, 423])
  })

  it('lists its sessions and ends one, which is over at once; nobody ends those of others', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    await at.account('other')
    const [here, there, other] = [await at.signIn('keeper'), await at.signIn('keeper'), await at.signIn('other')]
    expect((await at.get('/api/me', there)).status).toBe(200)
    const { sessions } = (await at.get<{ sessions: { id: string; current: boolean }[] }>('/api/account', here)).body
    expect(sessions.map((one) => one.current).sort()).toEqual([false, true])
    const theirs = sessions.find((one) => !one.current)?.id ?? ''
    expect((await at.post(`/api/account/sessions/${theirs}/end`, {}, other)).status).toBe(404)
    expect((await at.post(`/api/account/sessions/${theirs}/end`, {}, here)).status).toBe(200)
    expect((await at.get('/api/me', there)).status).toBe(401)
    expect((await at.get('/api/me', here)).status).toBe(200)
    expect(JSON.stringify((await at.get('/api/account', here)).body)).not.toContain(here.split('=')[1]?.slice(0, 20))
  })
})
