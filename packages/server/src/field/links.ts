import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Actor, no, ok, problem, type Result } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'

/** A way for a person or a household to declare something themselves, without an account. */
export interface SelfLink {
  readonly id: string
  readonly person: string | null
  readonly household: string | null
  readonly area: string
}

export interface IssuedLink {
  readonly id: string
  /** Goes into the address; says nothing of whom it is for. */
  readonly token: string
  readonly expiresAt: string
}

/** A link as whoever gave it out may see it again: what opens it is shown once and not kept. */
export interface KnownLink {
  readonly id: string
  /** Name of the account that gave it out. */
  readonly issuedBy: string
  readonly issuedAt: string
  readonly expiresAt: string
}

interface Row extends SelfLink {
  readonly expires_at: Date
  readonly revoked_at: Date | null
}

export interface SelfLinks {
  /** For whoever may change the record: it speaks for the person from then on. */
  issue(actor: Actor, record: 'person' | 'household', id: string): Promise<Result<IssuedLink>>
  /** Links of a record that are in force. */
  inForce(actor: Actor, record: 'person' | 'household', id: string): Promise<Result<readonly KnownLink[]>>
  revoke(actor: Actor, id: string): Promise<Result<void>>
  /** The link behind a token that is genuine, in force and not revoked. */
  find(token: string): Promise<SelfLink | undefined>
  /** How the pages of a link refer to somebody it speaks for: under every link another word, from which nobody learns who it is. */
  whoOf(link: SelfLink, person: string): string
}

const ID_BYTES = 16
const MAC_BYTES = 12

const toUuid = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export function openSelfLinks(store: Store, secret: string): SelfLinks {
  const mac = (id: Buffer) => createHmac('sha256', secret).update('guatu self link ').update(id).digest().subarray(0, MAC_BYTES)

  const mayChange = async (actor: Actor, record: string, id: string): Promise<Result<Listed>> => {
    const desk = store.as(actor)
    const row = await desk.get(record, id)
    if (!row.ok) return row
    const def = store.registry.records.get(record)
    const may = def && desk.offers(def, row.value).some((offer) => offer.action === 'update' && offer.allowed)
    return may ? row : no(problem('not-allowed', { action: { zh: '发放本人申报链接', en: 'give out self-report links' } }))
  }

  return {
    issue: async (actor, record, id) => {
      const row = await mayChange(actor, record, id)
      if (!row.ok) return row
      const bytes = randomBytes(ID_BYTES)
      const now = store.clock.now()
      const expiresAt = now.add({ hours: 24 * fieldRule(store, FIELD_PARAMETERS.linkDays) }).toString()
      await store.db.query(
        `insert into self_links (id, person, household, area, issued_by, issued_at, expires_at) values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7)`,
        [
          toUuid(bytes),
          record === 'person' ? id : null,
          record === 'household' ? id : null,
          row.value.area,
          actor.id,
          now.toString(),
          expiresAt,
        ],
      )
      return ok({ id: toUuid(bytes), token: Buffer.concat([bytes, mac(bytes)]).toString('base64url'), expiresAt })
    },
    inForce: async (actor, record, id) => {
      const row = await mayChange(actor, record, id)
      if (!row.ok) return row
      const rows = await store.db.query<{ id: string; name: string | null; issued_at: Date; expires_at: Date }>(
        `select l.id, u.name, l.issued_at, l.expires_at from self_links l left join "user" u on u.id = l.issued_by
         where ${record === 'person' ? 'l.person' : 'l.household'} = $1::uuid and l.revoked_at is null and l.expires_at > $2 order by l.issued_at desc`,
        [id, store.clock.now().toString()],
      )
      return ok(
        rows.map((one) => ({
          id: one.id,
          issuedBy: one.name ?? '',
          issuedAt: one.issued_at.toISOString(),
          expiresAt: one.expires_at.toISOString(),
        })),
      )
    },
    revoke: async (actor, id) => {
      const [link] = await store.db.query<Row>(
        'select id, person, household, area, expires_at, revoked_at from self_links where id = $1::uuid',
        [id],
      )
      if (!link) return no(problem('not-found', { what: { zh: '这个链接', en: 'link' } }))
      const record = link.person === null ? 'household' : 'person'
      const may = await mayChange(actor, record, link.person ?? link.household ?? '')
      if (!may.ok) return may
      await store.db.query(
        'update self_links set revoked_at = coalesce(revoked_at, $2), revoked_by = coalesce(revoked_by, $3) where id = $1::uuid',
        [id, store.clock.now().toString(), actor.id],
      )
      return ok(undefined)
    },
    find: async (token) => {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== ID_BYTES + MAC_BYTES) return undefined
      const id = bytes.subarray(0, ID_BYTES)
      if (!timingSafeEqual(mac(id), bytes.subarray(ID_BYTES))) return undefined
      const [row] = await store.db.query<Row>(
        'select id, person, household, area, expires_at, revoked_at from self_links where id = $1::uuid',
        [toUuid(id)],
      )
      if (!row || row.revoked_at !== null || row.expires_at.getTime() <= store.clock.now().epochMilliseconds) return undefined
      return { id: row.id, person: row.person, household: row.household, area: row.area }
    },
    whoOf: (link, person) =>
      createHmac('sha256', secret).update(`guatu self subject ${link.id} ${person}`).digest().subarray(0, MAC_BYTES).toString('base64url'),
  }
}
