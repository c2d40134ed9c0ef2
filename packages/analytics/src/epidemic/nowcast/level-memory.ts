/** How long the level of events lives on from day to day. */
import { negativeBinomialCdf } from '../../statistics/discrete.ts'

// A day's rate remembers the days before it with this weight a day.
export const MEMORY = 0.4
const SURPRISE = 1e-4
const MEMORY_AFTER_SURPRISE = 0.02
const BATCHING_OF_DAYS = 4

/**
 * How much of the level before a day may be carried into it: less where so few reports would be next to impossible at that level, so that a
 * burst does not live on in quiet days (automatic intervention, M. West and J. Harrison 1997, section 11.4).
 */
export function remembered(shape: number, rate: number, count: number, complete: number, batching: number): number {
  const mean = (shape / rate) * complete
  if (count >= 0.3 * mean || mean < 5) return MEMORY
  const size = 1 / (1 / (MEMORY * shape) + BATCHING_OF_DAYS * batching)
  return negativeBinomialCdf(count, mean, size) < SURPRISE ? MEMORY_AFTER_SURPRISE : MEMORY
}
