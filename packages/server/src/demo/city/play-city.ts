import { addDays, fixedClock, type Problem, Refused } from '@guatu/kernel'
import { doDailyDuties } from '../../jobs/daily.ts'
import { doTimedDuties } from '../../jobs/timed.ts'
import { createWriter, type Writer } from '../../store/log/writer.ts'
import type { Store } from '../../store/store.ts'
import { Course } from './course.ts'
import { landOf, staffOf } from './places.ts'
import type { Played } from './played.ts'
import { chanceOf } from './random.ts'

export interface CityOptions {
  /** People of the register, 1 to 4,000,000. */
  readonly people: number
  readonly seed: number
  /** First and last city day that is played. */
  readonly from?: string
  readonly to?: string
  /** Villages in which a good part of the people live. */
  readonly focus?: readonly string[]
  readonly progress?: (day: string, acts: number) => void
}

export interface CityPlayed {
  readonly households: number
  readonly acts: number
  /** Acts that were refused, by the code of the refusal: people make mistakes, and the system says so. */
  readonly refused: Readonly<Record<string, number>>
}

const FIRST = '2020-01-20'
const LAST = '2020-02-14'
const MOST_PEOPLE = 4_000_000
/** Acts in flight at a time: enough for whole batches, not a pile. */
const WINDOW = 2_000

/**
 * Plays the weeks from 20 January to 14 February 2020 of a city whose people do not exist, through the same write path as everybody
 * else: each act happens at its time and reaches the server at its time, and the duties of every midnight are done. The same seed and
 * size give the same city.
 * @throws RangeError for a size that cannot be
 */
export async function playCity(store: Store, options: CityOptions): Promise<CityPlayed> {
  const { people, seed, from = FIRST, to = LAST, progress } = options
  if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE)
    throw new RangeError(`People of the city: 1 to ${MOST_PEOPLE}, got ${people}`)
  const { zone } = store.clock
  const now = store.clock.now()
  const clock = fixedClock(Temporal.PlainDate.from(from).toZonedDateTime(zone).toInstant().toString(), zone)
  const writer = createWriter(
    store.db,
    { registry: store.registry, clock, areas: () => store.areas.index, parameters: (day, path) => store.settings.at(day, path) },
    (_reference, error) => {
      throw error
    },
  )
  const land = landOf(store, from, await staffOf(store))
  const plan = { people, chance: chanceOf(seed), land, zone }
  const course = new Course(store, options.focus === undefined ? plan : { ...plan, focus: options.focus })
  const refused: Record<string, number> = {}
  let acts = 0
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const midnight = Temporal.PlainDate.from(day).toZonedDateTime(zone)
    const at = (minute: number) => midnight.add({ minutes: minute }).toInstant()
    clock.set(at(1).toString())
    await doDailyDuties({ ...store, clock, writer }, { since: day })
    const due = await course.day(day)
    let hour = 0
    for (let start = 0; start < due.length; ) {
      const minute = due[start]?.minute ?? 0
      if (Temporal.Instant.compare(at(minute), now) > 0) break
      let end = start
      // Acts of a quarter of an hour share a clock: what is minutes old is not late.
      while (end < due.length && end - start < WINDOW && (due[end]?.minute ?? 0) < minute + 15) end += 1
      const last = due[end - 1]?.minute ?? minute
      clock.set(at(last).toString())
      const played = await Promise.all(due.slice(start, end).map((one) => one.play()))
      for (const problem of await submitAll(writer, played)) refused[problem.code] = (refused[problem.code] ?? 0) + 1
      acts += played.reduce((sum, { commands }) => sum + commands.length, 0)
      start = end
      if (last >= hour + 60) {
        // What moments ask for, such as the end of an order or a pass, is done within the hour.
        hour = last
        await doTimedDuties({ ...store, clock, writer })
      }
    }
    progress?.(day, acts)
  }
  await writer.close()
  return { households: course.city.households, acts, refused }
}

/** Sends acts in their order and gathers what was refused. @throws Refused where the store itself cannot go on */
async function submitAll(writer: Writer, played: readonly Played[]): Promise<Problem[]> {
  const done = await Promise.all(played.map(({ commands, actor }) => writer.submitTogether(commands, actor)))
  const problems = done.flatMap((one) => (one.ok ? [] : [one.problem]))
  const broken = problems.find(({ status }) => status >= 500)
  if (broken) throw new Refused(broken)
  return problems
}
