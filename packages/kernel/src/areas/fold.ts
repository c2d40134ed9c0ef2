import { no, ok, type Problem, type Result } from '../problem.ts'
import { missingIn } from './complete.ts'
import { Entry } from './entry.ts'
import type { AreaFact, AreaHeir, AreaId, AreaRenamed, Day } from './fact.ts'
import { mayContain } from './level.ts'
import { type AreaProblemCode, areaProblem } from './refusal.ts'
import { Register } from './register.ts'
import { AreaTree } from './tree.ts'

/** A fact and its place in the caller's list, so that a refusal can point at it. */
interface Placed<F extends AreaFact = AreaFact> {
  readonly fact: F
  readonly index: number
}

const LISTED = 1000

/**
 * The dated tree is a pure fold of dated facts (design laws 2 and 5). Facts may come in any order; those of one day are taken
 * together, so a reform that swaps two codes or moves a village into a town founded the same day needs no clever order.
 *
 * @returns the tree, or one `area-contradiction` whose `problems` name every contradicting fact (the first thousand) with its path
 *   `facts.<index>`. Nothing of a contradicting list is taken.
 */
export function foldAreas(facts: readonly AreaFact[]): Result<AreaTree> {
  const fold = new Fold()
  const placed = facts.map((fact, index) => ({ fact, index })).filter((one) => fold.wellFormed(one))
  placed.sort((a, b) => (a.fact.date < b.fact.date ? -1 : a.fact.date > b.fact.date ? 1 : 0))
  for (let start = 0; start < placed.length; ) {
    const day = placed[start]?.fact.date ?? ''
    let end = start + 1
    while (placed[end]?.fact.date === day) end += 1
    fold.day(day, placed.slice(start, end))
    start = end
  }
  if (fold.count > 0) return no({ ...areaProblem('area-contradiction', { count: fold.count }), problems: fold.problems })
  return ok(new AreaTree(new Register(fold.entries, fold.tops)))
}

const namesOf = ({ name, aliases }: AreaRenamed): Pick<AreaRenamed, 'name' | 'aliases'> => ({ name, ...(aliases ? { aliases } : {}) })

class Fold {
  readonly entries = new Map<AreaId, Entry>()
  readonly tops: Entry[] = []
  readonly problems: Problem[] = []
  count = 0
  private readonly codes = new Map<string, Entry>()

  wellFormed({ fact, index }: Placed): boolean {
    const why = missingIn(fact)
    if (why !== null) this.refuse('area-fact-invalid', { why }, index)
    return why === null
  }

