import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'

/** The headers of a request for the sign-in library. Where it came from was checked at the door, by the address people really use. */
export function headersFor(accounts: Accounts, request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'authorization', 'user-agent', 'accept-language'] as const) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  headers.set('origin', new URL(String(accounts.auth.options.baseURL)).origin)
  headers.set('content-type', 'application/json')
  return headers
}

/** Hands a request to the sign-in library; where a cookie is given, with this one and nothing else that says who asks. */
export async function handOver(
  accounts: Accounts,
  request: FastifyRequest,
  body: Readonly<Record<string, unknown>>,
  cookie?: string,
): Promise<Response> {
  const before = await accounts.of(request.headers).catch(() => undefined)
  const url = new URL(request.url, String(accounts.auth.options.baseURL))
  const headers = headersFor(accounts, request)
  if (cookie !== undefined) {
    headers.set('cookie', cookie)
    headers.delete('authorization')
  }
  const answer = await accounts.auth.handler(
    new Request(url, {
      method: request.method,
      headers,
      ...(request.method === 'GET' ? {} : { body: JSON.stringify(body) }),
    }),
  )
  // Whatever happened there may have ended or begun a session.
  accounts.forget(before?.actor.id)
  return answer
}

export async function passOn(reply: FastifyReply, answer: Response): Promise<unknown> {
  reply.code(answer.status).header('cache-control', 'no-store')
  for (const name of ['content-type', 'location', 'set-auth-token']) {
    const value = answer.headers.get(name)
    if (value !== null) reply.header(name, value)
  }
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.send(await answer.text())
}
