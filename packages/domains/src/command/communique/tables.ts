import { trimRange } from './characters.ts'
import { ordinalAt } from './sentences.ts'

/** A stretch of the text. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** One row of a table of tasks; cells that are empty or have no column are null. */
export interface TaskRow extends Stretch {
  readonly action: Stretch
  /** Who leads it, or answers for it. */
  readonly unit: Stretch | null
  readonly due: Stretch | null
  /** What the rows around it are about: a column of its own, or a row that heads them. */
  readonly field: Stretch | null
}

export interface Tables {
  readonly rows: readonly TaskRow[]
  /** Lines of tables that hold no task: headings, figures, rosters. */
  readonly asides: readonly Stretch[]
}

type Column = 'number' | 'field' | 'matter' | 'detail' | 'unit' | 'due'

/** What stands at the head of a column, without its brackets; of two columns of a kind the one that comes first in the list. */
const HEADS: readonly (readonly [Column, RegExp])[] = [
  ['number', /^(?:序号?|编号|项次|No\.?)$/i],
  ['field', /^(?:所属|工作|任务|项目)?(?:类别|领域|专项|板块|分类|类型)$/],
  ['unit', /^牵头(?:责任)?(?:单位|部门|科室|县区|乡镇)?$/],
  ['unit', /^(?:主办|主责|承办|责任|负责|落实|实施|执行|主管)(?:单位|部门|科室|县区|乡镇|主体)(?:[及和与、]?责任人)?$|^(?:单位|部门)$/],
  ['due', /^(?:[\u4e00-\u9fff]{0,4})(?:时限|期限)(?:要求)?$|^(?:完成|办结|办理|截止|整改|落实)(?:时间|日期)$|^时间(?:节点|要求)$/],
  ['matter', /^(?:工作|重点|主要|目标|具体|督办|督查|交办|议定|落实|部署|会议|整改|待办)*(?:任务|事项|工作)(?:名称|分解|清单|内容)?$/],
  ['detail', /^(?:工作|重点|主要|具体|推进|落实|整改|任务|事项)*(?:措施|举措|要求|内容|部署)$/],
]

interface Line extends Stretch {
  readonly cells: readonly Stretch[]
}

type Columns = Partial<Record<Column, number>> & { readonly width: number }

/**
 * Tables as lines whose cells are parted by tabs: a row of a table of tasks (its head names the tasks, and units or times) is found by its
 * columns; tables of figures and headings stand aside. Lines with tabs that are no table are left to be read as prose. Linear.
 */
export function findTables(text: string, view: string): Tables {
  const rows: Told[] = []
  const asides: Stretch[] = []
  let last: Columns | null = null
  for (const run of runsOf(text, view)) {
    let columns: Columns | null = null
    let field: Stretch | null = null
    let loose: Line[] = []
    const settle = (): void => {
      const columns = last
      for (const lines of ofOneWidth(loose))
        if (columns !== null && lines.every((line) => goesOn(line, columns, view)))
          rows.push(...lines.flatMap((line) => taskOf(line, columns, null)))
        else if (isFigures(lines, view)) asides.push(...lines)
      loose = []
    }
    for (const line of run) {
      const head = columnsOf(line, view)
      if (head !== null) {
        // The title of a table stands in a cell that reaches over its first row.
        while (loose.length > 0 && filled(loose.at(-1)).length <= 1) asides.push(...loose.splice(-1))
        settle()
        columns = head
        last = head
        asides.push(line)
      } else if (columns === null || !fits(line, columns, text)) {
        columns = null
        loose.push(line)
      } else {
        const task = headsRows(line, columns, view) ? [] : taskOf(line, columns, field)
        if (task.length === 0) {
          asides.push(line)
          field = filled(line)[0] ?? null
        }
        rows.push(...task)
      }
    }
    settle()
  }
  return { rows: rows.map((row, k) => spelledOut(row, [rows[k - 1], rows[k + 1]], view)), asides }
}

/** A row has the cells of its head; the last of a text may have lost empty ones at its end. */
const fits = (line: Line, { width }: Columns, text: string): boolean =>
  line.cells.length === width || (line.cells.length < width && line.end >= text.trimEnd().length)

/** The view without the lines of tables; offsets stay. */
export function withoutTables(view: string, { rows, asides }: Tables): string {
  if (rows.length === 0 && asides.length === 0) return view
  const out: string[] = []
  let at = 0
  for (const { start, end } of [...rows, ...asides].sort((a, b) => a.start - b.start)) {
    const from = view.lastIndexOf('\n', start - 1) + 1
    const next = view.indexOf('\n', end)
    const to = next < 0 ? view.length : next
    if (from < at) continue
    out.push(view.slice(at, from), '\n'.repeat(to - from))
    at = to
  }
  return [...out, view.slice(at)].join('')
}

/** Neighbouring lines with a tab in each. */
function runsOf(text: string, view: string): readonly (readonly Line[])[] {
  const runs: Line[][] = []
  let open = false
  let from = 0
  for (let tab = text.indexOf('\t'); tab >= 0 && from <= text.length; ) {
    const stop = text.indexOf('\n', from)
    const to = stop < 0 ? text.length : stop
    const holds = tab < to
    if (holds) {
      const line = lineOf(text, view, from, to)
      if (open) runs.at(-1)?.push(line)
      else runs.push([line])
      tab = text.indexOf('\t', to)
    }
    open = holds
    from = to + 1
  }
  return runs
}

