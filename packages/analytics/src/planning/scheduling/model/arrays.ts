/** Growing lists that end as typed arrays grouped by activity. */

/** Groups (key, ...values) rows by key: returns the first row of each key and the row order. */
export function groupRows(keys: readonly number[], size: number): { first: Int32Array; order: Int32Array } {
  const first = new Int32Array(size + 1)
  for (const key of keys) first[key + 1] = (first[key + 1] as number) + 1
  for (let k = 0; k < size; k++) first[k + 1] = (first[k + 1] as number) + (first[k] as number)
  const next = first.slice(0, size)
  const order = new Int32Array(keys.length)
  keys.forEach((key, row) => {
    order[next[key] as number] = row
    next[key] = (next[key] as number) + 1
  })
  return { first, order }
}

/** The entries of `values` in the given order. */
export function gather(values: readonly number[], order: Int32Array): Int32Array {
  return Int32Array.from(order, (row) => values[row] as number)
}
