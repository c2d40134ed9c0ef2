import type { DatabaseTarget } from '../../../packages/server/src/store/database/index.ts'
import { live } from './history.ts'
import { accounted, compare, inOrderOn, jurisdiction } from './oracle.ts'
import { stranger } from './stranger.ts'
import { ELSEWHERE, World } from './world.ts'

/** What came of one history. */
export interface Verdict {
  readonly seed: number
  readonly hash: string
  readonly trace: readonly string[]
  /** What must not be; nothing when all is well. */
  readonly wrong: readonly string[]
  readonly acts: Readonly<Record<string, number>>
}

/** Lets histories happen in one database, does them again in order in another, and judges each. */
export async function simulate(
  places: { readonly first: DatabaseTarget; readonly second: DatabaseTarget },
  seeds: readonly number[],
): Promise<Verdict[]> {
  const first = await World.of(places.first, seeds)
  const second = await World.of(places.second, seeds)
  const verdicts: Verdict[] = []
  try {
    await first.employ('foreign', 'county-clerk', ELSEWHERE)
    for (const seed of seeds) {
      const lived = await live(first, seed)
      const refused = await inOrderOn(second, first, lived)
      const acts: Record<string, number> = {}
      for (const { state } of lived.phones.flatMap((phone) => phone.entries)) acts[state] = (acts[state] ?? 0) + 1
      for (const { answer } of lived.desk.asked)
        acts[answer?.code ? 'office refused' : 'office done'] = (acts[answer?.code ? 'office refused' : 'office done'] ?? 0) + 1
      const wrong = [
        ...first.errors.splice(0).map((error) => `server: ${error}`),
        ...(await accounted(first, lived)),
        ...refused.map((one) => `in order, refused: ${one}`),
        ...(await compare(first, second, lived)),
        ...(await jurisdiction(first, lived, 'foreign')),
        ...(await stranger(first, lived, 'foreign')),
      ]
      verdicts.push({ seed, hash: lived.hash, trace: lived.trace, wrong, acts })
    }
    const { differences } = await first.store.rebuild({ check: true })
    if (differences.length === 0) return verdicts
    return verdicts.map((one) => ({
      ...one,
      wrong: [...one.wrong, ...differences.map((what) => `books of seeds ${seeds.join(' ')}: ${what}`)],
    }))
  } finally {
    await first.stop()
    await second.stop()
  }
}
