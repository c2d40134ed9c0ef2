import { CORRECT, type Follow, type RecordState, type StandingDuty, toExpression } from '@guatu/kernel'
import { isOpen } from '../watch/fields.ts'
import { TRANSFERS } from './sick.ts'

const DIED = { action: 'withdraw', input: { reason: '本人已死亡' } } as const

/** Whoever has died before they were taken in is fetched by nobody, whichever becomes known first; what the clinic has it settles itself. */
export const fetchedNoMore: StandingDuty = {
  name: 'transfer-died',
  record: 'transfer',
  where: toExpression({ state: ['open', 'sent'] }),
  on: ['watch.die', 'transfer.open', 'transfer.correct'],
  related: { mine: { record: 'watch', by: 'person', through: 'person', sees: [], doubles: 'person' } },
  act: (_transfer, { related: { mine = [] } }) => (mine.some(({ state }) => state === 'died') && !mine.some(isOpen) ? DIED : undefined),
}

/** The transfers of the person, which a death that was entered by mistake had ended. What becomes known late of them is refused to nobody. */
export const WAYS = { ways: { ...TRANSFERS.transfers, onward: true } } as const

/** They live: whoever was on the way to the clinic still is. */
export const fetchedAfterAll = (related: Readonly<Record<string, readonly RecordState[]>>): readonly Follow[] =>
  (related.ways ?? [])
    .filter(({ state }) => state === 'cancelled')
    .map(({ id }) => ({ record: 'transfer', recordId: id, action: CORRECT, input: { act: DIED, reason: '死亡登记已撤销', void: true } }))
