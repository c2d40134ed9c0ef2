/**
 * What more threads bring: every instance is planned on one thread in its time, and on all threads in that time divided by the speed-up
 * that is claimed. Where the second plans are on average no worse, or worse by less than chance moves the mean, the speed-up holds at equal
 * quality, on the wall.
 */
import type { Family, RunRequest, RunResult } from './instances.ts'
import { percentAbove } from './report.ts'

/** One instance and seed, planned both ways. */
export interface Compared {
  readonly one: RunResult
  readonly many: RunResult
}

/** Plans one instance on one thread, then on `request.threads` with the time divided by `claimed`. */
export async function compare(family: Family, request: RunRequest, claimed: number): Promise<Compared> {
  const one = await family.runInstance({ ...request, threads: 1, share: 1 })
  const many = await family.runInstance({ ...request, share: 1 / claimed })
  return { one, many: { ...many, set: `${many.set}, ${request.threads} threads` } }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Standard error of the mean of paired differences: two seeds of one thread differ as well. Zero for a single pair, which shows no chance at all. */
function standardError(differences: readonly number[]): number {
  const centre = mean(differences)
  const squares = differences.reduce((sum, difference) => sum + (difference - centre) ** 2, 0)
  return differences.length < 2 ? 0 : Math.sqrt(squares / (differences.length - 1) / differences.length)
}

function verdictOn(worse: number, chance: number, ratio: string): string {
  if (worse <= 0) return `speed-up on the wall at no worse quality: ${ratio}`
  return worse <= chance ? `${ratio} times as fast, and no worse than chance allows` : `${ratio} times as fast, but worse plans`
}

/** A line for each set: seconds on the wall, gaps to the best known, steps per second. Gaps to the bound stand in where nothing is known. */
export function speedUpLines(compared: readonly Compared[], threads: number): string[] {
  const sets = Map.groupBy(compared, ({ one }) => one.set)
  return [...sets].map(([set, pairs]) => {
    const gap = ({ objective, bestKnown, bound }: RunResult) => percentAbove(objective, bestKnown ?? bound) ?? 0
    const wall = [mean(pairs.map(({ one }) => one.wallSeconds)), mean(pairs.map(({ many }) => many.wallSeconds))] as const
    const gaps = [mean(pairs.map(({ one }) => gap(one))), mean(pairs.map(({ many }) => gap(many)))] as const
    const pace = ({ iterations, wallSeconds }: RunResult) => Math.log(iterations / wallSeconds)
    const steps = Math.exp(mean(pairs.map(({ one, many }) => pace(many) - pace(one))))
    const ratio = (wall[0] / wall[1]).toFixed(2)
    const chance = standardError(pairs.map(({ one, many }) => gap(many) - gap(one)))
    const verdict = verdictOn(gaps[1] - gaps[0], chance, ratio)
    return (
      `${set}, ${pairs.length} pairs: one thread ${wall[0].toFixed(2)} s, mean gap ${gaps[0].toFixed(3)} %; ` +
      `${threads} threads ${wall[1].toFixed(2)} s, mean gap ${gaps[1].toFixed(3)} % (difference by chance ${chance.toFixed(3)}); ${verdict}; steps per second ${steps.toFixed(2)} times`
    )
  })
}
