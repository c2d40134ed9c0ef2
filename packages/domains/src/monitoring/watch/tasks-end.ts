import { CORRECT, type Follow, type RecordState } from '@guatu/kernel'
import { isOpen } from '../care/told.ts'
import { leftAtHome } from './consequences.ts'
import { OPEN } from './entrusted.ts'
import type { WatchSituation } from './fields.ts'

/** The small tasks that an observation opened, and who else of the household is observed. What becomes known late of them is refused to nobody. */
export const TASKS_OF = {
  needs: { record: 'need', by: 'watch', sees: ['kind', 'result'], onward: true },
  visits: { record: 'visit', by: 'watch', sees: ['note'], onward: true },
  housemates: { record: 'watch', by: 'household', through: 'household', sees: ['kind'], onward: true },
} as const

const VOIDED = '观察已作废'
const NOT_GONE = '擅自离开已撤销'

const end = (record: 'need' | 'visit', words: string) => ({
  action: 'cancel',
  input: record === 'need' ? { result: words } : { note: words },
})
const ending =
  (record: 'need' | 'visit', words: string) =>
  ({ id }: RecordState): Follow => ({ record, recordId: id, ...end(record, words) })

/** Somebody was not observed after all: nobody looks for them, fetches things or visits those at home for it, unless another of the household is observed. */
export function tasksEnd({ act, related }: WatchSituation): readonly Follow[] {
  const open = (tasks: 'needs' | 'visits') => (related[tasks] ?? []).filter(({ state }) => OPEN.includes(state))
  const others = (related.housemates ?? []).some((one) => one.id !== act.recordId && isOpen(one) && one.fields.kind !== 'self')
  return [
    // Whoever is on the way to the clinic is so whether observed or not, and those around them are told.
    ...open('needs')
      .filter(({ fields }) => fields.kind !== 'tell')
      .map(ending('need', VOIDED)),
    ...(others ? [] : open('visits').map(ending('visit', VOIDED))),
  ]
}

const ended = (record: 'need' | 'visit', rows: readonly RecordState[] = []): readonly Follow[] => {
  const act = end(record, VOIDED)
  return rows
    .filter(({ state, fields }) => state === 'cancelled' && (record === 'need' ? fields.result : fields.note) === VOIDED)
    .map(({ id }) => ({ record, recordId: id, action: CORRECT, input: { act, reason: '观察已恢复', void: true } }))
}

/** They are observed all the same: what ended with the observation is to be done again. Those at home are visited once. */
export function tasksAgain(at: WatchSituation): readonly Follow[] {
  const visits = ended('visit', at.related.visits)
  return [...ended('need', at.related.needs), ...(visits.length > 0 ? visits : leftAtHome(at))]
}

/** Nobody is looked for who had not left. */
export const searchEnds = ({ after, related }: WatchSituation): readonly Follow[] =>
  after.absentSince !== undefined || after.lost
    ? []
    : (related.needs ?? []).filter(({ state, fields }) => OPEN.includes(state) && fields.kind === 'find').map(ending('need', NOT_GONE))
