import { randomBytes } from 'node:crypto'
import { type Actor, no, ok, problem, type Result, scopeOf } from '@guatu/kernel'
import { widest } from '../store/areas/wholes.ts'
import { Gathered } from '../store/query/gathered.ts'
import type { Store } from '../store/store.ts'
import { derivedKey } from './sealing.ts'

/** A phone of a worker, as its owner and the administrator see it. */
export interface Device {
  readonly id: string
  readonly account: string
  readonly registeredAt: string
  readonly seenAt: string
  /** How far its clock was ahead when it was last heard of, milliseconds. */
  readonly skew: number | null
  readonly app: string | null
  readonly wipedAt: string | null
}

/** A phone with whose it is, for those who answer for the worker. */
export interface WorkersDevice extends Device {
  readonly username: string
  readonly name: string
}

interface Row {
  readonly id: string
  readonly account: string
  readonly salt: string
  readonly registered_at: Date
  readonly seen_at: Date
  readonly skew_ms: number | null
  readonly app: string | null
  readonly wiped_at: Date | null
}

export interface Devices {
  /** Makes the phone known, or known again, to the account that is signed in on it; answers the key of what it keeps. */
  register(device: string, actor: Actor): Promise<Result<{ readonly key: Buffer }>>
  find(device: string): Promise<Device | undefined>
  /** The key of what a phone sealed; for taking over what it can no longer send itself. */
  keyOf(device: string): Promise<{ readonly account: string; readonly key: Buffer } | undefined>
  /** The phone was heard of; when, is written down with what else is heard in the next seconds. */
  heard(device: string, actor: Actor, seen: Seen): Promise<Result<void>>
  of(account: string): Promise<readonly Device[]>
  /** Phones that somebody answers for: the administrator and clerks for those of the workers of their area, everybody for their own. */
  under(actor: Actor): Promise<readonly WorkersDevice[]>
  /** Whether somebody answers for the phones of an account. */
  answersFor(actor: Actor, account: string): Promise<boolean>
  /** From now on the phone gets no key, and removes what it keeps as soon as it is heard of. */
  wipe(device: string, by: Actor): Promise<Result<Device>>
  /** Writes down what was heard. */
  close(): Promise<void>
}

export interface Seen {
  readonly skew?: number
  readonly app?: string
}

/** Who answers for the phones of the workers of an area: those who assign the work, and who administers the accounts. */
const ANSWERS = { administrator: 'area', 'town-clerk': 'area', 'county-clerk': 'area' } as const
const MOST = 2_000

const shown = (row: Row): Device => ({
  id: row.id,
  account: row.account,
  registeredAt: row.registered_at.toISOString(),
  seenAt: row.seen_at.toISOString(),
  skew: row.skew_ms === null ? null : Number(row.skew_ms),
  app: row.app,
  wipedAt: row.wiped_at?.toISOString() ?? null,
})

const wiped = () =>
  no({
    code: 'device-wiped',
    status: 410,
    message: {
      zh: '这部手机已被远程清除，不能再使用；未上传的记录由手机自动移交，请保持联网。请联系管理员。',
      en: 'This phone was wiped from afar and cannot be used; it hands over unsent work by itself, so stay connected. Ask the administrator.',
    },
  })

const unknown = () => problem('not-found', { what: { zh: '这部手机', en: 'phone' } })

/** How long a phone is believed to be whose it is and not wiped, without asking the database again, and how often what was heard is written; milliseconds. */
const BELIEVED_MS = 5_000
const MOST_BELIEVED = 20_000

