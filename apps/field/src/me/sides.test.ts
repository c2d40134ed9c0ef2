import { registry } from '@guatu/domains'
import { type Problem, problem } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { factsOf } from '../parts/facts.ts'
import { against, mayArrive, sidesOf, type Theirs } from './sides.ts'

const arrival = registry.records.get('arrival')
const watch = registry.records.get('watch')
const ID = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
const act = (record: string, action: string, more: object = {}) => ({ record, id: ID, action, event: ID, shape: 1, input: {}, ...more })
const refused = (one: ReturnType<typeof act>, why: Problem = problem('outside-jurisdiction', {})) => ({ act: one, problem: why })
const theirs = (state: string, fields: Readonly<Record<string, unknown>> = {}): Theirs => ({
  state,
  fields,
  changedAt: '2020-02-14T01:00:00Z',
})

it('shows both sides of what was entered, and lets the person hold to theirs', () => {
  const one = refused(act('watch', 'check', { input: { half: 'morning', temperature: 36.4, note: null } }))
  expect(against(one)).toEqual({ alone: false })
  expect(sidesOf(watch, one, theirs('watching'))).toMatchObject({
    why: { code: 'outside-jurisdiction' },
    names: ['half', 'temperature'],
    mine: { half: 'morning', temperature: 36.4 },
    drop: { zh: '以系统为准' },
    insists: true,
  })
})

it('has no other side of somebody who is registered where nobody of here may look, and nothing to insist on', () => {
  const one = refused(act('person', 'register', { input: { name: '测试甲' } }), problem('outside-jurisdiction', {}))
  const elsewhere = { ...one, problem: { ...one.problem, code: 'registered-elsewhere' } }
  expect(against(elsewhere)).toEqual({ alone: true })
  expect(sidesOf(registry.records.get('person'), elsewhere, undefined)).toMatchObject({ drop: { zh: '知道了，不登记' }, insists: false })
  // Under another name than theirs nobody is declared to be here.
  expect([mayArrive(elsewhere), mayArrive({ ...elsewhere, problem: { ...elsewhere.problem, data: { otherwise: true } } })]).toEqual([
    true,
    false,
  ])
})

it('shows of what was entered what the person corrected meanwhile too', () => {
  const seen = { origin: '湖北省武汉市', arrivedOn: '2020-02-13', measure: 'home' }
  const now = theirs('declared', { origin: '四川省成都市', arrivedOn: '2020-01-15', measure: 'none' })
  const one = { ...refused(act('arrival', 'amend', { input: { transportNumber: 'K390' } }), problem('version-conflict', {})), seen }
  expect(sidesOf(arrival, one, now)).toMatchObject({
    names: ['transportNumber'],
    standing: ['transportNumber', 'arrivedOn', 'origin'],
    insists: true,
  })
})

it('shows of a confirmation what stands otherwise since it was seen, whatever it was refused for, and lets nobody insist on it unseen', () => {
  const saw = { origin: '湖北省武汉市', arrivedOn: '2020-02-13', symptoms: null }
  const now = theirs('declared', { origin: '四川省成都市', arrivedOn: '2020-02-13', symptoms: [] })
  for (const why of ['outside-jurisdiction', 'version-conflict'] as const) {
    const sides = sidesOf(arrival, refused(act('arrival', 'confirm', { saw }), problem(why, {})), now)
    expect(sides).toMatchObject({
      why: { code: 'seen-otherwise' },
      names: ['origin'],
      mine: saw,
      drop: { zh: '知道了，重新核对' },
      insists: false,
    })
  }
  // Confirmed by somebody else meanwhile: nothing is left to look at anew.
  expect(sidesOf(arrival, refused(act('arrival', 'confirm', { saw })), theirs('confirmed', now.fields))).toMatchObject({
    names: [],
    insists: true,
  })
  // An app that did not say what was seen is shown all that is vouched for.
  const blind = sidesOf(arrival, refused(act('arrival', 'confirm'), problem('not-looked-at', {})), now)
  expect([blind.names, blind.insists]).toEqual([arrival?.actions.confirm?.vouches?.of, false])
})

it('leaves what stands under another number, and takes back the paper of a pass that was stopped', () => {
  const twin = refused(act('person', 'register'), { ...problem('already-exists', {}), data: { record: 'person', id: OTHER } })
  expect([against(twin), sidesOf(undefined, twin, undefined).insists]).toEqual([{ twin: OTHER, alone: false }, false])
  const elsewhere = refused(act('watch', 'enter'), { ...problem('already-exists', {}), data: { record: 'person', id: OTHER } })
  expect(against(elsewhere)).toEqual({ alone: false })
  const paper = refused(act('pass', 'issue'), { ...problem('outside-jurisdiction', {}), data: { withheld: 'ABCD-EFGH' } })
  expect(against(paper)).toEqual({ withheld: 'ABCD-EFGH', alone: true })
  expect(sidesOf(undefined, paper, undefined)).toMatchObject({ drop: { zh: '知道了，去收回' }, insists: false })
})

it('shows to whoever vouches for a declaration the whole of it, and to others its first facts', () => {
  if (!arrival) throw new Error('There is no declaration')
  const vouched = arrival.actions.confirm?.vouches?.of ?? []
  const fields = Object.fromEntries((arrival.carried?.fields ?? []).map((name) => [name, 'x']))
  expect(factsOf(arrival, { fields }, true)).toEqual(expect.arrayContaining([...vouched]))
  expect(factsOf(arrival, { fields }, false)).toHaveLength(8)
})
