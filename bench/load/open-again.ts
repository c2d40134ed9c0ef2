// How long a second start with the demonstration city takes until it answers, and what memory it then has.
// Usage: node bench/load/open-again.ts [--times 3] [--database URL of an empty database]
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { times: { type: 'string', default: '3' }, database: { type: 'string' } } })
const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
const program = fileURLToPath(new URL('../../packages/server/src/cli.ts', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function start(): Promise<{ child: ChildProcess; port: number; seconds: number }> {
  const port = await freePort()
  const from = performance.now()
  const child = spawn(
    process.execPath,
    [
      program,
      'serve',
      '--demo',
      'bazhong',
      '--data',
      data,
      '--port',
      String(port),
      ...(values.database ? ['--database', values.database] : []),
    ],
    { stdio: 'ignore' },
  )
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return { child, port, seconds: (performance.now() - from) / 1000 }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const stop = async (child: ChildProcess) => {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
const residentMb = (pid: number | undefined) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const first = await start()
await stop(first.child)
const again: number[] = []
let memory = 0
for (let i = 0; i < Number(values.times); i += 1) {
  const { child, port, seconds } = await start()
  again.push(seconds)
  for (const path of ['/', '/api/me', '/api/auth/options']) await fetch(`http://127.0.0.1:${port}${path}`)
  memory = Math.max(memory, residentMb(child.pid))
  await stop(child)
}
again.sort((a, b) => a - b)
console.log(
  JSON.stringify([
    {
      key: 'open',
      value: Number((again[Math.floor(again.length / 2)] ?? 0).toFixed(2)),
      more: { first: Number(first.seconds.toFixed(1)), worst: Number((again.at(-1) ?? 0).toFixed(2)) },
    },
    { key: 'memory', value: Math.round(memory), more: {} },
  ]),
)
rmSync(data, { recursive: true, force: true })
process.exit(0)
