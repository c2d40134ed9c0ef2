/** Reads what a spreadsheet puts on the clipboard: cells parted by tabs, rows by line ends, cells with either in quotes. */
export function readPasted(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one.trim() !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') {
        cell += '"'
        i += 1
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t') endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  endRow()
  return rows
}

const asCell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** The same rows as a CSV file, which is what an import takes. */
export const pastedFile = (text: string): File =>
  new File(
    [
      `\ufeff${readPasted(text)
        .map((row) => row.map(asCell).join(','))
        .join('\r\n')}\r\n`,
    ],
    'pasted.csv',
    { type: 'text/csv' },
  )
