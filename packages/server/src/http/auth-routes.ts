import { type Problem, problem, today } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { colleague, colleagues } from '../accounts/colleagues.ts'
import { noteLocked } from '../accounts/own-account.ts'
import {
  accountClosed,
  foreignReturn,
  locked,
  minutesOf,
  signOnUnreached,
  usedCode,
  wrongCode,
  wrongCredentials,
} from '../accounts/problems.ts'
import { begunSignIn, lockedFor, noteLockedByCode } from '../accounts/second-step.ts'
import type { Store } from '../store/store.ts'
import { accountRoutes } from './account-routes.ts'
import { administrationRoutes } from './administration-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { handOver, passOn } from './hand-over.ts'
import { refuseWith } from './problems.ts'
import { sameSiteOnly } from './same-site.ts'
import { signedIn } from './session.ts'

/** What the sign-in library is asked over HTTP. Everything else it can do is not offered; the own account has routes of its own. */
const SIGN_ON = 'sign-in/social'
const OFFERED = new Set(['sign-out', SIGN_ON])
const OF_AUTHENTICATOR = 'two-factor/verify-totp'
const SECOND_STEP = new Set([OF_AUTHENTICATOR, 'two-factor/verify-backup-code'])

/** Where a sign-on may lead back to. */
const RETURNS = ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL'] as const
const leadsElsewhere = (address: unknown) => address !== undefined && (typeof address !== 'string' || !/^\/(?![/\\])/.test(address))

const asked = (request: FastifyRequest) => request.url.replace(/^\/api\/auth\//, '').replace(/\?.*$/, '')
const fieldsOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  typeof request.body === 'object' && request.body !== null ? { ...request.body } : {}

const refuse = (reply: FastifyReply, p: Problem) => {
  if (p.status === 423) reply.header('retry-after', String(Number(p.data?.minutes ?? 1) * 60))
  return refuseWith(reply.header('cache-control', 'no-store'), p)
}

/** Sign-in by password: every attempt is counted before it is made, and every failure gets the same answer. */
async function signIn(accounts: Accounts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { username, password } = fieldsOf(request)
  if (typeof username !== 'string' || typeof password !== 'string' || username === '' || username.length > 100 || password.length > 1_000)
    return refuse(reply, wrongCredentials())
  const lockout = await accounts.lockout()
  const attempt = await lockout.begin(username)
  if (attempt.refused) return refuse(reply, attempt.refused)
  const answer = await handOver(accounts, request, { username, password })
  if (answer.ok) {
    await lockout.clear(username)
    return passOn(reply, answer)
  }
  if (answer.status === 403) {
    await lockout.clear(username)
    return refuse(reply, accountClosed())
  }
  if (answer.status >= 500) return refuse(reply, problem('unavailable'))
  if (attempt.last) await noteLocked(accounts, username)
  return refuse(reply, wrongCredentials())
}

/** The second step of a sign-in: a code of the authenticator, or a backup code. No device is trusted for later. */
async function secondStep(accounts: Accounts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const code = String(fieldsOf(request).code ?? '').trim()
  const used = asked(request) === OF_AUTHENTICATOR ? await accounts.usedCodes() : undefined
  const begun = await begunSignIn(accounts, request.headers.cookie)
  if (!begun) return refuse(reply, wrongCode())
  const { account } = begun
  if (used && !(await used.take(account, code))) {
    const leftMs = await lockedFor(accounts, account)
    return refuse(reply, leftMs > 0 ? locked(minutesOf(leftMs)) : usedCode())
  }
  const answer = await handOver(accounts, request, { code }, begun.cookie)
  if (answer.ok) return passOn(reply, answer)
  await used?.giveBack(account, code)
  if (answer.status === 429) return refuse(reply, locked(minutesOf(await lockedFor(accounts, account))))
  if (answer.status === 403) return refuse(reply, accountClosed())
  if (answer.status >= 500) return refuse(reply, problem('unavailable'))
  await noteLockedByCode(accounts, account)
  return refuse(reply, wrongCode())
}

/** Sign-in, sign-out, second factor; who the signed-in person is; and everything about accounts and audit. */
export function authRoutes(app: FastifyInstance, store: Store, accounts: Accounts): void {
  sameSiteOnly(app)

  app.get('/api/auth/options', async () => {
    const signOn = accounts.auth.options.plugins.flatMap((one) => (one.id === 'generic-oauth' ? [signOnOf(one)] : []))
    return { signOn: signOn[0] ?? null }
  })
  app.post('/api/auth/sign-in/username', (request, reply) => signIn(accounts, request, reply))
  app.post('/api/auth/*', async (request, reply) => {
    const what = asked(request)
    if (SECOND_STEP.has(what)) return secondStep(accounts, request, reply)
    if (!OFFERED.has(what)) return reply.callNotFound()
    const foreign = what === SIGN_ON ? RETURNS.find((name) => leadsElsewhere(fieldsOf(request)[name])) : undefined
    if (foreign !== undefined) return refuse(reply, foreignReturn(foreign))
    const answer = await handOver(accounts, request, fieldsOf(request))
    return what === SIGN_ON && !answer.ok ? refuse(reply, signOnUnreached()) : passOn(reply, answer)
  })
  // The city's sign-on sends people back here.
  app.get('/api/auth/callback/:provider', async (request, reply) => passOn(reply, await handOver(accounts, request, {})))

  app.get('/api/me', async (request, reply) => {
    const found = await accounts.of(request.headers)
    if (!found) return refuseWith(reply, problem('not-signed-in'))
    const { actor, pending } = found
    const grants = actor.grants.map((grant) => ({ ...grant, area: grant.path.split('/').at(-2) ?? '' }))
    return reply.header('cache-control', 'no-store').send({
      id: actor.id,
      name: actor.name,
      grants,
      ...(pending ? { pending } : {}),
      now: store.clock.now().toString(),
      zone: store.clock.zone,
    })
  })

  app.get<{ Querystring: { of?: string; q?: string } }>('/api/colleagues', async (request) => {
    const actor = await signedIn(accounts, request)
    const { of, q = '' } = request.query
    if (of !== undefined) return { colleagues: [await colleague(store, of)].flatMap((one) => one ?? []) }
    return { colleagues: await colleagues(accounts, actor, q.slice(0, 60), today(store.clock)) }
  })

  accountRoutes(app, accounts)
  administrationRoutes(app, accounts)
  auditRoutes(app, store, accounts)
}

/** What the sign-in page has to know of the city's sign-on. */
function signOnOf(plugin: object): { provider: string; label: string } | undefined {
  const { options } = plugin as { options?: { config?: readonly { providerId: string; name?: string }[] } }
  const first = options?.config?.[0]
  return first && { provider: first.providerId, label: first.name ?? '' }
}
