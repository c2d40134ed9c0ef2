import { connect } from 'node:net'

export interface Reply {
  readonly status: number
  readonly body: string
}

/** One kept-alive connection. */
export interface Connection {
  /** Posts JSON and waits for the whole answer. */
  post(path: string, body: string): Promise<Reply>
  /** Posts JSON and hangs up without waiting, as a phone in a valley does. */
  postAndLeave(path: string, body: string): void
  close(): void
}

/** Writes a whole request and waits for its whole answer: as little work as a client can do, so that the server is what is measured. */
export function openConnection(target: URL, token: string): Connection {
  const open = () => {
    const socket = connect(Number(target.port), target.hostname)
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    return socket
  }
  const request = (path: string, body: string) =>
    `POST ${path} HTTP/1.1\r\nhost: ${target.host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  let seen = ''
  let answer: (reply: Reply) => void = () => undefined
  const socket = open()
  socket.on('data', (text: string) => {
    seen += text
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(seen.slice(0, head))?.[1] ?? 0)
    if (seen.length < head + 4 + length) return
    const reply = { status: Number(seen.slice(9, 12)), body: seen.slice(head + 4) }
    seen = ''
    answer(reply)
  })
  return {
    post: (path, body) =>
      new Promise((resolve) => {
        answer = resolve
        socket.write(request(path, body))
      }),
    postAndLeave: (path, body) => {
      const other = open()
      other.on('error', () => undefined)
      other.write(request(path, body), () => setTimeout(() => other.destroy(), 20))
    },
    close: () => void socket.destroy(),
  }
}

/** The value below which this share of all lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
}
