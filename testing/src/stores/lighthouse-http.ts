import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { type Accounts, type NewAccount, openAccounts } from '../../../packages/server/src/accounts/accounts.ts'
import { type Auth, createAuth, migrateAuth } from '../../../packages/server/src/accounts/auth.ts'
import type { OidcOptions } from '../../../packages/server/src/accounts/sign-on.ts'
import { keepToClaim } from '../../../packages/server/src/accounts/sign-on-links.ts'
import { createHttp } from '../../../packages/server/src/http/server.ts'
import type { DatabaseTarget } from '../../../packages/server/src/store/database/index.ts'
import type { Store } from '../../../packages/server/src/store/store.ts'
import { testEngine } from '../databases/both-engines.ts'
import { scratchFolder } from '../databases/postgres-server.ts'
import { lighthouseStore, lighthouseTables } from './lighthouse-store.ts'

export const PASSWORD = 'tower-of-stones-7'

/** The fictional city behind real HTTP with real accounts. */
export interface LighthouseHttp {
  readonly store: Store
  readonly clock: Awaited<ReturnType<typeof lighthouseStore>>['clock']
  readonly accounts: Accounts
  readonly app: FastifyInstance
  /** What the server wrote to its log. */
  readonly logged: Readonly<Record<string, unknown>>[]
  /** Makes an account with {@link PASSWORD}; answers its id. */
  account(username: string, grants?: NewAccount['grants']): Promise<string>
  /** Signs in by the route that people use; answers the cookie. */
  signIn(username: string, password?: string): Promise<string>
  get<T>(url: string, cookie?: string): Promise<{ status: number; body: T; headers: Readonly<Record<string, unknown>> }>
  post<T>(url: string, body: unknown, cookie?: string): Promise<{ status: number; body: T; headers: Readonly<Record<string, unknown>> }>
}

export const cookieOf = (set: string | string[] | undefined): string =>
  (Array.isArray(set) ? set : set === undefined ? [] : [set]).map((one) => one.split(';')[0] ?? '').join('; ')

/** Opens it for one test; closed when the test ends. */
export async function lighthouseHttp(
  options: {
    readonly oidc?: OidcOptions
    readonly baseUrl?: string
    /** A database of PostgreSQL unless told. */
    readonly place?: { readonly target: DatabaseTarget }
    /** Folder of attached files. */
    readonly files?: string
    /** Folder of a built web application to serve. */
    readonly web?: string
    /** Requests a minute of one session or address; as good as none unless told. */
    readonly requestsAMinute?: number
  } = {},
): Promise<LighthouseHttp> {
  const files = options.files ?? scratchFolder('guatu-files-')
  onTestFinished(() => rmSync(files, { recursive: true, force: true }))
  const { store, clock } = await lighthouseStore(
    options.place ?? (await testEngine('postgres').place(lighthouseTables)),
    undefined,
    join(files, 'attachments'),
  )
  const auth: Auth = createAuth({
    kysely: store.db.kysely,
    secret: 'a secret of the lighthouse that signs sessions',
    baseUrl: options.baseUrl ?? 'http://localhost',
    ...(options.oidc ? { oidc: options.oidc, claimed: (claim) => keepToClaim(accounts, claim) } : {}),
  })
  await migrateAuth(auth)
  const accounts: Accounts = openAccounts(store, auth)
  const logged: Record<string, unknown>[] = []
  const app = await createHttp({
    store,
    accounts,
    log: (line) => logged.push(line),
    requestsAMinute: options.requestsAMinute ?? 1_000_000,
    ...(options.web === undefined ? {} : { web: options.web }),
  })
  onTestFinished(async () => {
    await app.close()
    await store.close()
  })
  const read = <T>(answer: { statusCode: number; body: string; headers: Readonly<Record<string, unknown>> }) => ({
    status: answer.statusCode,
    body: (String(answer.headers['content-type'] ?? '').includes('json') ? JSON.parse(answer.body) : answer.body) as T,
    headers: answer.headers,
  })
  const headers = (cookie: string | undefined) => (cookie === undefined ? {} : { cookie })
  // Every request comes from another address, so that the limit by address stays out of the way.
  let address = 0
  const elsewhere = () => {
    address += 1
    return `10.0.${address >> 8}.${address & 255}`
  }
  return {
    store,
    clock,
    accounts,
    app,
    logged,
    account: async (username, grants = []) => {
      const added = await accounts.add({ username, name: username, password: PASSWORD, grants }, 'test')
      if (!added.ok) throw new Error(added.problem.message.en)
      return added.value
    },
    signIn: async (username, password = PASSWORD) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/username',
        payload: { username, password },
        remoteAddress: elsewhere(),
      })
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return cookieOf(answer.headers['set-cookie'])
    },
    get: async (url, cookie) => read(await app.inject({ url, headers: headers(cookie) })),
    post: async (url, body, cookie) =>
      read(await app.inject({ method: 'POST', url, payload: body as object, headers: headers(cookie), remoteAddress: elsewhere() })),
  }
}
