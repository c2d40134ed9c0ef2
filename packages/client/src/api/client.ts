import type { Label, Problem } from '@guatu/kernel'

/** A refusal of the server, as data. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message.en)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

/** Of a request that got no answer. */
export const OFFLINE: Problem = {
  code: 'offline',
  status: 0,
  message: {
    zh: '连接不上服务器，请检查网络后重试；已填写的内容还在。',
    en: 'The server cannot be reached; check the network and try again. What you typed is kept.',
  },
}

const isLabel = (value: unknown): value is Label => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** The refusal in an answer; one of our own where something between us and the server answered. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'message' in body && isLabel(body.message)) return body as unknown as Problem
  } catch {
    // An answer that is no JSON comes from something between us and the server.
  }
  return {
    code: `http-${response.status}`,
    status: response.status,
    message: { zh: `服务器答复异常（${response.status}），请稍后再试。`, en: `Unexpected answer (${response.status}); try again.` },
  }
}

/** Calls the API. @throws ApiProblem with the server's refusal, or `offline` */
export async function call<T>(
  path: string,
  init: { method?: string; body?: unknown; form?: FormData; signal?: AbortSignal; keepalive?: true } = {},
): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      method: init.method ?? (init.body === undefined && !init.form ? 'GET' : 'POST'),
      credentials: 'same-origin',
      ...(init.signal ? { signal: init.signal } : {}),
      ...(init.keepalive ? { keepalive: true } : {}),
      ...(init.form
        ? { body: init.form }
        : init.body === undefined
          ? {}
          : { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } }),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(OFFLINE)
  }
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return (response.status === 204 ? undefined : await response.json()) as T
}

export const asProblem = (error: unknown): Problem =>
  error instanceof ApiProblem
    ? error.problem
    : { code: 'unexpected', status: 0, message: { zh: '页面出错，请刷新后再试。', en: 'The page failed; reload and try again.' } }
