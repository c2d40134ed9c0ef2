import { type Clock, type StandingDuty, today } from '@guatu/kernel'
import type { AreaStore } from '../store/areas/area-store.ts'
import type { Elsewhere } from '../store/log/elsewhere.ts'
import type { Receipt } from '../store/log/receipt.ts'
import { doDailyDuties } from './daily.ts'
import { doStandingDuty, widest } from './standing.ts'
import { doSurvey, type SurveyStore } from './survey.ts'
import { doTimedDuties } from './timed.ts'

/**
 * How often the city clock is looked at, milliseconds: a machine that slept or whose clock was set is found out soon. At midnight it is looked at
 * sooner, so that lists and maps follow a reform as its day begins.
 */
const LOOK_EVERY_MS = 20_000
/** A clock that stands still just before midnight is not looked at all the time. */
const SHORTEST_MS = 1_000
/** How soon what follows from a change elsewhere is done, milliseconds: acts that come together are looked at together. */
const SOON_MS = 300

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

/** Where something changed since a standing duty was last done there: paths of areas, the empty one for everywhere. */
type Moved = Map<StandingDuty, Set<string>>

function note(moved: Moved, duty: StandingDuty, paths: Iterable<string>): void {
  const known = moved.get(duty) ?? new Set()
  moved.set(duty, known)
  for (const path of paths) known.add(path)
}

/**
 * Does what the system does by itself: reforms whose day has come, daily duties when a new city day begins, timed ones when their moment
 * has come, surveys and standing duties on a new day and when a register that they read has changed, surveys when a parameter was set too. What fails is logged and tried again at the next look.
 */
export function watchClock(
  store: SurveyStore & { readonly areas: Pick<AreaStore, 'settle' | 'index'>; readonly elsewhere?: Elsewhere | undefined },
  log: (line: Readonly<Record<string, unknown>>) => void,
  every = LOOK_EVERY_MS,
  jobs: readonly ClockJob[] = [],
): ClockWatch {
  let done: string | undefined
  let soon: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const surveys = store.registry.domains.flatMap((domain) => domain.surveys ?? [])
  const changed = new Set(surveys)
  let settings = store.settings.added()
  const standing = store.registry.domains.flatMap((domain) => domain.standing ?? [])
  /** Where a register that a standing duty looks at has changed since its last look. */
  const moved: Moved = new Map()
  /** The same of what can wait for the next regular look: duties that failed, and what another process wrote, which mostly does them itself. */
  const later: Moved = new Map()
  const hear = (receipts: readonly Receipt[], into: Moved) => {
    const touched = new Set(receipts.map(({ event }) => event.record))
    for (const survey of surveys) if (Object.values(survey.reads).some(({ record }) => touched.has(record))) changed.add(survey)
    for (const duty of standing)
      for (const { event, state } of receipts) {
        if (!duty.on.includes(event.record) && !duty.on.includes(`${event.record}.${event.action}`)) continue
        if (duty.concerns && !duty.concerns(event, state)) continue
        note(into, duty, duty.anywhere ? [''] : [event.area, state.area].map((area) => store.areas.index.currentPath(area) ?? ''))
      }
  }
  const forget = [
    store.writer.onCommitted((receipts) => {
      hear(receipts, moved)
      if (moved.size > 0) soonAgain()
    }),
    store.elsewhere?.onWritten((receipts) => hear(receipts, later)),
  ]
  const soonAgain = () => {
    soon ??= setTimeout(() => void look(), SOON_MS).unref()
  }
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
    const { elsewhere } = store
    if (elsewhere) await attempt('elsewhere', () => elsewhere.look().then(() => 0), true)
    // First of all, so that nothing is asked of an area that a reform ended today.
    await attempt('reform', () => store.areas.settle(store.writer), true)
    await attempt('timed', () => doTimedDuties(store), true)
    if (done !== day) {
      const since = done === undefined ? {} : { since: done }
      if (await attempt('daily', async () => (await doDailyDuties(store, since)).acts, false)) done = day
      for (const survey of surveys) changed.add(survey)
      for (const duty of standing) note(moved, duty, [''])
    }
    for (const [duty, paths] of later) note(moved, duty, paths)
    later.clear()
    for (const [duty, paths] of [...moved]) {
      moved.delete(duty)
      if (!(await attempt(`standing ${duty.name}`, () => doStandingDuty(store, duty, widest(paths)), true))) note(later, duty, paths)
    }
    if (store.settings.added() !== settings) for (const survey of surveys) changed.add(survey)
    settings = store.settings.added()
    for (const survey of [...changed]) {
      changed.delete(survey)
      if (!(await attempt(`survey ${survey.name}`, () => doSurvey(store, survey), true))) changed.add(survey)
    }
    for (const { name, run } of jobs) await attempt(name, run, true)
  }
  const look = () => {
    clearTimeout(soon)
    soon = undefined
    running ??= work().finally(() => {
      running = undefined
      if (moved.size > 0) soonAgain()
    })
    return running
  }
  let timer: NodeJS.Timeout
  const wait = () => {
    const pause = Math.min(every, Math.max(SHORTEST_MS, untilMidnight(store.clock)))
    timer = setTimeout(() => {
      void look()
      wait()
    }, pause).unref()
  }
  wait()
  return {
    look,
    stop: async () => {
      clearTimeout(timer)
      clearTimeout(soon)
      for (const one of forget) one?.()
      await running
    },
  }
}

function untilMidnight(clock: Clock): number {
  const at = clock.now().toZonedDateTimeISO(clock.zone)
  return at.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds - at.epochMilliseconds
}
