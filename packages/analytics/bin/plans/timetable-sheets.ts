/** The sheets of `plan timetable` and what they say as a scheduling problem. */
import {
  type Activity,
  type DayAxis,
  type Lag,
  type LagType,
  type SchedulingProblem,
  slotOf,
  workingDays,
} from '../../src/planning/scheduling/index.ts'
import { optionalSheet, type RowOf, type Settings, type SettingValues, sheet } from '../forms/form.ts'
import { positionIn, positions, readSheet, type Workbook } from '../forms/read.ts'
import { dayOf } from '../forms/value.ts'
import { FileProblem } from '../input/file-problem.ts'
import type { PlanCommand } from './plan-command.ts'

const id = { zh: '编号', en: 'id', as: 'text' } as const
const name = { zh: '名称', en: 'name', as: 'text', optional: true } as const
const limits = {
  release: { zh: '最早开工', en: 'release', as: 'day', optional: true },
  deadline: { zh: '限期', en: 'deadline', as: 'day', optional: true },
  due: { zh: '应完成', en: 'due', as: 'day', optional: true },
  priority: { zh: '优先', en: 'priority', as: 'whole', optional: true },
} as const
const calendar = { zh: '日历', en: 'calendar', as: 'text', optional: true } as const

const projectSheet = optionalSheet('工程', 'projects', { id, name, ...limits })
const activitySheet = sheet('工序', 'activities', {
  id,
  name,
  project: { zh: '工程', en: 'project', as: 'text', optional: true },
  days: { zh: '工期(天)', en: 'days', as: 'whole', range: { most: 10_000 } },
  after: { zh: '前置工序', en: 'after', as: 'list', optional: true },
  crews: { zh: '班组', en: 'crews', as: 'pairs', range: { least: 0, most: 1e6 }, optional: true },
  materials: { zh: '材料', en: 'materials', as: 'pairs', range: { least: 0 }, optional: true },
  ...limits,
  fixed: { zh: '固定开工', en: 'fixed start', as: 'day', optional: true },
  started: { zh: '已开工', en: 'started', as: 'day', optional: true },
  remaining: { zh: '剩余(天)', en: 'remaining', as: 'whole', range: { most: 10_000 }, optional: true },
  calendar,
})
const lagSheet = optionalSheet('时距', 'lags', {
  from: { zh: '前', en: 'from', as: 'text' },
  to: { zh: '后', en: 'to', as: 'text' },
  type: { zh: '类型', en: 'type', as: 'text', optional: true },
  least: { zh: '至少(天)', en: 'least', as: 'number', optional: true },
  most: { zh: '至多(天)', en: 'most', as: 'number', optional: true },
})
const crewSheet = optionalSheet('班组', 'crews', { id, name, amount: { zh: '数量', en: 'amount', as: 'whole' }, calendar })
const crewChangeSheet = optionalSheet('班组变动', 'crew changes', {
  crew: { zh: '班组', en: 'crew', as: 'text' },
  from: { zh: '自', en: 'from', as: 'day' },
  amount: { zh: '数量', en: 'amount', as: 'whole' },
})
const materialSheet = optionalSheet('材料', 'materials', { id, name, stock: { zh: '库存', en: 'stock', as: 'whole', optional: true } })
const arrivalSheet = optionalSheet('到货', 'arrivals', {
  material: { zh: '材料', en: 'material', as: 'text' },
  on: { zh: '日期', en: 'on', as: 'day' },
  amount: { zh: '数量', en: 'amount', as: 'whole' },
})
const calendarSheet = optionalSheet('日历', 'calendars', {
  id,
  weekdays: { zh: '每周工作日(周一为1)', en: 'weekdays', as: 'wholes' },
  holidays: { zh: '放假', en: 'holidays', as: 'list', optional: true },
  makeUp: { zh: '调休上班', en: 'make-up days', as: 'list', optional: true },
})