/** Phones of workers. The key of each follows from the server's secret and a salt of its own; on the phone it lies wrapped. */
export function openDevices(store: Store, secret: string): Devices {
  const now = () => store.clock.now().toString()
  const asked = new Gathered(async (ids) => {
    const rows = await store.db.read<Row>('select * from devices where id = any($1::uuid[])', [ids])
    return new Map(rows.map((one) => [one.id, one]))
  })
  const row = async (device: string): Promise<Row | undefined> => (await asked.of([device])).get(device)
  const believed = new Map<string, { readonly until: number; readonly row: Row }>()
  let changes = 0
  const forget = (device: string) => {
    changes += 1
    believed.delete(device)
  }
  const believedRow = async (device: string): Promise<Row | undefined> => {
    const known = believed.get(device)
    if (known && known.until > performance.now()) return known.row
    const before = changes
    const found = await row(device)
    // What changed while it was asked for is not believed.
    if (!found || changes !== before) return found
    if (believed.size >= MOST_BELIEVED) believed.clear()
    believed.set(device, { until: performance.now() + BELIEVED_MS, row: found })
    return found
  }
  const heard = new Map<string, Seen & { readonly at: string }>()
  let writing: NodeJS.Timeout | undefined
  /** One statement for all phones that were heard of: one for each call would be one more write to the disk for every twenty readings. */
  const writeHeard = async (): Promise<void> => {
    clearTimeout(writing)
    writing = undefined
    if (heard.size === 0) return
    const all = [...heard].map(([id, { at, skew, app }]) => ({ id, at, skew: skew ?? null, app: app ?? null }))
    heard.clear()
    await store.db.query(
      `update devices d set seen_at = h.at, skew_ms = coalesce(h.skew, d.skew_ms), app = coalesce(h.app, d.app)
         from jsonb_to_recordset($1::jsonb) as h(id uuid, at timestamptz, skew bigint, app text) where d.id = h.id`,
      [JSON.stringify(all)],
    )
  }
  const answering = (actor: Actor) => widest(store.areas.index, scopeOf(ANSWERS, actor))
  /** Accounts that have, or had until they were revoked, something to do in the area of a clerk. */
  const accountsUnder = async (paths: readonly string[]): Promise<readonly string[]> => {
    if (paths.length === 0) return []
    const grants = await store.db.query<{ account: string; area: string }>('select distinct account, area from grants', [])
    return grants.flatMap(({ account, area }) => {
      const path = store.areas.index.currentPath(area)
      return path !== undefined && paths.some((one) => path.startsWith(one)) ? [account] : []
    })
  }
  const keyFrom = (found: Row) => derivedKey(secret, found.salt, `field device ${found.id} ${found.account}`)

  return {
    register: async (device, actor) => {
      await store.db.query(
        `insert into devices (id, account, salt, registered_at, seen_at) values ($1::uuid, $2, $3, $4, $4) on conflict (id) do nothing`,
        [device, actor.id, randomBytes(32).toString('base64'), now()],
      )
      forget(device)
      const found = await row(device)
      if (!found || found.account !== actor.id) return no(unknown())
      return found.wiped_at === null ? ok({ key: keyFrom(found) }) : wiped()
    },
    find: async (device) => {
      const found = await row(device)
      return found && shown(found)
    },
    keyOf: async (device) => {
      const found = await row(device)
      return found && { account: found.account, key: keyFrom(found) }
    },
    heard: async (device, actor, seen) => {
      const found = await believedRow(device)
      if (!found || found.account !== actor.id) return no(unknown())
      if (found.wiped_at !== null) return wiped()
      heard.set(device, { ...heard.get(device), ...seen, at: now() })
      // What is lost with the process is when a phone was last seen, and nothing else.
      writing ??= setTimeout(() => void writeHeard().catch(() => undefined), BELIEVED_MS).unref()
      return ok(undefined)
    },
    of: async (account) => {
      await writeHeard()
      return (await store.db.query<Row>('select * from devices where account = $1 order by seen_at desc', [account])).map(shown)
    },
    under: async (actor) => {
      await writeHeard()
      const scope = answering(actor)
      const rows = await store.db.query<Row & { username: string | null; name: string | null }>(
        `select d.*, u.username, u.name from devices d left join "user" u on u.id = d.account
         where $1 or d.account = any($2::text[]) order by d.wiped_at is not null, d.seen_at desc limit ${MOST}`,
        [scope.all, [actor.id, ...(await accountsUnder(scope.paths))]],
      )
      return rows.map((row) => ({ ...shown(row), username: row.username ?? '', name: row.name ?? '' }))
    },
    answersFor: async (actor, account) => {
      const scope = answering(actor)
      return actor.id === account || scope.all || (await accountsUnder(scope.paths)).includes(account)
    },
    wipe: async (device, by) => {
      const [found] = await store.db.query<Row>(
        'update devices set wiped_at = coalesce(wiped_at, $2), wiped_by = coalesce(wiped_by, $3) where id = $1::uuid returning *',
        [device, now(), by.id],
      )
      forget(device)
      return found ? ok(shown(found)) : no(unknown())
    },
    close: () => writeHeard().catch(() => undefined),
  }
}
