import { demand } from '../../../outcome.ts'
import type { SchedulingProblem } from '../types.ts'

const whole = (value: number | undefined) => value === undefined || (Number.isInteger(value) && Math.abs(value) < 0x20000000)
const count = (value: number | undefined) => value === undefined || (whole(value) && value >= 0)

function unique(kind: readonly [zh: string, en: string], ids: readonly string[]): Set<string> {
  const seen = new Set<string>()
  for (const id of ids) {
    demand(
      !seen.has(id),
      'duplicate-id',
      `${kind[0]}编号“${id}”重复，请改为唯一编号`,
      `The ${kind[1]} id "${id}" occurs twice: make ids unique`,
    )
    seen.add(id)
  }
  return seen
}

function known(ids: ReadonlySet<string>, kind: readonly [zh: string, en: string], id: string | undefined, by: string): void {
  demand(
    id === undefined || ids.has(id),
    'unknown-reference',
    `“${by}”引用的${kind[0]}“${id}”不存在，请补充或改正`,
    `"${by}" names the ${kind[1]} "${id}", which is not given: add it or correct the name`,
  )
}

/**
 * Refuses what cannot be read as a problem: unknown ids, broken numbers. What can be read but not fulfilled is left to the search.
 *
 * @throws InputError in both languages
 */
export function validate(problem: SchedulingProblem): void {
  const activities = unique(
    ['工序', 'activity'],
    problem.activities.map((a) => a.id),
  )
  const resources = unique(
    ['班组', 'resource'],
    (problem.resources ?? []).map((r) => r.id),
  )
  const materials = unique(
    ['材料', 'material'],
    (problem.materials ?? []).map((m) => m.id),
  )
  const projects = unique(
    ['项目', 'project'],
    (problem.projects ?? []).map((p) => p.id),
  )
  const calendars = unique(
    ['日历', 'calendar'],
    (problem.calendars ?? []).map((c) => c.id),
  )
  const numbers = (ok: boolean, by: string, field: string) =>
    demand(ok, 'bad-number', `“${by}”的 ${field} 须为整数且不为负`, `${field} of "${by}" must be a whole number, not negative`)
  numbers(count(problem.now), 'problem', 'now')
  for (const a of problem.activities) {
    numbers(count(a.duration), a.id, 'duration')
    numbers(count(a.release) && whole(a.deadline) && whole(a.due) && count(a.fixedStart), a.id, 'release/deadline/due/fixedStart')
    numbers((a.priority ?? 0) >= 0 && Number.isFinite(a.priority ?? 0), a.id, 'priority')
    numbers(a.started === undefined || (count(a.started.at) && count(a.started.remaining)), a.id, 'started')
    demand(
      a.started === undefined || a.started.at <= (problem.now ?? 0),
      'started-in-future',
      `工序“${a.id}”的实际开工晚于当前时刻，请改正`,
      `Activity "${a.id}" is said to have started after the present: correct its start or now`,
    )
    known(projects, ['项目', 'project'], a.project, a.id)
    known(calendars, ['日历', 'calendar'], a.calendar, a.id)
    for (const need of a.needs ?? []) {
      known(resources, ['班组', 'resource'], need.resource, a.id)
      numbers(count(need.amount), a.id, 'needs.amount')
    }
    for (const take of a.materials ?? []) {
      known(materials, ['材料', 'material'], take.material, a.id)
      numbers(Number.isFinite(take.amount) && take.amount >= 0, a.id, 'materials.amount')
    }
  }
  for (const lag of problem.lags ?? []) {
    known(activities, ['工序', 'activity'], lag.from, `${lag.from} → ${lag.to}`)
    known(activities, ['工序', 'activity'], lag.to, `${lag.from} → ${lag.to}`)
    demand(
      whole(lag.min) && whole(lag.max),
      'bad-number',
      `“${lag.from} → ${lag.to}”的时距须为整数`,
      `The lags of "${lag.from} → ${lag.to}" must be whole numbers`,
    )
  }
  for (const r of problem.resources ?? []) {
    numbers(count(r.capacity) && (r.steps ?? []).every((s) => count(s.from) && count(s.capacity)), r.id, 'capacity')
    known(calendars, ['日历', 'calendar'], r.calendar, r.id)
  }
  for (const m of problem.materials ?? []) {
    const fine = (m.stock ?? 0) >= 0 && (m.arrivals ?? []).every((a) => count(a.at) && a.amount >= 0 && Number.isFinite(a.amount))
    numbers(fine && Number.isFinite(m.stock ?? 0), m.id, 'stock/arrivals')
  }
}
