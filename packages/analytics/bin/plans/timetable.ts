/** `plan timetable`: the timetable and work chart of several projects that share crews. Slots are days. */
import { wallClock } from '../../src/planning/anytime/node/clocks.ts'
import { checkSchedule, dayOf, ganttSvg, schedule, type Timetable } from '../../src/planning/scheduling/index.ts'
import { scheduleOnThreads } from '../../src/planning/scheduling/node/parallel.ts'
import { readSettings } from '../forms/read.ts'
import { type PlanCommand, proofRows } from './plan-command.ts'
import { example, readProjects, settings, sheets } from './timetable-sheets.ts'

export const timetable: PlanCommand = {
  name: 'timetable',
  zh: '时间表、施工图：工序、班组、材料、关键路线',
  en: 'timetable and work chart: activities, crews, materials, critical path',
  sheets,
  settings,
  options: {},
  example,
  async run({ workbook, seconds, threads, seed, language }) {
    const { problem, axis } = readProjects(workbook, readSettings(workbook, settings))
    const planned =
      threads > 1 ? await scheduleOnThreads(problem, { seconds, threads, seed }) : schedule(problem, { seconds, clock: wallClock, seed })
    const plan: Timetable | undefined = planned.ok ? planned.plan : undefined
    const zh = language === 'zh'
    const day = (slot: number) => dayOf(axis, slot).day.toString()
    const activities = new Map(problem.activities.map((one) => [one.id, one]))
    const projects = new Map((problem.projects ?? []).map((one) => [one.id, one]))
    return {
      planned,
      faults: plan ? checkSchedule(problem, plan).map((fault) => fault.en) : [],
      // A reason counts in slots; a reader counts in dates.
      notes: planned.ok
        ? []
        : [{ zh: `以下时刻、限期为自 ${day(0)} 起的天数。`, en: `Slots and deadlines below are days counted from ${day(0)}.` }],
      sheets: () => [
        {
          name: zh ? '时间表' : 'timetable',
          header: zh
            ? ['工程', '工序', '名称', '开工', '完工', '关键', '总机动(天)', '自由机动(天)', '超期(天)']
            : ['project', 'activity', 'name', 'start', 'finish', 'critical', 'total float (d)', 'free float (d)', 'late (d)'],
          rows: (plan?.activities ?? []).map((row) => {
            const one = activities.get(row.id)
            const project = one?.project === undefined ? undefined : projects.get(one.project)
            const due = Math.min(one?.due ?? Number.POSITIVE_INFINITY, project?.due ?? Number.POSITIVE_INFINITY)
            return [
              project?.name ?? one?.project ?? '',
              row.id,
              one?.name ?? '',
              day(row.start),
              day(Math.max(row.start, row.finish - 1)),
              row.critical ? (zh ? '是' : 'yes') : '',
              row.totalFloat,
              row.freeFloat,
              Math.max(0, row.finish - due),
            ]
          }),
        },
        {
          name: zh ? '工程' : 'projects',
          header: zh ? ['工程', '名称', '完工'] : ['project', 'name', 'finish'],
          rows: (plan?.projects ?? []).map((one) => [one.id, projects.get(one.id)?.name ?? '', day(Math.max(0, one.end - 1))]),
        },
        {
          name: zh ? '说明' : 'proof',
          header: [zh ? '项' : 'what', zh ? '值' : 'value'],
          rows: [
            ...proofRows(planned, language, zh ? '天或加权超期' : 'days, or weighted lateness'),
            ...(plan ? ([[zh ? '不可能早于（已证明）' : 'Cannot end before (proven)', day(Math.max(0, plan.endBound - 1))]] as const) : []),
          ],
        },
      ],
      picture: () =>
        plan
          ? ganttSvg(problem, plan, {
              title: zh ? '复工施工图' : 'Work chart',
              label: (slot) => day(slot).slice(5),
              words: zh
                ? { critical: '关键工序', float: '机动时间', late: '超期' }
                : { critical: 'critical', float: 'float', late: 'late' },
            })
          : '',
    }
  },
}
