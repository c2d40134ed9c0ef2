import { existsSync } from 'node:fs'
import { join } from 'node:path'
import rateLimit from '@fastify/rate-limit'
import staticFiles from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { openHandOverBox } from '../field/handed-over.ts'
import type { Store } from '../store/store.ts'
import { areaRoutes } from './area-routes.ts'
import { authRoutes } from './auth-routes.ts'
import { boardRoutes } from './board.ts'
import { dailyRoutes } from './daily/daily-routes.ts'
import { publicBulletinRoutes } from './daily/public-bulletins.ts'
import { fieldRoutes } from './field-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { gateRoutes } from './gate-routes.ts'
import { geoRoutes } from './geo-routes.ts'
import { healthRoutes } from './health.ts'
import { identityRoutes } from './identity-routes.ts'
import { jsonBodies } from './json-body.ts'
import { liveRoutes } from './live.ts'
import { noticeRoutes } from './notice-routes.ts'
import { openApiRoutes, watchRoutes } from './openapi.ts'
import { handleErrors, refuseAddress } from './problems.ts'
import { publicRoutes } from './public-routes.ts'
import { qualityRoutes } from './quality-routes.ts'
import { reconcileRoutes } from './reconcile-routes.ts'
import { recordRoutes } from './records.ts'
import { reformRoutes } from './reform-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { securityHeaders } from './security-headers.ts'
import { settingsRoutes } from './settings-routes.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { unitRoutes } from './unit-routes.ts'
import { wrongMethodOf } from './wrong-method.ts'

export interface HttpOptions {
  readonly store: Store
  readonly accounts: Accounts
  /** Folder of the built web application; the API alone when left out. */
  readonly web?: string
  /** The data folder, where the key that signs passes lies; in memory only when left out. */
  readonly data?: string
  /** Folder of the built field app, served under `/field/`. */
  readonly field?: string
  /** Requests a minute of one session, or of one address without one; for load tests. */
  readonly requestsAMinute?: number
  readonly log: (line: Readonly<Record<string, unknown>>) => void
}

const BODY_LIMIT = 8 * 1024 * 1024
/** Requests a minute of one session, or of one address where nobody is signed in. A devices' outbox sends in bulk, so this is generous for people and short for loops. */
const REQUESTS_A_MINUTE = 3_000

/** Public pages a minute of one address: a village behind one router, one question at a time. */
const PAGES_A_MINUTE = 240

/** The whole HTTP face of the server. */
export async function createHttp({ store, accounts, web, field, data, log, requestsAMinute }: HttpOptions): Promise<FastifyInstance> {
  const limit = requestsAMinute ?? REQUESTS_A_MINUTE
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, reply) => refuseAddress(reply),
  })
  handleErrors(
    app,
    (reference, error) =>
      log({ level: 'error', reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    wrongMethodOf(app),
  )
  jsonBodies(app)
  securityHeaders(app)
  // Guessing passwords is limited by address and account; signed-in work is limited per session, far above what a person can do.
  await app.register(rateLimit, {
    max: (request) => (request.url.startsWith('/api/auth/sign-in') ? 60 : request.url.startsWith('/p/') ? PAGES_A_MINUTE : limit),
    timeWindow: '1 minute',
    // Cookies are the guesser's to choose, the address and a session that was given are not.
    keyGenerator: async ({ url, ip, headers }) => {
      if (url.startsWith('/api/auth/sign-in')) return `sign-in ${ip}`
      if (url.startsWith('/p/')) return `page ${ip}`
      const found = url.startsWith('/api/') ? await accounts.of(headers).catch(() => undefined) : undefined
      return found ? `session ${found.session}` : ip
    },
    allowList: (request) => !request.url.startsWith('/api/') && !request.url.startsWith('/p/'),
  })
  const { elsewhere } = store
  if (elsewhere) {
    app.addHook('onRequest', (request, _reply, done) => {
      const asking = request.url.startsWith('/api/') ? elsewhere.fresh() : undefined
      // Where it cannot be asked, what is known holds.
      if (asking)
        void asking.then(
          () => done(),
          () => done(),
        )
      else done()
    })
  }
  const { secret } = await accounts.auth.$context
  const box = openHandOverBox(store, secret)
  watchRoutes(app)
  openApiRoutes(app, store.registry)
  healthRoutes(app, store)
  authRoutes(app, store, accounts)
  identityRoutes(app, store, accounts)
  recordRoutes(app, { store, sessions: accounts, box })
  reportRoutes(app, store, accounts)
  dailyRoutes(app, store, accounts)
  publicBulletinRoutes(app, store)
  noticeRoutes(app, store, accounts)
  boardRoutes(app, store, accounts)
  qualityRoutes(app, store, accounts)
  areaRoutes(app, store, accounts)
  geoRoutes(app, store, accounts)
  liveRoutes(app, store, accounts)
  await gateRoutes(app, store, accounts, data)
  settingsRoutes(app, store, accounts)
  fieldRoutes(app, { store, accounts, box, secret })
  await publicRoutes(app, store, accounts)
  await fileRoutes(app, store, accounts)
  await sheetRoutes(app, store, accounts)
  reconcileRoutes(app, store, accounts)
  reformRoutes(app, store, accounts)
  unitRoutes(app, store, accounts)
  if (field !== undefined && existsSync(join(field, 'index.html'))) await serveField(app, field)
  if (web !== undefined && existsSync(join(web, 'index.html'))) await serveWeb(app, web)
  return app
}

const setHeaders = (reply: { header(name: string, value: string): unknown }, path: string) => {
  reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** What a build gives other names each time is looked for when it is asked for: the files may be built anew while the server runs. */
async function serveAssets(app: FastifyInstance, root: string, prefix: string, preCompressed = false): Promise<void> {
  const assets = join(root, 'assets')
  if (existsSync(assets)) await app.register(staticFiles, { root: assets, prefix, decorateReply: false, preCompressed, setHeaders })
}

/** The built application: hashed assets for ever, the page itself never from a cache; any other address is the application's. */
async function serveWeb(app: FastifyInstance, web: string): Promise<void> {
  await app.register(staticFiles, { root: web, wildcard: false, globIgnore: ['assets/**'], setHeaders })
  await serveAssets(app, web, '/assets/')
  // An asset of an older version is not there any more; a page in its place would only confuse the browser that still asks for it, and a
  // phone would keep it as its application.
  app.get('/*', (request, reply) => (/^\/(?:api|assets|field)\//.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html')))
}

/** The field app: what its build compressed is sent as it is; its service worker answers for everything below `/field/`. */
async function serveField(app: FastifyInstance, root: string): Promise<void> {
  await app.register(staticFiles, {
    root,
    prefix: '/field/',
    wildcard: false,
    decorateReply: false,
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}', 'assets/**'],
    setHeaders,
  })
  await serveAssets(app, root, '/field/assets/', true)
  app.get('/field', (_request, reply) => reply.redirect('/field/'))
}
