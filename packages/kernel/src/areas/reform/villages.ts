import { likeness } from '../names.ts'
import type { VintageRow } from '../vintage.ts'
import { EVIDENCE, type Evidence } from './evidence.ts'
import { type Flows, flowsOf, type Matching } from './matching.ts'

const group = (rows: Iterable<VintageRow>, key: (row: VintageRow) => string): Map<string, VintageRow[]> => {
  const groups = new Map<string, VintageRow[]>()
  for (const row of rows) {
    const at = key(row)
    const list = groups.get(at)
    if (list === undefined) groups.set(at, [row])
    else list.push(row)
  }
  return groups
}

/** Villages that cannot be mistaken: same code and name, or a name that occurs once on both sides of their county. */
export function anchorVillages(matching: Matching): void {
  const { old, next } = matching
  for (const row of old.level('village')) {
    const same = next.byCode.get(row.code)
    if (same === undefined) continue
    if (same.name === row.name) matching.link(row, same, EVIDENCE.sameCodeAndName)
    else if (old.stem(row) === next.stem(same)) matching.link(row, same, EVIDENCE.sameCodeAndStem)
  }
  const countyNow = (row: VintageRow) => matching.byOld.get(old.county(row))?.next.code ?? ''
  // 凤凰寺 that became 凤凰 under its own code must not lose it to a 凤凰 from the other end of the county.
  const stems = new Set([...next.level('village')].map((row) => `${next.county(row)} ${next.stem(row)}`))
  for (const row of matching.openOld(old.level('village'))) {
    const same = next.byCode.get(row.code)
    if (same === undefined || stems.has(`${countyNow(row)} ${old.stem(row)}`)) continue
    if (resemblance(matching, row, same) > 0.5) matching.link(row, same, EVIDENCE.sameCodeLikeName)
  }
  pairUnique(
    matching,
    (row) => `${countyNow(row)} ${old.stem(row)}`,
    (row) => `${next.county(row)} ${next.stem(row)}`,
    (row, one) => matching.link(row, one, EVIDENCE.onlyName),
  )
  // Across counties a name alone is weak: two of one town must have gone the same way.
  const pairs: [VintageRow, VintageRow][] = []
  pairUnique(
    matching,
    (row) => old.stem(row),
    (row) => next.stem(row),
    (row, one) => pairs.push([row, one]),
  )
  for (const together of group2(pairs).values())
    if (together.length > 1) for (const [row, one] of together) matching.link(row, one, EVIDENCE.onlyNameInCity)
}

function group2(pairs: readonly [VintageRow, VintageRow][]): Map<string, [VintageRow, VintageRow][]> {
  const groups = new Map<string, [VintageRow, VintageRow][]>()
  for (const pair of pairs) {
    const key = `${pair[0].parent} ${pair[1].parent}`
    const list = groups.get(key)
    if (list === undefined) groups.set(key, [pair])
    else list.push(pair)
  }
  return groups
}

function pairUnique(
  matching: Matching,
  oldKey: (row: VintageRow) => string,
  newKey: (row: VintageRow) => string,
  found: (old: VintageRow, next: VintageRow) => void,
): void {
  const olds = group(matching.openOld(matching.old.level('village')), oldKey)
  const news = group(matching.openNew(matching.next.level('village')), newKey)
  for (const [key, [row, ...more]] of olds) {
    const [one, ...others] = news.get(key) ?? []
    if (row !== undefined && one !== undefined && more.length === 0 && others.length === 0) found(row, one)
  }
}

/** The new towns to which an old town's people went, the main one first. */
export function reachOf(matching: Matching, flows: Flows, town: string): string[] {
  const towns = [...(flows.get(town) ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([code]) => code)
  const heir = matching.byOld.get(town)?.next.code
  return heir === undefined || towns.includes(heir) ? towns : [heir, ...towns]
}

/** The rest of the villages that live on, town by town along the way their town went. */
export function followTowns(matching: Matching): void {
  const { old, next } = matching
  const flows = flowsOf(matching, 'village', false)
  const along = (judge: (old: VintageRow, next: VintageRow) => number, evidence: Evidence) => {
    for (const town of old.level('town')) {
      const open = matching.openOld(old.kids(town.code))
      if (open.length === 0) continue
      const there = matching.openNew(reachOf(matching, flows, town.code).flatMap((code) => next.kids(code)))
      const scored = open.flatMap((row) => there.map((one) => ({ row, one, score: judge(row, one) }))).filter(({ score }) => score > 0)
      for (const { row, one } of scored.sort((a, b) => b.score - a.score))
        if (!matching.byOld.has(row.code) && !matching.byNew.has(one.code)) matching.link(row, one, evidence)
    }
  }
  along((row, one) => (old.stem(row) === next.stem(one) ? 1 : 0), EVIDENCE.nameOnTheWay)
  along((row, one) => (row.code === one.code ? resemblance(matching, row, one) : 0), EVIDENCE.sameCodeLikeName)
  along((row, one) => (matching.sameSound(old.stem(row), next.stem(one)) ? 1 : 0), EVIDENCE.sameSound)
  along((row, one) => {
    const like = likeness(old.stem(row), next.stem(one))
    return like > 0.5 ? like : 0
  }, EVIDENCE.likeName)
  along((row, one) => (row.code === one.code ? 1 : 0), EVIDENCE.sameCodeOtherName)
  const steps = stepsOf(matching)
  along((row, one) => (steps.get(way(row, one)) === Number(one.code) - Number(row.code) ? 1 : 0), EVIDENCE.sameOrder)
}

function resemblance(matching: Matching, row: VintageRow, one: VintageRow): number {
  const [a, b] = [matching.old.stem(row), matching.next.stem(one)]
  const like = likeness(a, b)
  return like >= 0.5 || matching.sameSound(a, b) ? Math.max(like, 0.5) : 0
}

/** Residents' and villagers' committees are numbered apart. */
const way = (row: VintageRow, one: VintageRow): string => `${row.parent} ${one.parent} ${row.code.slice(9, 10) < '2' ? 'r' : 'v'}`

/** The step by which whole blocks of codes shifted from one town to another, where most of at least three villages agree. */
function stepsOf(matching: Matching): Map<string, number> {
  const counts = new Map<string, Map<number, number>>()
  for (const { old, next } of matching.byOld.values()) {
    if (old.level !== 'village') continue
    const key = way(old, next)
    const row = counts.get(key) ?? new Map<number, number>()
    const step = Number(next.code) - Number(old.code)
    row.set(step, (row.get(step) ?? 0) + 1)
    counts.set(key, row)
  }
  const steps = new Map<string, number>()
  for (const [key, row] of counts) {
    const [[step, count] = [0, 0]] = [...row].sort(([, x], [, y]) => y - x)
    const all = [...row.values()].reduce((sum, one) => sum + one, 0)
    if (count >= 3 && count * 2 > all) steps.set(key, step)
  }
  return steps
}