export const sheets = [
  projectSheet,
  activitySheet,
  lagSheet,
  crewSheet,
  crewChangeSheet,
  materialSheet,
  arrivalSheet,
  calendarSheet,
] as const

const PRESET = '示例 / example'
export const settings = {
  first: { zh: '计划首日', en: 'first day', as: 'day', value: '2020-02-24', instrument: PRESET },
  now: { zh: '今天', en: 'today', as: 'day', value: '2020-02-24', instrument: PRESET },
} as const satisfies Settings

const LAGS: readonly string[] = ['FS', 'SS', 'FF', 'SF']
const isLag = (text: string): text is LagType => LAGS.includes(text)

/** @throws FileProblem where a row points nowhere or says what cannot be meant */
export function readProjects(
  workbook: Workbook,
  values: SettingValues<typeof settings>,
): { readonly problem: SchedulingProblem; readonly axis: DayAxis } {
  const axis: DayAxis = { first: Temporal.PlainDate.from(values.first), slotsPerDay: 1 }
  const slot = (day: string) => slotOf(axis, Temporal.PlainDate.from(day))
  const by = (day: string) => slot(day) + 1
  const bounds = (row: { release?: string; deadline?: string; due?: string; priority?: number }) => ({
    ...(row.release === undefined ? {} : { release: slot(row.release) }),
    ...(row.deadline === undefined ? {} : { deadline: by(row.deadline) }),
    ...(row.due === undefined ? {} : { due: by(row.due) }),
    ...(row.priority === undefined ? {} : { priority: row.priority }),
  })
  const named = (row: { name?: string }) => (row.name === undefined ? {} : { name: row.name })
  const rows = readSheet(workbook, activitySheet)
  const ids = positions(rows, activitySheet)
  const crews = readSheet(workbook, crewSheet)
  const crewIds = positions(crews, crewSheet)
  const materials = readSheet(workbook, materialSheet)
  const materialIds = positions(materials, materialSheet)
  const changes = readSheet(workbook, crewChangeSheet)
  const arrivals = readSheet(workbook, arrivalSheet)
  for (const one of changes) positionIn(crewIds, one.crew, crewChangeSheet, one.row, crewSheet, 'crew')
  for (const one of arrivals) positionIn(materialIds, one.material, arrivalSheet, one.row, materialSheet, 'material')
  const activity = (row: RowOf<typeof activitySheet>): Activity => {
    for (const [crew] of row.crews ?? []) positionIn(crewIds, crew, activitySheet, row.row, crewSheet, 'crews')
    for (const [material] of row.materials ?? []) positionIn(materialIds, material, activitySheet, row.row, materialSheet, 'materials')
    return {
      id: row.id,
      ...named(row),
      ...(row.project === undefined ? {} : { project: row.project }),
      duration: row.days,
      ...(row.calendar === undefined ? {} : { calendar: row.calendar }),
      needs: (row.crews ?? []).map(([resource, amount]) => ({ resource, amount })),
      materials: (row.materials ?? []).map(([material, amount]) => ({ material, amount })),
      ...bounds(row),
      ...(row.fixed === undefined ? {} : { fixedStart: slot(row.fixed) }),
      ...(row.started === undefined ? {} : { started: { at: slot(row.started), remaining: row.remaining ?? row.days } }),
    }
  }
  const lags: Lag[] = rows.flatMap((row) =>
    (row.after ?? []).map((from) => {
      positionIn(ids, from, activitySheet, row.row, activitySheet, 'after')
      return { from, to: row.id }
    }),
  )
  for (const row of readSheet(workbook, lagSheet)) {
    positionIn(ids, row.from, lagSheet, row.row, activitySheet, 'from')
    positionIn(ids, row.to, lagSheet, row.row, activitySheet, 'to')
    const type = row.type ?? 'FS'
    if (!isLag(type))
      throw new FileProblem('lag-type', `“${type}”应为 FS、SS、FF 或 SF`, `"${type}" should be FS, SS, FF or SF`, {
        row: row.row,
        column: '时距·类型',
      })
    lags.push({
      from: row.from,
      to: row.to,
      type,
      ...(row.least === undefined ? {} : { min: row.least }),
      ...(row.most === undefined ? {} : { max: row.most }),
    })
  }
  const days = (list: readonly string[] | undefined, row: number) =>
    (list ?? []).map((text) => {
      const day = dayOf(text)
      if (day === undefined) throw new FileProblem('cell-invalid', `“${text}”不是日期`, `"${text}" is not a date`, { row, column: '日历' })
      return Temporal.PlainDate.from(day)
    })
  return {
    axis,
    problem: {
      now: slot(values.now),
      activities: rows.map(activity),
      lags,
      resources: crews.map((row) => ({
        id: row.id,
        ...named(row),
        capacity: row.amount,
        steps: changes.filter(({ crew }) => crew === row.id).map(({ from, amount }) => ({ from: slot(from), capacity: amount })),
        ...(row.calendar === undefined ? {} : { calendar: row.calendar }),
      })),
      materials: materials.map((row) => ({
        id: row.id,
        ...named(row),
        stock: row.stock ?? 0,
        arrivals: arrivals.filter(({ material }) => material === row.id).map(({ on, amount }) => ({ at: slot(on), amount })),
      })),
      projects: readSheet(workbook, projectSheet).map((row) => ({ id: row.id, ...named(row), ...bounds(row) })),
      calendars: readSheet(workbook, calendarSheet).map((row) =>
        workingDays(row.id, axis, { weekdays: row.weekdays, holidays: days(row.holidays, row.row), makeUpDays: days(row.makeUp, row.row) }),
      ),
    },
  }
}

