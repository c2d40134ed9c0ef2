import { type DomainEvent, MOVE } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { movedNothing, movesOf } from './moves.ts'

const event = (id: string, action: string, area: string, more: Partial<DomainEvent> = {}): DomainEvent => ({
  id,
  county: '11',
  record: 'lamp',
  recordId: 'x',
  action,
  area,
  happenedAt: `2020-02-1${id}T00:00:00.000Z`,
  recordedAt: `2020-02-1${id}T00:00:00.000Z`,
  day: `2020-02-1${id}`,
  actor: 'a',
  unit: null,
  authority: null,
  corrects: null,
  cause: null,
  input: {},
  ...more,
})
const reform = { actor: 'system', input: { from: '11a1' } }

it('shows of moves those that moved something, and says which of them a reform made', () => {
  const events = [
    event('1', 'build', '11a1'),
    // Left before the reform, as became known after it: the reform took nothing along.
    event('2', MOVE, '11b1'),
    event('3', MOVE, '11a2', reform),
    event('4', 'light', '11b1'),
    event('5', MOVE, '11b1', { cause: 'household' }),
    event('6', MOVE, '11b1'),
    event('7', MOVE, '11a1'),
    event('8', MOVE, '11a2', reform),
  ]
  const moves = movesOf(events)
  expect(Object.fromEntries(moves)).toEqual({
    2: { from: '11a1', to: '11b1', reform: false },
    7: { from: '11b1', to: '11a1', reform: false },
    8: { from: '11a1', to: '11a2', reform: true },
  })
  // What somebody pressed stays, also where it changed nothing.
  expect(events.filter((one) => movedNothing(one, moves)).map(({ id }) => id)).toEqual(['3', '5'])
})
