import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SYSTEM } from '@guatu/kernel'
import Provider from 'oidc-provider'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../../../testing/src/free-port.ts'
import { lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'

/**
 * A real OpenID Connect provider on loopback: whoever is asked for as `login` is signed in and consents.
 * @param claims the account name that it gives, where that is not the login; empty for none
 */
async function provider(redirect: string, claims: ReadonlyMap<string, string> = new Map()): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'guatu',
        client_secret: 'shared-secret',
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => {
      const account = claims.get(id) ?? id
      return { accountId: id, claims: () => ({ sub: id, ...(account && { preferred_username: account }), name: `登录名${id}` }) }
    },
  })
  server.on('request', oidc.callback())
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return issuer
}

/** A browser's cookies, by host. */
class Jar {
  readonly #kept = new Map<string, Map<string, string>>()
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const kept = this.#kept.get(origin) ?? new Map<string, string>()
    this.#kept.set(origin, kept)
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, ...(cookie ? { cookie } : {}) } })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
      kept.set(name, value)
    }
    return answer
  }
}

/** Walks through the provider's pages as a person would; answers the last page reached on our side. */
async function walk(jar: Jar, start: string, login: string): Promise<string> {
  let url = start
  for (let step = 0; step < 20; step += 1) {
    const answer = await jar.fetch(url)
    const location = answer.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      if (new URL(url).pathname === '/') return url
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
    if (!action || fields.length === 0) throw new Error(`No way on from ${url}: ${page.slice(0, 500)}`)
    const sent = await jar.fetch(new URL(action, url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([...fields, ['login', login], ['password', 'any']]).toString(),
    })
    url = new URL(sent.headers.get('location') ?? '', url).href
  }
  throw new Error('The sign-on goes round in circles')
}

it('says in words that the sign-on cannot be reached', async () => {
  const oidc = {
    providerId: 'city',
    discoveryUrl: 'http://127.0.0.1:1/.well-known/openid-configuration',
    clientId: 'guatu',
    clientSecret: 's',
  }
  const at = await lighthouseHttp({ oidc, baseUrl: 'http://127.0.0.1:9' })
  const answer = await at.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/social',
    headers: { origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' },
    payload: { provider: 'city', callbackURL: '/', errorCallbackURL: '/?sign-on=failed' },
  })
  expect([answer.statusCode, answer.json<{ message: { zh: string } }>().message.zh]).toEqual([503, expect.stringContaining('连接不上')])
})

/** The fictional city on a port of its own, with such a provider. */
async function cityWithSignOn(claims?: ReadonlyMap<string, string>) {
  // The address has to be known before the server listens: the provider is told where to send people back to.
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const issuer = await provider(`${base}/api/auth/callback/city`, claims)
  const oidc = {
    providerId: 'city',
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId: 'guatu',
    clientSecret: 'shared-secret',
    label: '政务统一认证',
  }
  const at = await lighthouseHttp({ oidc, baseUrl: base })
  await at.app.listen({ port, host: '127.0.0.1' })
  const begin = async (jar: Jar) => {
    const answer = await jar.fetch(`${base}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ provider: 'city', callbackURL: '/', errorCallbackURL: '/?sign-on=failed' }),
    })
    return ((await answer.json()) as { url: string }).url
  }
  return { at, base, begin }
}

it('says of an address elsewhere that it is one, and not that the sign-on cannot be reached', async () => {
  const { base } = await cityWithSignOn()
  const asked = async (given: object) => {
    const answer = await fetch(`${base}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ provider: 'city', callbackURL: '/', ...given }),
    })
    const { code, path } = (await answer.json()) as { code?: string; path?: string }
    return [answer.status, code, path]
  }
  expect(await asked({ callbackURL: 'https://evil.example/' })).toEqual([422, 'foreign-return', 'callbackURL'])
  expect(await asked({ errorCallbackURL: '//evil.example' })).toEqual([422, 'foreign-return', 'errorCallbackURL'])
  expect(await asked({})).toEqual([200, undefined, undefined])
})

