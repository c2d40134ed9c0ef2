import { randomUUID } from 'node:crypto'
import { isDiskFull } from '../store/database/problem.ts'
import type { Store } from '../store/store.ts'

/** What was done to an account, for the audit; ids only, no personal data. */
export interface AccountAct {
  readonly actor: string
  readonly account: string
  readonly what:
    | 'added'
    | 'granted'
    | 'grant-ended'
    | 'granted-again'
    | 'password-reset'
    | 'password-changed'
    | 'locked'
    | 'unlocked'
    | 'closed'
    | 'opened'
    | 'second-factor-on'
    | 'second-factor-off'
    | 'sessions-ended'
    | 'sign-on-ended'
    | 'device-wiped'
  readonly detail?: string
}

export interface Notes {
  add(act: AccountAct): Promise<void>
  /** Writes what a full disk kept back. */
  settle(): Promise<void>
}

/** Locks alone may wait for room on the disk: everything else that is noted changes something, and is refused with it. */
const MOST_WAITING = 10_000

/** The audit of accounts. A lock that a full disk would not take is written, with its time, as soon as there is room. */
export function openNotes(store: Store): Notes {
  const waiting: { readonly id: string; readonly at: string; readonly act: AccountAct }[] = []
  const write = async ({ id, at, act }: (typeof waiting)[number]) => {
    await store.db.query(
      'insert into "accountEvent" (id, at, actor, account, what, detail) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing',
      [id, at, act.actor, act.account, act.what, act.detail ?? null],
    )
  }
  const settle = async () => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      await write(first)
      if (waiting[0] === first) waiting.shift()
    }
  }
  return {
    add: async (act) => {
      const one = { id: randomUUID(), at: store.clock.now().toString(), act }
      try {
        await settle()
        await write(one)
      } catch (error) {
        if (act.what !== 'locked' || !isDiskFull(error) || waiting.length >= MOST_WAITING) throw error
        waiting.push(one)
      }
    },
    settle: async () => {
      try {
        await settle()
      } catch (error) {
        if (!isDiskFull(error)) throw error
      }
    },
  }
}
