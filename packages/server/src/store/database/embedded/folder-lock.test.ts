import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { testEngine } from '../../../../../../testing/src/databases/index.ts'
import { lockFolder } from './folder-lock.ts'

const holder = fileURLToPath(new URL('./folder-lock.holder.ts', import.meta.url))

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts a process that tries to lock the folder, and gives what it says: `held`, or the code and texts of its refusal. */
async function startHolder(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [holder, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [said]: string[] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, said: said ?? '' }
}

test('a second open in the same process is refused until the first is closed', async () => {
  const place = await testEngine('pglite').place()
  const first = await place.open()
  await expect(place.open()).rejects.toMatchObject({ code: 'folder-in-use', status: 409 })
  await first.close()
  const second = await place.open()
  expect(await second.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('a second process is refused and told who holds the folder, in both languages', async () => {
  const folder = newFolder()
  const { child, said } = await startHolder(folder)
  expect(said).toBe('held')
  let refusal: unknown
  try {
    lockFolder(folder).release()
  } catch (error) {
    refusal = error
  }
  expect(refusal).toMatchObject({
    code: 'folder-in-use',
    zh: expect.stringContaining(`进程 ${child.pid}`),
    en: expect.stringContaining(`process ${child.pid}`),
  })
})

test('the lock of a process killed with kill -9 is taken over at once', async () => {
  const folder = newFolder()
  const { child } = await startHolder(folder)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const { said } = await startHolder(folder)
  expect(said).toBe('held')
})

test('of many processes that start at the same moment exactly one gets the folder', async () => {
  const folder = newFolder()
  const attempts = await Promise.all(Array.from({ length: 6 }, () => startHolder(folder)))
  expect(attempts.map(({ said }) => said).sort()).toEqual([...Array.from({ length: 5 }, () => 'folder-in-use'), 'held'])
})

test('a folder that cannot be made is refused', () => {
  const file = join(newFolder(), 'file')
  writeFileSync(file, '')
  expect(() => lockFolder(join(file, 'data'))).toThrowError(expect.objectContaining({ code: 'folder-unusable' }))
})