export const example: PlanCommand['example'] = {
  filled: [
    {
      sheet: projectSheet,
      rows: [
        ['school', '恩阳小学', '', '', '2020-03-16', 3],
        ['road', '南江连接路', '', '', '2020-03-20', 1],
      ],
    },
    {
      sheet: activitySheet,
      rows: [
        ['s1', '工地消杀', 'school', 1, '', '', '', '', '', '', '', '', '', '', '六天'],
        ['s2', '基础', 'school', 5, 's1', '泥工:2', '钢筋:8', '', '', '', '', '', '', '', '六天'],
        ['s3', '主体', 'school', 7, 's2', '泥工:1;塔吊', '钢筋:15', '', '', '', '', '', '', '', '六天'],
        ['s4', '封顶', 'school', 3, 's3', '塔吊', '', '', '', '', '', '', '', '', '六天'],
        ['r1', '工地消杀', 'road', 1, '', '', '', '', '', '', '', '', '', '', '六天'],
        ['r2', '排水', 'road', 6, 'r1', '泥工:1', '', '', '', '', '', '', '', '', '六天'],
        ['r3', '小桥', 'road', 6, 'r1', '泥工:2;塔吊', '钢筋:12', '', '', '', '', '', '', '', '六天'],
        ['r4', '路面', 'road', 4, 'r3', '泥工:1', '', '', '', '', '', '', '', '', '六天'],
      ],
    },
    {
      sheet: lagSheet,
      rows: [
        ['s2', 's3', 'FS', 2, 9],
        ['r2', 'r4', 'FF', 2, ''],
      ],
    },
    {
      sheet: crewSheet,
      rows: [
        ['泥工', '泥工班', 2, ''],
        ['塔吊', '塔吊', 1, ''],
      ],
    },
    { sheet: crewChangeSheet, rows: [['泥工', '2020-03-04', 3]] },
    { sheet: materialSheet, rows: [['钢筋', '钢筋（吨）', 10]] },
    { sheet: arrivalSheet, rows: [['钢筋', '2020-03-02', 30]] },
    { sheet: calendarSheet, rows: [['六天', '1;2;3;4;5;6', '', '']] },
  ],
}
