import { today } from '@guatu/kernel'
import { type DutyStore, doDailyDuties } from './daily.ts'

/** How often the city clock is looked at, milliseconds: a machine that slept or whose clock was set is found out soon. */
const LOOK_EVERY_MS = 20_000

export interface ClockWatch {
  /** Looks at the clock now; does the duties of the days that have begun since the last look. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** Does the daily duties when a new city day begins. What fails is logged and tried again at the next look. */
export function watchClock(store: DutyStore, log: (line: Readonly<Record<string, unknown>>) => void, every = LOOK_EVERY_MS): ClockWatch {
  let done: string | undefined
  let running: Promise<void> | undefined
  const work = async () => {
    const day = today(store.clock)
    if (done === day) return
    const began = performance.now()
    try {
      const { acts } = await doDailyDuties(store, done === undefined ? {} : { since: done })
      done = day
      log({ level: 'info', job: 'daily', day, acts, ms: Math.round(performance.now() - began) })
    } catch (error) {
      log({ level: 'error', job: 'daily', day, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  const look = () => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return {
    look,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
