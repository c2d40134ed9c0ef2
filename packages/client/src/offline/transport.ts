import type { Problem } from '@guatu/kernel'

/** An answer of the server, whatever its status. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** How a phone reaches the server. Each call throws {@link NoNetwork} when there is no way. */
export interface Transport {
  call(path: string, body?: unknown): Promise<Answer>
  upload(path: string, name: string, bytes: ArrayBuffer): Promise<Answer>
  /** Lines of text as they arrive; ends with an error when the network breaks. */
  lines(path: string): Promise<{ readonly status: number; readonly body?: unknown; readonly lines: AsyncIterable<string> }>
}

export class NoNetwork extends Error {
  constructor() {
    super('no network')
    this.name = 'NoNetwork'
  }
}

export const problemIn = (answer: Answer): Problem | undefined => {
  const { body } = answer
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body)
    return { ...(body as Problem), status: answer.status }
  return answer.status >= 400
    ? {
        code: `http-${answer.status}`,
        status: answer.status,
        message: {
          zh: `服务器答复异常（${answer.status}），稍后会再试。`,
          en: `Unexpected answer (${answer.status}); it will be tried again.`,
        },
      }
    : undefined
}

const TOO_LARGE: Problem = {
  code: 'too-large',
  status: 413,
  message: {
    zh: '照片或附件太大，没有被接收；请换一张较小的再办理一次。',
    en: 'The photo or attachment is too large and was not taken; choose a smaller one and do it again.',
  },
}

/** A file that will never be taken: too large, also for a proxy before the server, empty, of a type that is not accepted. */
export const refusedForGood = (answer: Answer): Problem | undefined => {
  const problem = problemIn(answer)
  if (problem && ['too-large', 'file-empty', 'file-type'].includes(problem.code)) return problem
  return answer.status === 413 ? TOO_LARGE : undefined
}

async function* split(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const parts = (rest + value).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) if (line !== '') yield line
    }
    if (rest !== '') yield rest
  } catch {
    throw new NoNetwork()
  }
}

/** Calls are given up after this, milliseconds: a dead connection in a valley looks alive for minutes. */
const PATIENCE = 30_000

/** The server of this page. */
export function httpTransport(base = ''): Transport {
  const ask = async (path: string, init: RequestInit, patience = PATIENCE): Promise<Response> => {
    try {
      return await fetch(base + path, { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(patience), ...init })
    } catch {
      throw new NoNetwork()
    }
  }
  const read = async (response: Response): Promise<Answer> => {
    // A gateway that answers for a server that is away is no server.
    if (response.status === 502 || response.status === 504) throw new NoNetwork()
    try {
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    } catch (error) {
      if (error instanceof SyntaxError) return { status: response.status, body: undefined }
      throw new NoNetwork()
    }
  }
  return {
    call: async (path, body) =>
      read(
        await ask(
          path,
          body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        ),
      ),
    upload: async (path, name, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([bytes]), name)
      return read(await ask(path, { method: 'POST', body: form }, PATIENCE * 4))
    },
    lines: async (path) => {
      const response = await ask(path, {}, PATIENCE * 10)
      if (!response.ok || !response.body) return { ...(await read(response)), lines: split(new Blob([]).stream()) }
      return { status: response.status, lines: split(response.body) }
    },
  }
}
