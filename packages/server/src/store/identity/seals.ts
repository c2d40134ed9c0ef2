import type { DomainEvent, Registry } from '@guatu/kernel'
import { type Piece, pieceOf, type Runner } from '../log/statements.ts'
import { hasIdentity } from '../schema/model.ts'
import { type SealText, sealer, sealInput, subjectOf } from './codec.ts'
import type { Finder } from './forms.ts'
import type { Keeper, Sealing } from './keeper.ts'
import type { SubjectKey, Vault } from './vault.ts'

interface KeyRow {
  readonly county: string
  readonly id: string
  readonly record: string
  readonly wrapped: string | null
  readonly erased_at: string | null
}

/**
 * The keys that one batch writes with: those of known records are looked up, all at once; new records get new ones, and records that
 * the batch erases lose theirs.
 */
export class Seals implements Sealing {
  readonly #vault: Vault
  readonly #registry: Registry
  /** Wrapped key by record id; null for an erased record. */
  readonly #kept: ReadonlyMap<string, string | null>
  readonly #rows = new Map<string, KeyRow>()
  readonly #sealers = new Map<string, SealText>()

  private constructor(vault: Vault, registry: Registry, kept: ReadonlyMap<string, string | null>) {
    this.#vault = vault
    this.#registry = registry
    this.#kept = kept
  }

  /** For the acts of one batch. One question to the database, none where every record with identity is new. */
  static async forActs(run: Keeper, registry: Registry, acts: readonly DomainEvent[]): Promise<Seals> {
    const seals = new Seals(run.vault, registry, await keysOf(run, Seals.keysFor(registry, acts)))
    for (const act of acts) if (registry.records.get(act.record)?.actions[act.action]?.erases) seals.#erase(act)
    return seals
  }

  /** The records whose keys have to be looked up for these acts: those with identity that are not made among them. */
  static keysFor(registry: Registry, acts: readonly DomainEvent[]): readonly string[] {
    const ids = new Set<string>()
    const born = new Set<string>()
    for (const act of acts) {
      const def = registry.records.get(act.record)
      if (!def || !hasIdentity(def)) continue
      // What was made by an earlier cause than was known has its key.
      if (def.actions[act.action]?.from === 'new' && act.corrects === null) born.add(act.recordId)
      else ids.add(act.recordId)
    }
    return [...ids].filter((id) => !born.has(id))
  }

  /** For states that are written anew although nothing happened to them, such as those of a rebuild. */
  static async forRecords(run: Keeper, registry: Registry, ids: readonly string[]): Promise<Seals> {
    return new Seals(run.vault, registry, await keysOf(run, ids))
  }

  get finder(): Finder {
    return this.#vault.finder
  }

  /** The act as it is stored and chained. */
  event(event: DomainEvent): DomainEvent {
    const def = this.#registry.records.get(event.record)
    if (!def || !hasIdentity(def)) return event
    const seal: SealText = (hidden) => this.sealText(event.record, event.recordId, event.county)(hidden)
    const input = sealInput(def, event.action, event.input, seal)
    return input === event.input ? event : { ...event, input }
  }

  /** Seals values of one record. A key is made when there is something to seal for the first time. */
  sealText(record: string, id: string, county: string): SealText {
    const known = this.#sealers.get(id)
    if (known) return known
    const subject = subjectOf(record, id)
    const wrapped = this.#rows.get(id)?.erased_at ? null : this.#kept.get(id)
    let key: SubjectKey | undefined
    const seal = sealer(this.#vault, () => {
      if (wrapped === null) return undefined
      key ??= wrapped === undefined ? this.#newKey(subject, record, id, county) : this.#vault.unwrap(subject, wrapped)
      return key
    })
    this.#sealers.set(id, seal)
    return seal
  }

  #newKey(subject: string, record: string, id: string, county: string): SubjectKey {
    const key = this.#vault.newKey(subject)
    this.#rows.set(id, { county, id, record, wrapped: key.wrapped, erased_at: null })
    return key
  }

  /** What this batch changes of the keys; asked for when everything else is sealed. */
  piece(): Piece {
    return pieceOf(
      'identity_keys',
      `insert into identity_keys (county, id, record, wrapped, erased_at)
        select county, id, record, wrapped, erased_at from $rows as t
        on conflict (id, county) do update set wrapped = excluded.wrapped, erased_at = excluded.erased_at`,
      [...this.#rows.values()],
    )
  }

  #erase({ county, recordId, record, recordedAt }: DomainEvent): void {
    this.#rows.set(recordId, { county, id: recordId, record, wrapped: null, erased_at: recordedAt })
  }
}

async function keysOf(run: Runner, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await run.query<{ id: string; wrapped: string | null }>('select id, wrapped from identity_keys where id = any($1::uuid[])', [
    ids,
  ])
  return new Map(rows.map((row) => [row.id, row.wrapped]))
}
