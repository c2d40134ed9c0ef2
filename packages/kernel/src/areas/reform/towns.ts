import { likeness } from '../names.ts'
import type { VintageRow } from '../vintage.ts'
import { EVIDENCE } from './evidence.ts'
import { type Flows, flowsOf, type Matching, most, reversed } from './matching.ts'

/** Provinces, cities, and counties that kept their code or their name. */
export function linkUpperLevels(matching: Matching): void {
  const { old, next } = matching
  for (const level of ['province', 'city', 'county'] as const)
    for (const row of old.level(level)) {
      const same = next.byCode.get(row.code)
      if (same !== undefined) matching.link(row, same, row.name === same.name ? EVIDENCE.sameCodeAndName : EVIDENCE.countyCode)
    }
  for (const row of matching.openOld(old.level('county'))) {
    const named = matching.openNew(next.level('county')).filter((one) => next.stem(one) === old.stem(row))
    const [only] = named
    if (only !== undefined && named.length === 1) matching.link(row, only, EVIDENCE.countyStem)
  }
}

/** Towns that live on: by name, by rank, by code with their villages, by their villages with a like name. */
export function linkTowns(matching: Matching): void {
  const { old, next } = matching
  const flows = flowsOf(matching, 'village', false)
  const back = reversed(flows)
  const countyNow = (row: VintageRow) =>
    matching.byOld.get(row.parent ?? '')?.next.code ?? most(countyFlows(matching, row.parent ?? '', flows))

  for (const row of old.level('town')) {
    const same = next.byCode.get(row.code)
    if (same !== undefined && same.name === row.name) matching.link(row, same, EVIDENCE.sameCodeAndName)
  }
  const namedAlike = (alike: (a: VintageRow, b: VintageRow) => boolean) => {
    for (const row of matching.openOld(old.level('town'))) {
      const county = countyNow(row)
      const found = matching.openNew(next.kids(county ?? '')).filter((one) => alike(row, one))
      const [only] = found
      if (only !== undefined && found.length === 1) matching.link(row, only, row.name === only.name ? EVIDENCE.onlyName : EVIDENCE.townStem)
    }
  }
  namedAlike((a, b) => a.name === b.name)
  namedAlike((a, b) => old.stem(a) === next.stem(b))
  for (const row of matching.openOld(old.level('town'))) {
    const same = next.byCode.get(row.code)
    if (same !== undefined && !matching.byNew.has(same.code) && mutual(flows, back, row.code, same.code))
      matching.link(row, same, EVIDENCE.townCode)
  }
  for (const row of matching.openOld(old.level('town'))) {
    const there = next.byCode.get(most(flows.get(row.code)) ?? '')
    if (there === undefined || matching.byNew.has(there.code) || !mutual(flows, back, row.code, there.code)) continue
    const [a, b] = [old.stem(row), next.stem(there)]
    if (likeness(a, b) >= 0.5 || matching.sameSound(a, b)) matching.link(row, there, EVIDENCE.townVillages)
  }
}

/** A county that took another name and code at once, with nearly all its towns: 任县 → 任泽区. */
export function linkCounties(matching: Matching): void {
  const flows = flowsOf(matching, 'town', false)
  const back = reversed(flows)
  for (const row of matching.openOld(matching.old.level('county'))) {
    const there = matching.next.byCode.get(most(flows.get(row.code)) ?? '')
    if (there !== undefined && !matching.byNew.has(there.code) && mutual(flows, back, row.code, there.code))
      matching.link(row, there, EVIDENCE.countyTowns)
  }
}

const mutual = (flows: Flows, back: Flows, old: string, next: string): boolean => {
  const out = flows.get(old)
  const into = back.get(next)
  // Without villages in the lists the code alone must do.
  return out === undefined && into === undefined ? true : most(out) === next && most(into) === old
}

function countyFlows(matching: Matching, county: string, flows: Flows): Map<string, number> {
  const sum = new Map<string, number>()
  for (const town of matching.old.kids(county))
    for (const [code, count] of flows.get(town.code) ?? []) {
      const there = matching.next.byCode.get(code)?.parent
      if (there) sum.set(there, (sum.get(there) ?? 0) + count)
    }
  return sum
}

/** Vanished towns and counties go where their children went, with the number of children as parts. */
export function divideAmongHeirs(matching: Matching): void {
  for (const [level, below] of [
    ['town', 'village'],
    ['county', 'town'],
  ] as const) {
    const sure = flowsOf(matching, below, false)
    const all = flowsOf(matching, below, true)
    for (const row of matching.openOld(matching.old.level(level))) {
      const flow = sure.get(row.code) ?? all.get(row.code)
      const evidence = sure.has(row.code) ? EVIDENCE.villagesMoved : EVIDENCE.neighbour
      for (const [code, parts] of [...(flow ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
        const next = matching.next.byCode.get(code)
        if (next?.level === level) matching.bequeath(row, next, evidence, parts)
      }
    }
  }
}
