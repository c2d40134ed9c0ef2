/** `plan visits`: rounds of workers to households on one day. */
import { wallClock } from '../../src/planning/anytime/node/clocks.ts'
import { checkRounds, planVisits, type VisitsProblem } from '../../src/planning/visits/index.ts'
import { type Settings, sheet } from '../forms/form.ts'
import { placeSheet, placeSheets, readPlaces, terrainSettings } from '../forms/places.ts'
import { inOrder, positionIn, positions, readSettings, readSheet } from '../forms/read.ts'
import { routeChart } from '../picture/route-chart.ts'
import { clockWords, type PlanCommand, proofRows } from './plan-command.ts'

const visitSheet = sheet('走访', 'visits', {
  id: { zh: '编号', en: 'id', as: 'text' },
  place: { zh: '地点', en: 'place', as: 'text' },
  minutes: { zh: '时长(分钟)', en: 'minutes', as: 'number', range: { least: 0, most: 1440 } },
  earliest: { zh: '最早', en: 'earliest', as: 'time', optional: true },
  latest: { zh: '最晚', en: 'latest', as: 'time', optional: true },
  needs: { zh: '需要', en: 'needs', as: 'list', optional: true },
  leavingCost: { zh: '推迟代价', en: 'cost of putting off', as: 'number', range: { least: 0 }, optional: true },
})
const workerSheet = sheet('人员', 'workers', {
  id: { zh: '编号', en: 'id', as: 'text' },
  start: { zh: '出发地点', en: 'start', as: 'text' },
  end: { zh: '返回地点', en: 'end', as: 'text', optional: true },
  from: { zh: '上班', en: 'from', as: 'time' },
  until: { zh: '下班', en: 'until', as: 'time' },
  skills: { zh: '技能', en: 'skills', as: 'list', optional: true },
  walking: { zh: '步行(公里/小时)', en: 'walking (km/h)', as: 'number', range: { least: 0.1, most: 200 }, optional: true },
})
const settings = { ...terrainSettings } as const satisfies Settings

