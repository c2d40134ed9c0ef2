import { addDays, type DailyDuty, type Expression, type ParameterReader } from '@guatu/kernel'

/** The last day on which what is forgotten today was asked or answered. */
const answered = (day: string, parameter: ParameterReader) => addDays(day, -parameter<number>('monitoring.list.keep.days'))
const unanswered = (day: string, parameter: ParameterReader) => addDays(day, -parameter<number>('monitoring.list.unanswered.days'))

const inState = (value: 'open' | 'done', field: string, high: string): Expression => ({
  op: 'every',
  of: [
    { op: 'is', field: 'state', value },
    { op: 'given', field: 'askedOn' },
    { op: 'between', field, high },
  ],
})

/**
 * What was written down so that somebody could be looked for is forgotten some days after the answer, and where none comes some days after the
 * asking; the decision and the figures stay.
 */
export const forgetting: DailyDuty = {
  name: 'list-check-forget',
  record: 'listCheck',
  where: (day, parameter) => ({
    op: 'some',
    of: [inState('done', 'settledOn', answered(day, parameter)), inState('open', 'askedOn', unanswered(day, parameter))],
  }),
  act: ({ state, fields }, day, parameter) => {
    const over =
      state === 'open'
        ? String(fields.askedOn ?? day) <= unanswered(day, parameter)
        : String(fields.settledOn ?? day) <= answered(day, parameter)
    return over ? { action: 'forget', input: {} } : undefined
  },
}
