// Draws the demonstration city as a cartogram: node scripts/draw-cartogram.ts [before|after] [out.svg] [width] [height]
import { writeFileSync } from 'node:fs'
import { cartogram as maps } from '../packages/analytics/src/index.ts'
import { parseVintage, type Vintage } from '../packages/kernel/src/index.ts'
import { LISTS, readLists } from './areas-lists.ts'

/** Seats of the counties, WGS-84 degrees east and north (DataV, converted from GCJ-02). */
const SEATS: Readonly<Record<string, readonly [number, number]>> = {
  '511902': [106.749525, 31.860546],
  // The development zone lies south of the seat of 巴州区, out of which it was cut.
  '511971': [106.76, 31.8],
  '511903': [106.482471, 31.818459],
  '511921': [107.243114, 31.914303],
  '511922': [106.839308, 32.355544],
  '511923': [107.097334, 31.564775],
}
const FILLS = ['#2f6f8f', '#4f7f5a', '#8a6a3d', '#6d5a92', '#9a4f55', '#3f8580', '#7d7440']

export function blocksOf({ rows }: Vintage): maps.BlockInput[] {
  const kids = Map.groupBy(rows, (row) => row.parent)
  return rows
    .filter((row) => row.level === 'county')
    .map((county) => {
      const seat = SEATS[county.code]
      const patches = (kids.get(county.code) ?? []).map((town) => ({
        id: town.code,
        cells: (kids.get(town.code) ?? []).map((one) => one.code),
      }))
      if (seat === undefined) return { id: county.code, patches }
      return { id: county.code, centre: { x: seat[0] * Math.cos((31.9 * Math.PI) / 180), y: seat[1] }, patches }
    })
}

/** The layout as SVG, as large as fits into the given pixels: cells, outlines of towns and counties, labels that never overlap. */
export function svgOf(map: maps.Cartogram, nameOf: (id: string) => string, width: number, height: number): string {
  const shapes = maps.shapesOf(map)
  const [left, top, right, bottom] = shapes.bounds
  const margin = 24
  const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top))
  const shift = `translate(${(width - (right - left) * scale) / 2 - left * scale} ${(height - (bottom - top) * scale) / 2 - top * scale})`
  const path = (rings: maps.Shape['rings']) =>
    rings.map((ring) => `M${ring.map(({ x, y }) => `${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)}`).join('L')}Z`).join('')
  const hexagon = (cell: maps.CellPlace) => {
    const { x, y } = maps.centreOf(cell)
    const corners = [0, 1, 2, 3, 4, 5].map((side) => {
      const angle = (Math.PI / 3) * side - Math.PI / 2
      return { x: x + 0.955 * Math.cos(angle), y: y + 0.955 * Math.sin(angle) }
    })
    return path([corners])
  }
  const colour = new Map(shapes.blocks.map((shape, index) => [shape.id, FILLS[index % FILLS.length] ?? '#555']))
  const tones = maps.tonesOf(map)
  const shade = (patch: string) => [0.95, 0.62, 0.8, 0.5, 0.7, 0.87][(tones.get(patch) ?? 0) % 6] ?? 1
  const labels = maps.placeLabels(
    [
      ...shapes.blocks.map((shape) => ({ shape, text: nameOf(shape.id), fontSize: 26, minFontSize: 15, priority: 2 })),
      ...shapes.patches.map((shape) => ({ shape, text: nameOf(shape.id), fontSize: 12.5, minFontSize: 9.5, priority: 1 })),
    ],
    { scale, cellAt: maps.cellFinder(map.cells) },
  )
  const text = ({ cx, cy, fontSize, text }: maps.LabelBox) =>
    `<text x="${cx.toFixed(1)}" y="${cy.toFixed(1)}" font-size="${fontSize}" class="${fontSize >= 15 ? 'block' : 'patch'}">${text}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>text{font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','WenQuanYi Zen Hei',sans-serif;text-anchor:middle;dominant-baseline:central;paint-order:stroke}
.patch{fill:#f4f7fa;stroke:#0b1622;stroke-width:2.5px}.block{fill:#ffd98a;font-weight:700;stroke:#0b1622;stroke-width:5px}</style>
<rect width="100%" height="100%" fill="#0b1622"/><g transform="${shift}">
${map.cells.map((cell) => `<path d="${hexagon(cell)}" fill="${colour.get(cell.block)}" fill-opacity="${shade(cell.patch)}"/>`).join('\n')}
<path d="${shapes.patches.map((shape) => path(shape.rings)).join('')}" fill="none" stroke="#cfd9e4" stroke-opacity="0.75" stroke-width="1.3" stroke-linejoin="round"/>
<path d="${shapes.blocks.map((shape) => path(shape.rings)).join('')}" fill="none" stroke="#f4f7fa" stroke-width="3.2" stroke-linejoin="round"/>
${labels.map(text).join('\n')}
</g></svg>`
}

if (import.meta.main) {
  const [list = 'after', out = 'cartogram.svg', width = '1200', height = '1000'] = process.argv.slice(2)
  const read = (which: keyof typeof LISTS) => parseVintage(readLists(which, '5119'), { ...LISTS[which], within: '5119' }).vintage
  const before = maps.layout(blocksOf(read('before')))
  const vintage = read(list === 'before' ? 'before' : 'after')
  const map = list === 'before' ? before : maps.layout(blocksOf(vintage), list === 'follow' ? before : undefined)
  const names = new Map(vintage.rows.map((row) => [row.code, row.name]))
  writeFileSync(
    out,
    svgOf(map, (id) => names.get(id) ?? id, Number(width), Number(height)),
  )
  console.log(out, map.method, maps.qualityOf(map, blocksOf(vintage)), list === 'follow' ? maps.steadinessOf(before, map) : '')
}
