import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { LISTS, readLists } from '../../../../scripts/areas-lists.ts'
import { blocksOf } from '../../../../scripts/draw-cartogram.ts'
import { parseVintage } from '../../../kernel/src/index.ts'
import { curve } from './curve.ts'
import { HexGrid } from './grid.ts'
import {
  type BlockInput,
  type Cartogram,
  cellFinder,
  centreOf,
  layout,
  overlap,
  placeLabels,
  qualityOf,
  shapesOf,
  steadinessOf,
  tonesOf,
} from './index.ts'

const city = (list: keyof typeof LISTS) => blocksOf(parseVintage(readLists(list, '5119'), { ...LISTS[list], within: '5119' }).vintage)

/** All that must hold for any layout: every cell once, on its own hexagon; patches, blocks and the whole in one piece. */
function mustHold(blocks: readonly BlockInput[], map: Cartogram): void {
  const wanted = blocks.flatMap((block) => block.patches.flatMap((patch) => patch.cells.map((id) => [id, patch.id, block.id].join())))
  expect(map.cells.map((cell) => [cell.id, cell.patch, cell.block].join()).sort()).toEqual(wanted.sort())
  expect(new Set(map.cells.map((cell) => `${cell.column} ${cell.row}`)).size).toBe(map.cells.length)
  const { patches, blocks: outer } = qualityOf(map)
  expect(patches.contiguous).toBe(patches.all)
  expect(outer.contiguous).toBe(outer.all)
  expect(pieces(map)).toBe(map.cells.length === 0 ? 0 : 1)
}

/** An oracle apart from the layout's own: flood fill over columns and rows. */
function pieces(map: Cartogram): number {
  const left = new Set(map.cells.map((cell) => `${cell.column} ${cell.row}`))
  let count = 0
  for (let [start] = left; start !== undefined; [start] = left) {
    count += 1
    const waiting = [start]
    left.delete(start)
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [column = 0, row = 0] = at.split(' ').map(Number)
      const shift = row & 1
      for (const [c, r] of [
        [1, 0],
        [-1, 0],
        [shift, 1],
        [shift - 1, 1],
        [shift, -1],
        [shift - 1, -1],
      ] as const) {
        const next = `${column + c} ${row + r}`
        if (left.delete(next)) waiting.push(next)
      }
    }
  }
  return count
}

describe('Bazhong before and after the reform', () => {
  let old: BlockInput[]
  let next: BlockInput[]
  let before: Cartogram
  let after: Cartogram
  beforeAll(() => {
    old = city('before')
    next = city('after')
    before = layout(old)
    after = layout(next, before)
  })

  test('every town and county is one piece without holes', () => {
    mustHold(old, before)
    mustHold(next, after)
    for (const [map, towns, counties] of [
      [before, 200, 6],
      [after, 139, 5],
    ] as const) {
      const quality = qualityOf(map)
      expect([quality.patches.solid, quality.blocks.solid]).toEqual([towns, counties])
      expect(quality.compactness).toBeGreaterThan(0.85)
    }
  })

  test('counties lie to one another as on the map', () => {
    expect(qualityOf(after, next).bearingError ?? 90).toBeLessThan(10)
    const at = (code: string) => shapesOf(after).blocks.find((shape) => shape.id === code)?.centre ?? { x: 0, y: 0 }
    expect(at('511922').y).toBeLessThan(at('511902').y)
    expect(at('511903').x).toBeLessThan(at('511902').x)
    expect(at('511921').x).toBeGreaterThan(at('511902').x)
    expect(at('511923').y).toBeGreaterThan(at('511921').y)
  })

  test('the same input gives the same layout', () => {
    expect(layout(next, before)).toEqual(after)
    expect(layout(next, after).cells).toEqual(after.cells)
  })

  test('after the great reform towns are found where they were', () => {
    const { neighboursKept, drift } = steadinessOf(before, after)
    expect(neighboursKept).toBeGreaterThan(0.7)
    expect(drift).toBeLessThan(3)
  })

  test('when one town is merged into another, most of the city does not move at all', () => {
    const [first, ...others] = next
    const [a, b, ...rest] = first?.patches.slice(9) ?? []
    if (first === undefined || a === undefined || b === undefined) throw new Error('the list is too short')
    const merged = { ...first, patches: [...first.patches.slice(0, 9), { ...a, cells: [...a.cells, ...b.cells.slice(2)] }, ...rest] }
    const reformed = [merged, ...others]
    const map = layout(reformed, after)
    mustHold(reformed, map)
    expect(map.method).toBe('kept')
    expect(steadinessOf(after, map).unmoved).toBeGreaterThan(0.85)
  })

  test('labels never overlap, at any zoom, and nearly all towns have theirs on the wall', () => {
    const shapes = shapesOf(after)
    const cellAt = cellFinder(after.cells)
    for (const scale of [4, 8, 11.5, 24]) {
      const boxes = placeLabels(
        [
          ...shapes.blocks.map((shape) => ({ shape, text: '巴中经济开发区', fontSize: 26, minFontSize: 15, priority: 2 })),
          ...shapes.patches.map((shape) => ({ shape, text: '三十二梁镇', fontSize: 12.5, minFontSize: 9.5, priority: 1 })),
        ],
        { scale, cellAt },
      )
      for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
      if (scale >= 11.5) expect(boxes.length).toBeGreaterThan(0.9 * (shapes.patches.length + shapes.blocks.length))
    }
  })

  test('neighbouring towns have different tones, and few are needed', () => {
    const tones = tonesOf(after)
    expect(Math.max(...tones.values())).toBeLessThan(6)
    const at = new Map(after.cells.map((cell) => [`${cell.column} ${cell.row}`, cell.patch]))
    for (const { column, row, patch } of after.cells) {
      const east = at.get(`${column + 1} ${row}`)
      if (east !== undefined && east !== patch) expect(tones.get(east)).not.toBe(tones.get(patch))
    }
  })

  test('outlines close around exactly the area of their cells', () => {
    for (const shape of shapesOf(after).patches) {
      const area = shape.rings
        .map((ring) =>
          ring.reduce(
            (sum, p, index) =>
              sum + (p.x * (ring[(index + 1) % ring.length]?.y ?? 0) - (ring[(index + 1) % ring.length]?.x ?? 0) * p.y) / 2,
            0,
          ),
        )
        .reduce((sum, one) => sum + one, 0)
      expect(area).toBeCloseTo(shape.cells.length * 1.5 * Math.sqrt(3), 6)
    }
  })

  test('every middle of a cell finds its cell', () => {
    const find = cellFinder(after.cells)
    for (const cell of after.cells.slice(0, 300)) expect(find(centreOf(cell))).toBe(cell)
    expect(find({ x: -500, y: -500 })).toBeUndefined()
  })
})

