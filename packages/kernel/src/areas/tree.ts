import { addDays } from '../clock.ts'
import { type Area, type AreaMove, type AreaPeriod, type AreaShare, type AreaSource, type AreaWay, shareList, snapshot } from './area.ts'
import { type ClosureRow, closureRows } from './closure.ts'
import type { Entry } from './entry.ts'
import type { AreaId, Day } from './fact.ts'
import type { AreaLevel } from './level.ts'
import type { Register } from './register.ts'
import { backward, type Fraction, forward, isWhole, plus } from './succession.ts'
import { AreaView } from './view.ts'
import { waysOf } from './ways.ts'

/** The life of all areas. Made by `foldAreas` only; never changed afterwards. */
export class AreaTree {
  private readonly register: Register

  constructor(register: Register) {
    this.register = register
  }

  /** Number of areas that ever lived. */
  get size(): number {
    return this.register.entries.size
  }

  /** First day on which any area lives; undefined while there is none. */
  get first(): Day | undefined {
    return this.register.tops.map((entry) => entry.from).sort()[0]
  }

  has(id: AreaId): boolean {
    return this.register.entries.has(id)
  }

  /** Level, nature and life of an area, with its last code, name and parent, whether it still lives or not. */
  last(id: AreaId): Area | undefined {
    const entry = this.register.entries.get(id)
    return entry === undefined ? undefined : snapshot(entry, entry.now.from)
  }

  /** An area as it was on `day`; where it had ended by then as it was last, where it had not begun as it was first. */
  known(id: AreaId, day: Day): Area | undefined {
    const entry = this.register.entries.get(id)
    return entry === undefined ? undefined : snapshot(entry, day)
  }

  /** Every area that does not live on `day`, as `known` has it: records go on naming what has ended. */
  *notLiving(day: Day): Generator<Area> {
    for (const entry of this.register.entries.values()) if (!entry.lives(day)) yield snapshot(entry, day)
  }

  /** The periods of an area's life, oldest first; empty for an unknown id. */
  history(id: AreaId): readonly AreaPeriod[] {
    const entry = this.register.entries.get(id)
    const versions = entry?.versions() ?? []
    return versions.map(({ from, code, name, aliases, parent }, index) => ({
      from,
      to: versions[index + 1]?.from ?? entry?.to ?? null,
      code,
      name,
      ...(aliases.length > 0 ? { aliases } : {}),
      parent: parent?.id ?? null,
    }))
  }

  /**
   * The area itself, what lies below it on `day`, and what lay there when it ended, parents first: together they hold all that was ever
   * counted there and has not gone elsewhere since. Empty when the id is unknown.
   */
  *everBelow(id: AreaId, day: Day): Generator<Area> {
    const top = this.register.entries.get(id)
    const waiting = top === undefined ? [] : [top]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      yield snapshot(next, day)
      for (const kid of next.kids ?? []) if (kid.from <= day && kid.at(day).parent === next) waiting.push(kid)
    }
  }

  /** Every area of some levels that ever lived, as `known` has it on a day, by first day. */
  *everOf(levels: readonly AreaLevel[], day: Day): Generator<Area> {
    for (const entry of this.register.entries.values()) if (levels.includes(entry.level)) yield snapshot(entry, day)
  }

  /** What lies right below an area on a day or comes to lie there later, as `known` has it. */
  *belowFrom(id: AreaId, day: Day): Generator<Area> {
    for (const kid of this.register.entries.get(id)?.kids ?? [])
      if ((kid.to === null || day < kid.to) && (kid.at(day).parent?.id === id || kid.now.parent?.id === id)) yield snapshot(kid, day)
  }

  /** The tree as it was on `day`. */
  asOf(day: Day): AreaView {
    return new AreaView(this.register, day)
  }

  /**
   * Where the figures and records that `id` had on `then` (default: its first day) belong on `day`, through all successions between.
   * An area that still lives is its own successor; one abolished without an heir leaves what it had to the area it lay in. The shares
   * add up to one. Empty when the id is unknown or the last root itself was abolished.
   */
  successorsOf(id: AreaId, day: Day, then?: Day): readonly AreaShare[] {
    const entry = this.register.entries.get(id)
    return entry === undefined ? [] : shareList(forward(entry, then ?? entry.from, day))
  }

  /** The areas living on `then` of whose figures a share belongs to `id` itself on `day`: the mirror image of `successorsOf`. */
  predecessorsOf(id: AreaId, day: Day, then: Day): readonly AreaShare[] {
    const entry = this.register.entries.get(id)
    return entry === undefined ? [] : shareList(backward(entry, day, then))
  }

  /**
   * "Today's town over the figures of the old ones": what was counted on `then`, times the share, that sums up to `id` with its
   * boundaries of `day`. An old branch that came over whole is named once (its tally holds everything below); of one that was divided,
   * each part is named.
   */
  sourcesOf(id: AreaId, day: Day, then: Day): readonly AreaSource[] {
    const shares = new Map<Entry, Fraction>()
    for (const area of this.asOf(day).descendants(id)) {
      const entry = this.register.entries.get(area.id)
      if (entry === undefined) continue
      for (const [old, share] of backward(entry, day, then)) {
        const before = shares.get(old)
        shares.set(old, before === undefined ? share : plus(before, share))
      }
    }
    const kids = (entry: Entry) => entry.kids?.filter((kid) => kid.lives(then) && kid.at(then).parent === entry) ?? []
    const known = new Map<Entry, boolean>()
    const whole = (entry: Entry): boolean => {
      const before = known.get(entry)
      if (before !== undefined) return before
      const share = shares.get(entry)
      const is = share !== undefined && isWhole(share) && kids(entry).every(whole)
      known.set(entry, is)
      return is
    }
    const sources: AreaSource[] = []
    for (const [entry, share] of shares) {
      const { parent } = entry.at(then)
      if (parent !== null && whole(parent)) continue
      sources.push({ id: entry.id, ...share, scope: whole(entry) || kids(entry).length === 0 ? 'branch' : 'own' })
    }
    return sources.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /**
   * The ways of what went over from one area of a level to another on the days after `since` and until `day`, and of what stayed in those
   * areas, each once. What an area that was abolished without an heir leaves to the area above goes nowhere.
   */
  waysOf(level: AreaLevel, since: Day, day: Day): readonly AreaWay[] {
    return waysOf([...this.register.entries.values()], level, since, day)
  }

  /** Rows of the closure table: who lay below whom, how deep, from when until when. Every area is its own ancestor at depth 0. */
  closure(): Generator<ClosureRow> {
    return closureRows(this.register.entries.values())
  }

  /**
   * Where what is kept under each area that ended on `day` goes: one row per area and heir, largest share first. Records are re-assigned
   * to the first heir of each (or to the heir a person chooses); what was counted before `day` stays where it was counted.
   */
  moveTable(day: Day): readonly AreaMove[] {
    const moves: AreaMove[] = []
    const eve = addDays(day, -1)
    for (const entry of this.register.entries.values()) {
      if (entry.to !== day) continue
      const heirs = [...forward(entry, eve, day)]
      heirs.sort(([a, x], [b, y]) => y.numerator * x.denominator - x.numerator * y.denominator || (a.id < b.id ? -1 : 1))
      for (const [heir, { numerator, denominator }] of heirs)
        moves.push({ from: entry.id, to: heir.id, numerator, denominator, level: entry.level })
    }
    return moves
  }
}
