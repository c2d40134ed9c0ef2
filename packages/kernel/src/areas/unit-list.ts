import { readDay } from '../kinds/times.ts'
import { no, ok, type Problem, type Result } from '../problem.ts'
import type { AreaFact, AreaId, Day } from './fact.ts'
import { mayContain, type UnitLevel } from './level.ts'
import { type Neighbours, neighboursOf, type Standing, wordsOf } from './neighbours.ts'
import { areaProblem } from './refusal.ts'
import type { AreaTree } from './tree.ts'
import { UnitParents } from './unit-parents.ts'
import { isName, LONGEST_NAME, namedLikeAnArea, renamed } from './units.ts'

/** A line of a list of units and grids as it comes; dates as people write them. */
export interface RawUnitRow {
  readonly name?: unknown
  /** Code, full name or id of the area it belongs to, or name of another unit of the same list. */
  readonly parent?: unknown
  /** `unit` where left out. */
  readonly level?: unknown
  /** Short names: a list, or one text with marks between them. */
  readonly aliases?: unknown
  /** First day; that of {@link UnitOptions.date} where left out. */
  readonly date?: unknown
  /** An id of the city's own; made from the name where left out. */
  readonly id?: unknown
  /** Line of the file, from 1; the place in the list where left out. */
  readonly line?: number
}

export interface UnitOptions {
  readonly tree: AreaTree
  readonly today: Day
  readonly instrument: string
  /** First day of lines that say none; where left out too, a unit is as old as the area it belongs to. */
  readonly date?: Day
  /** An area by what people write. */
  find(written: string): Result<AreaId>
  /** What an id is made from: letters and digits for a name. */
  lettersOf(name: string): string
}

/** What a list of units comes to: the facts of the lines that are right, and a refusal for each that is not. */
export interface ParsedUnits {
  readonly facts: readonly AreaFact[]
  /** Lines that say nothing new. */
  readonly known: number
  readonly refusals: readonly { readonly line: number; readonly problem: Problem }[]
}

const LEVEL_WORDS: Readonly<Record<string, UnitLevel>> = { '': 'unit', unit: 'unit', 单位: 'unit', grid: 'grid', 网格: 'grid' }
const OWN_ID = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/i
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')

/** Short names out of a list or of one text (`市卫健委、卫健委`), each once, without the name itself. */
export function readAliases(value: unknown, name: string): readonly string[] {
  const all = Array.isArray(value) ? value.map(text) : text(value).split(/[、，,；;|\n]+/)
  return [...new Set(all.map((one) => one.trim()))].filter((one) => one !== '' && one !== name)
}

/**
 * Reads a list of units and grids line by line. A wrong line is refused and the rest is taken; a line that is known already gives nothing, or
 * its short names from today on where they are other ones. A parent may stand anywhere in the list.
 */
export function parseUnits(rows: Iterable<RawUnitRow>, options: UnitOptions): ParsedUnits {
  const reading = new Reading(options)
  let waiting = [...rows].map((row, i) => ({ row, line: row.line ?? i + 1 }))
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    const toCome = {
      names: new Set(waiting.map(({ row }) => text(row.name))),
      aliases: new Set(waiting.flatMap(({ row }) => readAliases(row.aliases, ''))),
    }
    waiting = waiting.filter(({ row, line }) => !reading.take(row, line, toCome))
  }
  for (const { row, line } of waiting) reading.take(row, line, NOTHING_MORE)
  return reading
}

/** What lines that are still to come are called. */
interface ToCome {
  readonly names: ReadonlySet<string>
  readonly aliases: ReadonlySet<string>
}

const NOTHING_MORE: ToCome = { names: new Set(), aliases: new Set() }

class Reading implements ParsedUnits {
  readonly facts: AreaFact[] = []
  readonly refusals: { line: number; problem: Problem }[] = []
  known = 0
  readonly #options: UnitOptions
  readonly #parents: UnitParents
  readonly #neighbours = new Map<AreaId, Neighbours>()
  readonly #ids = new Set<AreaId>()
  /** By what an id begins with, the number that the next one ends with. */
  readonly #next = new Map<string, number>()

  constructor(options: UnitOptions) {
    this.#options = options
    this.#parents = new UnitParents(options)
  }

  /** Takes or refuses a line; false where its parent may be one of the lines that are still to come. */
  take(row: RawUnitRow, line: number, toCome: ToCome): boolean {
    const done = this.#read(row, toCome)
    if (done === 'later') return false
    if (!done.ok) this.refusals.push({ line, problem: { ...done.problem, path: `rows.${line - 1}` } })
    else if (done.value === undefined) this.known += 1
    else this.facts.push(done.value)
    return true
  }

