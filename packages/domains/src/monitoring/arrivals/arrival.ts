import { type Act, defineRecord, type Follow, refuse, STANDS } from '@guatu/kernel'
import { TRANSFERS } from '../care/sick.ts'
import { whatApplies } from './answer.ts'
import { assessed, withdrawn } from './assessment.ts'
import { byRule } from './by-rule.ts'
import {
  advised,
  DECLARED,
  dates,
  declaredHere,
  NOBODY,
  nobodyCame,
  notByList,
  notOwn,
  OPENS,
  OTHERS,
  once,
  SAME,
  SETTLES,
  TAKEN,
  WAY,
} from './declaring.ts'
import { arrivalFields, VOUCHED } from './fields.ts'
import { sameJourney } from './once.ts'
import { returnees } from './returnees.ts'

const WRITE = {
  'grid-worker': 'area',
  'gate-officer': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'area',
} as const

/** Once it was not void after all, the declaration asks again for what it asked for. */
const stands = ({ recordId }: Act): Follow => ({ record: 'arrival', recordId, action: 'restore', input: {} })

/** 返巴申报: by the person, by the household, by a worker or at a gate, with the same act; the rule by origin answers at once. */
export const arrival = defineRecord({
  name: 'arrival',
  label: { zh: '返巴申报', en: 'Arrival' },
  at: 'town',
  entered: { at: 'village' },
  title: 'origin',
  fields: arrivalFields,
  states: {
    declared: { zh: '已申报', en: 'Declared' },
    confirmed: { zh: '已核实', en: 'Confirmed' },
    void: { zh: '误报', en: 'Void' },
  },
  actions: {
    declare: {
      label: { zh: '申报', en: 'Declare' },
      from: 'new',
      to: 'declared',
      by: WRITE,
      offline: true,
      self: true,
      advises: advised,
      answers: whatApplies,
      answersBeside: 'watch',
      needs: DECLARED,
      takes: TAKEN,
      tone: 'main',
      brings: { field: 'person', once: { on: 'arrivedOn', not: ['void'] } },
      ...OPENS,
      guard: (at) => OPENS.guard(at) ?? sameJourney(at) ?? notByList(at),
      related: { ...OPENS.related, ...STANDS },
      follows: declaredHere,
    },
    amend: {
      label: { zh: '更正申报', en: 'Correct' },
      from: ['declared'],
      to: 'same',
      by: WRITE,
      offline: true,
      self: true,
      advises: advised,
      answers: whatApplies,
      answersBeside: 'watch',
      takes: ['arrivedOn', 'origin', ...TAKEN],
      related: { ...OTHERS, ...SAME, ...TRANSFERS, ...WAY },
      guard: (at) => (at.actor.self ? notOwn(at.before?.channel) : undefined) ?? dates(at) ?? once(at),
      follows: assessed,
      // Of whom, it cannot say anew.
      settles: { ...SETTLES, fields: SETTLES.fields.filter((name) => name !== 'person') },
    },
    confirm: {
      label: { zh: '核实', en: 'Confirm' },
      from: ['declared'],
      to: 'confirmed',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      offline: true,
      tone: 'main',
      guard: ({ before, actor }) =>
        before?.channel === 'self' && before.declaredBy === actor.id
          ? refuse('own-declaration', {
              zh: '本人申报须由他人核实，请交包保责任人核实。',
              en: 'What somebody declared is confirmed by somebody else; leave it to the worker in charge.',
            })
          : undefined,
      vouches: { of: VOUCHED, must: { op: 'is', field: 'heldBack', value: true } },
      effect: (_row, act) => ({ confirmedOn: act.day, heldBack: null }),
      related: { ...OTHERS, ...TRANSFERS, ...WAY },
      // Whoever checks it decides: what was held back until then follows the declaration.
      follows: (at) => (at.before?.heldBack === true ? assessed(at) : []),
      settles: [],
    },
    withdraw: {
      label: { zh: '作废误报', en: 'Void' },
      from: ['declared', 'confirmed'],
      to: 'void',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      tone: 'danger',
      with: NOBODY,
      related: { ...OTHERS, ...WAY, ...STANDS },
      follows: (at) => [...withdrawn(at), ...nobodyCame(at)],
      amends: ({ act }) => (act.input.void === true ? [stands(act)] : []),
    },
    ...byRule,
  },
  // Who has declared is still to be found by whoever confirms it.
  holds: { of: 'person', states: ['declared'], ends: { zh: '核实或作废误报', en: 'confirmed or void' } },
  read: {
    'grid-worker': 'area',
    'health-worker': 'area',
    'town-clerk': 'area',
    'county-clerk': 'area',
    'duty-officer': 'area',
    auditor: 'area',
  },
  reveal: { 'grid-worker': 'area', 'health-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
  moves: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
  list: {
    columns: ['arrivedOn', 'person', 'origin', 'transport', 'measure', 'until', 'late', 'channel', 'state', 'area'],
    filters: ['state', 'arrivedOn', 'measure', 'class', 'listed', 'late', 'channel', 'until'],
    sort: '-arrivedOn',
  },
  sheets: [returnees],
  // A phone carries what is still to be confirmed, with what the worker has to compare at the door.
  carried: {
    fields: ['person', 'household', 'channel', 'heldBack', ...VOUCHED, 'measure', 'class', 'until', 'reason', 'watch'],
    rows: { op: 'is', field: 'state', value: 'declared' },
  },
})
