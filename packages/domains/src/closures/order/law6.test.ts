import {
  type Actor,
  type AnyRecord,
  type DomainEvent,
  decide,
  erase,
  fixedClock,
  fold,
  type RecordState,
  readParameters,
  SYSTEM,
} from '@guatu/kernel'
import { places } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parameters } from '../parameters.ts'
import { REQUIRED } from './checks.ts'
import { closure } from './closure.ts'
import { limitsAt } from './limits.ts'

const def: AnyRecord = erase(closure)
const settings = new Map(parameters.map((one) => [one.code, one.settings]))
const actors: readonly Actor[] = [
  SYSTEM,
  ...(
    [
      ['duty-officer', '1/'],
      ['leader', '1/'],
      ['leader', '1/11/'],
      ['county-clerk', '1/11/'],
      ['town-clerk', '1/11/11a/'],
    ] as const
  ).map(([role, path]): Actor => ({ id: `${role}${path}`, name: role, grants: [{ role, path }] })),
]
const FILE = { hash: 'c'.repeat(64), name: '文.pdf', size: 1, type: 'application/pdf' }
const isolation = '《中华人民共和国传染病防治法》第四十一条'
const closing = '《中华人民共和国传染病防治法》第四十二条第一款第（五）项'

/** Values for any field, right more often than wrong, so that histories go far; and left out now and then. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  title: ['封控'],
  measure: ['closeArea', 'isolatePlace'],
  organ: ['11', '11', '11', '1', '11a'],
  basis: [closing, closing, isolation, isolation, undefined],
  basisVersion: ['2013年修正', '2013年修正', '2013年修正', '2004年修订'],
  reason: ['病例', '病例', undefined],
  scope: ['一村', '一村', undefined],
  areas: [['11a1'], ['11a1'], undefined],
  start: ['2020-02-10T01:30:00.000Z', '2020-02-10T03:00:00.000Z', undefined],
  end: ['2020-02-12T00:00:00.000Z', '2020-02-14T00:00:00.000Z', undefined],
  reviewBy: ['2020-02-11', '2020-02-12', undefined],
  announcement: ['公告', '公告', undefined],
  support: ['送餐，镇长负责', undefined],
  announcedWhere: ['广播'],
  decidedBy: ['市指挥部'],
  decisionNo: ['9号'],
  decidedAt: ['2020-02-10T00:00:00.000Z'],
  decisionFile: [FILE],
  refusedBecause: ['不必'],
  liftReason: ['已消毒'],
  reviewNote: ['必要'],
  reviewOverdue: [true],
  why: ['误'],
}

/** What an office would do next, and who; the rest of the steps are anybody's guess. */
const NEXT: Readonly<Record<string, readonly [action: string, actor: string]>> = {
  submitted: ['approve', 'leader1/'],
  approved: ['announce', 'county-clerk1/11/'],
  reported: ['confirm', 'leader1/'],
  inForce: ['review', 'county-clerk1/11/'],
}
const GOOD = Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, values[0]]))

const step = fc.record({
  sane: fc.integer({ min: 0, max: 9 }).map((n) => n < 6),
  action: fc.constantFrom(...Object.keys(closure.actions), 'submit', 'isolate', 'approve', 'announce', 'confirm', 'refuse'),
  actor: fc.constantFrom(...actors),
  minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 900 })),
  picks: fc.record(Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, fc.constantFrom(...values)]))),
})

it('law 6: whatever is done by whomever, nothing limits anybody without all of it', () => {
  let limited = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 24 }), (steps) => {
      const clock = fixedClock('2020-02-10T01:00:00Z')
      let events: DomainEvent[] = []
      let state: RecordState | undefined
      for (const [i, one] of [undefined, ...steps].entries()) {
        const { minutes = 1, sane = true } = one ?? {}
        const measure = state?.fields.measure
        const likely: readonly [string, string] =
          state === undefined
            ? ['draft', 'town-clerk1/11/11a/']
            : state.state === 'drafted'
              ? [measure === 'isolatePlace' ? 'isolate' : 'submit', 'county-clerk1/11/']
              : (NEXT[state.state] ?? ['revise', 'system'])
        const isolated = steps.length % 2 === 0
        const picks: Readonly<Record<string, unknown>> = {
          ...(one && !sane ? one.picks : GOOD),
          ...(one
            ? {}
            : {
                ...(steps[0]?.sane ? {} : steps[0]?.picks),
                measure: isolated ? 'isolatePlace' : 'closeArea',
                basis: isolated ? isolation : closing,
                ...(isolated ? { areas: [], sites: ['00000000-0000-4000-8000-0000000000a1'] } : { areas: ['11a1'] }),
              }),
        }
        const action = one && !sane ? one.action : likely[0]
        const actor = one && !sane ? one.actor : actors.find(({ id }) => id === likely[1])
        clock.set(clock.now().add({ minutes }).toString())
        const of = def.actions[action]
        const names = [...(of?.needs ?? []), ...(of?.takes ?? []), ...Object.keys(of?.with ?? {})]
        const input = Object.fromEntries(names.flatMap((name) => (picks[name] === undefined ? [] : [[name, picks[name]]])))
        const done = decide(
          def,
          state,
          { id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, record: 'closure', recordId: 'r', action, area: '11a1', input },
          {
            actor: actor ?? actors[0] ?? { id: '', name: '', grants: [] },
            clock,
            places,
            parameters: (day, path) => readParameters(settings, day, path),
            related: {},
          },
        )
        if (!done.ok) continue
        events = [...events, done.value.event]
        state = fold(def, events)
        if (!state || !limitsAt(state.state, state.fields, clock.now().toString({ smallestUnit: 'millisecond' }))) continue
        limited += 1
        for (const field of REQUIRED) expect(state.fields[field], field).toBeDefined()
        expect(state.fields.announcedAt).toBeDefined()
        expect(String(state.fields.end) > String(state.fields.start)).toBe(true)
        // Either the higher government decided, or a place is isolated and that was reported up.
        if (state.state === 'inForce')
          for (const field of ['decidedBy', 'decisionNo', 'decidedAt']) expect(state.fields[field], field).toBeDefined()
        else expect([state.fields.measure, state.fields.reportedAt !== undefined]).toEqual(['isolatePlace', true])
        const deciders = events.filter(
          (event) => event.action === 'approve' || event.action === 'confirm' || event.action === 'enterDecision',
        )
        for (const { actor: who } of deciders) expect(['duty-officer1/', 'leader1/']).toContain(who)
      }
      if (state && ['refused', 'lapsed', 'lifted', 'withdrawn'].includes(state.state)) {
        expect(limitsAt(state.state, state.fields, clock.now().toString({ smallestUnit: 'millisecond' }))).toBe(false)
      }
    }),
    { numRuns: 1_500, seed: 214 },
  )
  expect(limited).toBeGreaterThan(100)
})

it('law 6: no state limits before the start, or at or past the end', () => {
  const order = { start: '2020-02-10T00:00:00.000Z', end: '2020-02-12T00:00:00.000Z' }
  for (const state of Object.keys(closure.states)) {
    expect(limitsAt(state, order, '2020-02-09T23:59:59.999Z')).toBe(false)
    expect(limitsAt(state, order, order.end)).toBe(false)
    expect(limitsAt(state, {}, '2020-02-11T00:00:00.000Z')).toBe(false)
    expect(limitsAt(state, order, '2020-02-11T00:00:00.000Z')).toBe(state === 'inForce' || state === 'reported')
  }
})
