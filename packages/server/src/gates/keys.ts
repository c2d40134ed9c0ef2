import { passes } from '@guatu/domains'
import { dayOf, pathRange, today } from '@guatu/kernel'
import { goneFrom } from '../store/areas/gone-from.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

/** A key, and the paths of all that its area came to be by reforms since it was registered, and of what left it, where it stands itself in front. */
interface Placed extends Listed {
  readonly paths: readonly string[]
  /** City day on which it was registered. */
  readonly since: string
}

/** Public keys as a gate carries them, of those that are for some place whose passes may be shown there. */
export async function gateKeys(
  store: Store,
  all: readonly Listed[],
  signsHere: (path: string) => boolean,
): Promise<readonly passes.GateKey[]> {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const term = store.settings.at(today(store.clock), '')<number>('closures.pass.days')
  const keys = (await placed(store, all)).filter(({ paths }) => paths.some(signsHere))
  const over = await ended(store, keys)
  return Promise.all(
    keys.map(async (row) => {
      const ends = over.get(row.id) ?? []
      const signs = row.paths.filter((path) => !ends.includes(path))
      const [path = row.path] = signs
      const believed = async () => passes.packBoth(await registeredBy(store, { ...row, paths: ends }, now))
      return {
        name: passes.keyName(row.id),
        publicKey: text(row.fields.publicKey),
        path,
        ...pathsOf(signs.length > 0 ? signs : row.paths),
        until: Temporal.Instant.from(text(row.fields.validTo))
          .add({ hours: 24 * term })
          .toString({ smallestUnit: 'millisecond' }),
        ...(row.state === 'revoked' ? { stopped: true } : {}),
        ...(ends.length === 0 ? {} : signs.length === 0 ? { only: await believed() } : { ended: { paths: ends, ...(await believed()) } }),
      }
    }),
  )
}

const pathsOf = (paths: readonly string[]) => (paths.length > 1 ? { paths } : {})

/** A reform puts a key into one of the heirs of its area, and its passes into all of them; those of a village that leaves a town go along with it. */
async function placed(store: Store, keys: readonly Listed[]): Promise<readonly Placed[]> {
  const rows = await store.db.read<{ record_id: string; area: string; happened_at: Date }>(
    `select record_id, area, happened_at from events where record_id = any($1::uuid[]) and record = 'passKey' and action = 'register'`,
    [keys.map(({ id }) => id)],
  )
  const registered = new Map(rows.map((row) => [row.record_id, row]))
  return keys.map((key) => {
    const { area, happened_at: at } = registered.get(key.id) ?? {}
    const since = dayOf(Temporal.Instant.from(at?.toISOString() ?? key.createdAt), store.clock.zone)
    return { ...key, since, paths: [...new Set([key.path, ...(area === undefined ? [] : becameOf(store, area, since))])] }
  })
}

/** Paths of today of all that an area was on a day: what has taken its place, and what has left it. */
function becameOf({ areas: { index, tree }, clock }: Store, area: string, since: string): readonly string[] {
  const day = today(clock)
  return [...index.inPlaceOf([area], day, since).map(({ path }) => path), ...goneFrom(tree, area, day, since)]
}

/**
 * For each key the paths on which its holder may issue no more: all of them where the account is closed or a phone of theirs was wiped since, else
 * those that only grants reached which have ended. A grant in force reaches what its area became since it was given, or the key registered.
 */
async function ended(store: Store, keys: readonly Placed[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const holders = [...new Set(keys.map(({ fields }) => text(fields.holder)).filter((holder) => holder !== ''))]
  if (holders.length === 0) return new Map()
  const [closed, wiped, grants] = await Promise.all([
    store.db.query<{ id: string }>('select id from "user" where id = any($1) and closed', [holders]),
    store.db.query<{ account: string; wiped_at: Date }>(
      'select account, max(wiped_at) as wiped_at from devices where account = any($1) and wiped_at is not null group by account',
      [holders],
    ),
    store.db.query<{ account: string; role: string; area: string; since: string; now: boolean }>(
      `select account, role, area, from_day::text as since, (to_day is null or to_day >= $2::date) as now
         from grants where account = any($1) and from_day <= $2::date`,
      [holders, today(store.clock)],
    ),
  ])
  const accounts = new Set(closed.map(({ id }) => id))
  const wipedAt = new Map(wiped.map(({ account, wiped_at }) => [account, wiped_at.toISOString()]))
  const issuers = definition(store, 'passKey').actions.register?.by ?? {}
  const over = ({ fields, paths, createdAt, since }: Placed): readonly string[] => {
    const holder = text(fields.holder)
    if (accounts.has(holder) || (wipedAt.get(holder) ?? '') > createdAt) return paths
    const theirs = grants.filter(({ account, role }) => account === holder && Object.hasOwn(issuers, role))
    const reached = (some: typeof theirs) => {
      const own = some.flatMap((one) => becameOf(store, one.area, one.since > since ? one.since : since))
      return (path: string) => own.some((one) => path.startsWith(one))
    }
    const [ever, still] = [reached(theirs), reached(theirs.filter(({ now }) => now))]
    return paths.filter((path) => ever(path) && !still(path))
  }
  return new Map(keys.map((key) => [key.id, over(key)]))
}

/** Numbers of the passes that somebody issued where the key is for and that the register has: what was signed besides is nobody's. */
async function registeredBy(store: Store, { fields, paths }: Placed, now: string) {
  const ranges = paths.map(pathRange)
  const holder = text(fields.holder)
  const rows = await store.db.query<{ id: string; number: string }>(
    `select p.id, p."number" from r_pass p join events e on e.record_id = p.id and e.record = 'pass' and e.action = 'issue'
       join unnest($1::text[], $2::text[]) as range(low, high) on p.path >= range.low and p.path < range.high
     where p.valid_to > $3 and p.state <> 'withheld' and (e.actor = $4 or e.authority = $5)`,
    [ranges.map(({ from }) => from), ranges.map(({ to }) => to), now, holder, `handed over by ${holder}`],
  )
  return rows.flatMap(({ id, number }) => [number, passes.shortNumberOf(id)])
}
