import { type DailyDuty, type Draft, type StandingDuty, where } from '@guatu/kernel'
import { gradeOn, OPEN } from './grading.ts'
import { task } from './task.ts'
import type { fields } from './task-fields.ts'

/** At every city midnight the open tasks are graded anew: a day that passes is reason enough for another light, and other numbers for another day. */
export const dailyGrade: DailyDuty = {
  name: 'task-lights',
  record: 'task',
  where: where(task, { state: OPEN }),
  act: (row, day, parameter) => {
    const now = row.fields as Draft<typeof fields>
    const input = gradeOn(now, row.state, day, parameter)
    return input.light === undefined || (input.light === now.light && !('reportDue' in input)) ? undefined : { action: 'grade', input }
  },
}

/** Tasks are reported on as often as their matter says, also where that was corrected, or said before tasks knew of it. */
export const asOften: StandingDuty = {
  name: 'report-frequency',
  record: 'task',
  where: where(task, { state: OPEN }),
  on: ['item.correct'],
  anywhere: true,
  related: { items: { record: 'item', at: 'item', sees: ['frequency'] } },
  act: (row, { related }) => {
    const frequency = related.items?.[0]?.fields.frequency
    return related.items?.[0] === undefined || frequency === row.fields.frequency
      ? undefined
      : { action: 'pace', input: { frequency: frequency ?? null } }
  },
}
