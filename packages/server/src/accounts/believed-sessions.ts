import type { SignedIn, WatchedSessions } from '../http/session.ts'

/** How long a session is believed without asking the database again, milliseconds. */
const BELIEVED_MS = 5_000
const MOST_SESSIONS = 50_000

export interface BelievedSessions extends WatchedSessions {
  /** Forgets all answers, those under way included. @param account whose sessions or grants were changed */
  forget(account?: string): void
}

/** Remembers for a short while who a session belongs to, so that not every request asks the database. @param find asks it */
export function believedSessions(find: (headers: Headers) => Promise<SignedIn | undefined>): BelievedSessions {
  const remembered = new Map<string, { until: number; found: SignedIn | undefined }>()
  const asking = new Map<string, Promise<SignedIn | undefined>>()
  const watching: ((account: string) => void)[] = []
  return {
    forget: (account) => {
      remembered.clear()
      asking.clear()
      if (account !== undefined) for (const tell of watching) tell(account)
    },
    onChanged: (tell) => void watching.push(tell),
    of: async (headers, anew = false) => {
      const key = `${headers.cookie ?? ''}\n${headers.authorization ?? ''}`
      if (key === '\n') return undefined
      const now = performance.now()
      const known = remembered.get(key)
      if (!anew && known && known.until > now) return known.found
      const asked = new Headers()
      for (const name of ['cookie', 'authorization'] as const) if (typeof headers[name] === 'string') asked.set(name, headers[name])
      // Many requests of one session come at once when it is no longer believed: one asks, the others wait for its answer.
      const under = asking.get(key)
      if (under) return under
      const answer = find(asked)
      asking.set(key, answer)
      try {
        const found = await answer
        // What was forgotten while it was being asked for is not believed.
        if (asking.get(key) === answer) {
          if (remembered.size > MOST_SESSIONS) remembered.clear()
          remembered.set(key, { until: now + BELIEVED_MS, found })
        }
        return found
      } finally {
        if (asking.get(key) === answer) asking.delete(key)
      }
    },
  }
}
