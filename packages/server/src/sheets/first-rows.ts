import { HEADING_WITHIN } from './columns.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** The rows among which the heading of a sheet is looked for. */
export async function firstRows(sheet: Sheet): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const batch of sheet.read()) {
    rows.push(...batch.slice(0, HEADING_WITHIN - rows.length))
    if (rows.length >= HEADING_WITHIN) break
  }
  return rows
}
