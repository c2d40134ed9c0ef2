/** A binary heap of atoms by activity, with decay by growing increments (VSIDS, Moskewicz et al. 2001, doi:10.1145/378239.379017). */
export class ActivityHeap {
  private readonly activity: Float64Array
  private readonly place: Int32Array
  private readonly heap: Int32Array
  private size = 0
  private increment = 1

  constructor(atoms: number) {
    this.activity = new Float64Array(atoms)
    this.place = new Int32Array(atoms).fill(-1)
    this.heap = new Int32Array(atoms)
  }

  get empty(): boolean {
    return this.size === 0
  }

  /** Raises an atom's activity and puts it into the heap. */
  bump(atom: number): void {
    const raised = (this.activity[atom] as number) + this.increment
    this.activity[atom] = raised
    if (raised > 1e100) {
      for (let k = 0; k < this.activity.length; k++) this.activity[k] = (this.activity[k] as number) * 1e-100
      this.increment *= 1e-100
    }
    this.insert(atom)
    this.up(this.place[atom] as number)
  }

  decay(): void {
    this.increment /= 0.95
  }

  insert(atom: number): void {
    if ((this.place[atom] as number) >= 0 || this.activity[atom] === 0) return
    this.heap[this.size] = atom
    this.place[atom] = this.size
    this.up(this.size++)
  }

  /** Removes and returns the most active atom. */
  pop(): number {
    const top = this.heap[0] as number
    this.place[top] = -1
    const moved = this.heap[--this.size] as number
    if (this.size > 0) {
      this.heap[0] = moved
      this.place[moved] = 0
      this.down(0)
    }
    return top
  }

  private up(from: number): void {
    const { heap, place, activity } = this
    const atom = heap[from] as number
    const value = activity[atom] as number
    let k = from
    while (k > 0) {
      const parent = (k - 1) >> 1
      const above = heap[parent] as number
      if ((activity[above] as number) >= value) break
      heap[k] = above
      place[above] = k
      k = parent
    }
    heap[k] = atom
    place[atom] = k
  }

  private down(from: number): void {
    const { heap, place, activity, size } = this
    const atom = heap[from] as number
    const value = activity[atom] as number
    let k = from
    for (;;) {
      let child = 2 * k + 1
      if (child >= size) break
      if (child + 1 < size && (activity[heap[child + 1] as number] as number) > (activity[heap[child] as number] as number)) child++
      const below = heap[child] as number
      if ((activity[below] as number) <= value) break
      heap[k] = below
      place[below] = k
      k = child
    }
    heap[k] = atom
    place[atom] = k
  }
}
