import type { Runner } from '../log/statements.ts'

/** How an account is called: the person who acts in office, and the name they sign in by. */
export interface ActorName {
  readonly name: string
  readonly username: string
}

/** Names behind the ids of accounts; of what is no account here (the system, an office before it had accounts) there is none. */
export async function actorNames(run: Runner, ids: readonly string[]): Promise<Readonly<Record<string, ActorName>>> {
  const rows = await run.query<ActorName & { id: string }>('select id, name, username from "user" where id = any($1::text[])', [
    [...new Set(ids)],
  ])
  return Object.fromEntries(rows.map(({ id, name, username }) => [id, { name, username }]))
}
