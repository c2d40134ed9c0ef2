import { defineRecord, f, type RecordState, refuse } from '@guatu/kernel'
import { DOMAINS, recurrenceOf } from '../communique/index.ts'
import { isQuoted, type Place } from './quotation.ts'

const OPTIONS = Object.fromEntries(DOMAINS.map(({ code, zh, en }) => [code, { zh, en }]))

const LABELLED = [
  'action',
  'domain',
  'conditions',
  'urgency',
  'deadline',
  'addressee',
  'soft',
  'prohibition',
  'unsure',
  'why',
  'lead',
  'assisting',
  'due',
  'indicators',
] as const

interface Seen {
  readonly related: Readonly<Record<string, readonly Pick<RecordState, 'state' | 'fields'>[]>>
}

/** What is drafted into a meeting that has been decided on would never be filed. */
const OF_MEETING = { meeting: { record: 'meeting', at: 'meeting', sees: [] } } as const
const stillOpen = ({ related }: Seen) => {
  const state = related.meeting?.[0]?.state
  return state === undefined || state === 'draft'
    ? undefined
    : refuse('meeting-decided', {
        zh: '这次会议已批准或作废，不能再加入部署；请在督办台账中直接立项。',
        en: 'This meeting has been approved or dropped and takes no more directives; file the matter in the register.',
      })
}

/** What is quoted stands in the communiqué, at its place; of several orders that were joined, with all that lies between them. */
const IN_TEXT = { meeting: { record: 'meeting', at: 'meeting', sees: ['text'] } } as const
const quoted = ({ after, related }: Seen & { readonly after: Partial<Place> }) => {
  const text = related.meeting?.[0]?.fields.text
  return typeof text !== 'string' || isQuoted(text, after)
    ? undefined
    : refuse(
        'quote-not-in-text',
        {
          zh: '引文与通稿该位置的文字不一致；请在通稿中重新选取原文，起止位置按字符计。',
          en: 'The quotation is not what the communiqué says between these places; choose the words in the communiqué again, with their start and end in characters.',
        },
        { path: 'input.quote' },
      )
}

