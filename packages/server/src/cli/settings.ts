import { resolve } from 'node:path'
import { isDay } from '@guatu/kernel'
import type { OidcOptions } from '../accounts/sign-on.ts'
import { text, Usage, type Values } from './command.ts'
import { readKept } from './kept-settings.ts'
import { OIDC_NAMES, readOidc } from './oidc-settings.ts'

/** Where a setting comes from: flag, then environment, then the file `guatu.json` in the data folder, then the default. */
export interface Settings {
  readonly data: string
  readonly port: number
  readonly host: string
  readonly demo: 'bazhong' | 'none'
  /** Invented people of the demonstration city. */
  readonly people: number
  /** Chance of that city: the same seed and size give the same people. */
  readonly seed: number
  readonly today?: string
  readonly database?: string
  readonly baseUrl?: string
  readonly zone: string
  /** The master key of identity, when it is not `identity.key` in the data folder. */
  readonly identityKey?: string
  readonly identityKeyFile?: string
  /** The city's own sign-on. */
  readonly oidc?: OidcOptions
}

/** Enough people for every screen to have something to show, few enough to be played while one waits. */
const DEMO_PEOPLE = 2_000
const DEMO_SEED = 5119
const HIGHEST_SEED = 2 ** 31 - 1

const NAMES = [
  'data',
  'port',
  'host',
  'demo',
  'people',
  'seed',
  'today',
  'database',
  'base-url',
  'zone',
  'identity-key-file',
  ...OIDC_NAMES,
] as const

export const SETTING_OPTIONS = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]))

export const SETTINGS_HELP = `  --data DIR        数据目录 / data folder              GUATU_DATA       .guatu
  --database URL    PostgreSQL，默认内嵌 / else embedded GUATU_DATABASE
  --today DATE      从这一天开始 / begin at this city day GUATU_TODAY
  --zone ZONE       时区 / time zone                    GUATU_ZONE       Asia/Shanghai
  --identity-key-file FILE 身份信息主密钥 / identity key GUATU_IDENTITY_KEY_FILE  DIR/identity.key`

const isZone = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from('2020-02-14').toZonedDateTime(text).timeZoneId !== ''
  } catch {
    return false
  }
}

/** Pages and the API are addressed from the root: what stands behind the host is nothing but a slash. */
function isOrigin(written: string): boolean {
  if (!URL.canParse(written)) return false
  const { protocol, pathname, search, hash, username } = new URL(written)
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '' && username === ''
}

/** Settings of a run. @throws Usage for what cannot be meant */
export function readSettings(values: Values, environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const said = (name: (typeof NAMES)[number]): string | undefined => {
    const flag = text(values[name])
    if (flag?.trim() === '')
      throw new Usage(`选项“--${name}”缺少内容，请写在它后面。 / The option “--${name}” lacks its value; write it behind.`)
    // A variable that a unit file or a container sets to nothing says nothing.
    return flag ?? (environment[`GUATU_${name.toUpperCase().replaceAll('-', '_')}`]?.trim() || undefined)
  }
  const data = resolve(said('data') ?? '.guatu')
  const kept = readKept(
    data,
    NAMES.filter((name) => name !== 'data'),
  )
  const of = (name: (typeof NAMES)[number]): string | undefined => said(name) ?? kept.of[name]
  const port = Number(of('port') ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage('--port 应为0到65535之间的整数。 / --port must be a whole number from 0 to 65535.')
  const demo = of('demo') ?? 'none'
  if (demo !== 'bazhong' && demo !== 'none') throw new Usage('--demo 只能是 bazhong 或 none。 / --demo is bazhong or none.')
  const people = Number(of('people') ?? DEMO_PEOPLE)
  if (!Number.isInteger(people) || people < 0 || people > 4_000_000)
    throw new Usage('--people 应为0到4000000之间的整数。 / --people must be a whole number from 0 to 4000000.')
  const seed = Number(of('seed') ?? DEMO_SEED)
  if (!Number.isInteger(seed) || seed < 0 || seed > HIGHEST_SEED)
    throw new Usage(`--seed 应为0到${HIGHEST_SEED}之间的整数。 / --seed must be a whole number from 0 to ${HIGHEST_SEED}.`)
  const today = of('today')
  if (today !== undefined && !isDay(today)) throw new Usage('--today 应为 YYYY-MM-DD。 / --today must be YYYY-MM-DD.')
  const oidc = readOidc(of, kept.oidc)
  const zone = of('zone') ?? 'Asia/Shanghai'
  if (!isZone(zone)) throw new Usage('--zone 应为IANA时区，例如 Asia/Shanghai。 / --zone must be an IANA time zone such as Asia/Shanghai.')
  const [database, baseUrl, identityKeyFile] = [of('database'), of('base-url'), of('identity-key-file')]
  if (baseUrl !== undefined && !isOrigin(baseUrl))
    throw new Usage(
      `--base-url 应为协议、主机和端口，不带路径，例如 https://guatu.example.gov.cn，得到“${baseUrl}”：请为系统单设域名或端口，不支持放在子路径下。 / --base-url is scheme, host and port without a path, such as https://guatu.example.gov.cn, got “${baseUrl}”: give the system a host name or port of its own; a sub-path does not work.`,
    )
  // The key itself comes by the environment alone: flags are seen by everybody on the machine.
  const identityKey = environment.GUATU_IDENTITY_KEY?.trim() || undefined
  return {
    data,
    port,
    host: of('host') ?? '127.0.0.1',
    demo,
    people,
    seed,
    zone,
    ...(today === undefined ? {} : { today }),
    ...(database === undefined ? {} : { database }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(identityKey === undefined ? {} : { identityKey }),
    ...(identityKeyFile === undefined ? {} : { identityKeyFile }),
    ...(oidc ? { oidc } : {}),
  }
}
