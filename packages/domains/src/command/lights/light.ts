import { counted, daysBetween, type Label } from '@guatu/kernel'

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
  /** Its unit said why it has not begun, or was given more time. */
  readonly excused: boolean
}

/** The numbers of the rule of the lights. */
export interface LightLimits {
  /** Points behind plan from which a task is yellow and beyond which it is red. */
  readonly yellow: number
  readonly red: number
  /** Months after it was issued from which a task that nobody began, and of which nobody said why, is yellow and red. */
  readonly idleYellow: number
  readonly idleRed: number
}

/** What made a light yellow or red. */
type Cause = 'overdue' | 'behind' | 'farBehind' | 'idle' | 'longIdle'

/**
 * Progress that an even course has to have reached when `day` begins, percent: what is planned for a day is due at its end. 0 on the day of issue and
 * the day after it; the last part is due when the due day is over.
 */
export function plannedPercent(course: Pick<Course, 'issuedOn' | 'due'>, day: string): number {
  if (day > course.due) return 100
  const whole = daysBetween(course.issuedOn, course.due)
  const over = daysBetween(course.issuedOn, day) - 1
  return over <= 0 ? 0 : Math.round((over / whole) * 100)
}

const DONE = new Set(['accepted', 'withdrawn'])
const behindPlan = (course: Course, day: string) => plannedPercent(course, day) - course.percent

/** Nothing was begun within so many months of the issue, and no reason given. */
const idleFor = (course: Course, months: number, day: string): boolean =>
  course.percent === 0 && !course.excused && day >= Temporal.PlainDate.from(course.issuedOn).add({ months }).toString()

function causeOf(course: Course, day: string, limits: LightLimits): Cause | undefined {
  if (DONE.has(course.state) || course.state === 'reported') return undefined
  if (day > course.due) return 'overdue'
  const behind = behindPlan(course, day)
  if (behind > limits.red) return 'farBehind'
  if (idleFor(course, limits.idleRed, day)) return 'longIdle'
  if (behind >= limits.yellow) return 'behind'
  return idleFor(course, limits.idleYellow, day) ? 'idle' : undefined
}

const COLOURS: Readonly<Record<Cause, Light>> = { overdue: 'red', farBehind: 'red', longIdle: 'red', behind: 'yellow', idle: 'yellow' }

/** The light of a task on a day. Overdue is red whatever was reported; a task handed in waits for its review without turning red. */
export function lightOf(course: Course, day: string, limits: LightLimits): Light {
  if (DONE.has(course.state)) return 'done'
  const cause = causeOf(course, day, limits)
  if (cause !== undefined) return COLOURS[cause]
  return course.state === 'issued' ? 'notStarted' : 'green'
}

/** Why the light of a task is yellow or red on a day, with the figures that it was judged by; nothing for the other lights. */
export function reasonOf(course: Course, day: string, limits: LightLimits): Label | undefined {
  const cause = causeOf(course, day, limits)
  const behind = behindPlan(course, day)
  const idle = (months: number): Label => ({
    zh: `交办满${months}个月未启动，也未说明原因；请反馈进展或说明存在问题`,
    en: `not started ${counted(months, 'month')} after it was issued, and no reason given; report progress or say what the problem is`,
  })
  switch (cause) {
    case 'overdue': {
      const days = daysBetween(course.due, day)
      return { zh: `逾期${days}天`, en: `${counted(days, 'day')} overdue` }
    }
    case 'farBehind':
      return {
        zh: `落后计划${behind}个百分点（超过${limits.red}）`,
        en: `${counted(behind, 'point')} behind plan (more than ${limits.red})`,
      }
    case 'behind':
      return {
        zh: `落后计划${behind}个百分点（达到${limits.yellow}）`,
        en: `${counted(behind, 'point')} behind plan (${limits.yellow} or more)`,
      }
    case 'longIdle':
      return idle(limits.idleRed)
    case 'idle':
      return idle(limits.idleYellow)
    case undefined:
      return undefined
  }
}