/** One thing that a meeting told somebody to do or not to do, with its quotation. */
export const directive = defineRecord({
  name: 'directive',
  label: { zh: '部署', en: 'Directive' },
  at: 'city',
  title: 'action',
  fields: {
    meeting: f.record({ label: { zh: '会议', en: 'Meeting' }, of: 'meeting' }),
    order: f.count({ label: { zh: '序号', en: 'No.' } }),
    quote: f.text({ label: { zh: '原文', en: 'Quotation' }, max: 4_000, multiline: true }),
    start: f.count({ label: { zh: '起', en: 'Start' } }),
    end: f.count({ label: { zh: '止', en: 'End' } }),
    action: f.text({ label: { zh: '事项', en: 'Action' }, max: 300 }),
    domain: f.choice({ label: { zh: '领域', en: 'Domain' }, options: OPTIONS }),
    conditions: f.list({
      label: { zh: '条件', en: 'Conditions' },
      item: f.text({ label: { zh: '条件', en: 'Condition' }, max: 400 }),
      max: 20,
      optional: true,
    }),
    urgency: f.text({ label: { zh: '缓急', en: 'Urgency' }, max: 60, optional: true }),
    deadline: f.text({ label: { zh: '时限原文', en: 'Deadline in words' }, max: 120, optional: true }),
    addressee: f.text({ label: { zh: '对象', en: 'Addressee' }, max: 120, optional: true }),
    soft: f.flag({ label: { zh: '原则性要求', en: 'Soft' }, optional: true }),
    prohibition: f.flag({ label: { zh: '禁止性', en: 'Prohibition' }, optional: true }),
    unsure: f.flag({ label: { zh: '待核', en: 'Unsure' }, optional: true }),
    why: f.list({
      label: { zh: '依据', en: 'Rules' },
      item: f.text({ label: { zh: '规则', en: 'Rule' }, max: 300 }),
      max: 60,
      optional: true,
    }),
    lead: f.unit({ label: { zh: '牵头单位', en: 'Lead unit' }, optional: true }),
    assisting: f.list({
      label: { zh: '协办单位', en: 'Assisting units' },
      item: f.unit({ label: { zh: '单位', en: 'Unit' } }),
      max: 40,
      optional: true,
    }),
    due: f.date({ label: { zh: '时限', en: 'Due' }, optional: true }),
    indicators: f.list({
      label: { zh: '指标', en: 'Indicators' },
      item: f.text({ label: { zh: '指标', en: 'Indicator' }, max: 80 }),
      max: 20,
      optional: true,
    }),
  },
  states: {
    draft: { zh: '草稿', en: 'Draft' },
    adopted: { zh: '已立项', en: 'Adopted' },
    kept: { zh: '存档', en: 'Kept' },
    dropped: { zh: '不采用', en: 'Dropped' },
  },
  actions: {
    draft: {
      label: { zh: '摘录', en: 'Draft' },
      from: 'new',
      to: 'draft',
      by: { 'supervision-office': 'area' },
      needs: ['meeting', 'order', 'quote', 'start', 'end', 'action', 'domain'],
      takes: LABELLED.filter((name) => name !== 'action' && name !== 'domain'),
      related: IN_TEXT,
      guard: (situation) => stillOpen(situation) ?? quoted(situation),
    },
    revise: {
      label: { zh: '修改', en: 'Revise' },
      from: ['draft'],
      to: 'same',
      by: { 'supervision-office': 'area' },
      takes: [...LABELLED, 'quote', 'start', 'end', 'order'],
      related: IN_TEXT,
      guard: quoted,
    },
    drop: { label: { zh: '不采用', en: 'Drop' }, from: ['draft'], to: 'dropped', by: { 'supervision-office': 'area' }, tone: 'danger' },
    restore: {
      label: { zh: '恢复', en: 'Restore' },
      from: ['dropped'],
      to: 'draft',
      by: { 'supervision-office': 'area' },
      related: OF_MEETING,
      guard: stillOpen,
    },
    keep: { label: { zh: '存档', en: 'Keep' }, from: ['draft'], to: 'kept', by: {}, automatic: true },
    adopt: {
      label: { zh: '立项', en: 'Adopt' },
      from: ['draft'],
      to: 'adopted',
      by: {},
      automatic: true,
      with: { number: f.code({ label: { zh: '编号', en: 'No.' }, pattern: /^DB-[\d-]{1,24}$/, example: 'DB-20200214-4-07' }) },
      related: { meeting: { record: 'meeting', at: 'meeting', sees: ['title'] } },
      follows: ({ after, act, related }) => {
        // Who was made the lead assists nobody.
        const assisting = after.assisting?.filter((unit) => unit !== after.lead)
        // What comes again is reported on as often; the register knows no monthly rhythm.
        const often = recurrenceOf(after.deadline)
        return [
          {
            record: 'item',
            action: 'file',
            input: {
              number: act.input.number,
              source: 'meeting',
              sourceTitle: related.meeting?.[0]?.fields.title,
              meeting: after.meeting,
              directive: act.recordId,
              quote: after.quote,
              content: after.action,
              domain: after.domain,
              lead: after.lead,
              due: after.due,
              ...(assisting && assisting.length > 0 ? { assisting } : {}),
              ...(often === null || often === 'monthly' ? {} : { frequency: often }),
              ...(after.conditions ? { conditions: after.conditions } : {}),
              ...(after.indicators ? { indicators: after.indicators } : {}),
            },
          },
        ]
      },
    },
  },
  // The quotation of what was decided stays as it was read.
  sealed: ['adopted', 'kept'],
  read: { 'supervision-office': 'area', leader: 'area', 'duty-officer': 'area', auditor: 'area' },
  list: { columns: ['order', 'action', 'domain', 'lead', 'due', 'state'], filters: ['state', 'domain', 'soft', 'lead'], sort: 'order' },
})
