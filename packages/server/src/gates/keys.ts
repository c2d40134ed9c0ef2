import { passes } from '@guatu/domains'
import { pathRange, type RecordState, today } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

/** Public keys as a gate carries them. */
export async function gateKeys(store: Store, keys: readonly Listed[]): Promise<readonly passes.GateKey[]> {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const term = store.settings.at(today(store.clock), '')<number>('closures.pass.days')
  const over = await ended(store, keys)
  return Promise.all(
    keys.map(async (row) => ({
      name: passes.keyName(row.id),
      publicKey: text(row.fields.publicKey),
      path: row.path,
      until: Temporal.Instant.from(text(row.fields.validTo))
        .add({ hours: 24 * term })
        .toString({ smallestUnit: 'millisecond' }),
      ...(row.state === 'revoked' ? { stopped: true } : {}),
      ...(over.has(row.id) ? { only: passes.packBoth(await registeredBy(store, row, now)) } : {}),
    })),
  )
}

/** Keys whose holder may issue no more: the account is closed, a phone of theirs was wiped since, or their grants over the place have ended. */
async function ended(store: Store, keys: readonly Listed[]): Promise<ReadonlySet<string>> {
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
  const reaches = (area: string, path: string) => index.inPlaceOf([area], today(store.clock)).some((one) => path.startsWith(one.path))
  const over = ({ fields, path, createdAt }: Listed): boolean => {
    const holder = text(fields.holder)
    if (accounts.has(holder) || (wipedAt.get(holder) ?? '') > createdAt) return true
    const theirs = grants.filter(({ account, role, area }) => account === holder && Object.hasOwn(issuers, role) && reaches(area, path))
    return theirs.length > 0 && theirs.every(({ now }) => !now)
  }
  return new Set(keys.filter(over).map(({ id }) => id))
}

/** Numbers of the passes that somebody issued where the key is for and that the register has: what was signed besides is nobody's. */
async function registeredBy(store: Store, { fields, path }: Pick<RecordState, 'fields'> & { readonly path: string }, now: string) {
  const { from, to } = pathRange(path)
  const holder = text(fields.holder)
  const rows = await store.db.query<{ id: string; number: string }>(
    `select p.id, p."number" from r_pass p join events e on e.record_id = p.id and e.record = 'pass' and e.action = 'issue'
     where p.path >= $1 and p.path < $2 and p.valid_to > $3 and p.state <> 'withheld' and (e.actor = $4 or e.authority = $5)`,
    [from, to, now, holder, `handed over by ${holder}`],
  )
  return rows.flatMap(({ id, number }) => [number, passes.shortNumberOf(id)])
}
