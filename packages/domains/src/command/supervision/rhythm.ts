import { addDays, type ParameterReader } from '@guatu/kernel'

/** 反馈频次: how often a unit reports while a task is in hand. */
export const FREQUENCIES = {
  once: { zh: '办结反馈', en: 'When done' },
  daily: { zh: '每日', en: 'Daily' },
  weekly: { zh: '每周', en: 'Weekly' },
  halfMonth: { zh: '每半月', en: 'Half-monthly' },
} as const

/** Parameters with the days from one report to the next. */
const DAYS: Readonly<Partial<Record<string, string>>> = {
  daily: 'command.report.daily',
  weekly: 'command.report.weekly',
  halfMonth: 'command.report.halfMonth',
}

/** States in which a unit still reports. */
const REPORTS: readonly string[] = ['issued', 'signed', 'returned']

/** What of a task says when its unit reports: days `YYYY-MM-DD`. */
interface Reported {
  readonly frequency?: string
  readonly issuedOn?: string
  readonly reportedOn?: string
  readonly due?: string
}

/**
 * City day until which the unit has to report next, counted from its last report or else from the issue; the due date where that comes before.
 * Nothing for a task that is reported only when done, or is handed in or settled.
 */
export function nextReport(task: Reported, state: string, parameter: ParameterReader): string | undefined {
  const { frequency = 'once', issuedOn, reportedOn, due } = task
  const days = DAYS[frequency]
  if (days === undefined || issuedOn === undefined || due === undefined || !REPORTS.includes(state)) return undefined
  const last = reportedOn ?? issuedOn
  const next = addDays(last, parameter<number>(days))
  return last < due && due < next ? due : next
}