  /** Everything that holds from one day on: births, then ends, then changes; what all of it adds up to is checked at the end. */
  day(day: Day, batch: readonly Placed[]): void {
    const placed: Placed<Extract<AreaFact, { kind: 'created' }>>[] = []
    const ended: { entry: Entry; index: number }[] = []
    const flows: { entry: Entry; heirs: readonly AreaHeir[]; index: number }[] = []
    const parents: { entry: Entry; parent: AreaId | null; index: number }[] = []
    const names: { entry: Entry; next: Pick<AreaRenamed, 'name' | 'aliases'>; index: number }[] = []
    const recoded: { entry: Entry; code: string | null; index: number }[] = []

    for (const { fact, index } of batch) if (fact.kind === 'created') placed.push({ fact, index })
    for (const one of placed) {
      const entry = this.create(one, day)
      if (entry === undefined) continue
      parents.push({ entry, parent: one.fact.parent, index: one.index })
      recoded.push({ entry, code: one.fact.code, index: one.index })
    }
    for (const { fact, index } of batch) {
      if (fact.kind === 'merged') {
        for (const id of fact.ids) {
          const entry = this.living(id, day, index)
          if (entry === undefined) continue
          if (id === fact.into) this.refuse('area-parts-invalid', { id, name: entry.now.name }, index)
          else ended.push({ entry, index })
          flows.push({ entry, heirs: [{ id: fact.into, parts: 1 }], index })
        }
      } else if (fact.kind === 'split' || fact.kind === 'abolished') {
        const entry = this.living(fact.id, day, index)
        if (entry === undefined) continue
        const heirs = fact.kind === 'split' ? fact.into : []
        if (!heirs.some((heir) => heir.id === fact.id)) ended.push({ entry, index })
        if (heirs.length > 0) flows.push({ entry, heirs, index })
        for (const heir of heirs)
          for (const id of heir.children ?? []) {
            const child = this.living(id, day, index)
            if (child !== undefined) parents.push({ entry: child, parent: heir.id, index })
          }
      } else if (fact.kind !== 'created') {
        const entry = this.living(fact.id, day, index)
        if (entry === undefined) continue
        if (fact.kind === 'renamed') names.push({ entry, next: namesOf(fact), index })
        else if (fact.kind === 'recoded') recoded.push({ entry, code: fact.code, index })
        else parents.push({ entry, parent: fact.parent, index })
      }
    }
    this.end(ended, day)
    this.changes('renamed', names, day, ({ entry, next }) => entry.change(day, next))
    this.recode(recoded, day)
    const hung = this.hang(parents, day)
    for (const flow of flows) this.flow(flow.entry, flow.heirs, day, flow.index)
    for (const { entry } of ended) this.leave(entry, day)
    for (const { entry, index } of ended) this.noOrphans(entry, day, index)
    for (const { entry, index } of hung) this.noCycle(entry, index)
  }

  private create({ fact, index }: Placed<Extract<AreaFact, { kind: 'created' }>>, day: Day): Entry | undefined {
    const before = this.entries.get(fact.id)
    if (before !== undefined) {
      const code = before.to === null ? 'area-overlapping-life' : 'area-id-reused'
      this.refuse(code, { id: fact.id, name: before.now.name, date: day, from: before.from }, index)
      return undefined
    }
    const nature = fact.nature ?? (fact.level === 'unit' ? 'functional' : 'administrative')
    const entry = new Entry(fact.id, fact.level, nature, day, fact.code, fact.name, fact.aliases)
    this.entries.set(fact.id, entry)
    return entry
  }

  private living(id: AreaId, day: Day, index: number): Entry | undefined {
    const entry = this.entries.get(id)
    if (entry === undefined) this.refuse('area-unknown-id', { id }, index)
    else if (!entry.lives(day))
      this.refuse('area-not-living', { id, name: entry.now.name, date: day, from: entry.from, to: entry.to ?? '—' }, index)
    else return entry
    return undefined
  }

  private end(ended: readonly { entry: Entry; index: number }[], day: Day): void {
    for (const { entry, index } of ended) {
      const { id } = entry
      const { name, code } = entry.now
      if (entry.to === day) this.refuse('area-ended-twice', { id, name, date: day }, index)
      else if (entry.from === day) this.refuse('area-changed-twice', { id, name, date: day, what: 'created, ended' }, index)
      entry.to = day
      if (code !== null && this.codes.get(code) === entry) this.codes.delete(code)
    }
  }

  /** Applies one kind of change to areas that are alive and, apart from their creation itself, changed once this day. */
  private changes<C extends { entry: Entry; index: number }>(what: string, all: readonly C[], day: Day, apply: (change: C) => void): C[] {
    const seen = new Set<Entry>()
    return all.filter((change) => {
      const { entry, index } = change
      const facts = { id: entry.id, name: entry.now.name, date: day, from: entry.from, to: entry.to ?? '—', what }
      if (seen.has(entry)) this.refuse('area-changed-twice', facts, index)
      else if (what === 'renamed' && entry.from === day) this.refuse('area-changed-twice', { ...facts, what: 'created, renamed' }, index)
      else if (!entry.lives(day)) this.refuse('area-not-living', facts, index)
      else {
        seen.add(entry)
        apply(change)
        return true
      }
      return false
    })
  }

