import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import type { SheetRow } from '../sheet.ts'
import { openCsv } from './csv.ts'

async function rowsOf(path: string, text: string): Promise<SheetRow[]> {
  writeFileSync(path, text)
  const sheet = await openCsv(path)
  const rows: SheetRow[] = []
  for await (const batch of sheet.read()) rows.push(...batch)
  expect(rows).toHaveLength(sheet.rows)
  return rows
}

it('splits a file without quotes into the rows that a parser finds in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-csv-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const cell = fc.constantFrom('', '灯塔', '12.5', "'=1+1", "'", ' ', 'a b')
  const row = fc.oneof(fc.array(cell, { maxLength: 4 }), fc.constant([]))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, end, ended) => {
      const text = `编号,名称${end}${rows.map((cells) => cells.join(',')).join(end)}${ended ? end : ''}`
      const split = await rowsOf(join(folder, 'simple.csv'), text)
      // One quote, in a row of its own, and the parser takes the file.
      const parsed = await rowsOf(join(folder, 'quoted.csv'), `${text}${end}"end"`)
      expect(split).toEqual(parsed.slice(0, -1))
    }),
    { seed: 20200214, numRuns: 60 },
  )
})
