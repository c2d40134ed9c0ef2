import type { OidcOptions } from '../accounts/sign-on.ts'
import { Usage } from './command.ts'

/** Flags and environment names of the city's own sign-on, `--oidc-client-id` and `GUATU_OIDC_CLIENT_ID` alike. */
export const OIDC_NAMES = ['oidc-discovery-url', 'oidc-client-id', 'oidc-client-secret', 'oidc-claim', 'oidc-label'] as const

/** Their names in `oidc` of guatu.json. */
export const OIDC_KEPT = ['discoveryUrl', 'clientId', 'clientSecret', 'claim', 'label'] as const

export const OIDC_HELP = `  --oidc-discovery-url URL    统一认证发现地址 / discovery address of the city's sign-on  GUATU_OIDC_DISCOVERY_URL
  --oidc-client-id ID         客户端编号 / client id                                 GUATU_OIDC_CLIENT_ID
  --oidc-client-secret TEXT   客户端密钥，宜用环境变量 / secret, better by environment GUATU_OIDC_CLIENT_SECRET
  --oidc-claim NAME           对应账号的声明 / claim that is the account name          GUATU_OIDC_CLAIM   preferred_username
  --oidc-label TEXT           登录按钮文字 / words on the button                     GUATU_OIDC_LABEL`

/**
 * Settings of the city's sign-on: flags and environment by name, or `oidc: { discoveryUrl, clientId, … }` in guatu.json.
 * @throws Usage when only a part of it is given, or the address is none
 */
export function readOidc(
  of: (name: (typeof OIDC_NAMES)[number]) => string | undefined,
  kept: Readonly<Record<string, string>>,
): OidcOptions | undefined {
  const discoveryUrl = of('oidc-discovery-url') ?? kept.discoveryUrl
  const clientId = of('oidc-client-id') ?? kept.clientId
  const clientSecret = of('oidc-client-secret') ?? kept.clientSecret
  const claim = of('oidc-claim') ?? kept.claim
  const label = of('oidc-label') ?? kept.label
  if ([discoveryUrl, clientId, clientSecret, claim, label].every((one) => one === undefined)) return undefined
  if (discoveryUrl === undefined || clientId === undefined || clientSecret === undefined)
    throw new Usage(
      '统一认证须同时给出发现地址（--oidc-discovery-url）、客户端编号（--oidc-client-id）和密钥（--oidc-client-secret）。 / The sign-on needs its discovery address, client id and secret together: --oidc-discovery-url, --oidc-client-id, --oidc-client-secret.',
    )
  if (!isWeb(discoveryUrl))
    throw new Usage(
      `--oidc-discovery-url 应为网址，例如 https://sso.example.gov.cn/.well-known/openid-configuration，得到“${discoveryUrl}”。 / --oidc-discovery-url must be an address such as https://sso.example.gov.cn/.well-known/openid-configuration, got “${discoveryUrl}”.`,
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

const isWeb = (written: string) => URL.canParse(written) && /^https?:$/.test(new URL(written).protocol)
