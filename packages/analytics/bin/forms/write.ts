/** Writes workbooks: results, and examples made from the definitions of the sheets. */
import ExcelJS from 'exceljs'
import { type Settings, type Sheet, settingsSheet } from './form.ts'

export type Cell = string | number

/** A sheet of a result: a heading and rows. */
export interface ResultSheet {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

const wide = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)

/** Text that a spreadsheet would take for a formula stays text; a number written as text is no formula. */
const safe = (cell: Cell): Cell =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(?:\.\d+)?%?$/.test(cell) ? `'${cell}` : cell

export async function workbookBytes(sheets: readonly ResultSheet[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  for (const { name, header, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.addRow([...header]).font = { bold: true }
    for (const row of rows) sheet.addRow(row.map(safe))
    header.forEach((title, k) => {
      const longest = rows.slice(0, 200).reduce((most, row) => Math.max(most, wide(String(row[k] ?? ''))), wide(title))
      sheet.getColumn(k + 1).width = Math.min(60, longest + 2)
    })
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** A filled sheet of an example: rows in the order of the columns, empty text for a cell left free. */
export interface Filled {
  readonly sheet: Sheet
  readonly rows: readonly (readonly Cell[])[]
}

/** An example workbook with Chinese headings and the settings with their instruments. */
export const exampleBytes = (filled: readonly Filled[], settings: Settings, given: Readonly<Record<string, string>> = {}) =>
  workbookBytes([
    ...filled.map(({ sheet, rows }) => ({ name: sheet.zh, header: Object.values(sheet.columns).map(({ zh }) => zh), rows })),
    {
      name: settingsSheet.zh,
      header: Object.values(settingsSheet.columns).map(({ zh }) => zh),
      rows: Object.entries(settings).map(([key, one]) => [one.zh, given[key] ?? one.value, one.instrument]),
    },
  ])
