import { type Fields, f, type Situation } from '@guatu/kernel'
import { LIGHTS } from '../lights/light.ts'
import { FREQUENCIES } from './rhythm.ts'

/** What is known of a task: who, what, by when, how far, with what evidence, and how the office judged it. */
export const fields = {
  item: f.record({ label: { zh: '督办事项', en: 'Item' }, of: 'item' }),
  number: f.code({ label: { zh: '编号', en: 'No.' }, pattern: /^DB-[\d-]{1,24}$/, example: 'DB-20200214-4-07' }),
  content: f.text({ label: { zh: '任务', en: 'Task' }, max: 500, multiline: true }),
  unit: f.unit({ label: { zh: '承办单位', en: 'Unit' } }),
  role: f.choice({
    label: { zh: '承办方式', en: 'Part' },
    options: { lead: { zh: '牵头', en: 'Lead' }, assist: { zh: '协办', en: 'Assisting' } },
  }),
  due: f.date({ label: { zh: '办理时限', en: 'Due' } }),
  originalDue: f.date({ label: { zh: '原定时限', en: 'Original due date' }, optional: true }),
  frequency: f.choice({ label: { zh: '反馈频次', en: 'Reporting' }, options: FREQUENCIES, optional: true }),
  reportDue: f.date({ label: { zh: '下次反馈', en: 'Next report' }, optional: true }),
  issuedOn: f.date({ label: { zh: '交办日期', en: 'Issued on' }, optional: true }),
  signedAt: f.moment({ label: { zh: '签收时间', en: 'Signed at' }, optional: true }),
  progress: f.text({ label: { zh: '最新进展', en: 'Latest progress' }, max: 2_000, multiline: true, optional: true }),
  percent: f.count({ label: { zh: '进度（%）', en: 'Progress (%)' }, max: 100, optional: true }),
  problems: f.text({ label: { zh: '存在问题', en: 'Problems' }, max: 1_000, multiline: true, optional: true }),
  reportedAt: f.moment({ label: { zh: '最近反馈', en: 'Last report' }, optional: true }),
  reportedOn: f.date({ label: { zh: '反馈日期', en: 'Reported on' }, optional: true }),
  evidence: f.list({
    label: { zh: '佐证', en: 'Evidence' },
    hint: { zh: '牵头单位办结时必须附上。', en: 'The lead unit has to attach some to report as done.' },
    item: f.file({ label: { zh: '附件', en: 'File' } }),
    max: 30,
    optional: true,
  }),
  chases: f.count({ label: { zh: '催办次数', en: 'Reminders' }, optional: true }),
  chasedAt: f.moment({ label: { zh: '最近催办', en: 'Last reminder' }, optional: true }),
  extensionTo: f.date({ label: { zh: '申请延至', en: 'Extension asked to' }, optional: true }),
  extensionReason: f.text({ label: { zh: '延期理由', en: 'Reason for extension' }, max: 500, multiline: true, optional: true }),
  returns: f.count({ label: { zh: '退回次数', en: 'Returns' }, optional: true }),
  returnReason: f.choice({
    label: { zh: '退回原因', en: 'Why returned' },
    options: {
      facts: { zh: '事实不清', en: 'Facts unclear' },
      problem: { zh: '问题未解决', en: 'Problem not solved' },
      unfinished: { zh: '任务未完成', en: 'Task not done' },
      lawful: { zh: '不合规定', en: 'Not lawful' },
      form: { zh: '格式不符', en: 'Form not right' },
    },
    optional: true,
  }),
  comment: f.text({ label: { zh: '领导批示', en: "Leader's comment" }, max: 500, multiline: true, optional: true }),
  review: f.text({ label: { zh: '审核意见', en: 'Review' }, max: 1_000, multiline: true, optional: true }),
  acceptedOn: f.date({ label: { zh: '办结日期', en: 'Accepted on' }, optional: true }),
  onTime: f.flag({ label: { zh: '按期', en: 'On time' }, optional: true }),
  signedInTime: f.flag({ label: { zh: '按时签收', en: 'Signed in time' }, optional: true }),
  reportedInTime: f.flag({ label: { zh: '按时反馈', en: 'Reported in time' }, optional: true }),
  light: f.choice({ label: { zh: '状态灯', en: 'Light' }, options: LIGHTS, optional: true }),
} satisfies Fields

export type TaskSituation = Situation<typeof fields>