export const visits: PlanCommand = {
  name: 'visits',
  zh: '走访路线：谁在什么时候到哪家',
  en: 'rounds of visits: who comes to whom, when',
  sheets: [...placeSheets, visitSheet, workerSheet],
  settings,
  options: {},
  example: {
    filled: [
      {
        sheet: placeSheet,
        rows: [
          ['镇政府', 106.86, 31.78, '', '平坝'],
          ...Array.from({ length: 14 }, (_, k) => [
            `第${k + 1}户`,
            Number((106.86 + 0.011 * Math.cos(k * 2.1) * (1 + (k % 3))).toFixed(4)),
            Number((31.78 + 0.008 * Math.sin(k * 2.1) * (1 + (k % 4))).toFixed(4)),
            '',
            k % 2 ? '丘陵' : '平坝',
          ]),
        ],
      },
      {
        sheet: visitSheet,
        rows: Array.from({ length: 14 }, (_, k) => [
          `V${k + 1}`,
          `第${k + 1}户`,
          k % 4 === 0 ? 40 : 25,
          k % 5 === 0 ? '08:30' : '',
          k % 5 === 0 ? '10:30' : '',
          k === 6 ? '医' : '',
          k % 3 === 2 ? 40_000 : '',
        ]),
      },
      {
        sheet: workerSheet,
        rows: [
          ['甲', '镇政府', '镇政府', '08:30', '12:00', '', ''],
          ['乙', '镇政府', '镇政府', '08:30', '12:00', '医', ''],
          ['丙', '镇政府', '镇政府', '08:30', '12:00', '', 4.5],
        ],
      },
    ],
  },
  async run({ workbook, seconds, seed, language }) {
    const geography = readPlaces(workbook, readSettings(workbook, settings))
    const known = new Map(geography.matrix.places.map((name, k) => [name, k]))
    const asked = readSheet(workbook, visitSheet)
    const workers = readSheet(workbook, workerSheet)
    positions(asked, visitSheet)
    positions(workers, workerSheet)
    for (const { place, earliest, latest, row } of asked) {
      positionIn(known, place, visitSheet, row, placeSheet, 'place')
      inOrder(earliest, latest, visitSheet, row, 'latest')
    }
    for (const { start, end, from, until, row } of workers) {
      inOrder(from, until, workerSheet, row, 'until')
      positionIn(known, start, workerSheet, row, placeSheet, 'start')
      if (end !== undefined) positionIn(known, end, workerSheet, row, placeSheet, 'end')
    }
    const problem: VisitsProblem = {
      matrix: geography.matrix,
      visits: asked.map((one) => ({
        id: one.id,
        place: one.place,
        serviceSeconds: Math.round(one.minutes * 60),
        ...(one.earliest === undefined && one.latest === undefined
          ? {}
          : { window: { from: one.earliest ?? 0, until: one.latest ?? Number.MAX_SAFE_INTEGER } }),
        ...(one.needs === undefined ? {} : { needs: one.needs }),
        ...(one.leavingCost === undefined ? {} : { leavingCost: one.leavingCost }),
      })),
      workers: workers.map((one) => ({
        id: one.id,
        start: one.start,
        ...(one.end === undefined ? {} : { end: one.end }),
        shift: { from: one.from, until: one.until },
        ...(one.skills === undefined ? {} : { skills: one.skills }),
        ...(one.walking === undefined ? {} : { secondsPerMetre: 3.6 / one.walking }),
      })),
    }
    const planned = planVisits(problem, { seed, budget: { seconds, clock: wallClock } })
    const plan = planned.ok ? planned.plan : undefined
    const zh = language === 'zh'
    const clock = (time: number) => clockWords(time, language)
    return {
      planned,
      faults: plan ? checkRounds(problem, plan) : [],
      notes: geography.substitutions,
      sheets: () => [
        {
          name: zh ? '路线' : 'rounds',
          header: zh
            ? ['人员', '次序', '走访', '地点', '到达', '开始', '离开']
            : ['worker', 'order', 'visit', 'place', 'arrive', 'begin', 'leave'],
          rows: (plan?.rounds ?? []).flatMap(({ worker, visits: stops }) =>
            stops.map((stop, k) => [worker, k + 1, stop.visit, stop.place, clock(stop.arrive), clock(stop.begin), clock(stop.leave)]),
          ),
        },
        { name: zh ? '推迟' : 'put off', header: [zh ? '走访' : 'visit'], rows: (plan?.putOff ?? []).map((visit) => [visit]) },
        {
          name: zh ? '说明' : 'proof',
          header: [zh ? '项' : 'what', zh ? '值' : 'value'],
          rows: proofRows(planned, language, zh ? '米' : 'm'),
        },
      ],
      picture: () =>
        routeChart({
          title: zh ? '走访路线' : 'Rounds of visits',
          subtitle: zh
            ? `${problem.visits.length - (plan?.putOff.length ?? 0)} 户走访，推迟 ${plan?.putOff.length ?? 0} 户，${plan?.rounds.length ?? 0} 人`
            : `${problem.visits.length - (plan?.putOff.length ?? 0)} visits, ${plan?.putOff.length ?? 0} put off, ${plan?.rounds.length ?? 0} workers`,
          footnote: zh ? '线为直线示意；点的大小为走访时长。' : 'Lines are straight; dots by the time a visit takes.',
          places: geography.matrix.places.map((place, k) => ({
            name: place,
            x: geography.points[k]?.[0] ?? 0,
            y: geography.points[k]?.[1] ?? 0,
            weight: problem.visits.reduce((sum, one) => sum + (one.place === place ? one.serviceSeconds : 0), 0),
          })),
          tours: (plan?.rounds ?? []).map((round) => {
            const worker = problem.workers.find(({ id }) => id === round.worker)
            const stops = [
              worker?.start ?? '',
              ...round.visits.map(({ place }) => place),
              ...(worker?.end === undefined ? [] : [worker.end]),
            ]
            return {
              stops: stops.flatMap((stop) => known.get(stop) ?? []),
              label: `${round.worker}  ${round.visits.length}${zh ? '户' : ' visits'}  ${clock(round.depart)}–${clock(round.arrive)}  ${(round.metres / 1000).toFixed(1)} km`,
            }
          }),
        }),
    }
  },
}
