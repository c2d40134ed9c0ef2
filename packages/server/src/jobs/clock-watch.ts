import { today } from '@guatu/kernel'
import type { AreaStore } from '../store/areas/area-store.ts'
import { doDailyDuties } from './daily.ts'
import { doSurvey, type SurveyStore } from './survey.ts'
import { doTimedDuties } from './timed.ts'

/** How often the city clock is looked at, milliseconds: a machine that slept or whose clock was set is found out soon. */
const LOOK_EVERY_MS = 20_000

/** Something else that is looked at whenever the clock is; answers how many acts it did. */
export interface ClockJob {
  readonly name: string
  readonly run: () => Promise<number>
}

export interface ClockWatch {
  /** Looks at the clock now; does what days, moments and changed registers ask for since the last look. */
  look(): Promise<void>
  stop(): Promise<void>
}

/**
 * Does what the system does by itself: reforms whose day has come, daily duties when a new city day begins, timed ones when their moment
 * has come, surveys on a new day and when a register that they read has changed. What fails is logged and tried again at the next look.
 */
export function watchClock(
  store: SurveyStore & { readonly areas: Pick<AreaStore, 'settle'> },
  log: (line: Readonly<Record<string, unknown>>) => void,
  every = LOOK_EVERY_MS,
  jobs: readonly ClockJob[] = [],
): ClockWatch {
  let done: string | undefined
  let running: Promise<void> | undefined
  const surveys = store.registry.domains.flatMap((domain) => domain.surveys ?? [])
  const changed = new Set(surveys)
  const forget = store.writer.onCommitted((receipts) => {
    const touched = new Set(receipts.map(({ event }) => event.record))
    for (const survey of surveys) if (Object.values(survey.reads).some(({ record }) => touched.has(record))) changed.add(survey)
  })
  const attempt = async (job: string, work: () => Promise<number>, quiet: boolean) => {
    const day = today(store.clock)
    const began = performance.now()
    try {
      const acts = await work()
      if (acts > 0 || !quiet) log({ level: 'info', job, day, acts, ms: Math.round(performance.now() - began) })
      return true
    } catch (error) {
      log({ level: 'error', job, day, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return false
    }
  }
  const work = async () => {
    const day = today(store.clock)
    // First of all, so that nothing is asked of an area that a reform ended today.
    await attempt('reform', () => store.areas.settle(store.writer), true)
    await attempt('timed', () => doTimedDuties(store), true)
    if (done !== day) {
      const since = done === undefined ? {} : { since: done }
      if (await attempt('daily', async () => (await doDailyDuties(store, since)).acts, false)) done = day
      for (const survey of surveys) changed.add(survey)
    }
    for (const survey of [...changed]) {
      changed.delete(survey)
      if (!(await attempt(`survey ${survey.name}`, () => doSurvey(store, survey), true))) changed.add(survey)
    }
    for (const { name, run } of jobs) await attempt(name, run, true)
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
      forget()
      await running
    },
  }
}
