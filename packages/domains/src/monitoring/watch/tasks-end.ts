import { CORRECT, type Follow, type RecordState } from '@guatu/kernel'
import { leftAtHome } from './consequences.ts'
import { OPEN } from './entrusted.ts'
import { isOpen, type WatchSituation } from './fields.ts'

/** The small tasks that an observation opened, and who else of the household is observed. What becomes known late of them is refused to nobody. */
export const TASKS_OF = {
  needs: { record: 'need', by: 'watch', sees: ['kind'], onward: true },
  visits: { record: 'visit', by: 'watch', sees: [], onward: true },
  housemates: { record: 'watch', by: 'household', through: 'household', sees: ['kind'], onward: true },
} as const

/** How each of them ends with the observation. */
const LAPSES = {
  need: { action: 'lapse', input: { result: '观察已作废' } },
  visit: { action: 'lapse', input: {} },
} as const
const lapses =
  (record: keyof typeof LAPSES) =>
  ({ id }: RecordState): Follow => ({ record, recordId: id, ...LAPSES[record] })

/** Somebody was not observed after all: nobody looks for them, fetches things or visits those at home for it, unless another of the household is observed. */
export function tasksEnd({ act, related }: WatchSituation): readonly Follow[] {
  const open = (tasks: 'needs' | 'visits') => (related[tasks] ?? []).filter(({ state }) => OPEN.includes(state))
  const others = (related.housemates ?? []).some((one) => one.id !== act.recordId && isOpen(one) && one.fields.kind !== 'self')
  return [
    // Whoever is on the way to the clinic is so whether observed or not, and those around them are told.
    ...open('needs')
      .filter(({ fields }) => fields.kind !== 'tell')
      .map(lapses('need')),
    ...(others ? [] : open('visits').map(lapses('visit'))),
  ]
}

/** What ended with it; those who are told of somebody's way to the clinic are told whether that person is observed or not. */
const again = (record: keyof typeof LAPSES, rows: readonly RecordState[] = []): readonly Follow[] =>
  rows
    .filter(({ state, fields }) => state === 'lapsed' && fields.kind !== 'tell')
    .map(({ id }) => ({ record, recordId: id, action: CORRECT, input: { act: LAPSES[record], reason: '观察已恢复', void: true } }))

/** They are observed all the same: what ended with the observation is to be done again. Those at home are visited once. */
export function tasksAgain(at: WatchSituation): readonly Follow[] {
  const visits = again('visit', at.related.visits)
  return [...again('need', at.related.needs), ...(visits.length > 0 ? visits : leftAtHome(at))]
}

/** Nobody is looked for who had not left. */
export const searchEnds = ({ after, related }: WatchSituation): readonly Follow[] =>
  after.absentSince !== undefined || after.lost
    ? []
    : (related.needs ?? [])
        .filter(({ state, fields }) => OPEN.includes(state) && fields.kind === 'find')
        .map(({ id }) => ({ record: 'need', recordId: id, action: 'cancel', input: { result: '擅自离开已撤销' } }))
