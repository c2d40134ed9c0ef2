import { countyStem } from '../names.ts'
import type { VintageRow } from '../vintage.ts'

export type Scope = readonly [old: VintageRow[], next: VintageRow[]]

/**
 * Cuts two lists into pieces that are compared apart: city by city, a province by itself. Two cities between which a county moved (公主岭市)
 * are one piece, and so is a whole province whose cities changed.
 */
export function scopes(old: readonly VintageRow[], next: readonly VintageRow[]): Iterable<Scope> {
  const cities = (rows: readonly VintageRow[]) => new Set(rows.filter((row) => row.level === 'city').map((row) => row.code))
  const changed = new Set([...cities(old).symmetricDifference(cities(next))].map((code) => code.slice(0, 2)))
  const joined = joinedCities(old, next)
  const scopeOf = ({ code }: VintageRow): string => {
    if (code.length < 4 || changed.has(code.slice(0, 2))) return code.slice(0, 2)
    let city = code.slice(0, 4)
    for (let to = joined.get(city); to !== undefined; to = joined.get(city)) city = to
    return city
  }
  const found = new Map<string, [VintageRow[], VintageRow[]]>()
  for (const [side, rows] of [old, next].entries())
    for (const row of rows) {
      const key = scopeOf(row)
      const pair = found.get(key) ?? [[], []]
      pair[side === 0 ? 0 : 1].push(row)
      found.set(key, pair)
    }
  return found.values()
}

/** City → the city it is compared together with: counties of one name that left the one and turned up in the other, in one province. */
function joinedCities(old: readonly VintageRow[], next: readonly VintageRow[]): Map<string, string> {
  const names = (rows: readonly VintageRow[]) => {
    const found = new Map<string, Set<string>>()
    for (const { level, code, name } of rows) {
      if (level !== 'county') continue
      const key = `${code.slice(0, 2)} ${countyStem(name)}`
      const cities = found.get(key) ?? new Set<string>()
      found.set(key, cities.add(code.slice(0, 4)))
    }
    return found
  }
  const [before, after] = [names(old), names(next)]
  const joined = new Map<string, string>()
  const root = (city: string): string => {
    const to = joined.get(city)
    return to === undefined ? city : root(to)
  }
  for (const [key, was] of before) {
    const now = after.get(key) ?? new Set<string>()
    const [left, ...more] = was.difference(now)
    const [came, ...others] = now.difference(was)
    if (left === undefined || came === undefined || more.length > 0 || others.length > 0) continue
    const [a, b] = [root(left), root(came)]
    if (a !== b) joined.set(a, b)
  }
  return joined
}
