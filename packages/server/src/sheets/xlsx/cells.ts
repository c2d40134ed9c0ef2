import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { CellFault, LIMITS, type SheetCell, SheetRefused, type SheetRow } from '../sheet.ts'
import { localName, type Workbook } from './workbook.ts'

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

/** Column number of a cell address, from 0: `AB12` is 27. */
export function columnOf(address: string): number {
  let column = 0
  for (let i = 0; i < address.length; i++) {
    const c = address.charCodeAt(i)
    if (c < 65 || c > 90) break
    column = column * 26 + c - 64
  }
  return column - 1
}

/** The letters of a column number from 0. */
export const lettersOf = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : lettersOf(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26))

/**
 * Reads the cells of one sheet as its XML passes by. A formula counts as its kept result; one without a result becomes a fault that names
 * the cell. Nothing is computed here.
 */
export function cellReader(book: Workbook, take: (row: SheetRow) => void): SaxesParser {
  const parser = new SaxesParser()
  let line = 0
  let cells: SheetCell[] = []
  let column = -1
  let type = ''
  let style = 0
  let formula = false
  let value = ''
  let hasValue = false
  let collects = false
  let readings = 0

  const openCell = ({ attributes }: SaxesTagPlain) => {
    column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
    if (column < 0 || column >= LIMITS.columns) throw new SheetRefused('sheet-columns', { line, limit: LIMITS.columns })
    type = attributes.t ?? 'n'
    style = Number(attributes.s ?? 0)
    formula = false
    hasValue = false
    value = ''
  }
  const closeCell = () => {
    if (value.length > LIMITS.cell) throw new SheetRefused('sheet-cell', { line, limit: LIMITS.cell })
    const cell = hasValue ? typedValue(book, type, value, style) : null
    if (cell === null && !(formula && !hasValue)) return
    while (cells.length < column) cells.push(null)
    cells[column] = formula && !hasValue ? noResult(`${lettersOf(column)}${line}`) : cell
  }
  parser.on('opentag', (tag) => {
    switch (localName(tag.name)) {
      case 'row':
        line = tag.attributes.r === undefined ? line + 1 : Number(tag.attributes.r)
        cells = []
        column = -1
        break
      case 'c':
        openCell(tag as SaxesTagPlain)
        break
      case 'f':
        formula = true
        break
      case 'rPh':
        readings += 1
        break
      case 'v':
      case 't':
        collects = readings === 0
        hasValue ||= collects
        break
    }
  })
  parser.on('text', (text) => {
    if (collects) value += text
  })
  parser.on('closetag', (tag) => {
    switch (localName(tag.name)) {
      case 'v':
      case 't':
        collects = false
        break
      case 'rPh':
        readings -= 1
        break
      case 'c':
        closeCell()
        break
      case 'row':
        if (cells.some((cell) => cell !== null)) take({ line, cells })
        break
    }
  })
  return parser
}

function typedValue(book: Workbook, type: string, value: string, style: number): SheetCell {
  switch (type) {
    case 's':
      return book.strings[Number(value)] || null
    case 'inlineStr':
    case 'str':
      return value === '' ? null : value
    case 'b':
      return value === '1' || value === 'true'
    case 'e':
      return new CellFault({ zh: `单元格显示错误${value}，请改正。`, en: `the cell shows the error ${value}; mend it.` })
    case 'd':
      return new Date(value)
    default: {
      if (value === '') return null
      const number = Number(value)
      if (Number.isNaN(number)) return value
      return book.dates[style] === true ? new Date(Math.round((book.from1904 ? EPOCH_1904 : EPOCH_1900) + number * DAY_MS)) : number
    }
  }
}

const noResult = (cell: string) =>
  new CellFault({
    zh: `单元格${cell}是没有结果的公式，请在Excel中“粘贴为值”。`,
    en: `cell ${cell} is a formula without a result; paste it as a value in Excel.`,
  })
