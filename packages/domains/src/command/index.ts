import { count, defineDomain, erase, times } from '@guatu/kernel'
import { directive } from './meetings/directive.ts'
import { meeting } from './meetings/meeting.ts'
import { bulletin } from './supervision/bulletin.ts'
import { asOften, dailyGrade } from './supervision/duties.ts'
import { item } from './supervision/item.ts'
import { report } from './supervision/report.ts'
import { task } from './supervision/task.ts'

const OPEN = ['issued', 'signed', 'reported', 'returned'] as const

/** Command: meeting → directive → task → supervision → report. */
export default defineDomain({
  name: 'command',
  label: { zh: '指挥调度', en: 'Command' },
  records: [erase(meeting), erase(directive), erase(item), erase(task), erase(bulletin), erase(report)],
  daily: [dailyGrade],
  standing: [asOften],
  indicators: {
    itemsOpen: {
      label: { zh: '在办事项', en: 'Matters in hand' },
      value: count(item, { state: ['filed', 'assigned', 'concluded'] }),
      good: 'none',
      meaning: { zh: '已立项、尚未销号的督办事项。', en: 'Matters filed and not closed yet.' },
    },
    itemsClosed: {
      label: { zh: '销号率', en: 'Closed' },
      value: count(item, { state: 'closed' }),
      per: count(item, { state: ['filed', 'assigned', 'concluded', 'closed'] }),
      good: 'up',
      meaning: { zh: '已销号事项占全部立项事项。', en: 'Closed matters of all matters filed.' },
    },
    tasksOpen: {
      headline: true,
      label: { zh: '在办任务', en: 'Open tasks' },
      value: count(task, { state: [...OPEN] }),
      good: 'none',
      meaning: { zh: '已交办、尚未办结的任务。', en: 'Tasks issued and not accepted yet.' },
    },
    tasksDone: {
      headline: true,
      label: { zh: '任务办结率', en: 'Tasks accepted' },
      value: count(task, { state: 'accepted' }),
      per: count(task, { state: [...OPEN, 'accepted'] }),
      good: 'up',
      meaning: { zh: '审核通过的任务占全部交办任务。', en: 'Tasks accepted of all tasks issued.' },
    },
    tasksRed: {
      headline: true,
      label: { zh: '红灯任务', en: 'Red tasks' },
      value: count(task, { light: 'red' }),
      good: 'down',
      alert: { above: 0 },
      meaning: { zh: '逾期、严重滞后或长期未启动的任务。', en: 'Tasks overdue, far behind plan or not started for long.' },
    },
    tasksYellow: {
      headline: true,
      label: { zh: '黄灯任务', en: 'Yellow tasks' },
      value: count(task, { light: 'yellow' }),
      good: 'down',
      meaning: { zh: '进度滞后或未按时启动的任务。', en: 'Tasks behind plan or not started in time.' },
    },
    tasksGreen: {
      label: { zh: '绿灯任务', en: 'Green tasks' },
      value: count(task, { light: 'green' }),
      good: 'up',
      meaning: { zh: '按计划推进的任务，不含未启动的。', en: 'Tasks on plan, without those not started.' },
    },
    signed: {
      headline: true,
      label: { zh: '签收率', en: 'Signed for' },
      value: count(task, { state: ['signed', 'reported', 'returned', 'accepted'] }),
      per: count(task, { state: [...OPEN, 'accepted'] }),
      good: 'up',
      meaning: { zh: '已签收任务占全部交办任务。', en: 'Tasks signed for of all tasks issued.' },
    },
    onTime: {
      headline: true,
      label: { zh: '按期办结率', en: 'Done on time' },
      value: count(task, { state: 'accepted', onTime: true }),
      per: count(task, { state: 'accepted' }),
      good: 'up',
      meaning: { zh: '按期反馈的任务占已办结任务。', en: 'Tasks reported in time of those accepted.' },
    },
    reports: {
      label: { zh: '反馈次数', en: 'Reports' },
      value: times(task, ['update', 'report']),
      good: 'none',
      meaning: { zh: '当日收到的进展和办结反馈。', en: 'Progress and final reports of the day.' },
    },
    reminders: {
      label: { zh: '催办次数', en: 'Reminders' },
      value: times(task, ['chase']),
      good: 'down',
      meaning: { zh: '当日催办次数。', en: 'Reminders of the day.' },
    },
  },
  parameters: [
    {
      code: 'command.light.yellow',
      label: { zh: '黄灯：落后计划百分点', en: 'Yellow: points behind plan' },
      settings: [{ value: 10, instrument: { zh: '市级督查办法（示例城市）', en: 'Municipal supervision rules (one city)' } }],
    },
    {
      code: 'command.light.red',
      label: { zh: '红灯：落后计划超过百分点', en: 'Red: more points behind plan than' },
      settings: [{ value: 30, instrument: { zh: '市级督查办法（示例城市）', en: 'Municipal supervision rules (one city)' } }],
    },
    {
      code: 'command.idle.yellow',
      label: { zh: '黄灯：交办后未启动且未说明原因（月）', en: 'Yellow: not started and no reason given, months after issue' },
      settings: [{ value: 1, instrument: { zh: '市级督查办法（示例城市）', en: 'Municipal supervision rules (one city)' } }],
    },
    {
      code: 'command.idle.red',
      label: { zh: '红灯：交办后未启动且未说明原因（月）', en: 'Red: not started and no reason given, months after issue' },
      settings: [{ value: 3, instrument: { zh: '市级督查办法（示例城市）', en: 'Municipal supervision rules (one city)' } }],
    },
    {
      code: 'command.sign.days',
      label: { zh: '签收时限（天）', en: 'Days to sign for a task' },
      settings: [{ value: 1, instrument: { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' } }],
    },
    {
      code: 'command.report.daily',
      label: { zh: '反馈频次“每日”：两次反馈相隔（天）', en: 'Reporting daily: days from one report to the next' },
      settings: [{ value: 1, instrument: { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' } }],
    },
    {
      code: 'command.report.weekly',
      label: { zh: '反馈频次“每周”：两次反馈相隔（天）', en: 'Reporting weekly: days from one report to the next' },
      settings: [{ value: 7, instrument: { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' } }],
    },
    {
      code: 'command.report.halfMonth',
      label: { zh: '反馈频次“每半月”：两次反馈相隔（天）', en: 'Reporting half-monthly: days from one report to the next' },
      settings: [{ value: 15, instrument: { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' } }],
    },
  ],
})
