import { defineRecord } from '@guatu/kernel'
import { addsUp, inTime, STANDING_HERE } from './believable.ts'
import { fields } from './case-fields.ts'

const COUNTS = ['confirmed', 'suspected', 'discharged', 'died', 'clusters', 'sustained', 'source'] as const
const CLERKS = { 'duty-officer': 'area', 'county-clerk': 'area', 'health-worker': 'area' } as const

/** The case figures of one county and day as of 24:00 病例日报, as its CDC counts them: what the zoning is worked out from. */
export const caseCount = defineRecord({
  name: 'caseCount',
  label: { zh: '病例日报', en: 'Daily case count' },
  at: 'county',
  title: 'day',
  key: ['place', 'day'],
  fields,
  states: { entered: { zh: '已录入', en: 'Entered' } },
  actions: {
    enter: {
      label: { zh: '录入病例数', en: 'Enter counts' },
      from: 'new',
      to: 'entered',
      by: CLERKS,
      needs: ['place', 'day', 'confirmed', 'discharged', 'died'],
      takes: ['suspected', 'clusters', 'sustained', 'source'],
      tone: 'main',
      related: STANDING_HERE,
      guard: (at) => inTime(at) ?? addsUp(at),
    },
    recount: {
      label: { zh: '更正', en: 'Recount' },
      from: ['entered'],
      to: 'same',
      by: CLERKS,
      takes: COUNTS,
      related: STANDING_HERE,
      guard: addsUp,
    },
  },
  read: {
    leader: 'area',
    'duty-officer': 'area',
    'supervision-office': 'area',
    'county-clerk': 'area',
    'health-worker': 'area',
    auditor: 'area',
  },
  list: {
    columns: ['day', 'place', 'confirmed', 'suspected', 'discharged', 'died', 'clusters', 'source'],
    filters: ['place', 'day'],
    sort: '-day',
  },
})
