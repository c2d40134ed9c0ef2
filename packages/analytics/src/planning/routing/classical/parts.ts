/**
 * Parts of a plan that several threads improve at the same time: neighbouring routes by the angle of their centres of gravity around
 * the depot. Each part is an instance of its own, with the vehicles of its routes and its share of those not in use.
 */
import type { Classical } from './compile.ts'

export interface Part {
  readonly instance: Classical
  /** Place of the whole instance for every place of the part; the depot first. */
  readonly places: readonly number[]
  /** Stops (places of the part less one) of every slot. */
  readonly start: readonly Int32Array[]
}

/** Cuts routes (lists of places) into `count` parts, turning the first cut by `turn` of a circle in [0, 1). Parts may be fewer than asked. */
export function cutIntoParts(
  whole: Classical,
  routes: readonly (readonly number[])[],
  x: Float64Array,
  y: Float64Array,
  count: number,
  turn: number,
): Part[] {
  const used = routes.filter((route) => route.length > 0)
  const angle = (route: readonly number[]) => {
    const mean = (values: Float64Array) =>
      route.reduce((sum, place) => sum + (values[place] as number), 0) / route.length - (values[0] as number)
    return (Math.atan2(mean(y), mean(x)) / (2 * Math.PI) + 1 + turn) % 1
  }
  const sorted = used.map((route) => ({ route, at: angle(route) })).sort((a, b) => a.at - b.at)
  const stops = used.reduce((sum, route) => sum + route.length, 0)
  const groups: (readonly number[])[][] = []
  let filled = 0
  for (const { route } of sorted) {
    const group = Math.min(count - 1, Math.floor((filled / stops) * count))
    let list = groups[group]
    if (list === undefined) {
      list = []
      groups[group] = list
    }
    list.push(route)
    filled += route.length
  }
  const present = groups.filter((group) => group.length > 0)
  const spare = Math.floor((whole.vehicles - used.length) / Math.max(1, present.length))
  return present.map((group) => partOf(whole, group, group.length + spare))
}

function partOf(whole: Classical, routes: readonly (readonly number[])[], vehicles: number): Part {
  const places = [0, ...routes.flat()]
  const side = places.length
  const matrix = new Int32Array(side * side)
  places.forEach((from, i) => {
    places.forEach((to, j) => {
      matrix[i * side + j] = whole.matrix[from * whole.places + to] as number
    })
  })
  const pick = (values: Int32Array) => Int32Array.from(places, (place) => values[place] as number)
  const { windows } = whole
  let next = 0
  return {
    places,
    instance: {
      places: side,
      matrix,
      demand: pick(whole.demand),
      capacity: whole.capacity,
      vehicles,
      ...(windows === undefined ? {} : { windows: { ready: pick(windows.ready), due: pick(windows.due), service: pick(windows.service) } }),
    },
    start: routes.map((route) => Int32Array.from(route, () => next++)),
  }
}

/** Routes of a part's slots as lists of places of the whole. */
export function rejoin(part: Part, slots: readonly Int32Array[]): number[][] {
  return slots.filter((stops) => stops.length > 0).map((stops) => Array.from(stops, (v) => part.places[v + 1] as number))
}
