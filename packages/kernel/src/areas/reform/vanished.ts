import type { VintageRow } from '../vintage.ts'
import { EVIDENCE, type Evidence } from './evidence.ts'
import { type Flows, flowsOf, type Matching, most } from './matching.ts'
import { reachOf } from './villages.ts'

/**
 * Every village that is gone gets an heir: a new village whose name is composed of the vanished ones, one of the same or a containing
 * name, else the nearest survivor of its list. The last is a guess and says so.
 */
export function findHeirs(matching: Matching): void {
  const flows = flowsOf(matching, 'village', false)
  for (const town of matching.old.level('town')) {
    const gone = matching.openOld(matching.old.kids(town.code))
    if (gone.length === 0) continue
    const there = reachOf(matching, flows, town.code).flatMap((code) => matching.next.kids(code))
    compose(matching, gone, there)
    for (const row of matching.openOld(gone)) {
      const heir = named(matching, row, there) ?? nearest(matching, row) ?? anywhere(matching, row, there, flows)
      if (heir !== undefined) matching.bequeath(row, heir.next, heir.evidence)
    }
  }
}

/** 红花 + 石龙 → 红石: each character of a short new name begins or ends a different vanished name. */
function compose(matching: Matching, gone: readonly VintageRow[], there: readonly VintageRow[]): void {
  for (const one of matching.openNew(there)) {
    const chars = [...matching.next.stem(one)]
    if (chars.length < 2 || chars.length > 3 || new Set(chars).size < chars.length) continue
    const taken: VintageRow[] = []
    for (const char of chars) {
      const from = matching.openOld(gone).filter((row) => !taken.includes(row) && edges(matching.old.stem(row)).includes(char))
      const [only] = from
      if (only !== undefined && from.length === 1) taken.push(only)
    }
    if (taken.length === chars.length) for (const row of taken) matching.bequeath(row, one, EVIDENCE.composed)
  }
}

const edges = (stem: string): readonly (string | undefined)[] => {
  const chars = [...stem]
  return [chars[0], chars.at(-1)]
}

type Found = { readonly next: VintageRow; readonly evidence: Evidence } | undefined

function named(matching: Matching, row: VintageRow, there: readonly VintageRow[]): Found {
  const stem = matching.old.stem(row)
  const same = there.find((one) => matching.next.stem(one) === stem)
  if (same !== undefined) return { next: same, evidence: EVIDENCE.nameTwice }
  const part = there.find((one) => {
    const other = matching.next.stem(one)
    return other.includes(stem) || stem.includes(other)
  })
  return part === undefined ? undefined : { next: part, evidence: EVIDENCE.partOfName }
}

function nearest(matching: Matching, row: VintageRow): Found {
  const at = Number(row.code)
  let best: { next: VintageRow; gap: number } | undefined
  for (const other of matching.old.kids(row.parent ?? '')) {
    const next = matching.byOld.get(other.code)?.next
    const gap = Math.abs(Number(other.code) - at)
    if (next !== undefined && (best === undefined || gap < best.gap)) best = { next, gap }
  }
  return best === undefined ? undefined : { next: best.next, evidence: EVIDENCE.neighbour }
}

function anywhere(matching: Matching, row: VintageRow, there: readonly VintageRow[], flows: Flows): Found {
  const { old, next } = matching
  const first = there[0] ?? next.kids(most(flows.get(row.parent ?? '')) ?? '')[0]
  if (first !== undefined) return { next: first, evidence: EVIDENCE.somewhere }
  // Nothing of its town is left: the nearest village by code of the county that took its county over.
  const county = matching.byOld.get(old.county(row))?.next.code
  const at = Number(row.code)
  let best: { one: VintageRow; gap: number } | undefined
  for (const town of county === undefined ? next.level('town') : next.kids(county))
    for (const one of next.kids(town.code)) {
      const gap = Math.abs(Number(one.code) - at)
      if (best === undefined || gap < best.gap) best = { one, gap }
    }
  return best === undefined ? undefined : { next: best.one, evidence: EVIDENCE.somewhere }
}
