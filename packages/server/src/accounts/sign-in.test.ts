import { SYSTEM } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { cookieOf, lighthouseHttp, PASSWORD } from '../../../../testing/src/stores/lighthouse-http.ts'
import { openAccounts } from './accounts.ts'

interface Refusal {
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
}

describe('signing in', () => {
  it('locks after five wrong passwords, for names that exist and names that do not, over a restart, until the time has passed', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const wrong = (username: string, password = 'wrong-password-1') =>
      at.post<Refusal>('/api/auth/sign-in/username', { username, password })
    for (const username of ['keeper', 'nobody-here']) {
      const answers = []
      for (let i = 0; i < 6; i += 1) answers.push(await wrong(username))
      expect(answers.map((one) => [one.status, one.body.code])).toEqual([
        ...Array(5).fill([401, 'wrong-credentials']),
        [423, 'account-locked'],
      ])
      expect(answers[5]?.body.message.zh).toContain('15分钟')
      expect(answers[5]?.headers['retry-after']).toBe('900')
    }
    // What is said to an account and to no account is the same, word by word.
    expect((await wrong('keeper')).body).toEqual((await wrong('nobody-here')).body)
    // The right password is not even tried while locked; another opening of the accounts knows it too.
    expect((await wrong('keeper', PASSWORD)).status).toBe(423)
    expect((await wrong('KEEPER', PASSWORD)).status).toBe(423)
    const again = await openAccounts(at.store, at.accounts.auth).lockout()
    expect([...(await again.among(['keeper', 'other']))]).toEqual(['keeper'])
    at.clock.set('2020-02-14T02:15:01Z')
    expect((await wrong('keeper', PASSWORD)).status).toBe(200)
    // A right password begins the count anew.
    for (let i = 0; i < 4; i += 1) expect((await wrong('keeper')).status).toBe(401)
    expect((await wrong('keeper', PASSWORD)).status).toBe(200)
    for (let i = 0; i < 5; i += 1) expect((await wrong('keeper')).status).toBe(401)
    const acts = await at.store.db.query<{ what: string; detail: string | null }>(
      `select what, detail from "accountEvent" where what = 'locked'`,
    )
    expect(acts).toEqual([
      { what: 'locked', detail: null },
      { what: 'locked', detail: null },
    ])
    expect(JSON.stringify(await at.store.db.query('select * from "signInFailure"'))).not.toContain('nobody-here')
  })

  it('lets no more guesses through when they come all at once', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => at.post('/api/auth/sign-in/username', { username: 'keeper', password: `wrong-password-${i}` })),
    )
    expect(answers.filter((one) => one.status === 401)).toHaveLength(5)
    expect(answers.filter((one) => one.status === 423)).toHaveLength(11)
  })

  it('takes its numbers from dated parameters', async () => {
    const at = await lighthouseHttp()
    const instrument = { zh: '测试', en: 'test' }
    await at.store.settings.add('accounts.attempts', { value: 2, from: '2020-02-15', instrument }, SYSTEM)
    const wrong = async () => (await at.post('/api/auth/sign-in/username', { username: 'x1', password: 'wrong-password-1' })).status
    expect([await wrong(), await wrong(), await wrong()]).toEqual([401, 401, 401])
    at.clock.set('2020-02-15T02:00:00Z')
    expect([await wrong(), await wrong(), await wrong()]).toEqual([401, 401, 423])
  })

  it('works as long on a name that does not exist as on one that does', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const { password } = await at.accounts.auth.$context
    const { hash, verify } = password
    let derivations = 0
    password.hash = (text) => {
      derivations += 1
      return hash(text)
    }
    password.verify = (data) => {
      derivations += 1
      return verify(data)
    }
    const added = await at.accounts.add({ username: 'sign-on-only', name: 'x', grants: [] }, 'test')
    expect(added.ok).toBe(true)
    // The password function is nearly all of the work, so it is counted instead of the time.
    for (const username of ['keeper', 'no-such-name', 'sign-on-only']) {
      derivations = 0
      await at.post('/api/auth/sign-in/username', { username, password: 'wrong-password-1' })
      expect([username, derivations]).toEqual([username, 1])
    }
  })

  it('sets a cookie that scripts and other sites do not get, a new one for every sign-in, never one that was brought along', async () => {
    const at = await lighthouseHttp({ baseUrl: 'https://guatu.example' })
    await at.account('keeper')
    const brought = '__Secure-guatu.session_token=chosen-by-somebody.signature'
    const answer = await at.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/username',
      payload: { username: 'keeper', password: PASSWORD },
      headers: { cookie: brought },
    })
    const set = [answer.headers['set-cookie'] ?? []].flat().find((one) => one.includes('session_token')) ?? ''
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(set).toContain(flag)
    expect(set).not.toContain('chosen-by-somebody')
    expect((await at.get('/api/me', brought)).status).toBe(401)
    const [first, second] = [cookieOf(answer.headers['set-cookie']), await at.signIn('keeper')]
    expect(first).not.toBe(second)
    expect((await at.get('/api/me', first)).status).toBe(200)
  })

  it('offers nothing of the sign-in library beyond what is needed', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const cookie = await at.signIn('keeper')
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'update-user',
      'change-email',
      'delete-user',
      'is-username-available',
      'change-password',
    ])
      expect((await at.post(`/api/auth/${path}`, { email: 'keeper@accounts.invalid', password: PASSWORD, name: 'x' }, cookie)).status).toBe(
        404,
      )
  })
})

describe('requests', () => {
  it('that change something are refused when a page of another site sent them', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const cookie = await at.signIn('keeper')
    const from = async (headers: Record<string, string>, url = '/api/account/sessions/end-others') =>
      (await at.app.inject({ method: 'POST', url, payload: {}, headers: { cookie, host: 'guatu.example', ...headers } })).statusCode
    expect(await from({ origin: 'https://evil.example' })).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
    expect(await from({ origin: 'http://guatu.example', 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await from({ referer: 'https://evil.example/guatu.example' })).toBe(403)
    expect(await from({ origin: 'https://evil.example' }, '/api/auth/sign-out')).toBe(403)
    expect(await from({ origin: 'https://evil.example' }, '/api/events')).toBe(403)
    expect(await from({ origin: 'http://guatu.example', 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await from({ referer: 'http://guatu.example/account' })).toBe(200)
    expect(await from({})).toBe(200)
    expect((await at.get('/api/me', cookie)).status).toBe(200)
  })

  it('are answered with headers that keep browsers safe, and never with a stack', async () => {
    const at = await lighthouseHttp()
    await at.account('keeper')
    const cookie = await at.signIn('keeper')
    const { headers } = await at.get('/api/me', cookie)
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['permissions-policy']).toContain('camera=(self), microphone=()')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-powered-by']).toBeUndefined()
    // The store fails under the request's feet: the answer has a reference, the log has the reason.
    await at.store.db.query('alter table r_lamp rename to r_lamp_gone')
    await at.accounts.grant((await at.get<{ id: string }>('/api/me', cookie)).body.id, { role: 'leader', area: '1' }, 'test')
    const failed = await at.get<Refusal>('/api/lamp', cookie)
    expect(failed.status).toBe(500)
    expect(JSON.stringify(failed.body)).not.toMatch(/r_lamp|select|\.ts|node_modules| at /)
    expect(JSON.stringify(at.logged)).toContain('r_lamp')
  })
})
