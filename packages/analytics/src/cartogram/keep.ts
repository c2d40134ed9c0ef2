import type { Cartogram, CellPlace } from './cartogram.ts'
import { settle } from './exact.ts'
import { Assignment, HexGrid, NOBODY } from './grid.ts'
import type { Plan, Sheet } from './plan.ts'

/** Above this share of new and vanished cells the layout is made anew (around the old places). */
const LARGE = 0.12
const MARGIN = 6

/**
 * Keeps an earlier layout: patches that still exist keep their hexagons, those of vanished patches go to whoever took over their cells, and
 * single hexagons are handed along until every patch has its size. `undefined` when too much has changed or it does not work out.
 */
export function keep({ blocks, patches }: Plan, previous: Cartogram): Sheet | undefined {
  const total = patches.reduce((sum, patch) => sum + patch.input.cells.length, 0)
  const patchOfCell = new Map(patches.flatMap(({ input }, patch) => input.cells.map((id) => [id, patch] as const)))
  const surviving = previous.cells.filter((cell) => patchOfCell.has(cell.id)).length
  if (Math.max(previous.cells.length, total) - surviving > LARGE * Math.max(previous.cells.length, total)) return undefined

  const low = (key: 'column' | 'row') =>
    previous.cells.reduce((least, cell) => Math.min(least, cell[key]), Number.POSITIVE_INFINITY) - MARGIN
  const high = (key: 'column' | 'row') =>
    previous.cells.reduce((most, cell) => Math.max(most, cell[key]), Number.NEGATIVE_INFINITY) + MARGIN
  const column = low('column')
  const row = low('row') - (low('row') & 1)
  const grid = new HexGrid(high('column') - column + 1, high('row') - row + 1)
  const at = (cell: CellPlace) => (cell.row - row) * grid.columns + (cell.column - column)

  const index = new Map(patches.map(({ input }, patch) => [input.id, patch]))
  const assignment = new Assignment(grid)
  const homeless: CellPlace[] = []
  for (const cell of previous.cells) {
    const patch = index.get(cell.patch)
    if (patch !== undefined && (patches[patch]?.input.cells.length ?? 0) > 0) assignment.set(at(cell), patch)
    else homeless.push(cell)
  }
  const blockOf = (patch: number) => patches[patch]?.block ?? NOBODY
  const has = new Set(assignment.of)
  found(patches.keys())
  // What vanished patches left goes to new patches that took their cells, then to neighbours: of the same block first.
  for (const near of [true, false]) {
    for (let open = homeless; open.length > 0; ) {
      const left = open.filter((cell) => {
        const heir = neighbour(cell, near)
        if (heir !== NOBODY) assignment.set(at(cell), heir)
        return heir === NOBODY
      })
      if (left.length === open.length) break
      open = left
    }
  }
  const all = Array.from({ length: grid.size }, (_, cell) => cell)
  const done = settle(assignment, all, {
    targets: patches.map((patch) => patch.input.cells.length),
    centres: centres(),
    blockOf,
    open: true,
  })
  return done ? { assignment, cells: all.filter((cell) => assignment.get(cell) !== NOBODY), column, row } : undefined

  /** A new patch begins where one of its cells was, on a free hexagon or on one that its holder can spare. */
  function found(all: Iterable<number>): void {
    const before = new Map(previous.cells.map((cell) => [cell.id, cell]))
    for (const patch of all) {
      const input = patches[patch]?.input
      if (input === undefined || input.cells.length === 0 || has.has(patch)) continue
      const old = input.cells.flatMap((id) => before.get(id) ?? [])
      const free = old.filter((cell) => assignment.get(at(cell)) === NOBODY)
      const spare = old.find((cell) => blockOf(assignment.get(at(cell))) === blockOf(patch) && assignment.mayLeave(at(cell)))
      for (const cell of free.length > 0 ? free.slice(0, 1) : spare === undefined ? [] : [spare]) assignment.set(at(cell), patch)
    }
  }

  function neighbour(cell: CellPlace, sameBlock: boolean): number {
    const here = at(cell)
    if (assignment.get(here) !== NOBODY) return assignment.get(here)
    const wanted = patchOfCell.get(cell.id) ?? NOBODY
    let best = NOBODY
    let most = 0
    for (let side = 0; side < 6; side += 1) {
      const patch = assignment.get(grid.next(here, side))
      if (patch === NOBODY || (sameBlock && blocks[blockOf(patch)]?.id !== cell.block)) continue
      const score = assignment.touching(here, patch) + (patch === wanted ? 10 : 0)
      if (score > most) {
        most = score
        best = patch
      }
    }
    return best
  }

  function centres(): { x: number; y: number }[] {
    const sums = patches.map(() => ({ x: 0, y: 0, n: 0 }))
    for (const cell of all) {
      const sum = sums[assignment.get(cell)]
      if (sum === undefined) continue
      sum.x += grid.px(cell)
      sum.y += grid.py(cell)
      sum.n += 1
    }
    return sums.map(({ x, y, n }) => ({ x: x / Math.max(n, 1), y: y / Math.max(n, 1) }))
  }
}
