import { describe, expect, it } from 'vitest'
import { buildRegistry, type Domain, defineDomain } from '../domain.ts'
import { count, sum, times } from '../indicators/measure.ts'
import { where } from '../indicators/where.ts'
import { f } from '../kinds/index.ts'
import type { Label } from '../label.ts'
import { refuse } from '../problem.ts'
import type { Action } from './action.ts'
import { type AnyRecord, defineRecord, erase } from './define.ts'
import type { Draft, Row } from './row.ts'

/**
 * Wrong definitions do not compile. Each `@ts-expect-error` stands on the line that must be refused: when the types get weaker, the
 * comment is the error, and the type check of `npm test` fails. Nothing here runs but the last tests.
 */
const label: Label = { zh: '船', en: 'Boat' }
const fields = {
  number: f.code({ label, pattern: /^C-\d+$/, example: 'C-1' }),
  name: f.text({ label, max: 20 }),
  hull: f.choice({ label, options: { wood: label, steel: label } }),
  crew: f.count({ label }),
  price: f.money({ label, optional: true }),
  launched: f.date({ label, optional: true }),
  owner: f.unit({ label, optional: true }),
  guests: f.list({ label, item: f.unit({ label }), max: 3, optional: true }),
  leaky: f.flag({ label, optional: true }),
} as const
const build = { label, from: 'new', to: 'afloat', by: { 'town-clerk': 'area' }, needs: ['number', 'name', 'hull', 'crew'] } as const
const boat = defineRecord({
  name: 'boat',
  label,
  at: 'village',
  title: 'name',
  key: ['number'],
  fields,
  states: { afloat: label, ashore: label },
  actions: {
    build,
    beach: { label, from: ['afloat'], to: 'ashore', by: { 'town-clerk': 'area' } },
  },
  read: { 'town-clerk': 'area' },
  list: { columns: ['number', 'name', 'state'], filters: ['state', 'hull'], sort: 'number' },
})
type Fields = typeof fields
const action = (one: Action<Fields, 'afloat' | 'ashore'>) => one
const base = { label, from: ['afloat'], to: 'ashore', by: { 'town-clerk': 'area' } } as const
const rest = {
  name: 'boat',
  label,
  at: 'village',
  fields,
  states: { afloat: label, ashore: label },
  actions: { build },
  read: { 'town-clerk': 'area' },
} as const
const list = { columns: ['number'], filters: [], sort: 'number' } as const

export const fieldsThatDoNotCompile = () => [
  // @ts-expect-error a label has both languages
  f.text({ label: { zh: '船' }, max: 20 }),
  // @ts-expect-error a text has a longest length
  f.text({ label }),
  // @ts-expect-error a code has a shape
  f.code({ label, example: 'C-1' }),
  // @ts-expect-error and an example of it
  f.code({ label, pattern: /^C-\d+$/ }),
  // @ts-expect-error a choice has options
  f.choice({ label }),
  // @ts-expect-error with a name in both languages
  f.choice({ label, options: { wood: { zh: '木' } } }),
  // @ts-expect-error a decimal says how many places
  f.decimal({ label }),
  // @ts-expect-error a reference says to which record
  f.record({ label }),
  // @ts-expect-error a list says of what
  f.list({ label, max: 3 }),
  // @ts-expect-error and how long it may be
  f.list({ label, item: f.unit({ label }) }),
  // @ts-expect-error a kind that nobody has
  f.dropdown({ label }),
  // @ts-expect-error a field says what it means, never which widget draws it
  f.count({ label, widget: 'slider' }),
]

export const recordsThatDoNotCompile = () => [
  // @ts-expect-error the title is a field
  defineRecord({ ...rest, title: 'nom', list }),
  // @ts-expect-error the key consists of fields
  defineRecord({ ...rest, title: 'name', key: ['serial'], list }),
  // @ts-expect-error a unit field is a field
  defineRecord({ ...rest, title: 'name', units: ['harbour'], list }),
  // @ts-expect-error an index is over fields
  defineRecord({ ...rest, title: 'name', indexes: [['number', 'age']], list }),
  // @ts-expect-error a column is a field, the state or the area
  defineRecord({ ...rest, title: 'name', list: { ...list, columns: ['age'] } }),
  // @ts-expect-error a filter is a field or the state
  defineRecord({ ...rest, title: 'name', list: { ...list, filters: ['age'] } }),
  // @ts-expect-error it is sorted by a field
  defineRecord({ ...rest, title: 'name', list: { ...list, sort: '-age' } }),
  // @ts-expect-error sealed is a state
  defineRecord({ ...rest, title: 'name', sealed: ['sunk'], list }),
  // @ts-expect-error levels are those of the area tree
  defineRecord({ ...rest, title: 'name', at: 'continent', list }),
  // @ts-expect-error roles are those of the city
  defineRecord({ ...rest, title: 'name', read: { pirate: 'all' }, list }),
  // @ts-expect-error a reach is all, area or unit
  defineRecord({ ...rest, title: 'name', read: { leader: 'sea' }, list }),
  // @ts-expect-error revealing is permitted to roles
  defineRecord({ ...rest, title: 'name', reveal: ['leader'], list }),
  // @ts-expect-error looking up is permitted to roles of the city
  defineRecord({ ...rest, title: 'name', lookUp: { pirate: 'area' }, list }),
  // @ts-expect-error within a reach
  defineRecord({ ...rest, title: 'name', lookUp: { 'gate-officer': 'sea' }, list }),
  // @ts-expect-error and never without one, as a list of roles would be
  defineRecord({ ...rest, title: 'name', lookUp: ['gate-officer'], list }),
  // @ts-expect-error somebody has to be able to read it
  defineRecord({ ...rest, title: 'name', read: undefined, list }),
  // @ts-expect-error states have names in both languages
  defineRecord({ ...rest, title: 'name', states: { afloat: { en: 'Afloat' }, ashore: label }, list }),
  // @ts-expect-error an action leads to a state of the record
  defineRecord({ ...rest, title: 'name', actions: { sink: { ...base, to: 'sunk' } }, list }),
  // @ts-expect-error and starts from states of the record
  defineRecord({ ...rest, title: 'name', actions: { raise: { ...base, from: ['sunk'] } }, list }),
]

