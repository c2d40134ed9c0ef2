import { SIGN_IN } from '@guatu/kernel'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'

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

/** Whom the sign-on says that somebody is. */
export interface Claim {
  /** Number of the person at the sign-on. */
  readonly subject: string
  /** Account name as accounts are kept; none where the claim is missing or can be no name of an account. */
  readonly account?: string
}

/** The library keys accounts by address; ours have none, so each gets one that can never receive mail (RFC 2606 `.invalid`). */
export const addressOf = (name: string) => `${name.toLowerCase().replaceAll('@', '=')}@accounts.invalid`

/** Of no account. */
const NOBODY = '=@accounts.invalid'

/** The city's sign-on: the account must exist already under the name that the claim gives; nobody signs up by coming in. */
export function signOn(
  { claim = 'preferred_username', label, ...oidc }: OidcOptions,
  claimed: (claim: Claim) => Promise<void> = () => Promise.resolve(),
) {
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
        mapProfileToUser: async (profile) => {
          const name = profile[claim]
          const account = typeof name === 'string' && SIGN_IN.test(name) ? name.toLowerCase() : undefined
          await claimed({ subject: String(profile.sub), ...(account === undefined ? {} : { account }) })
          return { email: account === undefined ? NOBODY : addressOf(account), emailVerified: true }
        },
      },
    ],
  })
}
