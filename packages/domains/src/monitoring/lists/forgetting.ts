import { addDays, type DailyDuty } from '@guatu/kernel'

/** What was written down so that somebody could be looked for is forgotten some days after the answer; the decision and the figures stay. */
export const forgetting: DailyDuty = {
  name: 'list-check-forget',
  record: 'listCheck',
  where: (day, parameter) => ({
    op: 'every',
    of: [
      { op: 'is', field: 'state', value: 'done' },
      { op: 'given', field: 'askedOn' },
      { op: 'between', field: 'settledOn', high: addDays(day, -parameter<number>('monitoring.list.keep.days')) },
    ],
  }),
  act: ({ fields }, day, parameter) =>
    String(fields.settledOn ?? day) <= addDays(day, -parameter<number>('monitoring.list.keep.days'))
      ? { action: 'forget', input: {} }
      : undefined,
}