export const actionsThatDoNotCompile = () => [
  // @ts-expect-error needs are fields
  action({ ...base, needs: ['anchor'] }),
  // @ts-expect-error takes are fields
  action({ ...base, takes: ['anchor'] }),
  // @ts-expect-error who may is part of an action
  action({ label, from: ['afloat'], to: 'ashore' }),
  // @ts-expect-error a role that no city has
  action({ ...base, by: { captain: 'all' } }),
  // @ts-expect-error a new record comes from `new`, not from a state of that name
  action({ ...base, from: ['new'] }),
  // @ts-expect-error values of the act are fields, too
  action({ ...base, with: { reason: 'text' } }),
  // @ts-expect-error an effect changes fields of the record
  action({ ...base, effect: () => ({ anchor: 1 }) }),
  // @ts-expect-error with values of their kind
  action({ ...base, effect: () => ({ crew: 'twelve' }) }),
  // @ts-expect-error a choice takes its options only
  action({ ...base, effect: () => ({ hull: 'paper' }) }),
  // @ts-expect-error a guard refuses with a problem, not with words
  action({ ...base, guard: () => 'no' }),
  // @ts-expect-error a refusal speaks both languages
  action({ ...base, guard: () => refuse('leaky', { en: 'It leaks.' }) }),
  // @ts-expect-error nothing is certain to be there but what the action demands
  action({ ...base, guard: ({ after }) => (after.crew > 3 ? undefined : undefined) }),
  // @ts-expect-error a consequence names the record it acts on
  action({ ...base, follows: () => [{ action: 'order', input: {} }] }),
  // @ts-expect-error what is related is reached by a field of this record
  action({ ...base, related: { berth: { record: 'berth', at: 'anchor', sees: [] } } }),
  // @ts-expect-error what is looked at in others is named
  action({ ...base, related: { berth: { record: 'berth', by: 'boat' } } }),
  // @ts-expect-error a tone is main or danger
  action({ ...base, tone: 'loud' }),
  // @ts-expect-error an action has no colour
  action({ ...base, colour: 'red' }),
]

export const measuresThatDoNotCompile = () => [
  // @ts-expect-error a state that the record does not have
  count(boat, { state: 'sunk' }),
  // @ts-expect-error one of several states that it does not have
  count(boat, { state: ['afloat', 'sunk'] }),
  // @ts-expect-error an option that the choice does not have
  count(boat, { hull: 'paper' }),
  // @ts-expect-error a field that the record does not have
  count(boat, { anchor: 1 }),
  // @ts-expect-error a value of another kind
  count(boat, { crew: 'twelve' }),
  // @ts-expect-error a range has ends of the kind
  count(boat, { crew: { from: 'one' } }),
  // @ts-expect-error a list cannot be compared with a value
  count(boat, { guests: 'harbour' }),
  // @ts-expect-error only whole numbers are added up
  sum(boat, 'name'),
  // @ts-expect-error money is exact decimal text and not added up in the books
  sum(boat, 'price'),
  // @ts-expect-error a field to add up that is none
  sum(boat, 'anchor'),
  // @ts-expect-error a flow counts actions of the record
  times(boat, ['sink']),
  // @ts-expect-error conditions outside of measures are held to the same
  where(boat, { hull: 'paper' }),
]

