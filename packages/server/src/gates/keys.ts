import { passes } from '@guatu/domains'
import { dayOf, pathRange, today } from '@guatu/kernel'
import { goneFrom } from '../store/areas/gone-from.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

/** A key, and the paths of all that its area came to be by reforms since it was registered, and of what left it, where it stands itself in front. */
interface Placed extends Listed {
  readonly paths: readonly string[]
}

/** Public keys as a gate carries them, of those that are for some place near it. */
export async function gateKeys(store: Store, all: readonly Listed[], near: (path: string) => boolean): Promise<readonly passes.GateKey[]> {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const term = store.settings.at(today(store.clock), '')<number>('closures.pass.days')
  const keys = (await placed(store, all)).filter(({ paths }) => paths.some(near))
  const over = await ended(store, keys)
  return Promise.all(
    keys.map(async (row) => ({
      name: passes.keyName(row.id),
      publicKey: text(row.fields.publicKey),
      path: row.path,
      ...(row.paths.length > 1 ? { paths: row.paths } : {}),
      until: Temporal.Instant.from(text(row.fields.validTo))
        .add({ hours: 24 * term })
        .toString({ smallestUnit: 'millisecond' }),
      ...(row.state === 'revoked' ? { stopped: true } : {}),
      ...(over.has(row.id) ? { only: passes.packBoth(await registeredBy(store, row, now)) } : {}),
    })),
  )
}

/** A reform puts a key into one of the heirs of its area, and its passes into all of them; those of a village that leaves a town go along with it. */
async function placed(store: Store, keys: readonly Listed[]): Promise<readonly Placed[]> {
  const rows = await store.db.read<{ record_id: string; area: string; happened_at: Date }>(
    `select record_id, area, happened_at from events where record_id = any($1::uuid[]) and record = 'passKey' and action = 'register'`,
    [keys.map(({ id }) => id)],
  )
  const registered = new Map(rows.map((row) => [row.record_id, row]))
  return keys.map((key) => {
    const { area, happened_at: at } = registered.get(key.id) ?? {}
    const since = at && dayOf(Temporal.Instant.fromEpochMilliseconds(at.getTime()), store.clock.zone)
    if (area === undefined || since === undefined) return { ...key, paths: [key.path] }
    const { index, tree } = store.areas
    const day = today(store.clock)
    const heirs = index.inPlaceOf([area], day, since).map(({ path }) => path)
    return { ...key, paths: [...new Set([key.path, ...heirs, ...goneFrom(tree, area, day, since)])] }
  })
}

/** Keys whose holder may issue no more: the account is closed, a phone of theirs was wiped since, or their grants over the place have ended. */
async function ended(store: Store, keys: readonly Placed[]): Promise<ReadonlySet<string>> {
  const holders = [...new Set(keys.map(({ fields }) => text(fields.holder)).filter((holder) => holder !== ''))]
  if (holders.length === 0) return new Set()
  const [closed, wiped, grants] = await Promise.all([
    store.db.query<{ id: string }>('select id from "user" where id = any($1) and closed', [holders]),
    store.db.query<{ account: string; wiped_at: Date }>(
      'select account, max(wiped_at) as wiped_at from devices where account = any($1) and wiped_at is not null group by account',
      [holders],
    ),
    store.db.query<{ account: string; role: string; area: string; now: boolean }>(
      `select account, role, area, from_day <= $2::date and (to_day is null or to_day >= $2::date) as now from grants where account = any($1)`,
      [holders, today(store.clock)],
    ),
  ])
  const accounts = new Set(closed.map(({ id }) => id))
  const wipedAt = new Map(wiped.map(({ account, wiped_at }) => [account, wiped_at.toISOString()]))
  const issuers = definition(store, 'passKey').actions.register?.by ?? {}
  const { index } = store.areas
  const reaches = (area: string, paths: readonly string[]) =>
    index.inPlaceOf([area], today(store.clock)).some((one) => paths.some((path) => path.startsWith(one.path)))
  const over = ({ fields, paths, createdAt }: Placed): boolean => {
    const holder = text(fields.holder)
    if (accounts.has(holder) || (wipedAt.get(holder) ?? '') > createdAt) return true
    const theirs = grants.filter(({ account, role, area }) => account === holder && Object.hasOwn(issuers, role) && reaches(area, paths))
    return theirs.length > 0 && theirs.every(({ now }) => !now)
  }
  return new Set(keys.filter(over).map(({ id }) => id))
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
