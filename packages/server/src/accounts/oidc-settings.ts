import type { OidcOptions } from './sign-on.ts'

/** Flags and environment names of the city's own sign-on, `--oidc-client-id` and `GUATU_OIDC_CLIENT_ID` alike. */
export const OIDC_NAMES = ['oidc-discovery-url', 'oidc-client-id', 'oidc-client-secret', 'oidc-claim', 'oidc-label'] as const

export const OIDC_HELP = `  --oidc-discovery-url URL    统一认证发现地址 / discovery address of the city's sign-on  GUATU_OIDC_DISCOVERY_URL
  --oidc-client-id ID         客户端编号 / client id                                 GUATU_OIDC_CLIENT_ID
  --oidc-client-secret TEXT   客户端密钥，宜用环境变量 / secret, better by environment GUATU_OIDC_CLIENT_SECRET
  --oidc-claim NAME           对应账号的声明 / claim that is the account name          GUATU_OIDC_CLAIM   preferred_username
  --oidc-label TEXT           登录按钮文字 / words on the button                     GUATU_OIDC_LABEL`

/**
 * Settings of the city's sign-on: flags and environment by name, or `oidc: { discoveryUrl, clientId, … }` in guatu.json.
 * @throws RangeError in both languages when only a part of it is given
 */
export function readOidc(of: (name: (typeof OIDC_NAMES)[number]) => string | undefined, kept: unknown): OidcOptions | undefined {
  const file = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>
  const inFile = (name: string) => (typeof file[name] === 'string' ? file[name] : undefined)
  const discoveryUrl = of('oidc-discovery-url') ?? inFile('discoveryUrl')
  const clientId = of('oidc-client-id') ?? inFile('clientId')
  const clientSecret = of('oidc-client-secret') ?? inFile('clientSecret')
  const claim = of('oidc-claim') ?? inFile('claim')
  const label = of('oidc-label') ?? inFile('label')
  if (discoveryUrl === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (discoveryUrl === undefined || clientId === undefined || clientSecret === undefined || !URL.canParse(discoveryUrl))
    throw new RangeError(
      '统一认证须同时给出发现地址（网址）、客户端编号和密钥。 / The sign-on needs its discovery address (a URL), client id and secret together.',
    )
  return {
    providerId: 'city',
    discoveryUrl,
    clientId,
    clientSecret,
    ...(claim === undefined ? {} : { claim }),
    ...(label === undefined ? {} : { label }),
  }
}
