import { chanceOf } from '../../../packages/server/src/demo/city/random.ts'

/** Throws in a row: everything that is left to chance in one history, or in one part of it. */
export class Dice {
  readonly #at: (k: number) => number
  #k = 0

  constructor(seed: number, name: string) {
    const chance = chanceOf(seed)
    this.#at = (k) => chance.at(name, k)
  }

  /** In [0, 1). */
  next(): number {
    this.#k += 1
    return this.#at(this.#k)
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** True in `share` of all throws. */
  luck(share: number): boolean {
    return this.next() < share
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }

  one<T>(from: readonly [T, ...T[]]): T {
    return this.pick(from) ?? from[0]
  }

  /** One of several things, by weight. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T {
    const list = Object.entries(weights) as [T, number][]
    let rest = this.next() * list.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of list) {
      rest -= weight
      if (rest < 0) return name
    }
    throw new RangeError('nothing to choose from')
  }
}