  private recode(all: readonly { entry: Entry; code: string | null; index: number }[], day: Day): void {
    const done = this.changes('recoded', all, day, ({ entry, code }) => {
      const old = entry.now.code
      if (old !== null && this.codes.get(old) === entry) this.codes.delete(old)
      if (entry.from !== day) entry.change(day, { code })
    })
    // Only when every old code of the day is free again can new ones be given out: two areas may swap theirs.
    for (const { entry, code, index } of done) {
      if (code === null) continue
      const other = this.codes.get(code)
      if (other === undefined) this.codes.set(code, entry)
      else this.refuse('area-code-taken', { code, id: entry.id, name: entry.now.name, other: other.now.name, date: day }, index)
    }
  }

  private hang<C extends { entry: Entry; parent: AreaId | null; index: number }>(all: readonly C[], day: Day): C[] {
    return this.changes('moved', all, day, ({ entry, parent: id, index }) => {
      const born = entry.from === day
      if (id === null) {
        if (!born) entry.change(day, { parent: null })
        if (born || !this.tops.includes(entry)) this.tops.push(entry)
        return
      }
      const parent = this.entries.get(id)
      const about = { id: entry.id, name: entry.now.name, date: day, parent: parent?.now.name ?? id }
      if (parent === undefined || !parent.lives(day)) return this.refuse('area-parent-missing', about, index)
      if (!mayContain(parent.level, entry.level)) return this.refuse('area-parent-level', about, index)
      entry.change(day, { parent })
      parent.adopt(entry, born)
    })
  }

  private flow(entry: Entry, heirs: readonly AreaHeir[], day: Day, index: number): void {
    const about = { id: entry.id, name: entry.now.name, date: day }
    if (entry.successions?.at(-1)?.day === day) {
      this.refuse('area-ended-twice', about, index)
      return
    }
    const found: { entry: Entry; parts: number }[] = []
    for (const { id, parts } of heirs) {
      const heir = this.entries.get(id)
      if (heir === undefined || !heir.lives(day)) this.refuse('area-successor-missing', { ...about, heir: heir?.now.name ?? id }, index)
      else if (heir.level !== entry.level) this.refuse('area-successor-level', { ...about, heir: heir.now.name }, index)
      else if (!Number.isSafeInteger(parts) || parts < 1 || found.some((one) => one.entry === heir))
        this.refuse('area-parts-invalid', about, index)
      else found.push({ entry: heir, parts })
    }
    entry.hand(day, found)
  }

  /** What an area without an heir leaves behind stays in the area it lay in, or goes where that goes the same day. */
  private leave(entry: Entry, day: Day): void {
    const { parent } = entry.now
    if (parent === null || entry.successions?.at(-1)?.day === day) return
    if (!parent.lives(day)) this.leave(parent, day)
    const next = parent.lives(day) ? undefined : parent.successions?.at(-1)
    if (parent.lives(day)) entry.hand(day, [{ entry: parent, parts: 1 }])
    else if (next?.day === day) entry.hand(day, next.heirs)
  }

  private noOrphans(entry: Entry, day: Day, index: number): void {
    for (const kid of entry.kids ?? [])
      if (kid.now.parent === entry && kid.lives(day))
        this.refuse('area-child-outlives-parent', { id: kid.id, name: kid.now.name, parent: entry.now.name, date: day }, index)
  }

  private noCycle(entry: Entry, index: number): void {
    if (entry.level !== 'unit') return
    const seen = new Set<Entry>()
    for (let at: Entry | null = entry; at !== null; at = at.now.parent) {
      if (seen.has(at)) {
        this.refuse('area-cycle', { id: entry.id, name: entry.now.name }, index)
        return
      }
      seen.add(at)
    }
  }

  private refuse(code: AreaProblemCode, values: Readonly<Record<string, string | number>>, index: number): void {
    this.count += 1
    if (this.problems.length < LISTED) this.problems.push(areaProblem(code, values, `facts.${index}`))
  }
}
