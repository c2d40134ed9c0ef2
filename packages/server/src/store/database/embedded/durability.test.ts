import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { layDatabase } from '../../../../../../testing/src/databases/index.ts'

const writer = fileURLToPath(new URL('./durability.writer.ts', import.meta.url))

/** Why system calls cannot be observed here; undefined when they can. */
function whyNot(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (error !== undefined) return 'strace is not installed'
  return status === 0 ? undefined : `strace may not trace here: ${stderr.trim()}`
}

const reason = whyNot()

test.skipIf(reason !== undefined)(
  `a commit is on disk before it is confirmed${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guatu-durable-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const trace = join(folder, 'trace')
    await layDatabase(join(folder, 'data'))
    const { status, stderr } = spawnSync(
      'strace',
      ['-f', '-y', '-s', '64', '-e', 'trace=fsync,write', '-o', trace, process.execPath, writer, join(folder, 'data')],
      { encoding: 'utf8', timeout: 60_000 },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const calls = readFileSync(trace, 'utf8').split('\n')
    const said = (text: string): number => calls.findIndex((call) => call.includes('write(1') && call.includes(`"say ${text}`))
    const synced = (from: string, to: string, path: RegExp): number => {
      const [first, last] = [said(from), said(to)]
      expect(first, from).toBeGreaterThan(-1)
      expect(last, to).toBeGreaterThan(first)
      return calls.slice(first, last).filter((call) => call.includes('fsync(') && path.test(call)).length
    }
    const log = /\/database\/pg_wal\/[0-9A-F]{24}>/
    for (let n = 1; n <= 5; n += 1) {
      const before = n === 1 ? 'begin' : `committed ${n - 1}`
      expect(synced(before, `committed ${n}`, log), `write-ahead log before "committed ${n}"`).toBe(1)
    }
    expect(synced('committed 5', 'checkpoint', /\/database\/base\/\d+\/\d+>/), 'data files at the checkpoint').toBeGreaterThan(0)
    expect(synced('committed 5', 'checkpoint', /\/database\/pg_wal>/), 'the directory after a new log file').toBeGreaterThan(0)
  },
)
