import { type RecordState, type StandingDuty, toExpression } from '@guatu/kernel'
import { OPEN } from './entrusted.ts'
import { isOpen } from './fields.ts'

const OVER = '观察已结束'
const READ = '已恢复测温'
const BACK = '已找回'
const NEVER = '数据迟到，当时并未失访'

const WATCH = { record: 'watch', at: 'watch', sees: ['lost', 'foundAt', 'foundBy', 'lastCheckAt'] } as const

const text = ({ fields }: RecordState, name: string) => String(fields[name] ?? '')
const isMissing = ({ state, fields }: Pick<RecordState, 'state' | 'fields'>) =>
  state === 'absent' || (state === 'watching' && fields.lost === true)

/** Somebody is looked for until they are found, by whoever brought them back or took their reading, or until nobody observes them any more. */
const found: StandingDuty = {
  name: 'search-found',
  record: 'need',
  where: { op: 'every', of: [toExpression({ kind: 'find', state: ['open', 'taken'] }), { op: 'given', field: 'watch' }] },
  on: ['watch.comeBack', 'watch.check', 'watch.correct', 'watch.confirm', 'watch.transfer', 'watch.die'],
  // Hardly any reading finds somebody who was lost; one that came late may have been taken before anybody was.
  concerns: ({ action, happenedAt }, after) => action !== 'check' || text(after, 'foundAt') >= happenedAt,
  related: { watch: WATCH },
  act: (need, { related }) => {
    const [watch] = related.watch ?? []
    if (!watch) return undefined
    if (!isOpen(watch)) return { action: 'found', input: { result: OVER } }
    const { foundAt, foundBy, lastCheckAt } = watch.fields
    if (text(watch, 'foundAt') < need.createdAt) return undefined
    const result = foundBy === undefined ? NEVER : foundAt === lastCheckAt ? READ : BACK
    return { action: 'found', input: { result, foundAt, ...(foundBy === undefined ? {} : { foundBy }) } }
  },
}

/** Nobody had found them after all: what ended with that is looked for again, where they are observed now. */
const again: StandingDuty = {
  name: 'search-again',
  record: 'watch',
  where: { op: 'some', of: [toExpression({ state: 'absent' }), toExpression({ state: 'watching', lost: true })] },
  on: ['watch.correct', 'watch.reopen', 'watch.resume'],
  concerns: (_act, after) => isMissing(after),
  related: { needs: { record: 'need', by: 'watch', sees: ['kind', 'foundAt', 'result'] } },
  act: (watch, { related }) => {
    const searches = (related.needs ?? []).filter(({ fields }) => fields.kind === 'find')
    if (searches.some(({ state }) => OPEN.includes(state))) return undefined
    const ended = searches.findLast(
      ({ state, fields: { foundAt, result } }) =>
        state === 'done' && (foundAt === undefined ? result === OVER : text(watch, 'foundAt') < String(foundAt)),
    )
    return ended && { record: 'need', recordId: ended.id, action: 'searchAgain', input: {} }
  },
}

export const searches: readonly StandingDuty[] = [found, again]
