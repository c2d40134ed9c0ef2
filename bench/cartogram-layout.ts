// How long a layout takes and how good it is: `node bench/cartogram-layout.ts`. CPU milliseconds, median of five, after one warm-up.
import { cartogram as maps } from '../packages/analytics/src/index.ts'
import { parseVintage } from '../packages/kernel/src/index.ts'
import { LISTS, readLists } from '../scripts/areas-lists.ts'
import { blocksOf } from '../scripts/draw-cartogram.ts'

const city = (list: keyof typeof LISTS, code: string) =>
  blocksOf(parseVintage(readLists(list, code), { ...LISTS[list], within: code }).vintage)
const cpu = (work: () => unknown): number => {
  const times = Array.from({ length: 6 }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.round(times.slice(1).sort((a, b) => a - b)[2] ?? 0)
}
const before = city('before', '5119')
const after = city('after', '5119')
const first = maps.layout(before)
const now = maps.layout(after, first)
const small = after.map((block, index) =>
  index > 0 ? block : { ...block, patches: block.patches.map((patch) => ({ ...patch, cells: patch.cells.slice(1) })) },
)
const cases: [string, readonly maps.BlockInput[], maps.Cartogram | undefined][] = [
  ['Bazhong 2019', before, undefined],
  ['Bazhong 2023', after, undefined],
  ['Bazhong 2023 after 2019', after, first],
  ['25 villages fewer', small, now],
  ['Chengdu 2023', city('after', '5101'), undefined],
  ['Chongqing 2023', city('after', '5001'), undefined],
]
console.table(
  cases.map(([what, blocks, previous]) => {
    const map = maps.layout(blocks, previous)
    const quality = maps.qualityOf(map, blocks)
    const steady = previous === undefined ? undefined : maps.steadinessOf(previous, map)
    return {
      what,
      cells: map.cells.length,
      patches: quality.patches.all,
      'CPU ms': cpu(() => maps.layout(blocks, previous)),
      'outlines ms': cpu(() => maps.shapesOf(map)),
      method: map.method,
      'in one piece': `${quality.patches.contiguous}/${quality.patches.all}, ${quality.blocks.contiguous}/${quality.blocks.all}`,
      compactness: quality.compactness.toFixed(2),
      'bearing error °': quality.bearingError?.toFixed(1),
      unmoved: steady?.unmoved.toFixed(2),
      'neighbours kept': steady?.neighboursKept.toFixed(2),
      'drift (cells)': steady?.drift.toFixed(2),
    }
  }),
)