const domain = (one: Domain) => one
const indicator = { label, value: count(boat), good: 'up' } as const
const parameter = { code: 'boat.crew', label, settings: [{ value: 3, instrument: label }] } as const
export const domainsThatDoNotCompile = () => [
  // @ts-expect-error a record is handed over erased, so that shared machinery asks its definition only
  defineDomain({ name: 'boats', label, records: [{ name: 'boat' }] }),
  // @ts-expect-error a domain has a name in both languages
  domain({ name: 'boats', label: { zh: '船' }, records: [] }),
  // @ts-expect-error an indicator says which direction is better
  domain({ name: 'boats', label, records: [], indicators: { all: { label, value: count(boat) } } }),
  // @ts-expect-error in one of three words
  domain({ name: 'boats', label, records: [], indicators: { all: { ...indicator, good: 'more' } } }),
  // @ts-expect-error and what it measures is a measure
  domain({ name: 'boats', label, records: [], indicators: { all: { ...indicator, value: 3 } } }),
  // @ts-expect-error a number of a rule names the instrument that set it
  domain({ name: 'boats', label, records: [], parameters: [{ ...parameter, settings: [{ value: 3 }] }] }),
  // @ts-expect-error a duty looks at a record
  domain({ name: 'boats', label, records: [], daily: [{ name: 'tide', act: () => undefined }] }),
]

export const rowsThatDoNotCompile = (row: Row<Fields>, draft: Draft<Fields>) => [
  // @ts-expect-error an optional field may be missing
  row.price.length,
  // @ts-expect-error a field that is not defined is not there
  row.anchor,
  // @ts-expect-error a draft promises nothing
  draft.name.length,
]

export const rowsAreNeverChanged = (row: Row<Fields>) => {
  // @ts-expect-error rows are read, never changed
  row.name = 'Argo'
}

describe('definitions that the compiler cannot see through', () => {
  const registryOf = (one: Partial<Domain>) => () => buildRegistry([{ name: 'boats', label, records: [erase(boat)], ...one }])

  it('are accepted when they are right', () => {
    expect([
      ...registryOf({
        indicators: { all: indicator, crew: { ...indicator, value: sum(boat, 'crew', { hull: ['wood', 'steel'] }) } },
      })().measures.keys(),
    ]).toEqual(['boat'])
  })

  it('are refused at start, all contradictions at once', () => {
    const wrong = {
      ...erase(boat),
      title: 'nom',
      key: ['serial'],
      actions: {
        sink: {
          ...base,
          to: 'sunk',
          from: ['afloat', 'lost'],
          needs: ['anchor'],
          related: { berth: { record: 'berth', by: 'boat', sees: [] } },
        },
      },
    }
    expect(registryOf({ records: [wrong, wrong] })).toThrow(
      /defined twice[\s\S]*unknown field serial[\s\S]*unknown field nom[\s\S]*unknown field anchor[\s\S]*unknown state sunk[\s\S]*unknown state lost[\s\S]*unknown record berth/,
    )
    expect(registryOf({ records: [{ ...erase(boat), fields: { ...fields, path: fields.name } }] })).toThrow('field name path is reserved')
    expect(registryOf({ records: [], indicators: { all: indicator } })).toThrow('counts unknown record boat')
    expect(registryOf({ indicators: { all: { ...indicator, value: { ...count(boat), sum: 'anchor' } } } })).toThrow('unknown field anchor')
    // Whoever corrects an act with consequences must not leave these behind: each says what becomes of them.
    const follows = () => []
    const launching = (more: Partial<AnyRecord['actions'][string]>) =>
      registryOf({ records: [{ ...erase(boat), actions: { ...boat.actions, launch: { ...base, from: 'new', follows, ...more } } }] })
    expect(launching({})).toThrow('boat.launch has consequences')
    for (const one of [{ settles: [] }, { amends: follows }, { undoes: true } as const, { automatic: true }])
      expect(launching(one)).not.toThrow()
    // What judges itself by others as they were is refused nothing for them, and says what it makes of them.
    const lost = { op: 'is', field: 'anchor', value: true } as const
    const heeding = (more: object, amends?: typeof follows) =>
      launching({
        ...(amends ? { amends } : { settles: [] }),
        related: { others: { record: 'boat', by: 'name', through: 'name', sees: ['hull'], onward: true, atAct: true, ...more } },
      })
    expect(heeding({ anew: true, never: lost }, follows)).toThrow('boat.launch looks at unknown field anchor of boat')
    expect(heeding({ anew: true })).toThrow('boat.launch looks again at rows of boat: say what it makes of them, with amends')
    expect(heeding({ anew: true, atAct: undefined }, follows)).toThrow('it must be onward, and see them at the act')
    expect(heeding({ anew: true, never: { ...lost, field: 'leaky' } }, follows)).not.toThrow()
    const charge = { name: 'boat-held', record: 'boat', account: 'name', where: count(boat).where, act: { action: 'beach', input: {} } }
    expect(registryOf({ charges: [charge] })).toThrow(/boat\.name, which is no account[\s\S]*boat\.beach, which nobody does by itself/)
    expect(registryOf({ charges: [{ ...charge, record: 'raft' }] })).toThrow('unknown record raft')
    const back = { where: () => count(boat).where, act: { action: 'float', input: {} }, same: ['anchor'] }
    expect(registryOf({ charges: [{ ...charge, back }] })).toThrow(
      /boat\.float, which nobody does by itself[\s\S]*unknown field boat\.anchor/,
    )
    expect(registryOf({ parameters: [parameter, parameter] })).toThrow('parameter boat.crew is defined twice')
  })
})
