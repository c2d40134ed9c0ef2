import { type RecordState, readParameters } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { parameters } from '../parameters.ts'
import { CLOSED } from './allowed.ts'
import { type Asked, crossingOf, NOTHING_ASKED, rulingOf } from './asked.ts'
import { keepersIn } from './kept-in.ts'
import { AWAY } from './line.ts'
import type { Checked } from './look.ts'

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

it('lets nobody through by the table whom a road post meets on the way in, and asks to call whoever observes them', () => {
  const rules = readParameters(new Map(parameters.map((one) => [one.code, one.settings])), '2020-02-17')
  const observed: Checked = { shown: 'document', offline: true, observed: {} }
  const says = (gate: 'road' | 'estate', way: 'in' | 'out', asked: Partial<Asked>, checked: Checked | undefined = observed) => {
    const crossing = crossingOf(gate, way, { ...NOTHING_ASKED, temperature: '36.4', ...asked }, checked, rules, [])
    const ruling = rulingOf(crossing, rules, CLOSED)
    return 'decision' in ruling ? [ruling.decision, ruling.days] : ruling.ask
  }
  const local = { local: true, origin: '巴中', listed: false }
  const holder = { local: false, origin: '成都', listed: false, certificate: '示例1' }
  for (const passes of [local, holder, { ...local, through: true }]) expect(says('road', 'in', passes)).toBe(AWAY)
  expect(says('road', 'in', local, { shown: 'document', offline: true })).toEqual(['pass', undefined])
  // What the table has for others than to pass holds for them too; and at the gate of an estate they come home.
  expect(says('road', 'in', { local: false, origin: '武汉', listed: true, home: true })).toEqual(['home', 14])
  expect(says('road', 'in', { ...local, temperature: '37.8' })).toEqual(['clinic', undefined])
  expect(says('road', 'out', local)).toEqual(['turnBack', undefined])
  expect(says('estate', 'in', {})).toEqual(['pass', undefined])
})
