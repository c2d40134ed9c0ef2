import { defineRecord, f } from '@guatu/kernel'
import { guardRevise } from '../report/freeze.ts'

/**
 * The progress report for the next meeting. `content` holds paragraphs with their sources and the frozen figures as JSON; words
 * may be edited while it is a draft, figures never.
 */
export const report = defineRecord({
  name: 'report',
  label: { zh: '进展报告', en: 'Progress report' },
  at: 'city',
  title: 'title',
  fields: {
    title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
    meeting: f.record({ label: { zh: '依据会议', en: 'Meeting' }, of: 'meeting', optional: true }),
    cutOff: f.moment({ label: { zh: '数据截止', en: 'Figures as of' } }),
    content: f.text({ label: { zh: '内容', en: 'Content' }, max: 5_000_000, multiline: true }),
    hash: f.text({ label: { zh: '校验', en: 'Hash' }, max: 64, optional: true }),
    finalOn: f.date({ label: { zh: '定稿日期', en: 'Final on' }, optional: true }),
  },
  states: { draft: { zh: '草稿', en: 'Draft' }, final: { zh: '定稿', en: 'Final' } },
  actions: {
    write: {
      label: { zh: '生成', en: 'Write' },
      from: 'new',
      to: 'draft',
      by: { 'supervision-office': 'area' },
      needs: ['title', 'cutOff', 'content', 'hash'],
      takes: ['meeting'],
      composed: true,
      ownPage: true,
      tone: 'main',
    },
    revise: {
      label: { zh: '修改文字', en: 'Edit words' },
      from: ['draft'],
      to: 'same',
      by: { 'supervision-office': 'area' },
      takes: ['title', 'content'],
      guard: ({ before, after }) => guardRevise(before?.content, after.content, after.hash),
    },
    finish: {
      label: { zh: '定稿', en: 'Make final' },
      from: ['draft'],
      to: 'final',
      by: { 'supervision-office': 'area' },
      tone: 'main',
      effect: (_row, act) => ({ finalOn: act.day }),
    },
  },
  sealed: ['final'],
  read: { 'supervision-office': 'area', leader: 'area', 'duty-officer': 'area', auditor: 'area' },
  list: { columns: ['title', 'cutOff', 'state', 'finalOn'], filters: ['state'], sort: '-cutOff' },
})
