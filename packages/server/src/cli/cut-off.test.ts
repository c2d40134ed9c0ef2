import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadWhole } from './cut-off.ts'

it('a demonstration that was cut off while it was loaded says so at every start after, and a whole one says nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-cut-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const said: string[] = []
  const start = (empty: boolean, load: () => Promise<string>) => loadWhole(folder, empty, load, (line) => said.push(line))
  await expect(start(true, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off')
  expect(said).toEqual([])
  for (const times of [1, 2]) {
    expect(await start(false, async () => 'half')).toBe('half')
    expect(said).toHaveLength(times)
  }
  expect(said[0]).toMatch(/不完整[\s\S]*not complete/)
  // The folder was emptied as it was told.
  expect(await start(true, async () => 'whole')).toBe('whole')
  expect(await start(false, async () => 'whole')).toBe('whole')
  expect(said).toHaveLength(2)
})
