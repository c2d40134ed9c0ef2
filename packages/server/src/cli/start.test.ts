import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { run } from './run.ts'

/** Runs a command and gives back its exit code and what it said on the error stream. */
async function said(...words: string[]): Promise<{ exit: number; text: string }> {
  const lines: string[] = []
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  try {
    return { exit: await run(words), text: lines.join('') }
  } finally {
    stderr.mockRestore()
    stdout.mockRestore()
  }
}

it('a path that cannot be read or written is named, with what to do, and nothing else is said', async () => {
  for (const words of [
    ['openapi', '--out', '/nowhere/x.json'],
    ['user', 'add', 'somebody', '--role', 'leader', '--area', '5119', '--password-file', '/nowhere/secret'],
  ]) {
    const answer = await said(...words)
    expect([words[0], answer.exit]).toEqual([words[0], 1])
    expect(answer.text).toMatch(/路径“\/nowhere\/[\s\S]*不存在[\s\S]*There is no “\/nowhere\//)
    expect(answer.text).not.toContain('    at ')
  }
})

describe('a start that cannot be', () => {
  it.each([
    [['--port', '99999'], 2, '--port'],
    [['--today', '2020-13-45'], 2, '--today'],
    [['--today', 'yesterday'], 2, '--today'],
    [['--zone', 'Mars/Olympus'], 2, '--zone'],
    [['--demo', 'atlantis'], 2, '--demo'],
    [['--colour', 'red'], 2, '参数有误'],
  ])('%s says what is wrong', async (words, exit, mark) => {
    const answer = await said('serve', ...words)
    expect(answer.exit).toBe(exit)
    expect(answer.text).toContain(mark)
    expect(answer.text).not.toContain('    at ')
  })

  it('names a folder that is a file, and a port that is taken, in both languages', { timeout: 180_000 }, async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'guatu-start-'))
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
    writeFileSync(join(scratch, 'file'), '')
    const folder = await said('serve', '--data', join(scratch, 'file/data'), '--port', '0')
    expect(folder).toMatchObject({ exit: 1 })
    expect(folder.text).toMatch(/请换一个路径（数据目录由 --data 指定）[\s\S]*give another path \(the data folder/)

    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const taken = await said('serve', '--data', join(scratch, 'data'), '--port', String(port))
    expect(taken).toMatchObject({ exit: 1 })
    expect(taken.text).toMatch(/端口已被占用[\s\S]*port is in use/)
  })
})
