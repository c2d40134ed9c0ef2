import { LIMITS, SheetRefused } from '../sheet.ts'

/** What is known of a CSV text before its first row is given out. */
export interface Scan {
  readonly rows: number
  readonly delimiter: ',' | ';' | '\t'
  /** No quotes, and lines end as they do everywhere but on very old machines: each line is a row, split at every delimiter. */
  readonly simple: boolean
}

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/** The sign that stands most often outside quotes in the first line with a sign at all. */
export function delimiterOf(head: string): Scan['delimiter'] {
  for (const line of head.split(/\r\n|\r|\n/)) {
    const bare = line.replace(/"(?:[^"]|"")*"/g, '')
    const counts = ([',', '\t', ';'] as const).map((sign) => [sign, bare.split(sign).length] as const)
    const [best] = counts.sort((a, b) => b[1] - a[1])
    if (best && best[1] > 1) return best[0]
  }
  return ','
}

/**
 * Looks through a whole text for what would break reading half way: NUL, quotes that do not pair, too many rows or columns, cells without end. It follows RFC 4180: a
 * quote opens only at the start of a cell, and after it closes only a delimiter or the end of the line may come.
 */
export class Scanner {
  readonly #delimiter: number
  /** 0 start of a cell, 1 inside a bare cell, 2 inside quotes, 3 after a quote inside quotes. */
  #state = 0
  #line = 1
  #opened = 1
  #rows = 0
  #content = false
  #afterReturn = false
  #characters = 0
  #columns = 1
  #simple = true

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0)
  }

  take(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (c === 0) throw new SheetRefused('sheet-nul', { line: this.#line })
      const ends = c === NEWLINE || c === RETURN
      if (ends && !(c === NEWLINE && this.#afterReturn)) this.#line += 1
      if (this.#afterReturn && c !== NEWLINE) this.#simple = false
      this.#afterReturn = c === RETURN
      this.#characters += 1
      if (this.#characters > LIMITS.cell + 2) throw new SheetRefused('sheet-cell', { line: this.#line, limit: LIMITS.cell })
      if (this.#state === 2) {
        if (c === QUOTE) this.#state = 3
        continue
      }
      if (this.#state === 3 && c === QUOTE) {
        this.#state = 2
        continue
      }
      if (c === this.#delimiter) {
        this.#state = 0
        this.#content = true
        this.#characters = 0
        this.#columns += 1
        if (this.#columns > LIMITS.columns) throw new SheetRefused('sheet-columns', { line: this.#line, limit: LIMITS.columns })
      } else if (ends) {
        this.#state = 0
        this.#endRow()
      } else if (c === QUOTE) {
        if (this.#state !== 0) throw new SheetRefused('sheet-quote', { line: this.#line })
        this.#state = 2
        this.#simple = false
        this.#opened = this.#line
        this.#content = true
      } else {
        if (this.#state === 3) throw new SheetRefused('sheet-quote', { line: this.#line })
        this.#state = 1
        this.#content = true
      }
    }
  }

  /** Rows in all, and whether each is a line. @throws SheetRefused for a quote that was never closed */
  end(): Pick<Scan, 'rows' | 'simple'> {
    if (this.#state === 2) throw new SheetRefused('sheet-quote', { line: this.#opened })
    this.#endRow()
    return { rows: this.#rows, simple: this.#simple && !this.#afterReturn }
  }

  #endRow(): void {
    if (this.#content) this.#rows += 1
    this.#content = false
    this.#characters = 0
    this.#columns = 1
    if (this.#rows > LIMITS.rows + 20) throw new SheetRefused('sheet-rows', { limit: LIMITS.rows.toLocaleString('en') })
  }
}
