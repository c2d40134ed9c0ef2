import { type Actor, problem, Refused } from '@guatu/kernel'
import type { FastifyRequest } from 'fastify'

/** Who is behind a request: asked of the accounts, by cookie or bearer token. */
export interface SignedIn {
  readonly actor: Actor
  readonly session: string
}

export interface Sessions {
  of(headers: Readonly<Record<string, string | string[] | undefined>>): Promise<SignedIn | undefined>
}

/** The signed-in person of a request. @throws Refused `not-signed-in` */
export async function signedIn(sessions: Sessions, request: FastifyRequest): Promise<Actor> {
  const found = await sessions.of(request.headers)
  if (!found) throw new Refused(problem('not-signed-in'))
  return found.actor
}
