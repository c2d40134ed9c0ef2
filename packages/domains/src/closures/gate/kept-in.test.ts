import type { RecordState } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { keepersIn } from './kept-in.ts'

const ROW = { id: 'r', record: 'r', county: 'c', area: 'a', version: 1, createdAt: '', changedAt: '', lastEvent: '' }
const row = (state: string, fields: Readonly<Record<string, unknown>>): RecordState => ({ ...ROW, state, fields })
const found = row('suspected', { person: 'sick', settledOn: '2020-02-14' })
const over = { person: '2020-01-10', home: '2020-02-01' }
const observed = (state: string, fields = {}) => row(state, { person: 'mate', kind: 'home', enteredOn: '2020-02-10', ...fields })
const keepsHome = (...atHome: readonly RecordState[]) => keepersIn({ atHome, clinicAtHome: [found] }, over).length > 0
const keepsThem = (...own: readonly RecordState[]) => keepersIn({ own, clinic: [found] }, over).length > 0

it.each([
  ['nobody else is observed', [], true],
  ['somebody else was released since', [observed('released', { exitOn: '2020-02-20' })], false],
  [
    'somebody else was observed at a central point and released since',
    [observed('released', { kind: 'central', exitOn: '2020-02-14' })],
    false,
  ],
  ['somebody else was released before', [observed('released', { exitOn: '2020-02-13' })], true],
  ['somebody else was taken in as suspected too', [observed('transferred', { exitOn: '2020-02-14' })], true],
  ['somebody else was entered by mistake', [observed('void')], true],
  ['somebody else monitors themselves', [observed('watching', { kind: 'self' })], true],
  ['they themselves were observed', [observed('released', { person: 'sick', exitOn: '2020-02-20' })], true],
] as const)('what the clinic found keeps in the home, or not, where %s', (_, atHome, kept) => {
  expect(keepsHome(...atHome)).toBe(kept)
})

it('keeps in whoever it was found of until they are observed anew, and neither after the days', () => {
  expect([keepsThem(), keepsThem(observed('transferred')), keepsThem(observed('released'))]).toEqual([true, true, true])
  expect(keepsThem(observed('released', { enteredOn: '2020-02-29' }))).toBe(false)
  expect(keepersIn({ clinic: [found], clinicAtHome: [found] }, { person: '2020-02-14', home: '2020-02-14' })).toEqual([])
})
