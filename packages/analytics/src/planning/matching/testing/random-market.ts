import { SearchRandom } from '../../anytime/random.ts'
import type { MatchingMarket } from '../market.ts'

export interface RandomMarketRequest {
  readonly workers: number
  readonly posts: number
  /** Options per worker. */
  readonly options: number
  /** Openings in all, divided by workers. */
  readonly openingsPerWorker: number
  readonly seed: number
  /** Posts within a neighbourhood and scores by wage, taste and distance instead of unrelated ones. */
  readonly neighbourhood?: boolean
}

const topScore = 10_000

/** A seeded market for tests and benches. */
export function randomMarket(request: RandomMarketRequest): MatchingMarket {
  const { workers, posts, options } = request
  const random = new SearchRandom(request.seed)
  const first = Int32Array.from({ length: workers + 1 }, (_, i) => i * options)
  const post = new Int32Array(workers * options)
  const score = new Int32Array(workers * options)
  const capacity = new Int32Array(posts).fill(Math.round((workers * request.openingsPerWorker) / posts))
  const side = Math.ceil(Math.sqrt(posts))
  const wage = Float64Array.from({ length: posts }, () => random.below(3000))
  const near = (centre: number) => Math.min(side - 1, Math.max(0, Math.floor(centre + (random.unit() + random.unit() - 1) * 6)))
  for (let i = 0; i < workers; i++) {
    const x = random.unit() * side
    const y = random.unit() * side
    const row = post.subarray(i * options, (i + 1) * options).fill(-1)
    for (let k = 0; k < options; k++) {
      let j = -1
      let distance = 0
      while (j < 0 || row.indexOf(j) >= 0) {
        if (request.neighbourhood === true) {
          const px = near(x)
          const py = near(y)
          j = Math.min(posts - 1, py * side + px)
          distance = Math.hypot(px - x, py - y)
        } else j = random.below(posts)
      }
      row[k] = j
      score[i * options + k] =
        request.neighbourhood === true
          ? Math.round(5000 + (wage[j] ?? 0) + random.below(2000) - 300 * distance)
          : 1 + random.below(topScore)
    }
  }
  return { workers, posts, capacity, first, post, score }
}
