import { createHmac } from 'node:crypto'
import { gates } from '@guatu/domains'
import { type Actor, documentNumber, EVERYTHING, lookersOf, plateNumber } from '@guatu/kernel'
import { derivedKey } from '../field/sealing.ts'
import { sqlOf } from '../store/log/state-rows.ts'
import { recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

/** Everybody who may read the same passes carries the same book, and recognises by the same key. */
export const bookKey = (store: Store, secret: string, actor: Actor): Buffer =>
  derivedKey(secret, JSON.stringify(lookersOf(definition(store, 'pass'), actor)), 'gate recognition')

/** People whose tokens are remembered: a token is no name, and opening a sealed number costs more than remembering it. */
const MOST_KEPT = 200_000
const BATCH = 500

/** Tokens of plates and documents under one key. */
export interface Tokens {
  plate(plate: string): Promise<string>
  /** Of the documents and the plates of those of these people who have one. */
  of(people: Iterable<string>): Promise<Readonly<Record<'documents' | 'plates', readonly string[]>>>
}

interface Kept {
  readonly version: number
  readonly document?: string
  readonly plate?: string
}

export function tokensUnder(store: Store, key: Buffer): Tokens {
  const hash: gates.KeyedHash = async (text) => createHmac('sha256', key).update(text).digest()
  const kept = new Map<string, Kept>()
  const plateToken = (plate: unknown) => gates.tokenOf(hash, 'plate', plateNumber(text(plate)))
  const def = definition(store, 'person')
  const learn = async (ids: readonly string[]) => {
    for (const { id, version, fields } of await recordsOf(store.db, def, EVERYTHING, ids)) {
      const { documentNumber: written, plate } = fields
      kept.set(id, {
        version,
        ...(typeof written === 'string' ? { document: await gates.tokenOf(hash, 'document', documentNumber(written)) } : {}),
        ...(typeof plate === 'string' ? { plate: await plateToken(plate) } : {}),
      })
    }
  }
  const changed = async (ids: readonly string[]) => {
    const rows = await store.db.read<{ id: string; version: number }>(
      `select id, version::integer as version from ${sqlOf(def).table} where id = any($1::uuid[])`,
      [ids],
    )
    return rows.flatMap(({ id, version }) => (kept.get(id)?.version === version ? [] : [id]))
  }
  return {
    plate: plateToken,
    of: async (people) => {
      if (kept.size > MOST_KEPT) kept.clear()
      const ids = [...new Set(people)]
      for (let start = 0; start < ids.length; start += BATCH) await learn(await changed(ids.slice(start, start + BATCH)))
      const known = ids.flatMap((id) => kept.get(id) ?? [])
      return { documents: known.flatMap(({ document }) => document ?? []), plates: known.flatMap(({ plate }) => plate ?? []) }
    },
  }
}
