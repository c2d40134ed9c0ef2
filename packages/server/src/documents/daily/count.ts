import type { dailyFigures } from '@guatu/domains'
import { type Area, type AreaWay, addDays, ok, type Result } from '@guatu/kernel'
import type { Desk } from '../../store/desk/desk.ts'
import type { Store } from '../../store/store.ts'
import type { IndicatorSeries } from '../../store/tallies/board.ts'

/** The figures of a report on one day: the whole and its parts as they stood on that day. */
export type Counted = Pick<dailyFigures.DailyContent, 'total' | 'parts'>

const levelBelow = (store: Store, area: string, day: string) => (store.areas.tree.asOf(day).get(area)?.level === 'city' ? 'county' : 'town')

/** The towns of a county or the counties of a city, as they stood on a day. */
export function partsOf(store: Store, area: string, day: string): readonly Area[] {
  const below = levelBelow(store, area, day)
  return store.areas.tree
    .asOf(day)
    .children(area)
    .filter((one) => one.level === below)
}

/** How long ago a reform may lie that the bulletin before did not know of, days. */
const REFORMED = 365

/** The ways of what went over between the parts of an area, or from or to them, by the reforms of the last year, and of what stayed there. */
export function waysIn(store: Store, area: string, day: string): readonly AreaWay[] {
  const { tree } = store.areas
  const ways = tree.waysOf(levelBelow(store, area, day), addDays(day, -REFORMED), day)
  const ours = ways
    .flatMap(({ links }) => links)
    .filter((link) => tree.asOf(addDays(link.day, -1)).contains(area, link.from) || tree.asOf(link.day).contains(area, link.to))
  const parts = new Set(ours.flatMap(({ from, to }) => [from, to]))
  return ways.filter((way) => [way.area, ...way.links.map(({ to }) => to)].some((one) => parts.has(one)))
}

/**
 * The books of an area and its parts on several days, as they are known now. Days with the same parts are read together.
 * @param days `YYYY-MM-DD`, oldest first; a day on which the area was not there is left out of the answer
 */
export async function countDays(
  store: Store,
  desk: Desk,
  asked: { readonly area: string; readonly days: readonly string[]; readonly indicators: readonly string[] },
): Promise<Result<ReadonlyMap<string, Counted>>> {
  const { area, days, indicators } = asked
  const known = days.filter((day) => store.areas.tree.asOf(day).get(area) !== undefined)
  const counted = new Map<string, Counted>()
  const idsOf = (day: string) => [area, ...partsOf(store, area, day).map(({ id }) => id)]
  for (const together of Map.groupBy(known, (day) => idsOf(day).join(' ')).values()) {
    const [first = '', last = first] = [together[0], together.at(-1)]
    // With the day before the first of them, whose stock stands beside it.
    const span = Temporal.PlainDate.from(first).until(last, { largestUnit: 'days' }).days + 2
    const board = await desk.board({ indicators, areas: idsOf(last), day: last, days: span })
    if (!board.ok) return board
    const series = Map.groupBy(board.value, (one) => one.area)
    for (const day of together) {
      const books = (id: string, name: string): dailyFigures.AreaBooks => ({ area: id, name, books: booksOf(series.get(id) ?? [], day) })
      const name = store.areas.tree.asOf(day).get(area)?.name ?? area
      counted.set(day, { total: books(area, name), parts: partsOf(store, area, day).map((one) => books(one.id, one.name)) })
    }
  }
  return ok(counted)
}

/** The books of some areas on one day, in their order. */
export async function booksOn(
  desk: Desk,
  areas: readonly Pick<dailyFigures.AreaBooks, 'area' | 'name'>[],
  { day, indicators }: { readonly day: string; readonly indicators: readonly string[] },
): Promise<Result<readonly dailyFigures.AreaBooks[]>> {
  if (areas.length === 0) return ok([])
  const board = await desk.board({ indicators, areas: areas.map(({ area }) => area), day, days: 2 })
  if (!board.ok) return board
  const series = Map.groupBy(board.value, (one) => one.area)
  return ok(areas.map((one) => ({ ...one, books: booksOf(series.get(one.area) ?? [], day) })))
}

function booksOf(series: readonly IndicatorSeries[], day: string): dailyFigures.AreaBooks['books'] {
  const before = addDays(day, -1)
  return Object.fromEntries(
    series.flatMap((one) => {
      const now = one.days.find((figure) => figure.day === day)
      if (!now) return []
      const { stock, entered, left, movedIn, movedOut } = now
      const yesterday = one.days.find((figure) => figure.day === before)?.stock ?? 0
      return [[one.indicator, { before: yesterday, stock, entered, left, movedIn, movedOut }] as const]
    }),
  )
}
