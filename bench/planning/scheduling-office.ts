/**
 * What an office feels: time to the first plan of 2,000 activities, what more seconds bring, repairs after a slip, and what a second
 * thread brings. `node bench/planning/scheduling-office.ts [--seconds N] [--set DIR]`; CPU seconds, generated problems with a seed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { scheduling } from '../../packages/analytics/src/index.ts'
import { threadCpuClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'
import { scheduleOnThreads } from '../../packages/analytics/src/planning/scheduling/node/parallel.ts'
import { type Features, randomProblem } from '../../packages/analytics/src/planning/scheduling/testing/instances.ts'

const kinds: readonly (readonly [name: string, features: Features])[] = [
  ['8 projects sharing 3 crews', { projects: 8 }],
  [
    'the same with calendars, materials, changing crews, releases and due slots',
    { projects: 8, calendars: true, materials: true, steps: true, due: true, releases: true },
  ],
]

/** First plan, later plans and bound for one problem. */
function plans(name: string, problem: scheduling.SchedulingProblem, seconds: number): scheduling.Timetable {
  const began = threadCpuClock()
  let first: { seconds: number; end: number; tardiness: number } | null = null
  const planned = scheduling.schedule(problem, {
    seconds,
    clock: threadCpuClock,
    onImprovement: ({ end, tardiness }) => {
      first ??= { seconds: threadCpuClock() - began, end, tardiness }
    },
  })
  if (!planned.ok) throw new Error(planned.refusal.en)
  const faults = scheduling.checkSchedule(problem, planned.plan).length
  const { plan } = planned
  console.log(
    JSON.stringify({
      name,
      activities: problem.activities.length,
      first,
      seconds,
      end: plan.end,
      tardiness: plan.tardiness,
      endBound: plan.endBound,
      schedules: plan.schedules,
      faults,
    }),
  )
  return plan
}

/** Repairs after one activity takes longer, for activities spread over the plan. */
function repairs(name: string, problem: scheduling.SchedulingProblem, plan: scheduling.Timetable): void {
  const milliseconds: number[] = []
  const moved: number[] = []
  let faults = 0
  const every = Math.floor(problem.activities.length / 100)
  for (let k = 0; k < problem.activities.length; k += every) {
    const changed = { ...problem, activities: problem.activities.map((a, j) => (j === k ? { ...a, duration: a.duration + 5 } : a)) }
    const before = threadCpuClock()
    const repaired = scheduling.repair(changed, plan)
    milliseconds.push(1000 * (threadCpuClock() - before))
    if (!repaired.ok) continue
    moved.push(repaired.moved.length)
    faults += scheduling.checkSchedule(changed, repaired.schedule).length
  }
  const at = (values: number[], share: number) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]
  console.log(
    JSON.stringify({
      name,
      repairs: milliseconds.length,
      medianMs: at(milliseconds, 0.5),
      worstMs: at(milliseconds, 1),
      medianMoved: at(moved, 0.5),
      mostMoved: at(moved, 1),
      faults,
    }),
  )
}

/** Schedules made by one and by two threads in equal CPU seconds of each thread, and wall seconds. */
async function threads(file: string, seconds: number): Promise<{ ratio: number; wall: number }> {
  const problem = scheduling.parsePsplib(readFileSync(file, 'utf8'))
  const made: number[] = []
  const wall: number[] = []
  for (const count of [1, 2]) {
    const before = performance.now()
    const planned = await scheduleOnThreads(problem, { threads: count, seconds, conflicts: 0, seed: 1 })
    wall.push((performance.now() - before) / 1000)
    made.push(planned.ok ? planned.iterations : 0)
  }
  const [one, two] = made as [number, number]
  const [wallOne, wallTwo] = wall as [number, number]
  console.log(JSON.stringify({ file, schedulesOneThread: one, schedulesTwoThreads: two, ratio: two / one, wallOne, wallTwo }))
  return { ratio: two / one, wall: two / wallTwo / (one / wallOne) }
}

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, set: { type: 'string', default: '../shared/data/scheduling/j120' } },
})
const seconds = Number(values.seconds)
for (const [name, features] of kinds) {
  const problem = randomProblem(5, 2000, features, 12)
  repairs(name, problem, plans(name, problem, seconds))
}
if (existsSync(values.set)) {
  // Instances that are not proven at once, so that both runs use their whole time.
  const names = readdirSync(values.set).filter((file) => /^j12011_[1-4]\.sm$/.test(file))
  const ratios: { ratio: number; wall: number }[] = []
  for (const name of names) ratios.push(await threads(join(values.set, name), seconds))
  const mean = (pick: (r: { ratio: number; wall: number }) => number) =>
    ratios.reduce((sum, r) => sum + pick(r), 0) / Math.max(1, ratios.length)
  console.log(JSON.stringify({ speedUpAtEqualThreadCpu: mean((r) => r.ratio), speedUpOnTheWall: mean((r) => r.wall) }))
}
