import { countyStem, townStem, villageStem } from '../names.ts'
import type { VintageRow } from '../vintage.ts'
import type { Evidence } from './evidence.ts'

/** An old area that lives on as a new line. */
export interface Link {
  readonly old: VintageRow
  readonly next: VintageRow
  readonly evidence: Evidence
}

/** A new line that takes over an old area, or part of one, which ends. */
export interface Heir {
  readonly next: VintageRow
  parts: number
  readonly evidence: Evidence
}

/** What is called the same when spoken, e.g. pinyin without tones. Given by the caller: the comparison needs no dictionary of its own. */
export type SoundOf = (name: string) => string

const stemmed: Readonly<Record<string, (name: string) => string>> = { village: villageStem, town: townStem, county: countyStem }

/** One side of the comparison: the lines of a city, by code and by parent, with their stems. */
export class Side {
  readonly byCode = new Map<string, VintageRow>()
  private readonly below = new Map<string, VintageRow[]>()
  private readonly stems = new Map<VintageRow, string>()

  constructor(rows: readonly VintageRow[]) {
    for (const row of rows) {
      this.byCode.set(row.code, row)
      if (row.parent === null) continue
      const list = this.below.get(row.parent)
      if (list === undefined) this.below.set(row.parent, [row])
      else list.push(row)
    }
  }

  *level(level: VintageRow['level']): Generator<VintageRow> {
    for (const row of this.byCode.values()) if (row.level === level) yield row
  }

  kids(code: string): readonly VintageRow[] {
    return this.below.get(code) ?? []
  }

  stem(row: VintageRow): string {
    const known = this.stems.get(row)
    if (known !== undefined) return known
    const stem = stemmed[row.level]?.(row.name) ?? row.name
    this.stems.set(row, stem)
    return stem
  }

  /** The county of a town or village. */
  county(row: VintageRow): string {
    let at: VintageRow | undefined = row
    while (at !== undefined && at.level !== 'county' && at.parent !== null) at = this.byCode.get(at.parent)
    return at?.code ?? ''
  }
}

/** What has been found out about one city so far. */
export class Matching {
  readonly old: Side
  readonly next: Side
  readonly soundOf: SoundOf | undefined
  readonly byOld = new Map<string, Link>()
  readonly byNew = new Map<string, Link>()
  readonly heirs = new Map<string, Heir[]>()

  constructor(old: readonly VintageRow[], next: readonly VintageRow[], soundOf: SoundOf | undefined) {
    this.old = new Side(old)
    this.next = new Side(next)
    this.soundOf = soundOf
  }

  link(old: VintageRow, next: VintageRow, evidence: Evidence): void {
    const link = { old, next, evidence }
    this.byOld.set(old.code, link)
    this.byNew.set(next.code, link)
  }

  bequeath(old: VintageRow, next: VintageRow, evidence: Evidence, parts = 1): void {
    const list = this.heirs.get(old.code) ?? []
    const same = list.find((heir) => heir.next === next)
    if (same === undefined) list.push({ next, parts, evidence })
    else same.parts += parts
    this.heirs.set(old.code, list)
  }

  openOld(rows: Iterable<VintageRow>): VintageRow[] {
    return [...rows].filter((row) => !this.byOld.has(row.code) && !this.heirs.has(row.code))
  }

  openNew(rows: Iterable<VintageRow>): VintageRow[] {
    return [...rows].filter((row) => !this.byNew.has(row.code))
  }

  sameSound(a: string, b: string): boolean {
    return this.soundOf !== undefined && this.soundOf(a) === this.soundOf(b)
  }
}

/** Counts of old child areas that now lie below another parent: old parent → new parent → how many. */
export type Flows = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Where the children of each old area of the level above `level` went, by links and, where asked, by heirs. */
export function flowsOf(matching: Matching, level: VintageRow['level'], withHeirs: boolean): Flows {
  const flows = new Map<string, Map<string, number>>()
  const add = (from: string | null, to: string | null) => {
    if (from === null || to === null) return
    const row = flows.get(from) ?? new Map<string, number>()
    row.set(to, (row.get(to) ?? 0) + 1)
    flows.set(from, row)
  }
  for (const row of matching.old.level(level)) {
    const link = matching.byOld.get(row.code)
    if (link !== undefined) add(row.parent, link.next.parent)
    else if (withHeirs) for (const heir of matching.heirs.get(row.code)?.slice(0, 1) ?? []) add(row.parent, heir.next.parent)
  }
  return flows
}

/** Where most went; ties go to the smaller code so that the same lists always give the same answer. */
export function most(row: ReadonlyMap<string, number> | undefined): string | undefined {
  let best: string | undefined
  for (const [code, count] of row ?? []) {
    const top = best === undefined ? -1 : (row?.get(best) ?? 0)
    if (count > top || (count === top && best !== undefined && code < best)) best = code
  }
  return best
}

/** The same counts read from the other end. */
export function reversed(flows: Flows): Flows {
  const back = new Map<string, Map<string, number>>()
  for (const [from, row] of flows)
    for (const [to, count] of row) {
      const list = back.get(to) ?? new Map<string, number>()
      list.set(from, count)
      back.set(to, list)
    }
  return back
}
