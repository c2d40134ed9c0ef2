// Events accepted over HTTP, one request each, over kept-alive connections from a process of its own.
// Usage: node bench/load/http-events.ts [--connections 128] [--seconds 10] [--database URL]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { connections: { type: 'string', default: '128' }, seconds: { type: 'string', default: '10' }, database: { type: 'string' } },
})
const connections = Number(values.connections)
const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('server.ts', import.meta.url)), data, ...(values.database ? [values.database] : [])],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const first = await new Promise<string>((resolve, reject) => {
  createInterface({ input: server.stdout }).once('line', resolve)
  server.once('exit', () => reject(new Error('the server ended before it was ready')))
})
const { url, token, villages } = JSON.parse(first) as { url: string; token: string; villages: string[] }
const target = new URL(url)
let made = 0
let refused = 0
const times: number[] = []

/** One kept-alive connection that writes a whole request and waits for its whole answer: as little work as a client can do, so that the server is what is measured. */
function connection(): (path: string, body: string) => Promise<number> {
  const socket = connect(Number(target.port), target.hostname)
  socket.setNoDelay(true)
  let seen = ''
  let answer: (status: number) => void = () => undefined
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    seen += text
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(seen.slice(0, head))?.[1] ?? 0)
    if (seen.length < head + 4 + length) return
    const status = Number(seen.slice(9, 12))
    seen = ''
    answer(status)
  })
  const fixed = `host: ${target.host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`
  return (path, body) =>
    new Promise((resolve) => {
      answer = resolve
      socket.write(`POST ${path} HTTP/1.1\r\n${fixed}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
}

const end = performance.now() + Number(values.seconds) * 1000
const started = performance.now()
async function worker(): Promise<void> {
  const send = connection()
  while (performance.now() < end) {
    made += 1
    const body = JSON.stringify({
      event: crypto.randomUUID(),
      area: villages[made % villages.length],
      input: { number: `DT-${String(made).padStart(8, '0')}`, name: `灯塔${made}`, colour: 'red', candela: made % 1000 },
    })
    const asked = performance.now()
    const status = await send(`/api/lamp/${crypto.randomUUID()}/build`, body)
    times.push(performance.now() - asked)
    if (status !== 201) refused += 1
  }
}
await Promise.all(Array.from({ length: connections }, worker))
const seconds = (performance.now() - started) / 1000
times.sort((a, b) => a - b)
const at = (p: number) => Number((times[Math.floor(times.length * p)] ?? 0).toFixed(1))
console.log(
  JSON.stringify({
    engine: values.database ? 'postgres' : 'pglite',
    connections,
    accepted: times.length - refused,
    refused,
    perSecond: Math.round((times.length - refused) / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }),
)
server.kill('SIGTERM')
await new Promise((resolve) => server.once('exit', resolve))
rmSync(data, { recursive: true, force: true })
process.exit(0)
