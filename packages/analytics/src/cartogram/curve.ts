import { HexGrid } from './grid.ts'

/**
 * The cells of a sheet of `columns` × `rows` along a path on which each touches the next: any stretch of it is contiguous. A space-filling
 * curve for any rectangle (generalised Hilbert curve, Červený, https://github.com/jakubcerveny/gilbert), so stretches are compact too.
 */
export function curve(columns: number, rows: number): number[] {
  const path: number[] = []
  const sign = Math.sign
  const walk = (x: number, y: number, ax: number, ay: number, bx: number, by: number): void => {
    const w = Math.abs(ax + ay)
    const h = Math.abs(bx + by)
    const [dax, day, dbx, dby] = [sign(ax), sign(ay), sign(bx), sign(by)]
    if (h === 1) {
      for (let i = 0; i < w; i += 1) path.push((y + i * day) * columns + x + i * dax)
      return
    }
    if (w === 1) {
      for (let i = 0; i < h; i += 1) path.push((y + i * dby) * columns + x + i * dbx)
      return
    }
    let [ax2, ay2, bx2, by2] = [Math.floor(ax / 2), Math.floor(ay / 2), Math.floor(bx / 2), Math.floor(by / 2)]
    const w2 = Math.abs(ax2 + ay2)
    const h2 = Math.abs(bx2 + by2)
    if (2 * w > 3 * h) {
      if (w2 % 2 === 1 && w > 2) {
        ax2 += dax
        ay2 += day
      }
      walk(x, y, ax2, ay2, bx, by)
      walk(x + ax2, y + ay2, ax - ax2, ay - ay2, bx, by)
      return
    }
    if (h2 % 2 === 1 && h > 2) {
      bx2 += dbx
      by2 += dby
    }
    walk(x, y, bx2, by2, ax2, ay2)
    walk(x + bx2, y + by2, ax, ay, bx - bx2, by - by2)
    walk(x + (ax - dax) + (bx2 - dbx), y + (ay - day) + (by2 - dby), -bx2, -by2, -(ax - ax2), -(ay - ay2))
  }
  if (columns >= rows) walk(0, 0, columns, 0, 0, rows)
  else walk(0, 0, 0, rows, columns, 0)
  return path
}

/** A sheet for `total` cells, about as wide as high, and the path through it. */
export function curvedSheet(total: number): { readonly grid: HexGrid; readonly path: readonly number[] } {
  // Even sides avoid the one diagonal step the curve has to make in odd rectangles.
  const columns = 2 * Math.max(1, Math.round(Math.sqrt(total * 0.866) / 2))
  const rows = 2 * Math.max(1, Math.ceil(total / columns / 2))
  return { grid: new HexGrid(columns, rows), path: curve(columns, rows) }
}