const trees = (largest: number, most: number) =>
  fc
    .array(fc.array(fc.oneof(fc.constantFrom(0, 1, 1), fc.integer({ min: 0, max: largest })), { minLength: 0, maxLength: most }), {
      minLength: 1,
      maxLength: 6,
    })
    .chain((sizes) =>
      fc
        .array(fc.option(fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) }), { nil: undefined }), {
          minLength: sizes.length,
          maxLength: sizes.length,
        })
        .map((centres): BlockInput[] =>
          sizes.map((patches, block) => {
            const own = patches.map((size, patch) => ({
              id: `${block}.${patch}`,
              cells: Array.from({ length: size }, (_, cell) => `${block}.${patch}.${cell}`),
            }))
            const centre = centres[block]
            return centre === undefined ? { id: `${block}`, patches: own } : { id: `${block}`, centre, patches: own }
          }),
        ),
    )

describe('any tree', () => {
  test('every random tree holds together, empty towns and towns of one cell too', () => {
    fc.assert(
      fc.property(trees(40, 8), (blocks) => mustHold(blocks, layout(blocks))),
      { numRuns: 60 },
    )
  })

  test('and so does every change of it', () => {
    fc.assert(
      fc.property(trees(30, 6), fc.integer({ min: 0, max: 1000 }), (blocks, seed) => {
        const map = layout(blocks)
        // Every cell whose turn it is moves to the next patch of its block or vanishes.
        const changed = blocks.map((block) => {
          const cells = block.patches.map((patch, index) => [
            ...patch.cells.filter((_, cell) => (cell * 7 + index + seed) % 11 > 0),
            ...(block.patches[index - 1]?.cells.filter((_, cell) => (cell * 7 + index - 1 + seed) % 22 === 0) ?? []),
          ])
          return { ...block, patches: block.patches.map((patch, index) => ({ ...patch, cells: cells[index] ?? [] })) }
        })
        mustHold(changed, layout(changed, map))
      }),
      { numRuns: 40 },
    )
  })

  test('five thousand cells in one block, in five hundred patches, and none at all', () => {
    const many = (patches: number, size: number): BlockInput[] => [
      {
        id: 'b',
        patches: Array.from({ length: patches }, (_, p) => ({ id: `p${p}`, cells: Array.from({ length: size }, (_, c) => `${p}.${c}`) })),
      },
    ]
    for (const blocks of [many(1, 5000), many(500, 10), many(0, 0), many(3, 0), many(40, 1)]) mustHold(blocks, layout(blocks))
  })

  test('the curve of last resort visits every cell once and steps to neighbours only', () => {
    for (const [columns, rows] of [
      [2, 2],
      [2, 8],
      [6, 4],
      [10, 12],
      [44, 40],
    ] as const) {
      const path = curve(columns, rows)
      const grid = new HexGrid(columns, rows)
      expect([...path].sort((a, b) => a - b)).toEqual(Array.from({ length: columns * rows }, (_, cell) => cell))
      for (const [index, cell] of path.slice(1).entries())
        expect(grid.ring.subarray(cell * 6, cell * 6 + 6).includes(path[index] ?? -2)).toBe(true)
    }
  })

  test('an id that occurs twice is refused in both languages', () => {
    const twice = [{ id: 'b', patches: [{ id: 'p', cells: ['c', 'c'] }] }]
    expect(() => layout(twice)).toThrow(/c occurs twice.*重复/)
  })
})