it("signs in by the city's own sign-on those who have an account, and nobody else", async () => {
  const { at, base, begin } = await cityWithSignOn()
  const added = await at.accounts.add({ username: 'Keeper', name: '灯塔管理员', grants: [{ role: 'town-clerk', area: '11a' }] }, 'test')
  if (!added.ok) throw new Error(added.problem.message.en)
  expect(await (await fetch(`${base}/api/auth/options`)).json()).toEqual({ signOn: { provider: 'city', label: '政务统一认证' } })

  const jar = new Jar()
  const url = await begin(jar)
  const asked = new URL(url).searchParams
  expect([asked.get('response_type'), asked.get('code_challenge_method')]).toEqual(['code', 'S256'])
  expect(new URL(await walk(jar, url, 'keeper')).search).toBe('')
  const me = (await (await jar.fetch(`${base}/api/me`)).json()) as { id: string; name: string; grants: { role: string }[] }
  expect([me.id, me.name, me.grants[0]?.role]).toEqual([added.value, '灯塔管理员', 'town-clerk'])

  // The second factor is the city's matter for who came by its sign-on, and ours for the same person coming by password.
  const password = 'quiet-water-2020'
  await at.accounts.resetPassword('keeper', password)
  const demanded = { value: ['town-clerk'], from: '2020-02-14', instrument: { zh: '测试', en: 'test' } }
  await at.store.settings.add('accounts.secondFactor', demanded, SYSTEM)
  at.accounts.forget()
  const pendingOf = async (one: Jar) => ((await (await one.fetch(`${base}/api/me`)).json()) as { pending?: string }).pending
  const again = new Jar()
  await walk(again, await begin(again), 'keeper')
  expect(await pendingOf(again)).toBeUndefined()
  const byPassword = new Jar()
  const json = { 'content-type': 'application/json', origin: base }
  const signIn = () =>
    byPassword.fetch(`${base}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'keeper', password }),
    })
  expect((await signIn()).status).toBe(200)
  expect(await pendingOf(byPassword)).toBe('second-factor')
  // With one set up here it is asked for at the password, and not a second time behind the city's sign-on.
  await at.store.db.query('update "user" set "twoFactorEnabled" = true')
  expect(await (await signIn()).json()).toMatchObject({ twoFactorRedirect: true })
  const third = new Jar()
  await walk(third, await begin(third), 'keeper')
  expect(await pendingOf(third)).toBeUndefined()
  // Signed out here, this session is over.
  expect((await third.fetch(`${base}/api/auth/sign-out`, { method: 'POST', headers: json, body: '{}' })).status).toBe(200)
  expect((await third.fetch(`${base}/api/me`)).status).toBe(401)
  // The next one at the same computer is asked for, though the sign-on remembers the one before.
  expect(await walk(third, await begin(third), 'stranger')).toContain('sign-on=failed')
  expect((await third.fetch(`${base}/api/me`)).status).toBe(401)
  expect(new URL(await walk(third, await begin(third), 'keeper')).search).toBe('')
  await walk(jar, await begin(jar), 'keeper')

  // A known person of the city who has no account here stays outside, and none is made.
  const stranger = new Jar()
  expect(await walk(stranger, await begin(stranger), 'stranger')).toContain('sign-on=failed')
  expect((await stranger.fetch(`${base}/api/me`)).status).toBe(401)
  expect(await at.store.db.query('select username from "user"')).toEqual([{ username: 'keeper' }])

  // An account that was closed stays closed by this door too.
  await at.store.db.query('update "user" set closed = true')
  const closed = new Jar()
  expect(await walk(closed, await begin(closed), 'keeper')).toContain('sign-on=failed')
  expect((await closed.fetch(`${base}/api/me`)).status).toBe(401)
  at.accounts.forget()
  expect((await jar.fetch(`${base}/api/me`)).status).toBe(401)
})

it('keeps to the claim: who it names another account for comes in as that one or not at all, and the link is seen and ended here', async () => {
  const claims = new Map<string, string>([['a1', 'chief']])
  const { at, base, begin } = await cityWithSignOn(claims)
  const chief = await at.account('chief', [{ role: 'town-clerk', area: '11a' }])
  const clerk = await at.account('clerk', [{ role: 'grid-worker', area: '11a' }])
  await at.account('admin', [{ role: 'administrator', area: '1' }])
  const admin = await at.signIn('admin')
  const come = async (login: string, jar = new Jar()) => {
    const refused = (await walk(jar, await begin(jar), login)).includes('sign-on=failed')
    const me = await jar.fetch(`${base}/api/me`)
    return refused || me.status !== 200 ? me.status : ((await me.json()) as { id: string }).id
  }
  const ended = () => at.store.db.query(`select actor, account from "accountEvent" where what = 'sign-on-ended' order by at, id`)
  const linked = async (id: string) => (await at.get<{ signOn: number }>(`/api/accounts/${id}`, admin)).body.signOn
  const first = new Jar()
  expect(await come('a1', first)).toBe(chief)
  expect([await linked(chief), await linked(clerk), await ended()]).toEqual([1, 0, []])

  // The post changes hands.
  claims.set('a1', 'clerk').set('a9', 'Chief')
  expect(await come('a1')).toBe(clerk)
  expect((await first.fetch(`${base}/api/me`)).status).toBe(401)
  expect(await come('a9')).toBe(chief)
  expect([await linked(chief), await linked(clerk)]).toEqual([1, 1])
  expect(await ended()).toEqual([{ actor: 'system', account: chief }])

  // Named no more, or by what is the name of nobody here.
  claims.set('a1', '').set('a9', 'chief=')
  expect([await come('a1'), await come('a9')]).toEqual([401, 401])
  expect([await linked(chief), await linked(clerk)]).toEqual([0, 0])
  claims.set('a1', 'clerk')
  const again = new Jar()
  expect(await come('a1', again)).toBe(clerk)

  // The administrator ends link and sessions; coming in anew is what the claim says.
  expect((await at.post(`/api/accounts/${clerk}/end-sign-on`, {}, admin)).status).toBe(200)
  expect([await linked(clerk), (await again.fetch(`${base}/api/me`)).status]).toEqual([0, 401])
  expect(await at.post(`/api/accounts/${clerk}/end-sign-on`, {})).toMatchObject({ status: 401 })
  expect(await come('a1')).toBe(clerk)
})
