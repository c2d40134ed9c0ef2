import { type Draft, dayOf, type Follow, type Label, type ParameterReader } from '@guatu/kernel'
import { type Course, type LightLimits, lightOf, reasonOf } from '../lights/light.ts'
import { nextReport } from './rhythm.ts'
import type { fields, TaskSituation } from './task-fields.ts'

/** States of a task that its unit has still to do. */
export const OPEN = ['issued', 'signed', 'returned'] as const

/** States of a task in which nothing more is expected of its unit. */
export const SETTLED: readonly string[] = ['accepted', 'withdrawn']

/** What an act settles about punctuality, kept with the task so that units can be counted by it. */
interface Punctuality {
  readonly signedInTime?: boolean
  readonly reportedInTime?: boolean
  /** Day on which the report reached the office, by which it is measured. */
  readonly reportedOn?: string
}

/**
 * What a later date settles of a report that was handed in behind the old one: whoever asked in time does not pay for the days that the answer took.
 * Nothing where it was late by the new date too.
 */
export const byNewDate = ({ reportedInTime, reportedOn, due }: Draft<typeof fields>): Punctuality =>
  reportedInTime === false && reportedOn !== undefined && due !== undefined && reportedOn <= due ? { reportedInTime: true } : {}

/**
 * The light that a task has after an act, and what the act settled, as a consequence of its own when it changed: so that the
 * books can count lights. The register row follows its lead unit in any case.
 */
export const regrade = (at: TaskSituation, state: string, settled: Punctuality = {}): readonly Follow[] => {
  const { after, act, today, parameter } = at
  const input = { ...gradeOn(after, state, today, parameter), ...settled }
  return input.light === undefined || Object.keys(input).every((name) => name === 'light' && input.light === after.light)
    ? track(after)
    : [{ record: 'task', recordId: act.recordId, action: 'grade', input }]
}

/** Light of a task on a day, and until when its unit reports next where that is another day than it was. */
export function gradeOn(task: Draft<typeof fields>, state: string, day: string, parameter: ParameterReader) {
  const light = lightAt(task, state, day, parameter) ?? task.light
  const reportDue = nextReport(task, state, parameter)
  return { light, ...(reportDue === task.reportDue ? {} : { reportDue: reportDue ?? null }) }
}

/**
 * City day on which what a unit says reached the office. A signature, a report and a request for more time count from then: whoever profits from an
 * earlier day does not choose it.
 */
export const received = ({ act, zone }: Pick<TaskSituation, 'act' | 'zone'>): string => dayOf(Temporal.Instant.from(act.recordedAt), zone)

/** What the register shows of the lead unit's work; the lead unit answers for joint matters. */
const TRACKED = ['light', 'signedAt', 'due', 'progress', 'percent', 'problems', 'chases', 'extensionTo', 'review'] as const

export const track = (after: Draft<typeof fields>): readonly Follow[] =>
  after.role !== 'lead' || after.item === undefined
    ? []
    : [
        {
          record: 'item',
          recordId: after.item,
          action: 'track',
          input: Object.fromEntries(
            TRACKED.flatMap((name) => (after[name] === undefined && name !== 'extensionTo' ? [] : [[name, after[name] ?? null]])),
          ),
        },
      ]

function lightAt(task: Draft<typeof fields>, state: string, day: string, parameter: ParameterReader) {
  const course = courseOf(task, state)
  return course && lightOf(course, day, limitsOf(parameter))
}

/** Why a task is yellow or red on a day, in words; nothing for other lights, and for a light that was set under other circumstances. */
export function whyAt(task: Draft<typeof fields>, state: string, day: string, parameter: ParameterReader): Label | undefined {
  const course = courseOf(task, state)
  if (!course || lightAt(task, state, day, parameter) !== task.light) return undefined
  return reasonOf(course, day, limitsOf(parameter))
}

const limitsOf = (parameter: ParameterReader): LightLimits => ({
  yellow: parameter<number>('command.light.yellow'),
  red: parameter<number>('command.light.red'),
  idleYellow: parameter<number>('command.idle.yellow'),
  idleRed: parameter<number>('command.idle.red'),
})

function courseOf(task: Draft<typeof fields>, state: string): Course | undefined {
  const { issuedOn, due, percent = 0 } = task
  if (due === undefined || issuedOn === undefined) return undefined
  const excused = task.problems !== undefined || task.extensionTo !== undefined || due > (task.originalDue ?? due)
  return { state, issuedOn, due, percent, excused }
}
