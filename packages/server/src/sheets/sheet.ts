import type { Cell, Label, Problem } from '@guatu/kernel'

/** One row of a sheet as it was read. `line` is what a person sees in the margin of their spreadsheet, from 1. */
export interface SheetRow {
  readonly line: number
  readonly cells: readonly SheetCell[]
}

/** A cell, or a cell that cannot be taken, with the reason. */
export type SheetCell = Cell | CellFault

/** A cell that holds something which is no value, such as a formula without a result. */
export class CellFault {
  readonly message: Label
  constructor(message: Label) {
    this.message = message
  }
}

/** A file that was looked through from end to end and found sound, ready to be read row by row. */
export interface Sheet {
  readonly format: 'csv' | 'xlsx'
  /** Rows with something in them, the head included; known before the first row is given out. */
  readonly rows: number
  /** What the sheet is called in its workbook. */
  readonly name?: string
  /** The other sheets of the workbook, the visible ones first; those before it hold nothing. */
  readonly others?: readonly OtherSheet[]
  /** Batches of rows; may be asked for again, each time from the start. */
  read(): AsyncGenerator<readonly SheetRow[], void, undefined>
}

/** A sheet of a workbook beside the one that is read. */
export interface OtherSheet {
  readonly name: string
  readonly hidden: boolean
  /** Absent where nothing of it can be read. */
  readonly sheet?: Sheet
}

/** A sheet that was left out, for the person who sent it. */
export interface LeftSheet {
  readonly name: string
  /** Rows with something in them; absent where it cannot be read. */
  readonly rows?: number
}

/** Sheets that people see, hold something, and are not read with this one. */
export const leftOut = ({ others = [] }: Sheet): readonly LeftSheet[] =>
  others
    .filter(({ hidden, sheet }) => !hidden && sheet?.rows !== 0)
    .map(({ name, sheet }) => ({ name, ...(sheet ? { rows: sheet.rows } : {}) }))

/** What a file may hold at most. */
export const LIMITS = {
  /** Rows of data in one file: Excel itself holds 1,048,576. */
  rows: 1_000_000,
  columns: 500,
  /** Characters in one cell, as in Excel. */
  cell: 32_767,
  /** Characters that are held in memory at a time: of rows under way, or of the texts that the cells of a workbook share. */
  held: 100_000_000,
  /** Bytes of the file as it is sent. */
  bytes: 512 * 1024 * 1024,
  /** Bytes of everything in a workbook, unfolded. */
  unfolded: 2 * 1024 * 1024 * 1024,
} as const

const MESSAGES = {
  'sheet-empty': [
    422,
    '文件里没有数据，请检查是否选错文件或工作表。',
    'The file holds no rows; check that it is the right file and sheet.',
  ],
  'sheet-encoding': [
    422,
    '文件编码无法识别（{where}）；请另存为“CSV UTF-8”或.xlsx后重试。',
    'The encoding of the file is not known ({where}); save it as “CSV UTF-8” or .xlsx and try again.',
  ],
  'sheet-encoding-mixed': [
    422,
    '文件混用了两种编码：第{line}行与其他行的编码不同（UTF-8与GBK）；请用表格软件打开，确认没有乱码后另存为“CSV UTF-8”或.xlsx再试。',
    'The file mixes two encodings: line {line} is written otherwise than the rest (UTF-8 and GBK). Open it, see that no text is garbled, save it as “CSV UTF-8” or .xlsx and try again.',
  ],
  'sheet-nul': [
    422,
    '第{line}行含有空字节（NUL），文件已损坏或不是CSV；请重新导出。',
    'Line {line} holds a NUL byte: the file is damaged or no CSV; export it again.',
  ],
  'sheet-quote': [
    422,
    '第{line}行的引号不成对；请在该行检查引号（单元格内的引号应写两次）。',
    'The quotes of line {line} do not pair; check that line (a quote inside a cell is written twice).',
  ],
  'sheet-rows': [413, '文件超过{limit}行；请拆成几个文件分别导入。', 'The file has more than {limit} rows; split it into several files.'],
  'sheet-columns': [
    413,
    '第{line}行超过{limit}列；请删除多余的列。',
    'Line {line} has more than {limit} columns; remove those not needed.',
  ],
  'sheet-cell': [
    413,
    '第{line}行有单元格超过{limit}个字符；请缩短后重试。',
    'A cell of line {line} has more than {limit} characters; shorten it.',
  ],
  'sheet-bytes': [413, '文件超过{limit} MB；请拆成几个文件分别导入。', 'The file is larger than {limit} MB; split it into several files.'],
  'sheet-bomb': [
    413,
    '文件展开后过大（“{part}”），已拒绝；请用Excel另存后重试，或拆成几个文件。',
    'The file unfolds to too much (“{part}”) and was refused; save it again from Excel, or split it.',
  ],
  'sheet-damaged': [
    422,
    '文件已损坏，无法读取（{part}）；请用Excel打开并另存为.xlsx后重试。',
    'The file is damaged and cannot be read ({part}); open it in Excel, save it as .xlsx and try again.',
  ],
  'sheet-old': [
    415,
    '这是旧版.xls文件或加密文件；请在Excel中去除密码并另存为.xlsx后重试。',
    'This is an old .xls or an encrypted file; remove the password and save it as .xlsx in Excel.',
  ],
  'sheet-macro': [
    415,
    '文件含有宏，出于安全不予接收；请另存为不含宏的.xlsx后重试。',
    'The file holds macros and is not taken; save it as .xlsx without macros.',
  ],
  'sheet-external': [
    415,
    '文件链接到其他文件，出于安全不予接收；请在Excel“数据—编辑链接”中断开链接后重试。',
    'The file links to other files and is not taken; break the links in Excel (Data, Edit Links) and try again.',
  ],
  'sheet-kind': [415, '只接受.csv和.xlsx文件。', 'Only .csv and .xlsx files are taken.'],
} as const

export type SheetProblemCode = keyof typeof MESSAGES

/** Thrown while a file is read: nothing of it has been taken in. */
export class SheetRefused extends Error {
  readonly problem: Problem
  constructor(code: SheetProblemCode, values: Readonly<Record<string, string | number>> = {}) {
    const [status, zh, en] = MESSAGES[code]
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
    super(`${code}: ${fill(en)}`)
    this.name = 'SheetRefused'
    this.problem = { code, status, message: { zh: fill(zh), en: fill(en) }, data: values }
  }
}
