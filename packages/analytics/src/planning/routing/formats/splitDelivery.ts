/** Reader of split-delivery files: `n capacity`, the n demands, then n + 1 coordinates of which the first is the depot. */
import { demand as need } from '../../../outcome.ts'
import type { CapacitatedInstance } from './cvrplib.ts'

/** Reads the text. @throws InputError when the count of numbers does not match n. */
export function readSplitDelivery(name: string, text: string): CapacitatedInstance {
  const numbers = text.trim().split(/\s+/).map(Number)
  const [n = 0, capacity = 0] = numbers
  need(
    numbers.length === 2 + n + 2 * (n + 1) && numbers.every(Number.isFinite),
    'split-delivery-table',
    '文件不是分批配送算例格式',
    'The text is not a split-delivery instance',
  )
  const at = (k: number) => numbers[k] as number
  return {
    name,
    capacity,
    demand: Int32Array.from({ length: n + 1 }, (_, k) => (k === 0 ? 0 : at(1 + k))),
    x: Float64Array.from({ length: n + 1 }, (_, k) => at(2 + n + 2 * k)),
    y: Float64Array.from({ length: n + 1 }, (_, k) => at(3 + n + 2 * k)),
  }
}
