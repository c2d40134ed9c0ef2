import { SIGN_IN } from '@guatu/kernel'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { bearer } from 'better-auth/plugins/bearer'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import type { Kysely } from 'kysely'
import { accountTables } from './tables.ts'

/** A city's own sign-on, by OpenID Connect discovery. */
export interface OidcOptions {
  readonly providerId: string
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** The claim whose value is the account name here; `preferred_username` unless told. */
  readonly claim?: string
  /** What the button on the sign-in page says. */
  readonly label?: string
}

export interface AuthOptions {
  readonly kysely: Kysely<unknown>
  readonly secret: string
  readonly baseUrl: string
  readonly oidc?: OidcOptions
}

/** The library keys accounts by address; ours have none, so each gets one that can never receive mail (RFC 2606 `.invalid`). */
export const addressOf = (name: string) => `${name.toLowerCase().replaceAll('@', '=')}@accounts.invalid`

/** The city's sign-on: the account must exist already under the name that the claim gives; nobody signs up by coming in. */
function signOn({ claim = 'preferred_username', label, ...oidc }: OidcOptions) {
  return genericOAuth({
    config: [
      {
        ...oidc,
        ...(label === undefined ? {} : { name: label }),
        scopes: ['openid', 'profile', 'email'],
        pkce: true,
        // Computers are shared: whoever comes is asked for, not whoever the sign-on still remembers from before.
        prompt: 'login',
        requireIdTokenVerification: true,
        disableImplicitSignUp: true,
        disableSignUp: true,
        mapProfileToUser: (profile) => {
          const name = profile[claim]
          // Without the claim nobody is meant: an address that no account has.
          return { email: typeof name === 'string' && name !== '' ? addressOf(name) : '=@accounts.invalid', emailVerified: true }
        },
      },
    ],
  })
}

/** Where the city's sign-on sends people back, as the library names it. */
const CALLBACK = '/callback/:id'

/** Sign-in, sessions, second factor: all of it the library's, none of the cryptography ours. */
export function createAuth({ kysely, secret, baseUrl, oidc }: AuthOptions) {
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
      accountTables(),
      ...(oidc ? [signOn(oidc)] : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Brings the library's own tables up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
