import { type Cartogram, centreOf, middle, type Point } from './cartogram.ts'
import { settle } from './exact.ts'
import { Assignment, NOBODY } from './grid.ts'
import { type Growing, grow } from './grow.ts'
import type { Plan, Sheet } from './plan.ts'
import { polish } from './polish.ts'
import { cutOut, type Disc, pack, sunflower } from './region.ts'

/** Where things were in the earlier layout, by id. */
interface Before {
  readonly cells: ReadonlyMap<string, Point>
  readonly patches: ReadonlyMap<string, Point>
  readonly blocks: ReadonlyMap<string, Point>
}

function beforeOf(previous: Cartogram | undefined): Before {
  const cells = new Map<string, Point>()
  const patches = new Map<string, Point[]>()
  const blocks = new Map<string, Point[]>()
  for (const cell of previous?.cells ?? []) {
    const point = centreOf(cell)
    cells.set(cell.id, point)
    for (const [map, id] of [
      [patches, cell.patch],
      [blocks, cell.block],
    ] as const) {
      const list = map.get(id)
      if (list === undefined) map.set(id, [point])
      else list.push(point)
    }
  }
  const middles = (map: Map<string, Point[]>) => new Map([...map].map(([id, points]) => [id, middle(points)]))
  return { cells, patches: middles(patches), blocks: middles(blocks) }
}

/** The middle of where these cells were, or of where their group was. */
function was(before: Before, id: string, group: ReadonlyMap<string, Point>, cells: readonly string[]): Point | undefined {
  const same = group.get(id)
  if (same !== undefined) return same
  const points = cells.flatMap((cell) => before.cells.get(cell) ?? [])
  return points.length > 0 ? middle(points) : undefined
}

/** A new layout: discs for the blocks, cut into cells, blocks grown in them, patches grown in the blocks. `undefined` if sizes cannot be met. */
export function fresh(plan: Plan, previous: Cartogram | undefined): Sheet | undefined {
  const { blocks, patches } = plan
  const before = beforeOf(previous)
  const sizes = blocks.map((block) => block.patches.reduce((sum, patch) => sum + patch.cells.length, 0))
  const discs = placeBlocks(plan, before, sizes)
  const region = cutOut(discs)
  const outer = new Assignment(region.grid)
  const growing: Growing[] = region.discs.map(({ x, y, cells }) => ({ x, y, target: cells, anchored: true }))
  // Empty blocks take no part.
  const live = [...growing.keys()].filter((block) => (sizes[block] ?? 0) > 0)
  if (!divide(outer, region.cells, live, growing)) return undefined

  const assignment = new Assignment(region.grid)
  for (const block of live) {
    const cells = region.cells.filter((cell) => outer.get(cell) === block)
    const own = [...patches.keys()].filter((patch) => patches[patch]?.block === block && (patches[patch]?.input.cells.length ?? 0) > 0)
    const places = placePatches(
      plan,
      before,
      block,
      own,
      cells.map((cell) => ({ x: region.grid.px(cell), y: region.grid.py(cell) })),
    )
    const inner = new Assignment(region.grid)
    const wanted: Growing[] = []
    for (const [index, patch] of own.entries()) wanted[patch] = places[index] ?? { x: 0, y: 0, target: 0, anchored: false }
    if (!divide(inner, cells, own, wanted)) return undefined
    for (const cell of cells) assignment.set(cell, inner.get(cell))
  }
  return { assignment, cells: region.cells, column: 0, row: 0 }
}

/** Grows the groups named by `live` in the region and brings them to their exact sizes. */
function divide(assignment: Assignment, region: readonly number[], live: readonly number[], groups: readonly Growing[]): boolean {
  const own = live.flatMap((group) => groups[group] ?? [])
  grow(assignment, region, own)
  const done = settle(assignment, region, { targets: own.map((one) => one.target), centres: own })
  polish(assignment, region)
  for (const cell of region) assignment.set(cell, live[assignment.get(cell)] ?? NOBODY)
  return done
}

function placeBlocks({ blocks }: Plan, before: Before, sizes: readonly number[]): Disc[] {
  const spots = sunflower(sizes)
  // Geography keeps its promise from layout to layout; only without it must the earlier layout speak.
  const mapped = blocks.every((block, index) => block.centre !== undefined || sizes[index] === 0)
  const known = blocks.map((block): Point | undefined => {
    const given = block.centre === undefined ? undefined : { x: block.centre.x, y: -block.centre.y }
    if (mapped || before.blocks.size === 0) return given
    return was(
      before,
      block.id,
      before.blocks,
      block.patches.flatMap((patch) => patch.cells),
    )
  })
  const some = known.filter((point) => point !== undefined)
  const [around, spread] = [middle(some), reach(some)]
  const room = reach(spots)
  const discs = blocks.map((_, index) => {
    const spot = spots[index] ?? { x: 0, y: 0 }
    const factor = room > 0 && spread > 0 ? spread / room : 1
    const point = known[index] ?? { x: around.x + spot.x * factor, y: around.y + spot.y * factor }
    return { x: point.x, y: point.y, cells: sizes[index] ?? 0 }
  })
  pack(discs.filter((disc) => disc.cells > 0))
  return discs
}

const reach = (points: readonly Point[]): number => {
  const { x, y } = middle(points)
  return Math.max(0, ...points.map((point) => Math.hypot(point.x - x, point.y - y)))
}

/** Points for the patches of a block inside the cells it got. */
function placePatches(
  { blocks, patches }: Plan,
  before: Before,
  block: number,
  own: readonly number[],
  cells: readonly Point[],
): Growing[] {
  const inputs = own.flatMap((patch) => patches[patch]?.input ?? [])
  const heart = middle(cells)
  const size = reach(cells)
  const spots = sunflower(inputs.map((input) => input.cells.length))
  const room = reach(spots)
  const old = inputs.map((input) => was(before, input.id, before.patches, input.cells))
  const given = inputs.map((input) => (input.centre === undefined ? undefined : { x: input.centre.x, y: -input.centre.y }))
  const known = old.some((point) => point !== undefined) ? old : given
  const some = known.filter((point) => point !== undefined)
  const from = before.blocks.get(blocks[block]?.id ?? '') ?? middle(some)
  const scale = reach(some) > 0 ? size / Math.max(reach(some), 1e-9) : 0
  return inputs.map((input, index) => {
    const spot = spots[index] ?? { x: 0, y: 0 }
    const point = known[index]
    const factor = room > 0 ? (0.8 * size) / room : 0
    return {
      x: heart.x + (point === undefined ? spot.x * factor : (point.x - from.x) * 0.85 * scale),
      y: heart.y + (point === undefined ? spot.y * factor : (point.y - from.y) * 0.85 * scale),
      target: input.cells.length,
      anchored: false,
    }
  })
}
