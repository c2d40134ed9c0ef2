import type { AreaId, Day } from './fact.ts'
import type { AreaLevel, AreaNature } from './level.ts'

/** A code, a name and a parent that held together from `from` on, until the next version or the end of life. */
export interface Version {
  readonly from: Day
  readonly code: string | null
  readonly name: string
  readonly aliases: readonly string[]
  readonly parent: Entry | null
}

/** Most areas go by their name alone; they share one list. */
const NO_ALIASES: readonly string[] = []

/** What went where on one day. `heirs` may hold the entry itself: a part was carved out. */
export interface Succession {
  readonly day: Day
  readonly heirs: readonly { readonly entry: Entry; readonly parts: number }[]
  readonly total: number
}

/** The whole life of one area. Mutable while the facts are folded, read-only afterwards. */
export class Entry {
  readonly id: AreaId
  readonly level: AreaLevel
  readonly nature: AreaNature
  readonly from: Day
  to: Day | null = null
  now: Version
  /** Earlier versions, oldest first; most areas never have one, so no list is made for them. */
  past: Version[] | null = null
  /** Every area that was ever a child; the view asks which are children on its day. */
  kids: Entry[] | null = null
  successions: Succession[] | null = null
  sources: { readonly entry: Entry; readonly day: Day; readonly parts: number; readonly total: number }[] | null = null

  constructor(id: AreaId, level: AreaLevel, nature: AreaNature, from: Day, code: string | null, name: string, aliases = NO_ALIASES) {
    this.id = id
    this.level = level
    this.nature = nature
    this.from = from
    this.now = { from, code, name, aliases, parent: null }
  }

  lives(day: Day): boolean {
    return this.from <= day && (this.to === null || day < this.to)
  }

  /** The version of `day`; before birth the first, after the end the last. */
  at(day: Day): Version {
    if (this.past === null || this.now.from <= day) return this.now
    let found: Version | undefined
    for (const version of this.past) {
      if (found !== undefined && version.from > day) break
      found = version
    }
    return found ?? this.now
  }

  versions(): readonly Version[] {
    return this.past === null ? [this.now] : [...this.past, this.now]
  }

  /** Starts a version on `day`, or completes the one that starts on that very day. */
  change(day: Day, next: Partial<Pick<Version, 'code' | 'name' | 'aliases' | 'parent'>>): void {
    const version: Version = { ...this.now, ...next, from: day }
    if (this.now.from !== day) {
      this.past ??= []
      this.past.push(this.now)
    }
    this.now = version
  }

  adopt(child: Entry, certainlyNew: boolean): void {
    this.kids ??= []
    if (certainlyNew || !this.kids.includes(child)) this.kids.push(child)
  }

  /** Hands everything over to the heirs on `day`, in the proportion of their parts. */
  hand(day: Day, heirs: Succession['heirs']): void {
    const total = heirs.reduce((sum, heir) => sum + heir.parts, 0)
    this.successions ??= []
    this.successions.push({ day, heirs, total })
    for (const { entry, parts } of heirs) {
      entry.sources ??= []
      entry.sources.push({ entry: this, day, parts, total })
    }
  }
}
