import type { Network } from '../model/network.ts'
import type { Earliest } from '../model/windows.ts'

/** Ids in a row, for a reason in Chinese; in English `quoted`, or `listed` where no order is meant. */
export const named = (ids: readonly string[]) => ids.map((id) => `“${id}”`).join(' → ')
export const quoted = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(' → ')
export const listed = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ')

/** The activities that push `last` to its earliest start, first one first; a cycle is cut to the cycle. */
export function chainTo(net: Network, earliest: Earliest, last: number): { ids: string[]; cycle: boolean } {
  const seen = new Map<number, number>()
  const path: number[] = []
  for (let j = last; j >= 0; j = earliest.cause[j] as number) {
    const again = seen.get(j)
    if (again !== undefined)
      return {
        ids: path
          .slice(again)
          .reverse()
          .map((k) => net.ids[k] as string),
        cycle: true,
      }
    seen.set(j, path.length)
    path.push(j)
  }
  return { ids: path.reverse().map((k) => net.ids[k] as string), cycle: false }
}
