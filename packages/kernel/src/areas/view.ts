import { no, ok, type Result } from '../problem.ts'
import { type Area, snapshot } from './area.ts'
import type { Entry } from './entry.ts'
import type { AreaId, Day } from './fact.ts'
import type { AreaLevel } from './level.ts'
import { areaProblem } from './refusal.ts'
import type { Register } from './register.ts'

/** Which areas a search by name looks at. */
export interface AreaSearch {
  readonly level?: AreaLevel
  /** Only areas at or below this one. */
  readonly within?: AreaId
}

const SHOWN = 10

/** The tree as it was on one day. It holds no copy: it computes what it is asked. */
export class AreaView {
  readonly day: Day
  private readonly register: Register

  constructor(register: Register, day: Day) {
    this.register = register
    this.day = day
  }

  /** The area, or `undefined` when it does not live on this day. */
  get(id: AreaId): Area | undefined {
    const entry = this.living(id)
    return entry === undefined ? undefined : snapshot(entry, this.day)
  }

  /** Every area of the day, parents before children, siblings in the order they were recorded. */
  *nodes(): Generator<Area> {
    for (const top of this.register.tops) if (this.isTop(top)) yield* this.below(top)
  }

  roots(): readonly Area[] {
    return this.register.tops.filter((entry) => this.isTop(entry)).map((entry) => snapshot(entry, this.day))
  }

  children(id: AreaId): readonly Area[] {
    const entry = this.living(id)
    return entry === undefined ? [] : this.kids(entry).map((kid) => snapshot(kid, this.day))
  }

  parent(id: AreaId): Area | undefined {
    const parent = this.living(id)?.at(this.day).parent
    return parent ? snapshot(parent, this.day) : undefined
  }

  /** From the area itself up to the root. */
  ancestors(id: AreaId): readonly Area[] {
    const chain: Area[] = []
    for (let at = this.living(id) ?? null; at !== null; at = at.at(this.day).parent) chain.push(snapshot(at, this.day))
    return chain
  }

  /** The area itself and everything below it, parents first. */
  *descendants(id: AreaId): Generator<Area> {
    const entry = this.living(id)
    if (entry !== undefined) yield* this.below(entry)
  }

  /** Areas at or below `id` that have no children: where the finest figures are kept. */
  *leaves(id: AreaId): Generator<Area> {
    for (const area of this.descendants(id)) if (!this.hasChildren(area.id)) yield area
  }

  hasChildren(id: AreaId): boolean {
    return this.living(id)?.kids?.some((kid) => this.isKid(kid, id)) ?? false
  }

  /** Does `descendant` lie at or below `ancestor` on this day? */
  contains(ancestor: AreaId, descendant: AreaId): boolean {
    for (let at = this.living(descendant) ?? null; at !== null; at = at.at(this.day).parent) if (at.id === ancestor) return true
    return false
  }

  /** Ids from the root to the area, each followed by `/`: `1f/3y7/axzy/`. See `pathRange`. `undefined` when it does not live. */
  path(id: AreaId): string | undefined {
    const entry = this.living(id)
    if (entry === undefined) return undefined
    let path = ''
    for (let at: Entry | null = entry; at !== null; at = at.at(this.day).parent) path = `${at.id}/${path}`
    return path
  }

  /** Names from the root down, joined: `四川省巴中市巴州区曾口镇`. */
  fullName(id: AreaId, joint = ''): string {
    return this.ancestors(id)
      .map((area) => area.name)
      .reverse()
      .join(joint)
  }

  /** The one area that bears the code on this day. */
  byCode(code: string): Area | undefined {
    const entry = this.register.everCoded(code).find((one) => one.lives(this.day) && one.at(this.day).code === code)
    return entry === undefined ? undefined : snapshot(entry, this.day)
  }

  /** All areas of exactly this name on this day; names repeat, so this is a list. */
  byName(name: string, search: AreaSearch = {}): readonly Area[] {
    return this.among(this.register.everNamed(name), search).filter((one) => one.name === name)
  }

  /** All areas that have this short name on this day. */
  byAlias(alias: string, search: AreaSearch = {}): readonly Area[] {
    return this.among(this.register.everCalled(alias), search).filter((one) => one.aliases?.includes(alias))
  }

  private among(entries: readonly Entry[], { level, within }: AreaSearch): readonly Area[] {
    return entries
      .filter((one) => one.lives(this.day) && (level === undefined || one.level === level))
      .filter((one) => within === undefined || this.contains(within, one.id))
      .map((one) => snapshot(one, this.day))
  }

  /** The only area of this name, else of this short name, or a refusal that lists the candidates with their full names and ids. */
  theOne(name: string, search: AreaSearch = {}): Result<Area> {
    const named = this.byName(name, search)
    const found = named.length > 0 ? named : this.byAlias(name, search)
    const [only] = found
    if (only === undefined) return no(areaProblem('area-name-unknown', { name, day: this.day }))
    if (found.length === 1) return ok(only)
    const candidates = found.map(({ id }) => ({ id, name: this.fullName(id) }))
    const where = candidates.slice(0, SHOWN).map((one) => one.name)
    const refusal = areaProblem('area-name-ambiguous', { name, day: this.day, count: found.length, where: where.join('、') })
    return no({ ...refusal, data: { ...refusal.data, candidates } })
  }

  private living(id: AreaId): Entry | undefined {
    const entry = this.register.entries.get(id)
    return entry?.lives(this.day) ? entry : undefined
  }

  private isTop(entry: Entry): boolean {
    return entry.lives(this.day) && entry.at(this.day).parent === null
  }

  private isKid(kid: Entry, parent: AreaId): boolean {
    return kid.lives(this.day) && kid.at(this.day).parent?.id === parent
  }

  private kids(entry: Entry): Entry[] {
    return entry.kids?.filter((kid) => this.isKid(kid, entry.id)) ?? []
  }

  private *below(entry: Entry): Generator<Area> {
    const waiting = [entry]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      yield snapshot(next, this.day)
      waiting.push(...this.kids(next).reverse())
    }
  }
}
