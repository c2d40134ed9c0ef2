import { addDays, type DailyDuty, daysBetween, type Expression, type ParameterReader, where } from '@guatu/kernel'
import { OBSERVED, TOLD, type Watch } from './fields.ts'
import { watch } from './watch.ts'

const observed = where(watch, { state: OBSERVED })
const every = (...of: readonly Expression[]): Expression => ({ op: 'every', of })
const HOURS_A_DAY = 24

/** Whole days without any reading, at the beginning of a day. Of whoever was at the clinic, or observed by nobody, none was due meanwhile. */
function silentDays(row: Watch, day: string): number {
  const read = row.lastCheckDay ?? row.enteredOn ?? day
  const [due] = [row.dueMorning, row.dueEvening].filter((one) => one !== undefined).toSorted()
  const [, since = read] = [read, due === undefined ? read : addDays(due, -1)].toSorted()
  return daysBetween(since, day) - 1
}

/** Readings missed in a row since the last one, at the beginning of a day: a reading of either half day ends the row. */
export const missed = (row: Watch, day: string): number => {
  const last = row.lastCheckDay
  const morning = last === undefined ? undefined : addDays(last, 1)
  const evening = row.lastHalves === 'morning' ? last : morning
  const since = (due: string | undefined, from: string | undefined) =>
    due === undefined ? 0 : Math.max(0, daysBetween(from !== undefined && from > due ? from : due, day))
  return since(row.dueMorning, morning) + since(row.dueEvening, evening)
}

/** How far up it has to be told that no reading comes, at the beginning of a day. */
export function toldAt(row: Watch, day: string, parameter: ParameterReader): keyof typeof TOLD | undefined {
  const hours = silentDays(row, day) * HOURS_A_DAY
  if (missed(row, day) === 0) return undefined
  return (['county', 'town', 'worker'] as const).find((level) => hours >= parameter<number>(`monitoring.remind.${level}`))
}

const LEVELS: readonly string[] = Object.keys(TOLD)

/** Nobody read them yesterday: remind the worker, then the town, then the county; after enough readings contact is lost. */
const unread: DailyDuty = {
  name: 'watch-unread',
  record: 'watch',
  where: (day) =>
    every(observed, {
      op: 'some',
      of: [
        { op: 'between', field: 'dueMorning', high: before(day) },
        { op: 'between', field: 'dueEvening', high: before(day) },
      ],
    }),
  act: (state, day, parameter) => {
    const row = state.fields as Watch
    const told = toldAt(row, day, parameter)
    const lost = missed(row, day) >= parameter<number>('monitoring.lost.readings')
    const higher = told !== undefined && LEVELS.indexOf(told) > LEVELS.indexOf(row.told ?? '')
    const newlyLost = lost && row.lost !== true
    if (!higher && !newlyLost) return undefined
    return {
      action: 'remind',
      input: {
        since: row.lastCheckDay ?? row.enteredOn ?? day,
        ...(higher ? { told } : {}),
        ...(newlyLost ? { lost: true } : {}),
      },
    }
  },
}

const before = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** The period is served: propose the release; a person releases. */
const release: DailyDuty = {
  name: 'watch-release',
  record: 'watch',
  where: (day) => every(where(watch, { state: 'watching', proposedOn: null }), { op: 'between', field: 'until', high: day }),
  act: (state, day) => {
    const { until, proposedOn } = state.fields as Watch
    return until !== undefined && until <= day && proposedOn === undefined ? { action: 'propose', input: { proposedOn: day } } : undefined
  },
}

/** Signs that no reading sent to the clinic, because a correction brought them to light. */
const alert: DailyDuty = {
  name: 'watch-alert',
  record: 'watch',
  where: where(watch, { state: OBSERVED, alarm: true }),
  act: (state) => {
    const row = state.fields as Watch
    if (row.alarmOn === undefined || row.alarmOn <= (row.alertedOn ?? '')) return undefined
    return { action: 'alert', input: { alertedOn: row.alarmOn } }
  },
}

export const duties: readonly DailyDuty[] = [unread, release, alert]
