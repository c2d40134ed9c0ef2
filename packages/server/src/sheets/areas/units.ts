import {
  type Actor,
  type AreaFact,
  today as cityToday,
  endedUnit,
  fullDayWords,
  no,
  ok,
  type Problem,
  parseUnits,
  problem,
  type RawUnitRow,
  type Result,
  refuse,
  renamedUnit,
  UNIT_LEVELS,
  type UnitRenaming,
} from '@guatu/kernel'
import { pinyin } from 'pinyin-pro'
import type { Store } from '../../store/store.ts'
import { areaFinder } from '../area-finder.ts'
import { engagements, hasWork } from './engagements.ts'
import { jsonIn, namedRows, noWorkbook, refusalOf } from './list.ts'

/** A unit or grid of the city's register, as it is or was last. */
export interface ListedUnit {
  readonly id: string
  readonly level: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly parent: string | null
  /** Names from the city down to the area it belongs to. */
  readonly within: string
  readonly from: string
  /** First day on which it is no more. */
  readonly to: string | null
}

/** Every unit and grid that ever was, those of the city first. */
export function listUnits(store: Store): readonly ListedUnit[] {
  const { tree } = store.areas
  const day = cityToday(store.clock)
  const view = tree.asOf(day)
  return [...tree.everOf(UNIT_LEVELS, day)]
    .map(({ id, level, name, aliases = [], parent, from, to }) => ({
      depth: parent === null ? 0 : view.ancestors(parent).length,
      listed: { id, level, name, aliases, parent, within: parent === null ? '' : view.fullName(parent), from, to },
    }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ listed }) => listed)
}

const HEADINGS = {
  name: 'name',
  名称: 'name',
  单位名称: 'name',
  parent: 'parent',
  上级: 'parent',
  上级代码: 'parent',
  所属区划: 'parent',
  level: 'level',
  层级: 'level',
  类型: 'level',
  aliases: 'aliases',
  short: 'aliases',
  简称: 'aliases',
  date: 'date',
  from: 'date',
  日期: 'date',
  起始日期: 'date',
  设立日期: 'date',
  id: 'id',
  编号: 'id',
} as const

/** Reads a list of units and grids: CSV, xlsx or JSON with name and parent, and level, aliases, date, id where they are said. */
export async function unitsFromFile(path: string, name: string): Promise<Result<readonly RawUnitRow[]>> {
  if (!/\.json$/i.test(name)) {
    try {
      const rows = await namedRows(path, HEADINGS, ['name', 'parent'])
      if (rows) return ok(rows)
      return no((await noWorkbook(path, name)) ?? noColumns())
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      return no(refusal)
    }
  }
  const read = jsonIn(path)
  if (!read.ok) return read
  const { value } = read
  const rows = Array.isArray(value) ? value : (value as { readonly rows?: unknown } | null)?.rows
  return Array.isArray(rows) ? ok(rows.map((one) => (typeof one === 'object' && one !== null ? { ...one } : {}))) : no(noColumns())
}

const noColumns = (): Problem =>
  refuse('unit-list', {
    zh: '文件里没有“名称”和“上级”两列；请按 名称,上级,层级,简称,日期（name,parent,level,aliases,date）整理后重试。',
    en: 'The file has no columns for name and parent; arrange it as name,parent,level,aliases,date.',
  })

export interface UnitsDone {
  /** Facts written, or those that would be. */
  readonly recorded: number
  /** Lines that say nothing new. */
  readonly known: number
  readonly refusals: readonly { readonly line: number; readonly problem: Problem }[]
}

/** How the lines of a list become facts. */
export interface UnitList {
  readonly instrument: string
  /** First day of lines that say none; that of the area they belong to where left out. */
  readonly date?: string
  readonly dryRun?: boolean
}

/** Letters for the id of a unit: the initials of its name, as people type them to find it. */
const lettersOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '') || 'x'

/** Records the lines that are right; nothing of those that are not. */
export async function recordUnits(
  store: Store,
  rows: readonly RawUnitRow[],
  { instrument, date, dryRun = false }: UnitList,
  actor: Actor,
): Promise<Result<UnitsDone & { readonly facts: readonly AreaFact[] }>> {
  const { tree } = store.areas
  const day = cityToday(store.clock)
  const { facts, known, refusals } = parseUnits(rows, {
    tree,
    today: day,
    instrument,
    find: areaFinder(tree.asOf(day)),
    lettersOf,
    ...(date === undefined ? {} : { date }),
  })
  const done = { facts, recorded: facts.length, known, refusals }
  if (dryRun || facts.length === 0) return ok(done)
  const written = await confirmed(store, facts, actor)
  return written.ok ? ok(done) : written
}

/** Records one unit or grid, and answers its id. */
export async function addUnit(store: Store, row: RawUnitRow, instrument: string, actor: Actor): Promise<Result<{ readonly id: string }>> {
  const done = await recordUnits(store, [row], { instrument }, actor)
  if (!done.ok) return done
  const [refused] = done.value.refusals
  if (refused) return no({ ...refused.problem, path: 'name' })
  const [fact] = done.value.facts
  return fact?.kind === 'created'
    ? ok({ id: fact.id })
    : no(problem('already-exists', { what: typeof row.name === 'string' ? row.name.trim() : '' }, { path: 'name' }))
}

export async function renameUnit(store: Store, id: string, renaming: UnitRenaming, actor: Actor): Promise<Result<unknown>> {
  const fact = renamedUnit(store.areas.tree, id, renaming)
  return fact.ok ? confirmed(store, [fact.value], actor) : fact
}

/** Ends a unit or grid for which nobody works any more from that day on, and which has nothing left to do. */
export async function endUnit(store: Store, id: string, date: string, instrument: string, actor: Actor): Promise<Result<unknown>> {
  const fact = endedUnit(store.areas.tree, id, date, instrument)
  if (!fact.ok) return fact
  const [{ accounts } = { accounts: 0 }] = await store.db.query<{ accounts: number }>(
    'select count(distinct account)::int as accounts from grants where (unit = $1 or area = $1) and (to_day is null or to_day >= $2)',
    [id, date],
  )
  const name = store.areas.tree.known(id, date)?.name ?? id
  if (accounts > 0) return no(hasAccounts(name, accounts, date))
  const engaged = await engagements(store, id)
  return engaged.length > 0 ? no(hasWork(name, engaged)) : confirmed(store, [fact.value], actor)
}

const hasAccounts = (name: string, accounts: number, date: string): Problem =>
  refuse(
    'unit-has-accounts',
    {
      zh: `${fullDayWords(date).zh}还有${accounts}个账号为“${name}”工作：请先在“账号”中终止其授权，或改授其他单位。`,
      en: `On ${fullDayWords(date).en} ${accounts} accounts still work for “${name}”: end their grants under Accounts first, or grant them another unit.`,
    },
    { status: 409, path: 'date' },
  )

/** Writes the facts; of a contradiction says the first of what contradicts. */
async function confirmed(store: Store, facts: readonly AreaFact[], actor: Actor): Promise<Result<unknown>> {
  const done = await store.areas.confirm(facts, actor, store.writer)
  return done.ok ? done : no(done.problem.problems?.[0] ?? done.problem)
}
