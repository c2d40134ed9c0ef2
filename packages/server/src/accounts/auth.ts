import { SIGN_IN } from '@guatu/kernel'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { bearer } from 'better-auth/plugins/bearer'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import type { Kysely } from 'kysely'
import { rowsInMemory } from './rows-in-memory.ts'
import { type Claim, type OidcOptions, signOn } from './sign-on.ts'
import { accountTables } from './tables.ts'

export interface AuthOptions {
  readonly kysely: Kysely<unknown>
  readonly secret: string
  readonly baseUrl: string
  readonly oidc?: OidcOptions
  /** Done with whom the city's sign-on says that somebody is, before a session is given. */
  readonly claimed?: (claim: Claim) => Promise<void>
}

/** Where the city's sign-on sends people back, as the library names it. */
const CALLBACK = '/callback/:id'

/** Sign-in, sessions, second factor: all of it the library's, none of the cryptography ours. */
export function createAuth({ kysely, secret, baseUrl, oidc, claimed }: AuthOptions) {
  return betterAuth({
    appName: 'Guatu 挂图',
    secret,
    baseURL: baseUrl,
    basePath: '/api/auth',
    trustedOrigins: [baseUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: kysely, type: 'postgres' },
    user: {
      additionalFields: {
        closed: { type: 'boolean', required: false, input: false },
        mustChangePassword: { type: 'boolean', required: false, input: false },
      },
    },
    account: {
      accountLinking: { enabled: true, trustedProviders: oidc ? [oidc.providerId] : [] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const user: unknown = await context?.context.internalAdapter.findUserById(session.userId)
            if (typeof user === 'object' && user !== null && 'closed' in user && user.closed === true)
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_CLOSED', message: 'account closed' })
            return { data: { signOn: context?.path === CALLBACK } }
          },
        },
      },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, autoSignIn: false },
    session: {
      expiresIn: 60 * 60 * 24 * 7,
      updateAge: 60 * 60 * 12,
      // How this session came about: the second factor is the city's matter for those who came by its sign-on, and for no others.
      additionalFields: { signOn: { type: 'boolean', required: false, input: false } },
    },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: '/?sign-on=failed' },
    advanced: { cookiePrefix: 'guatu', useSecureCookies: baseUrl.startsWith('https://') },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 40, usernameValidator: (name) => SIGN_IN.test(name) }),
      twoFactor({ issuer: 'Guatu' }),
      bearer(),
      accountTables(rowsInMemory()),
      ...(oidc ? [signOn(oidc, claimed)] : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Brings the library's own tables up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
