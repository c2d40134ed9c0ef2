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
  /** @param anew asks, whatever is remembered */
  of(headers: Readonly<Record<string, string | string[] | undefined>>, anew?: boolean): Promise<SignedIn | undefined>
}

export interface WatchedSessions extends Sessions {
  /** Is told of an account whose sessions or grants this process changed, once what was remembered of it is forgotten. */
  onChanged(tell: (account: string) => void): void
}

/** The signed-in person of a request. @throws Refused `not-signed-in`, `password-needed`, `second-factor-needed` */
export const signedIn = async (sessions: Sessions, request: FastifyRequest): Promise<Actor> => (await sessionOf(sessions, request)).actor

/** The session of a request, of somebody who may go on. @throws Refused as {@link signedIn} */
export async function sessionOf(sessions: Sessions, request: FastifyRequest): Promise<SignedIn> {
  const found = await sessions.of(request.headers)
  if (!found) throw new Refused(problem('not-signed-in'))
  if (found.pending) throw new Refused(pendingProblem(found.pending))
  return found
}