function lineOf(text: string, view: string, from: number, to: number): Line {
  const cells: Stretch[] = []
  let at = from
  while (at <= to) {
    const tab = text.indexOf('\t', at)
    const end = tab < 0 || tab > to ? to : tab
    cells.push(trimRange(view, at, end))
    at = end + 1
  }
  return { ...trimRange(view, from, to), cells }
}

const filled = (line: Line | undefined): readonly Stretch[] => line?.cells.filter((cell) => cell.end > cell.start) ?? []
const wordsOf = (view: string, cell: Stretch): string => view.slice(cell.start, Math.min(cell.end, cell.start + 40))

/** The columns that a head names; null where the line is no head of a table of tasks. */
function columnsOf(line: Line, view: string): Columns | null {
  const found: Partial<Record<Column, number>> = {}
  const names = line.cells.map((cell) => wordsOf(view, cell).replace(/（[^）]*）|[ ]/g, ''))
  for (const [column, pattern] of HEADS) {
    const at = names.findIndex((name) => pattern.test(name))
    if (at >= 0) found[column] ??= at
  }
  const named = found.matter !== undefined || found.detail !== undefined
  return named && (found.unit !== undefined || found.due !== undefined) ? { ...found, width: line.cells.length } : null
}

/** 一、防控类: one cell over the whole row, or nothing but a number and a sum. */
function headsRows(line: Line, columns: Columns, view: string): boolean {
  const cells = filled(line)
  const [only] = cells
  if (only === undefined) return true
  const words = wordsOf(view, only)
  if (/^(?:合计|小计|总计|备注|注)(?:$|：)/.test(words)) return true
  if (cells.length > 1) return false
  const style = ordinalAt(words)?.style
  const at = line.cells.indexOf(only)
  return style === 'chapter' || style === 'section' || at === 0 || (at !== columns.matter && at !== columns.detail)
}

/** A row with what stands beside its matter. */
interface Told extends TaskRow {
  readonly detail: Stretch | null
}

/** Where one matter has several rows, what is to be done stands beside it, and the matter is what they are about. */
function spelledOut({ detail, ...row }: Told, around: readonly (Told | undefined)[], view: string): TaskRow {
  const words = (one: Stretch): string => view.slice(one.start, one.end)
  const shared = around.some((other) => other !== undefined && words(other.action) === words(row.action))
  return shared && detail !== null ? { ...row, action: detail, field: row.action } : row
}

/** The task of a row, if it names one. */
function taskOf(line: Line, columns: Columns, heading: Stretch | null): readonly Told[] {
  const at = (column: Column): Stretch | null => {
    const cell = line.cells[columns[column] ?? -1]
    return cell !== undefined && cell.end > cell.start ? cell : null
  }
  const matter = at('matter')
  const detail = at('detail')
  const action = matter ?? detail
  const told = filled(line).filter((cell) => cell !== line.cells[columns.number ?? -1])
  const [first, final] = [told[0], told.at(-1)]
  if (action === null || first === undefined || final === undefined) return []
  return [
    {
      start: first.start,
      end: final.end,
      action,
      unit: at('unit'),
      due: at('due'),
      field: at('field') ?? heading,
      detail: matter === null ? null : detail,
    },
  ]
}

function ofOneWidth(lines: readonly Line[]): readonly (readonly Line[])[] {
  const out: Line[][] = []
  for (const line of lines) {
    const open = out.at(-1)
    if (open !== undefined && open[0]?.cells.length === line.cells.length) open.push(line)
    else out.push([line])
  }
  return out
}

/** A table that goes on behind a break has no head of its own, but numbers and the same columns. */
function goesOn(line: Line, columns: Columns, view: string): boolean {
  const at = (column: Column): string => wordsOf(view, line.cells[columns[column] ?? -1] ?? { start: 0, end: 0 })
  return (
    line.cells.length === columns.width &&
    /^\d{1,3}$/.test(at('number')) &&
    /[\u4e00-\u9fff]{4}/.test(columns.matter === undefined ? at('detail') : at('matter')) &&
    /^$|[局委办部组所站院会司厅队]|[乡镇县区村]|街道|单位/.test(at('unit')) &&
    !/^\d+$/.test(at('due'))
  )
}

/** Cells of a table of figures or of a roster are no longer than this. */
const SHORT_CELL = 20

/** Rows of one width, short in every cell or under a short head: nothing that anybody is told to do. */
function isFigures(lines: readonly Line[], view: string): boolean {
  const [head, ...body] = lines
  const width = head?.cells.length ?? 0
  if (head === undefined || body.length === 0 || width < 2 || body.some((line) => line.cells.length !== width)) return false
  const isShort = (line: Line): boolean =>
    line.cells.every((cell) => cell.end - cell.start <= SHORT_CELL && !/[，。；]/.test(wordsOf(view, cell)))
  const figure = (line: Line): boolean => line.cells.slice(1).some((cell) => /^\d[\d.,%％]*[\u4e00-\u9fff]?$/.test(wordsOf(view, cell)))
  if (width === 2) return lines.every(isShort) && body.every(figure)
  const numbered = /^[（]?[\d一二三四五六七八九十]{1,3}[）、.]?$/.test(wordsOf(view, head.cells[0] ?? head))
  return lines.every(isShort) || (isShort(head) && !numbered)
}
