import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Usage } from './serve.ts'

export interface Counted {
  readonly events: number
  readonly ids: number
  readonly checksDone: number
  readonly bothHalves: number
  readonly books: number
  readonly waiting: number
}

/** A server in a process of its own with people under observation, ready to take readings from registered phones. */
export async function startObserved(options: {
  readonly people: number
  readonly devices: number
  readonly database?: string | undefined
}) {
  const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  const server = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('observed-server.ts', import.meta.url)),
      data,
      String(options.people),
      String(options.devices),
      ...(options.database ? [options.database] : []),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: server.stdout })
  const line = () =>
    new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      server.once('exit', () => reject(new Error('the server ended before it answered')))
    })
  const { url, ...rest } = JSON.parse(await line()) as { url: string; token: string; devices: string[]; watches: string[] }
  const asked = async <T>(what: string): Promise<T> => {
    const answer = line()
    server.stdin.write(`${what}\n`)
    return JSON.parse(await answer) as T
  }
  return {
    ...rest,
    url: new URL(url),
    counted: () => asked<Counted>('count'),
    usage: () => asked<Usage>('usage'),
    stop: async () => {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A reading of a half day of the 14th as a phone sends it. `k` makes times and temperatures differ. */
export const readingOf = (watch: string, half: 'morning' | 'evening', event: string, k: number) => ({
  record: 'watch',
  id: watch,
  action: 'check',
  event,
  happenedAt: `2020-02-${half === 'morning' ? '14T00' : '14T10'}:${String(k % 60).padStart(2, '0')}:${String((k >> 6) % 60).padStart(2, '0')}.${String(k % 1000).padStart(3, '0')}Z`,
  input: { half, temperature: 36 + (k % 9) / 10, how: 'worker' },
})
