import type { Registry } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { FieldWork, memoryShelf, NoNetwork, type Shelf, type Transport, type Watch } from '../../../packages/client/src/offline/index.ts'
import { cookieOf } from './lighthouse-http.ts'
import { lighthouseRegistry } from './lighthouse-store.ts'

/** What a test does to a phone. */
export interface Weather {
  /** No way to the server. */
  offline: boolean
  /** The server gets the next requests, the answers are lost. */
  loseAnswers: number
  /** The stream of rows breaks after so many lines. */
  cutAfter: number | undefined
  /** From where the phone reaches the server. */
  address: string
}

export interface Phone {
  readonly work: FieldWork
  readonly shelf: Shelf
  readonly weather: Weather
  readonly watch: Watch & { set(wall: string): void; pass(ms: number): void }
  /** The time has come for what the app put off. */
  tryAgain(): void
  /** Closes the app and opens it again: only what is on the shelf is left. */
  reopened(): Promise<Phone>
}

/** A phone's clocks under the hand of a test. */
function handWatch(wall: string): Phone['watch'] {
  let ahead = Date.parse(wall)
  let running = 1_000
  return {
    wall: () => ahead + running,
    running: () => running,
    set: (to) => {
      ahead = Date.parse(to) - running
    },
    pass: (ms) => {
      running += ms
    },
  }
}

/** A server that was closed is one that cannot be reached. */
interface Request {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly payload?: object
  readonly headers: Record<string, string>
  readonly remoteAddress: string
}

async function inject(app: FastifyInstance, request: Request) {
  try {
    return await app.inject(request)
  } catch {
    throw new NoNetwork()
  }
}

/** @param known what names who asks, for a server that is told so instead of signing people in */
export function phoneTransport(
  app: FastifyInstance,
  weather: Weather,
  cookies: { value: string },
  known: Record<string, string> = {},
): Transport {
  const ask = async (path: string, body: unknown, headers: Record<string, string> = {}, raw?: Buffer) => {
    if (weather.offline) throw new NoNetwork()
    const answer = await inject(app, {
      url: path,
      method: body === undefined && raw === undefined ? 'GET' : 'POST',
      ...(raw !== undefined ? { payload: raw } : body === undefined ? {} : { payload: body as object }),
      headers: { cookie: cookies.value, ...known, ...headers },
      remoteAddress: weather.address,
    })
    if (answer.headers['set-cookie'] !== undefined) cookies.value = cookieOf(answer.headers['set-cookie'])
    if (weather.loseAnswers > 0) {
      weather.loseAnswers -= 1
      throw new NoNetwork()
    }
    return answer
  }
  const bodyOf = (text: string) => (text === '' ? undefined : (JSON.parse(text) as unknown))
  return {
    call: async (path, body) => {
      const answer = await ask(path, body)
      return { status: answer.statusCode, body: bodyOf(answer.body) }
    },
    upload: async (path, name, bytes) => {
      const mark = 'x-boundary-of-a-test'
      const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
      const raw = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${mark}--\r\n`)])
      const answer = await ask(path, undefined, { 'content-type': `multipart/form-data; boundary=${mark}` }, raw)
      return { status: answer.statusCode, body: bodyOf(answer.body) }
    },
    lines: async (path) => {
      const answer = await ask(path, undefined)
      if (answer.statusCode !== 200) return { status: answer.statusCode, body: bodyOf(answer.body), lines: nothing() }
      return { status: 200, lines: cut(answer.body.trim().split('\n'), weather) }
    },
  }
}

async function* nothing(): AsyncGenerator<string> {}

async function* cut(lines: readonly string[], weather: Weather): AsyncGenerator<string> {
  for (const [i, line] of lines.entries()) {
    if (weather.cutAfter !== undefined && i >= weather.cutAfter) throw new NoNetwork()
    yield line
  }
}

/** A phone over a server in the same process: its clock, its network and its shelf are in the hands of the test. */
export function phone(
  app: FastifyInstance,
  options: { readonly wall?: string; readonly name?: string; readonly registry?: Registry; readonly as?: string } = {},
): Promise<Phone> {
  const weather: Weather = { offline: false, loseAnswers: 0, cutAfter: undefined, address: '127.0.0.1' }
  let ids = 0
  const name = options.name ?? '1'
  const newId = () => {
    ids += 1
    return `0000000${name}-0000-4000-9000-${String(ids).padStart(12, '0')}`
  }
  const open = async (shelf: Shelf, watch: Phone['watch'], cookies: { value: string }): Promise<Phone> => {
    const putOff = new Set<() => void>()
    const work = new FieldWork({
      shelf,
      registry: options.registry ?? lighthouseRegistry,
      transport: phoneTransport(app, weather, cookies, options.as === undefined ? {} : { authorization: options.as }),
      watch,
      zone: 'Asia/Shanghai',
      app: 'test',
      newId,
      later: (attempt) => {
        putOff.add(attempt)
        return () => void putOff.delete(attempt)
      },
      chance: () => 0.5,
      pinRounds: 1_000,
    })
    await work.start()
    const tryAgain = () => {
      const due = [...putOff]
      putOff.clear()
      for (const attempt of due) attempt()
    }
    return { work, shelf, weather, watch, tryAgain, reopened: () => open(shelf, watch, cookies) }
  }
  return open(memoryShelf(), handWatch(options.wall ?? '2020-02-14T02:00:00Z'), { value: '' })
}
