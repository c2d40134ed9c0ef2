/**
 * What an office feels: time to the first plan of 2,000 activities, what more seconds bring, and repairs after a slip.
 * `node bench/planning/scheduling-office.ts [--seconds N]`; CPU seconds, generated problems with a seed.
 */
import { parseArgs } from 'node:util'
import { scheduling } from '../../packages/analytics/src/index.ts'
import { threadCpuClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'
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

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } })
const seconds = Number(values.seconds)
for (const [name, features] of kinds) {
  const problem = randomProblem(5, 2000, features, 12)
  repairs(name, problem, plans(name, problem, seconds))
}
