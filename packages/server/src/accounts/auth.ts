import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { bearer, genericOAuth, twoFactor, username } from 'better-auth/plugins'
import type { Kysely } from 'kysely'

/** A city's own sign-on, by OpenID Connect discovery. */
export interface OidcOptions {
  readonly providerId: string
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface AuthOptions {
  readonly kysely: Kysely<unknown>
  readonly secret: string
  readonly baseUrl: string
  readonly oidc?: OidcOptions
}

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
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, autoSignIn: false },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 12 },
    rateLimit: { enabled: false },
    advanced: { cookiePrefix: 'guatu', useSecureCookies: baseUrl.startsWith('https://') },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 40, usernameValidator: (name) => /^[\p{L}\p{N}._-]+$/u.test(name) }),
      twoFactor({ issuer: 'Guatu' }),
      bearer(),
      ...(oidc
        ? [genericOAuth({ config: [{ ...oidc, scopes: ['openid', 'profile', 'email'], pkce: true, disableImplicitSignUp: true }] })]
        : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Brings the library's own tables up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
