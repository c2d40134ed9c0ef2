import { addDays } from '../clock.ts'
import type { AreaLink, AreaWay } from './area.ts'
import type { Entry } from './entry.ts'
import type { AreaId, Day } from './fact.ts'
import type { AreaLevel } from './level.ts'
import { forward } from './succession.ts'

/** The area of a level in which something lies on a day. */
function within(entry: Entry, level: AreaLevel, on: Day): AreaId | undefined {
  let at: Entry | null = entry
  while (at !== null && at.level !== level) at = at.at(on).parent
  return at?.id
}

/** The days on which something went over from one area of a level to another. */
function reformDays(entries: readonly Entry[], level: AreaLevel, since: Day, day: Day): readonly Day[] {
  const days = new Set<Day>()
  for (const entry of entries)
    for (const on of [...entry.versions().map(({ from }) => from), ...(entry.successions ?? []).map((one) => one.day)]) {
      const eve = addDays(on, -1)
      if (on <= since || on > day || days.has(on) || !entry.lives(eve)) continue
      const from = within(entry, level, eve)
      const to = [...forward(entry, eve, on).keys()].map((heir) => within(heir, level, on))
      if (from !== undefined && to.some((one) => one !== undefined && one !== from)) days.add(on)
    }
  return [...days].sort()
}

/** Ways that came to an area, each once. */
type Ways = ReadonlyMap<string, AreaWay>

const nameOf = ({ area, links }: AreaWay) => [area, ...links.flatMap(({ day, to }) => [day, to])].join(' ')

/** Ways to where they came to by a later day, and with what link where that is another area of the level. */
function carried(ways: ReadonlyMap<Entry, Ways>, then: Day, day: Day, link: (from: Entry, to: Entry) => AreaLink | undefined) {
  const next = new Map<Entry, Map<string, AreaWay>>()
  for (const [entry, known] of ways)
    for (const heir of forward(entry, then, day).keys()) {
      const more = link(entry, heir)
      const all = next.get(heir) ?? new Map<string, AreaWay>()
      for (const { area, links } of known.values()) {
        const way = more ? { area, links: [...links, more] } : { area, links }
        all.set(nameOf(way), way)
      }
      next.set(heir, all)
    }
  return next
}

/** What {@link AreaTree.waysOf} answers: followed are the areas in which no other lies. */
export function waysOf(entries: readonly Entry[], level: AreaLevel, since: Day, day: Day): readonly AreaWay[] {
  const still = () => undefined
  let ways: ReadonlyMap<Entry, Ways> = new Map()
  let then = since
  for (const on of reformDays(entries, level, since, day)) {
    const eve = addDays(on, -1)
    const stood = carried(ways, then, eve, still)
    for (const entry of entries) {
      const area = entry.lives(eve) && !stood.has(entry) ? within(entry, level, eve) : undefined
      const holds = area !== undefined && entry.kids?.some((kid) => kid.lives(eve) && kid.at(eve).parent === entry)
      if (area !== undefined && !holds) stood.set(entry, new Map([[area, { area, links: [] }]]))
    }
    ways = carried(stood, eve, on, (one, other) => {
      const [from, to] = [within(one, level, eve), within(other, level, on)]
      return from === undefined || to === undefined || from === to ? undefined : { day: on, from, to }
    })
    then = on
  }
  const all = new Map([...ways.values()].flatMap((known) => [...known]))
  const touched = new Set([...all.values()].flatMap(({ links }) => links.flatMap(({ from, to }) => [from, to])))
  const placesOf = ({ area, links }: AreaWay) => [area, ...links.map(({ to }) => to)]
  return [...all]
    .filter(([, way]) => placesOf(way).some((area) => touched.has(area)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, way]) => way)
}
