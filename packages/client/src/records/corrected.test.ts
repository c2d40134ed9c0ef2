import { CORRECT, type DomainEvent, erase } from '@guatu/kernel'
import { lamp } from '@guatu/testing'
import { expect, it } from 'vitest'
import { correctionsOf, inputNow } from './corrected.ts'

const def = erase(lamp)
const event = (id: string, action: string, input: DomainEvent['input'], corrects: string | null = null): DomainEvent => ({
  id,
  county: '11',
  record: 'lamp',
  recordId: 'x',
  action,
  area: '11a1',
  happenedAt: '2020-02-14T00:00:00.000Z',
  recordedAt: '2020-02-14T00:00:00.000Z',
  day: '2020-02-14',
  actor: 'a',
  unit: null,
  authority: null,
  corrects,
  cause: null,
  input,
})

it('says of each correction which act it is of and what it changed, one after the other', () => {
  const events = [
    event('1', 'build', { name: '塔', candela: 5 }),
    event('2', CORRECT, { event: '1', reason: '错', input: { name: '高塔', candela: 5 } }, '1'),
    event('3', CORRECT, { event: '1', reason: '又错', input: { name: '高塔', candela: 7 } }, '1'),
    event('4', CORRECT, { event: '1', reason: '无', void: true }, '1'),
  ]
  const found = correctionsOf(def, events)
  expect(found.get('2')?.changes).toEqual([{ name: 'name', was: '塔', is: '高塔' }])
  expect(found.get('3')?.changes).toEqual([{ name: 'candela', was: 5, is: 7 }])
  expect(found.get('4')).toMatchObject({ void: true, changes: [], original: { id: '1' } })
  expect(found.has('1')).toBe(false)
  const [first] = events
  expect(first && inputNow(first, events.slice(0, 3))).toEqual({ name: '高塔', candela: 7 })
})
