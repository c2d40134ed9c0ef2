/** Counting sort of activities by integer keys, stable by number or by reverse number. Falls back to comparison for wide ranges. */
export class KeySorter {
  private readonly bucket: Int32Array
  readonly order: Int32Array
  private readonly size: number

  constructor(size: number, widest: number) {
    this.size = size
    this.order = new Int32Array(size)
    this.bucket = new Int32Array(Math.min(widest, 16 * size + 4096) + 2)
  }

  /** Fills `order` by increasing key; ties by increasing number, or decreasing when `reverse`. */
  sort(keys: Int32Array, reverse: boolean): void {
    const { size, bucket, order } = this
    let low = keys[0] as number
    let high = low
    for (let j = 1; j < size; j++) {
      const key = keys[j] as number
      if (key < low) low = key
      if (key > high) high = key
    }
    const range = high - low + 1
    if (range + 1 > bucket.length) {
      for (let j = 0; j < size; j++) order[j] = j
      const sign = reverse ? -1 : 1
      order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || sign * (a - b))
      return
    }
    for (let k = 0; k <= range; k++) bucket[k] = 0
    for (let j = 0; j < size; j++) {
      const at = (keys[j] as number) - low + 1
      bucket[at] = (bucket[at] as number) + 1
    }
    for (let k = 1; k < range; k++) bucket[k] = (bucket[k] as number) + (bucket[k - 1] as number)
    for (let q = 0; q < size; q++) {
      const j = reverse ? size - 1 - q : q
      const at = (keys[j] as number) - low
      const place = bucket[at] as number
      order[place] = j
      bucket[at] = place + 1
    }
  }
}
