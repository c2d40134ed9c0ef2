import { type Assignment, NOBODY } from './grid.ts'

/**
 * Rounds the borders off without changing a size: two neighbouring groups exchange a cell each whenever that shortens the border between
 * them, never tearing one apart.
 */
export function polish(assignment: Assignment, cells: readonly number[], rounds = 6): void {
  const { grid } = assignment
  for (let round = 0; round < rounds; round += 1) {
    const offers = new Map<string, { cell: number; gain: number }[]>()
    for (const cell of cells) {
      const own = assignment.get(cell)
      if (own === NOBODY || assignment.touching(cell, own) > 3) continue
      const kept = assignment.touching(cell, own)
      const seen = new Set<number>([own, NOBODY])
      for (let side = 0; side < 6; side += 1) {
        const other = assignment.get(grid.next(cell, side))
        if (seen.has(other)) continue
        seen.add(other)
        const gain = assignment.touching(cell, other) - kept
        const key = `${own} ${other}`
        const list = offers.get(key)
        if (list === undefined) offers.set(key, [{ cell, gain }])
        else list.push({ cell, gain })
      }
    }
    let changed = false
    for (const [key, mine] of offers) {
      const [a = NOBODY, b = NOBODY] = key.split(' ').map(Number)
      const theirs = offers.get(`${b} ${a}`)
      if (a > b || theirs === undefined) continue
      mine.sort((p, q) => q.gain - p.gain || p.cell - q.cell)
      theirs.sort((p, q) => q.gain - p.gain || p.cell - q.cell)
      for (const give of mine) {
        const take = theirs.find((one) => one.gain + give.gain > 0 && exchange(assignment, give.cell, one.cell, a, b))
        if (take !== undefined) {
          changed = true
          break
        }
      }
    }
    if (!changed) return
  }
}

/** Exchanges two cells if both groups hold together and the border does get shorter; otherwise leaves everything as it was. */
function exchange(assignment: Assignment, mine: number, theirs: number, a: number, b: number): boolean {
  if (assignment.get(mine) !== a || assignment.get(theirs) !== b || !assignment.mayLeave(mine)) return false
  const before = assignment.touching(mine, a) + assignment.touching(theirs, b)
  assignment.set(mine, b)
  if (assignment.mayLeave(theirs) && assignment.touching(theirs, a) > 0) {
    assignment.set(theirs, a)
    if (assignment.touching(mine, b) > 0 && assignment.touching(mine, b) + assignment.touching(theirs, a) > before) return true
    assignment.set(theirs, b)
  }
  assignment.set(mine, a)
  return false
}
