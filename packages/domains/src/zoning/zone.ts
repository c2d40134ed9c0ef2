import { defineRecord, f } from '@guatu/kernel'
import { CLASSES, SCHEMES } from './tables.ts'

const words = (zh: string, en: string, max: number) =>
  f.list({ label: { zh, en }, item: f.localizedText({ label: { zh, en }, max: 300 }), max, optional: true })

const CITY = { leader: 'area', 'duty-officer': 'area' } as const

/** The class of a city or county under one scheme 分区分级: worked out by the system, announced by a person. */
export const zone = defineRecord({
  name: 'zone',
  label: { zh: '分区分级', en: 'Zone' },
  at: 'city',
  title: 'zone',
  fields: {
    place: f.area({ label: { zh: '地区', en: 'Area' } }),
    scheme: f.choice({ label: { zh: '分级办法', en: 'Scheme' }, options: SCHEMES }),
    zone: f.choice({ label: { zh: '等级', en: 'Class' }, options: CLASSES, optional: true }),
    asOf: f.date({ label: { zh: '数据截至', en: 'Figures as of' } }),
    from: f.choice({ label: { zh: '原等级', en: 'Class before' }, options: CLASSES, optional: true }),
    reasons: words('理由', 'Reasons', 20),
    passedOver: words('不符合的条件', 'Tests that did not hold', 30),
    measures: words('启用的措施（累计）', 'Measures in force (cumulative)', 60),
    instrument: f.text({ label: { zh: '依据文件', en: 'Instrument' }, max: 200 }),
    announcedAt: f.moment({ label: { zh: '公布时间', en: 'Announced at' }, optional: true }),
    announcedBy: f.text({ label: { zh: '公布机关', en: 'Announced by' }, max: 100, optional: true }),
    rejectedBecause: f.text({ label: { zh: '不采纳理由', en: 'Why rejected' }, max: 300, optional: true }),
    endedAt: f.moment({ label: { zh: '终止时间', en: 'Ended at' }, optional: true }),
  },
  states: {
    proposed: { zh: '建议调整', en: 'Proposed' },
    undecided: { zh: '无法定级', en: 'Cannot be classed' },
    announced: { zh: '现行', en: 'Announced' },
    rejected: { zh: '未采纳', en: 'Rejected' },
    superseded: { zh: '已更替', en: 'Superseded' },
  },
  actions: {
    propose: {
      label: { zh: '建议', en: 'Propose' },
      from: 'new',
      to: 'proposed',
      by: {},
      automatic: true,
      needs: ['place', 'scheme', 'zone', 'asOf', 'instrument'],
      takes: ['from', 'reasons', 'passedOver', 'measures'],
    },
    lack: {
      label: { zh: '说明无法定级', en: 'Say why there is no class' },
      from: 'new',
      to: 'undecided',
      by: {},
      automatic: true,
      needs: ['place', 'scheme', 'asOf', 'reasons', 'instrument'],
    },
    renew: {
      label: { zh: '按新数据更新', en: 'Renew with new figures' },
      from: ['proposed', 'undecided'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['asOf', 'reasons', 'instrument'],
      takes: ['passedOver', 'measures'],
    },
    announce: {
      label: { zh: '公布', en: 'Announce' },
      from: ['proposed'],
      to: 'announced',
      by: CITY,
      needs: ['announcedBy'],
      tone: 'main',
      related: { others: { record: 'zone', by: 'place', through: 'place', sees: ['scheme'] } },
      effect: (_row, act) => ({ announcedAt: act.happenedAt }),
      follows: ({ after, act, related }) =>
        (related.others ?? [])
          .filter((one) => one.id !== act.recordId && one.state === 'announced' && one.fields.scheme === after.scheme)
          .map((one) => ({ record: 'zone', recordId: one.id, action: 'supersede', input: {} })),
    },
    reject: {
      label: { zh: '不采纳', en: 'Reject' },
      from: ['proposed'],
      to: 'rejected',
      by: CITY,
      needs: ['rejectedBecause'],
      tone: 'danger',
      effect: (_row, act) => ({ endedAt: act.happenedAt }),
    },
    supersede: {
      label: { zh: '更替', en: 'Supersede' },
      from: ['announced', 'proposed', 'undecided'],
      to: 'superseded',
      by: {},
      automatic: true,
      effect: (_row, act) => ({ endedAt: act.happenedAt }),
    },
  },
  // A class that was announced ends by the next one, never by a correction.
  sealed: ['announced', 'superseded'],
  read: {
    leader: 'all',
    'duty-officer': 'all',
    'supervision-office': 'all',
    'agency-clerk': 'all',
    'county-clerk': 'all',
    'town-clerk': 'all',
    'grid-worker': 'all',
    'gate-officer': 'all',
    'health-worker': 'all',
    auditor: 'all',
  },
  list: {
    columns: ['place', 'scheme', 'zone', 'from', 'state', 'asOf', 'announcedAt', 'endedAt'],
    filters: ['state', 'scheme', 'zone', 'place', 'asOf'],
    sort: '-asOf',
  },
  indexes: [['place', 'scheme']],
})
