/** The little of `oidc-provider` (which ships no types) that the test of the sign-on uses. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly object[]
        readonly pkce: { required(): boolean }
        readonly claims: Readonly<Record<string, readonly string[]>>
        readonly features: object
        findAccount(context: unknown, id: string): { readonly accountId: string; claims(): object }
      },
    )
    callback(): RequestListener
  }
}
