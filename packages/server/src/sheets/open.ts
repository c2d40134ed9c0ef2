import { open, stat } from 'node:fs/promises'
import { openCsv } from './csv/csv.ts'
import { LIMITS, type Sheet, SheetRefused } from './sheet.ts'
import { openXlsx } from './xlsx/xlsx.ts'

/** Opens a sheet by what the file is, whatever its name says. @throws SheetRefused when it cannot be taken, before any row of it is read */
export async function openSheet(path: string): Promise<Sheet> {
  const { size } = await stat(path)
  if (size === 0) throw new SheetRefused('sheet-empty')
  if (size > LIMITS.bytes) throw new SheetRefused('sheet-bytes', { limit: LIMITS.bytes / 1024 / 1024 })
  const hex = await beginning(path)
  if (WORKBOOK.test(hex)) return openXlsx(path)
  if (/^(?:25504446|89504e47|ffd8ff|1f8b|52617221|377abcaf)/.test(hex)) throw new SheetRefused('sheet-kind')
  return openCsv(path)
}

const WORKBOOK = /^(?:504b|d0cf11e0a1b11ae1)/

/** Is it a workbook in name only? */
export const isNoWorkbook = async (path: string, name: string): Promise<boolean> =>
  /\.xlsx?$/i.test(name) && !WORKBOOK.test(await beginning(path))

async function beginning(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(8)
    const { bytesRead } = await file.read(head, 0, 8, 0)
    return head.subarray(0, bytesRead).toString('hex')
  } finally {
    await file.close()
  }
}
