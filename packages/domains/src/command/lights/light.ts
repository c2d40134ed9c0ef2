import { daysBetween } from '@guatu/kernel'

/** Lights are shape and colour: ● green, ▲ yellow, ■ red, ◇ not started, ✓ done. */
export const LIGHTS = {
  notStarted: { zh: '未启动', en: 'Not started' },
  green: { zh: '正常', en: 'On plan' },
  yellow: { zh: '滞后', en: 'Behind' },
  red: { zh: '严重滞后', en: 'Far behind' },
  done: { zh: '办结', en: 'Done' },
} as const
export type Light = keyof typeof LIGHTS

export interface Course {
  readonly state: string
  /** Days `YYYY-MM-DD`. */
  readonly issuedOn: string
  readonly due: string
  /** Reported progress, percent. */
  readonly percent: number
}

/** Points behind plan from which a task is yellow and beyond which it is red. */
export interface LightLimits {
  readonly yellow: number
  readonly red: number
}

/** Progress that an even course would have reached by `day`, percent: 0 on the day of issue, 100 on the due day. */
export function plannedPercent(course: Pick<Course, 'issuedOn' | 'due'>, day: string): number {
  const whole = daysBetween(course.issuedOn, course.due)
  if (whole <= 0) return day >= course.due ? 100 : 0
  return Math.round(Math.min(1, Math.max(0, daysBetween(course.issuedOn, day) / whole)) * 100)
}

const DONE = new Set(['accepted', 'withdrawn'])

/** The light of a task on a day. Overdue is red whatever was reported; a task handed in waits for its review without turning red. */
export function lightOf(course: Course, day: string, limits: LightLimits): Light {
  if (DONE.has(course.state)) return 'done'
  if (course.state === 'reported') return 'green'
  if (day > course.due) return 'red'
  const behind = plannedPercent(course, day) - course.percent
  if (behind > limits.red) return 'red'
  if (behind >= limits.yellow) return 'yellow'
  return course.state === 'issued' ? 'notStarted' : 'green'
}
