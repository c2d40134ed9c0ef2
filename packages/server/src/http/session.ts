import { type Actor, problem, Refused } from '@guatu/kernel'
import type { FastifyRequest } from 'fastify'
import { type Pending, pendingProblem } from '../accounts/problems.ts'

/** Who is behind a request: asked of the accounts, by cookie or bearer token. */
export interface SignedIn {
  readonly actor: Actor
  readonly session: string
  /** What this person has to do before anything else. */
  readonly pending?: Pending
}

export interface Sessions {
  of(headers: Readonly<Record<string, string | string[] | undefined>>): Promise<SignedIn | undefined>
}

/** The signed-in person of a request. @throws Refused `not-signed-in`, `password-needed`, `second-factor-needed` */
export async function signedIn(sessions: Sessions, request: FastifyRequest): Promise<Actor> {
  const found = await sessions.of(request.headers)
  if (!found) throw new Refused(problem('not-signed-in'))
  if (found.pending) throw new Refused(pendingProblem(found.pending))
  return found.actor
}
