import { createHmac } from 'node:crypto'
import { gates } from '@guatu/domains'
import { type Actor, EVERYTHING, lookersOf } from '@guatu/kernel'
import { derivedKey } from '../field/sealing.ts'
import { recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition } from './register.ts'

/** Everybody who may read the same passes carries the same book, and recognises by the same key. */
export const bookKey = (store: Store, secret: string, actor: Actor): Buffer =>
  derivedKey(secret, JSON.stringify(lookersOf(definition(store, 'pass'), actor)), 'gate recognition')

/** People whose tokens are remembered: a token is no name, and opening a sealed number costs more than remembering it. */
const MOST_KEPT = 200_000
const BATCH = 500

/** Tokens of plates and documents under one key. */
export interface Tokens {
  plate(plate: string): Promise<string>
  /** Of those of these people who have a document. */
  documentsOf(people: Iterable<string>): Promise<readonly string[]>
}

export function tokensUnder(store: Store, key: Buffer): Tokens {
  const hash: gates.KeyedHash = async (text) => createHmac('sha256', key).update(text).digest()
  const kept = new Map<string, string | undefined>()
  const learn = async (ids: readonly string[]) => {
    for (const id of ids) kept.set(id, undefined)
    for (const row of await recordsOf(store.db, definition(store, 'person'), EVERYTHING, ids)) {
      const { documentNumber } = row.fields
      if (typeof documentNumber === 'string') kept.set(row.id, await gates.tokenOf(hash, 'document', documentNumber))
    }
  }
  return {
    plate: (plate) => gates.tokenOf(hash, 'plate', plate),
    documentsOf: async (people) => {
      if (kept.size > MOST_KEPT) kept.clear()
      const ids = [...new Set(people)]
      const unknown = ids.filter((id) => !kept.has(id))
      for (let start = 0; start < unknown.length; start += BATCH) await learn(unknown.slice(start, start + BATCH))
      return ids.flatMap((id) => kept.get(id) ?? [])
    },
  }
}
