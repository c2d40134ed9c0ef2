import { type Fields, f } from '@guatu/kernel'
import { MEASURES } from './law.ts'

const label = (zh: string, en: string) => ({ label: { zh, en } })
const open = (zh: string, en: string) => ({ ...label(zh, en), optional: true }) as const

export const fields = {
  title: f.text({ ...label('标题', 'Title'), max: 120 }),
  number: f.text({ ...open('文号', 'Document no.'), max: 60 }),
  measure: f.choice({ ...label('措施', 'Measure'), options: MEASURES }),
  organ: f.unit({ ...label('决定机关', 'Deciding organ'), government: true }),
  basis: f.text({ ...open('法律依据', 'Legal basis'), max: 200 }),
  basisVersion: f.text({ ...open('依据版本', 'Version of the law'), max: 60 }),
  reason: f.text({ ...open('事由', 'Reason'), max: 1_000, multiline: true }),
  scope: f.text({ ...open('范围', 'Scope in words'), max: 500, multiline: true }),
  areas: f.list({ ...open('封控区划', 'Areas closed'), item: f.area(label('区划', 'Area')), max: 100 }),
  sites: f.list({ ...open('封控场所', 'Places closed'), item: f.record({ ...label('场所', 'Place'), of: 'place' }), max: 100 }),
  start: f.moment({ ...open('起始', 'Start') }),
  end: f.moment({ ...open('截止', 'End') }),
  reviewBy: f.date({ ...open('复核日期', 'Review by') }),
  announcement: f.text({ ...open('公告正文', 'Announcement'), max: 5_000, multiline: true }),
  // What the order allows: data, so that a gate and a phone can apply it.
  outings: f.count({ ...open('每户每周期可出行人次', 'Outings per household and period'), max: 99 }),
  outingDays: f.count({ ...open('周期（天）', 'Period (days)'), max: 30 }),
  trades: f.list({ ...open('可通行行业', 'Exempt trades'), item: f.text({ ...label('行业', 'Trade'), max: 40 }), max: 30 }),
  couriers: f.choice({
    ...open('快递外卖', 'Couriers'),
    options: {
      contactless: { zh: '无接触配送至大门', en: 'Contactless, to the gate' },
      door: { zh: '可送上门', en: 'To the door' },
      none: { zh: '不得进入', en: 'Not admitted' },
    },
  }),
  support: f.text({ ...open('生活保障及责任人（职务）', 'Living support, and who answers for it (by role)'), max: 500, multiline: true }),
  decidedBy: f.text({ ...open('批准机关', 'Approved by'), max: 100 }),
  decisionNo: f.text({ ...open('批准文号', 'Decision no.'), max: 60 }),
  decidedAt: f.moment({ ...open('批准时间', 'Decided at') }),
  decisionFile: f.file({ ...open('批准文件', 'Decision paper') }),
  refusedBecause: f.text({ ...open('不予批准的理由', 'Why refused'), max: 500, multiline: true }),
  reportedAt: f.moment({ ...open('报告上级时间', 'Reported up at') }),
  announcedAt: f.moment({ ...open('公告时间', 'Announced at') }),
  announcedWhere: f.text({ ...open('公告方式', 'Where announced'), max: 200 }),
  reviewNote: f.text({ ...open('复核意见', 'Review'), max: 500, multiline: true }),
  reviewedAt: f.moment({ ...open('复核时间', 'Reviewed at') }),
  reviewOverdue: f.flag({ ...open('逾期未复核', 'Review overdue') }),
  endedAt: f.moment({ ...open('终止时间', 'Ended at') }),
  liftedBy: f.unit({ ...open('解除机关', 'Lifted by'), government: true }),
  liftReason: f.text({ ...open('解除理由', 'Why lifted'), max: 500, multiline: true }),
} satisfies Fields
