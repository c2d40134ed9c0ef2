/** Overlooking a place with a small chance, drawn as the number of places until the next one. */
import type { SearchRandom } from '../../anytime/random.ts'

export class Blinks {
  private readonly random: SearchRandom
  private readonly scale: number
  private left = 0

  /** @param chance of overlooking a place, in (0, 1) */
  constructor(random: SearchRandom, chance: number) {
    this.random = random
    this.scale = 1 / Math.log(1 - chance)
    this.draw()
  }

  /** True where this place is to be overlooked. */
  next(): boolean {
    if (this.left-- > 0) return false
    this.draw()
    return true
  }

  private draw(): void {
    this.left = Math.floor(Math.log(this.random.unit() + 1e-12) * this.scale)
  }
}
