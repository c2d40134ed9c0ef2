import type { Result } from '@guatu/kernel'
import type { Group, Receipt } from './receipt.ts'

export interface Waiting extends Group {
  /** One of very many that nobody waits for one by one, such as the rows of a file: others pass before it. */
  readonly bulk?: boolean
  answer(result: Result<readonly Receipt[]>): void
}

/** What waits to be decided, in the order of coming; rows of files after everybody else. */
export class Queue {
  readonly #others = new Line()
  readonly #bulk = new Line()

  get size(): number {
    return this.#others.size + this.#bulk.size
  }

  add(waiting: Waiting): void {
    ;(waiting.bulk ? this.#bulk : this.#others).add(waiting)
  }

  /** The next ones, which stay. */
  next(most: number): readonly Waiting[] {
    const others = this.#others.next(most)
    return others.length < most ? [...others, ...this.#bulk.next(most - others.length)] : others
  }

  /** The next ones, which leave: so many of those that {@link next} gives. */
  take(most: number): readonly Waiting[] {
    const taken = this.next(most)
    const others = Math.min(taken.length, this.#others.size)
    this.#others.leave(others)
    this.#bulk.leave(taken.length - others)
    return taken
  }
}

class Line {
  #all: Waiting[] = []
  #left = 0

  get size(): number {
    return this.#all.length - this.#left
  }

  add(waiting: Waiting): void {
    this.#all.push(waiting)
  }

  next(most: number): readonly Waiting[] {
    return this.#all.slice(this.#left, this.#left + most)
  }

  leave(count: number): void {
    this.#left += count
    if (this.#left < this.#all.length) return
    this.#all = []
    this.#left = 0
  }
}
