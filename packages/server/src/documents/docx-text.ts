/** What of a document's parts is looked at here, as mammoth reads them. */
interface Part {
  readonly type: string
  readonly value?: string
  readonly breakType?: string
  readonly children?: readonly Part[]
  readonly colSpan?: number
  readonly rowSpan?: number
}

/**
 * The text of a .docx: a paragraph a line, a row of a table a line with a tab between its cells. A cell over several rows stands in each
 * of them, one over several columns is followed by empty ones, so that every row of a table has the same columns. A table of one column is
 * its paragraphs.
 */
export async function docxText(content: Buffer): Promise<string> {
  const { convertToHtml } = (await import('mammoth')).default
  let body: readonly Part[] = []
  // Nothing is left to convert: neither its pictures nor its pages are made.
  await convertToHtml(
    { buffer: content },
    {
      transformDocument: (document: Part) => {
        body = document.children ?? []
        return { ...document, children: [] }
      },
    },
  )
  const text = linesOf(body).join('\n')
  // Blank edges of a text are not kept: an empty first cell there needs something to stand for it.
  return text.startsWith('\t') ? `—${text}` : text
}

/** Blank lines are left out, but for one between a table and the next. */
function linesOf(parts: readonly Part[]): string[] {
  const lines: string[] = []
  let inTable = false
  for (const part of parts) {
    const isTable = part.type === 'table'
    const own = (isTable ? tableLines(part) : wordsOf(part).split('\n')).filter((line) => line.trim() !== '')
    if (own.length === 0) continue
    if (isTable && inTable) lines.push('')
    lines.push(...own)
    inTable = isTable
  }
  return lines
}

function wordsOf(part: Part): string {
  if (part.type === 'text') return part.value ?? ''
  if (part.type === 'tab') return '\t'
  if (part.type === 'break') return part.breakType === 'line' ? '\n' : ''
  return (part.children ?? []).map(wordsOf).join('')
}

function tableLines(table: Part): string[] {
  const rows = (table.children ?? []).filter((row) => row.type === 'tableRow')
  if (rows.every((row) => (row.children ?? []).length <= 1))
    return rows.flatMap((row) => (row.children ?? []).flatMap((cell) => linesOf(cell.children ?? [])))
  /** By column: what reaches down into the rows to come, and how many. */
  const reaching = new Map<number, { readonly words: string; rows: number }>()
  const lines = rows.map((row) => {
    const cells: string[] = []
    const fromAbove = (): void => {
      for (let above = reaching.get(cells.length); above !== undefined && above.rows > 0; above = reaching.get(cells.length)) {
        above.rows -= 1
        cells.push(above.words)
      }
    }
    for (const cell of row.children ?? []) {
      fromAbove()
      const words = linesOf(cell.children ?? [])
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim()
      for (let k = 0; k < (cell.colSpan ?? 1); k += 1) {
        const held = k === 0 ? words : ''
        reaching.set(cells.length, { words: held, rows: (cell.rowSpan ?? 1) - 1 })
        cells.push(held)
      }
    }
    fromAbove()
    return cells
  })
  const width = Math.max(...lines.map((cells) => cells.length))
  return lines.map((cells) => [...cells, ...Array.from({ length: width - cells.length }, () => '')].join('\t'))
}