  #read(row: RawUnitRow, toCome: ToCome): Result<AreaFact | undefined> | 'later' {
    const { tree, today, instrument } = this.#options
    const name = text(row.name)
    if (!isName(name)) return no(areaProblem('unit-row-name', { name: name || '—', longest: LONGEST_NAME }))
    const level = LEVEL_WORDS[text(row.level).toLowerCase()]
    if (level === undefined) return no(areaProblem('unit-row-level', { name, level: text(row.level) }))
    const written = text(row.parent)
    if (written === '') return no(areaProblem('unit-row-parent', { name }))
    const above = this.#parents.find(written)
    // What the line belongs to may be called so too: then it is that, or it cannot be told which.
    const waits = toCome.names.has(written) || (!(above.ok && above.value.inFull) && toCome.aliases.has(written))
    if (waits && written !== name) return 'later'
    if (!above.ok) {
      return no(
        areaProblem('unit-row-parent-unknown', { name, parent: written, whyZh: above.problem.message.zh, whyEn: above.problem.message.en }),
      )
    }
    const { parent } = above.value
    if (!mayContain(parent.level, level)) return no(areaProblem('unit-row-parent-level', { name, parent: parent.name }))
    const date = this.#dateOf(row, parent.from)
    if (date === undefined) return no(areaProblem('unit-row-date', { name, date: text(row.date) }))
    if (date < parent.from) return no(areaProblem('unit-row-early', { name, parent: parent.name, date, from: parent.from }))
    const neighbours = this.#neighboursIn(parent.id)
    const aliases = readAliases(row.aliases, name)
    const day = [date, today].sort().at(-1) ?? today
    const same = neighbours.same(name, level, day)
    const own = text(row.id)
    if (same?.old && own !== '' && own !== same.id) return no(areaProblem('unit-row-other-id', { name, id: own, known: same.id }))
    if (same) return this.#again(same, neighbours, row.aliases === undefined ? same.aliases : aliases)
    const other = neighbours.namesake([name, ...aliases], day)
    if (other) return no(areaProblem('unit-row-twice', { name, other: other.name, words: wordsOf(other, day).join('、') }))
    const misleading = namedLikeAnArea(tree, today, aliases)
    if (misleading !== undefined) return no(areaProblem('unit-row-short', { name, short: misleading }))
    const id = own === '' ? this.#newId(name, level) : own
    if (!OWN_ID.test(id) || this.#taken(id)) return no(areaProblem('unit-row-id', { name, id }))
    const words = [name, ...aliases].map((word) => ({ word, to: null }))
    const fresh: Standing = { id, level, name, aliases, from: date, to: null, words }
    this.#ids.add(id)
    this.#parents.add(fresh)
    neighbours.add(fresh)
    return ok({
      kind: 'created',
      id,
      level,
      nature: level === 'unit' ? 'functional' : 'administrative',
      code: null,
      name,
      ...(aliases.length > 0 ? { aliases } : {}),
      parent: parent.id,
      date,
      instrument,
    })
  }

  /** A line about a unit that is there: its short names from today on, where they are other ones. */
  #again(same: Standing, neighbours: Neighbours, aliases: readonly string[]): Result<AreaFact | undefined> {
    const { tree, today: date, instrument } = this.#options
    if (!same.old) return no(areaProblem('unit-row-twice', { name: same.name, other: same.name, words: wordsOf(same, date).join('、') }))
    if (aliases.join('、') === same.aliases.join('、')) return ok(undefined)
    return renamed(tree, same.old, neighbours, { name: same.name, aliases, date, instrument })
  }

  #dateOf({ date }: RawUnitRow, parentFrom: Day): Day | undefined {
    return text(date) === '' ? (this.#options.date ?? parentFrom) : readDay(text(date))
  }

  #neighboursIn(parent: AreaId): Neighbours {
    const known = this.#neighbours.get(parent)
    if (known) return known
    const all = neighboursOf(this.#options.tree, parent, this.#options.today)
    this.#neighbours.set(parent, all)
    return all
  }

  #taken(id: AreaId): boolean {
    return this.#ids.has(id) || this.#options.tree.has(id)
  }

  #newId(name: string, level: UnitLevel): AreaId {
    const base = `${level === 'unit' ? 'u' : 'g'}-${this.#options.lettersOf(name).slice(0, 24)}`
    let again = this.#next.get(base) ?? 1
    const idOf = () => (again === 1 ? base : `${base}-${again}`)
    while (this.#taken(idOf())) again += 1
    this.#next.set(base, again + 1)
    return idOf()
  }
}
