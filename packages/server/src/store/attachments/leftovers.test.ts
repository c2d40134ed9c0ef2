import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { clearLeftovers } from './leftovers.ts'

it('removes at the start what a killed run had half taken in, and nothing that another server is taking in', async () => {
  const data = mkdtempSync(join(tmpdir(), 'guatu-left-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  expect(await clearLeftovers(data, true)).toBe(0)
  const paths = [
    'attachments/incoming/a',
    'attachments/incoming/b',
    'jobs/a.upload',
    'jobs/b.upload',
    'jobs/report.csv',
    'attachments/ab/abc',
  ]
  for (const path of paths) {
    mkdirSync(join(data, path, '..'), { recursive: true })
    writeFileSync(join(data, path), '甲')
  }
  const before = new Date(Date.now() - 2 * 60 * 60 * 1_000)
  for (const path of ['attachments/incoming/a', 'jobs/a.upload', 'jobs/report.csv']) utimesSync(join(data, path), before, before)
  const left = () => paths.filter((path) => existsSync(join(data, path)))
  expect(await clearLeftovers(data, false)).toBe(2)
  expect(left()).toEqual(['attachments/incoming/b', 'jobs/b.upload', 'jobs/report.csv', 'attachments/ab/abc'])
  expect(await clearLeftovers(data, true)).toBe(2)
  expect(left()).toEqual(['jobs/report.csv', 'attachments/ab/abc'])
})
