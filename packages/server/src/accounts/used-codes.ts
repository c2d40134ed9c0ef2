import { createHmac, randomUUID } from 'node:crypto'
import { isDiskFull } from '../store/database/problem.ts'
import type { Store } from '../store/store.ts'

/** Codes of authenticators that were accepted: each opens an account once (RFC 6238 §5.2). */
export interface UsedCodes {
  /** Takes a code for one attempt, before it is tried, so that of parallel attempts only one goes on; false where it was taken before. */
  take(account: string, code: string): Promise<boolean>
  /** The code was wrong: nothing was opened by it. */
  giveBack(account: string, code: string): Promise<void>
}

/** A code is valid for a step of 30 s and one on either side; afterwards the same digits may come again. Real time, as authenticators go by. */
const KEPT_MS = 120_000

/** Kept in the database by keyed hash; while the disk is full, in the memory of this process. */
export function openUsedCodes(store: Store, secret: string): UsedCodes {
  const keyOf = (account: string, code: string) => createHmac('sha256', secret).update(`code ${account} ${code}`).digest('hex')
  const inMemory = new Map<string, number>()
  const iso = (ms: number) => new Date(ms).toISOString()

  const take = async (key: string, now: number): Promise<boolean> => {
    const over = iso(now - KEPT_MS)
    await store.db.query('delete from "usedCode" where at < $1', [over])
    const taken = await store.db.query(
      'insert into "usedCode" (id, key, at) values ($1, $2, $3) on conflict (key) do nothing returning key',
      [randomUUID(), key, iso(now)],
    )
    return taken.length > 0
  }
  const takeHere = async (key: string, now: number): Promise<boolean> => {
    const stored = await store.db.query('select 1 from "usedCode" where key = $1 and at >= $2', [key, iso(now - KEPT_MS)])
    if (stored.length > 0 || inMemory.has(key)) return false
    inMemory.set(key, now)
    return true
  }

  return {
    take: async (account, code) => {
      const [key, now] = [keyOf(account, code), Date.now()]
      for (const [one, at] of inMemory) if (at < now - KEPT_MS) inMemory.delete(one)
      if (inMemory.has(key)) return false
      try {
        return await take(key, now)
      } catch (error) {
        if (!isDiskFull(error)) throw error
        return takeHere(key, now)
      }
    },
    giveBack: async (account, code) => {
      const key = keyOf(account, code)
      inMemory.delete(key)
      try {
        await store.db.query('delete from "usedCode" where key = $1', [key])
      } catch (error) {
        // A wrong code that stays taken for two minutes harms nobody.
        if (!isDiskFull(error)) throw error
      }
    },
  }
}
