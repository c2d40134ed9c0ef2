/** Completeness where the office reports on one or two days of the week. */
import type { ReportingTriangle } from './triangle.ts'

/** For each row the Beta law of the chance that an event of that day is reported by now. */
export interface WeekdayCompleteness {
  readonly alpha: Float64Array
  readonly beta: Float64Array
}

const WEEKS = 8

/**
 * Where reports wait for one day of the week, a delay of three days is certain from one weekday and impossible from another: the delay law
 * of all days together is wrong on each. The share reported at a day's age is taken from the same weekday of the last eight weeks whose
 * reports are complete, with Jeffreys' prior Beta(½, ½).
 */
export function weekdayCompleteness({ counts, maxDelay }: ReportingTriangle): WeekdayCompleteness {
  const newest = counts.length - 1
  const alpha = new Float64Array(counts.length).fill(0.5)
  const beta = new Float64Array(counts.length).fill(0.5)
  for (let row = 0; row <= newest; row += 1) {
    const age = newest - row
    if (age >= maxDelay) {
      beta[row] = 0
      continue
    }
    const first = Math.ceil((maxDelay - age) / 7)
    for (let week = first; week < first + WEEKS; week += 1)
      counts[row - 7 * week]?.forEach((count, delay) => {
        const part = delay <= age ? alpha : beta
        part[row] = (part[row] ?? 0) + count
      })
  }
  return { alpha, beta }
}
