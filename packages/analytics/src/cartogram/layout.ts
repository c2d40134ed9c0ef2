import { type BlockInput, type Cartogram, type CellPlace, centreOf } from './cartogram.ts'
import { curvedSheet } from './curve.ts'
import { fresh } from './fresh.ts'
import { Assignment, type HexGrid, NOBODY, pieces } from './grid.ts'
import { keep } from './keep.ts'
import type { Plan, Sheet } from './plan.ts'

/**
 * Lays a tree of cells out as a map without geography: every cell one hexagon, patches contiguous, blocks contiguous, the whole in one
 * piece, blocks lying to one another as their centres do. The same input always gives the same layout.
 *
 * @param previous an earlier layout: cells, patches and blocks keep their places in it as far as possible. After a small change what is not
 *   concerned does not move at all; after a large one everything keeps its place relative to the whole.
 * @throws RangeError when a cell, patch or block id occurs twice
 */
export function layout(blocks: readonly BlockInput[], previous?: Cartogram): Cartogram {
  const plan: Plan = { blocks, patches: blocks.flatMap((block, index) => block.patches.map((input) => ({ input, block: index }))) }
  unique(blocks.map((block) => block.id))
  unique(plan.patches.map((patch) => patch.input.id))
  unique(plan.patches.flatMap((patch) => patch.input.cells))
  const empty = plan.patches.every((patch) => patch.input.cells.length === 0)
  if (empty) return finish(plan, undefined, previous, 'grown')
  const kept = previous === undefined ? undefined : keep(plan, previous)
  if (kept !== undefined && holds(plan, kept)) return finish(plan, kept, previous, 'kept')
  const grown = fresh(plan, previous)
  if (grown !== undefined && holds(plan, grown)) return finish(plan, grown, previous, 'grown')
  return finish(plan, alongCurve(plan), previous, 'curve')
}

function unique(ids: readonly string[]): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) throw new RangeError(`id ${id} occurs twice / 编号 ${id} 重复`)
    seen.add(id)
  }
}

/** Has every patch its cells, and do patches, blocks and the whole hang together? */
function holds({ blocks, patches }: Plan, { assignment, cells }: Sheet): boolean {
  const members = patches.map((): number[] => [])
  for (const cell of cells) members[assignment.get(cell)]?.push(cell)
  const { grid } = assignment
  const blockOf = (cell: number) => patches[assignment.get(cell)]?.block ?? NOBODY
  for (const [patch, { input }] of patches.entries()) {
    const own = members[patch] ?? []
    if (own.length !== input.cells.length) return false
    if (own.length > 0 && pieces(grid, own, (cell) => assignment.get(cell) === patch) !== 1) return false
  }
  for (const block of blocks.keys()) {
    const own = cells.filter((cell) => blockOf(cell) === block)
    if (own.length > 0 && pieces(grid, own, (cell) => blockOf(cell) === block) !== 1) return false
  }
  return pieces(grid, cells, (cell) => assignment.get(cell) !== NOBODY) === 1
}

/** Every stretch of the curve is contiguous, so this holds whatever the tree is. */
function alongCurve({ patches }: Plan): Sheet {
  const total = patches.reduce((sum, patch) => sum + patch.input.cells.length, 0)
  const { grid, path } = curvedSheet(total)
  const assignment = new Assignment(grid)
  let at = 0
  for (const [patch, { input }] of patches.entries())
    for (const _ of input.cells) {
      assignment.set(path[at] ?? 0, patch)
      at += 1
    }
  return { assignment, cells: path.slice(0, total), column: 0, row: 0 }
}

/** Gives each cell of a patch one of its hexagons: its own of before where it still belongs to the patch, else in reading order. */
function finish(
  { blocks, patches }: Plan,
  sheet: Sheet | undefined,
  previous: Cartogram | undefined,
  method: Cartogram['method'],
): Cartogram {
  const places: CellPlace[] = []
  const before = new Map(previous?.cells.map((cell) => [cell.id, cell]))
  const hexagons = patches.map((): { column: number; row: number }[] => [])
  if (sheet !== undefined) {
    const { columns }: HexGrid = sheet.assignment.grid
    for (const cell of [...sheet.cells].sort((a, b) => a - b))
      hexagons[sheet.assignment.get(cell)]?.push({ column: (cell % columns) + sheet.column, row: Math.floor(cell / columns) + sheet.row })
  }
  for (const [patch, { input, block }] of patches.entries()) {
    const free = new Map((hexagons[patch] ?? []).map((hexagon) => [`${hexagon.column} ${hexagon.row}`, hexagon]))
    const given = new Map<string, { column: number; row: number }>()
    const waiting: string[] = []
    for (const id of input.cells) {
      const old = before.get(id)
      const key = `${old?.column} ${old?.row}`
      const hexagon = method === 'kept' ? free.get(key) : undefined
      if (hexagon === undefined) waiting.push(id)
      else {
        free.delete(key)
        given.set(id, hexagon)
      }
    }
    // Reading order of before, so that neighbours stay neighbours; what is new comes last.
    const rank = (id: string) => {
      const old = before.get(id)
      if (old === undefined) return Number.POSITIVE_INFINITY
      const { x, y } = centreOf(old)
      return y * 1e4 + x
    }
    const ranks = new Map(waiting.map((id, index) => [id, { rank: rank(id), index }]))
    waiting.sort((a, b) => {
      const [p, q] = [ranks.get(a), ranks.get(b)]
      if (p === undefined || q === undefined) return 0
      return p.rank === q.rank ? p.index - q.index : p.rank - q.rank
    })
    const left = [...free.values()]
    for (const [index, id] of waiting.entries()) {
      const hexagon = left[index]
      if (hexagon !== undefined) given.set(id, hexagon)
    }
    for (const id of input.cells) {
      const hexagon = given.get(id)
      if (hexagon !== undefined) places.push({ id, patch: input.id, block: blocks[block]?.id ?? '', ...hexagon })
    }
  }
  return { cells: places, blocks: blocks.map(({ id, patches: own }) => ({ id, patches: own.map((patch) => patch.id) })), method }
}
