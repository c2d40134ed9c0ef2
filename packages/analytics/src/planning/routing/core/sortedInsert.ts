/**
 * Puts an item at its place among the first `count`, which stand by their keys, the least first; behind those of the same key. Keys stand
 * beside the items so that each is computed once. For few items.
 */
export function sortedInsert(items: Int32Array, keys: Float64Array, count: number, item: number, key: number): void {
  let i = count - 1
  while (i >= 0 && (keys[i] as number) > key) {
    keys[i + 1] = keys[i] as number
    items[i + 1] = items[i] as number
    i--
  }
  keys[i + 1] = key
  items[i + 1] = item
}
