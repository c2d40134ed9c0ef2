/** `plan coaches`: point-to-point coaches for people from many places to few destinations. */
import { checkRoutes, type RoutingPlan } from '../../src/planning/routing/index.ts'
import { startCoachPlan } from '../../src/planning/routing/node/coaches.ts'
import { readSettings } from '../forms/read.ts'
import { routeChart } from '../picture/route-chart.ts'
import { example, FEN, readProblem, settings, sheets } from './coaches-sheets.ts'
import { clockWords, type PlanCommand, proofRows } from './plan-command.ts'

export const coaches: PlanCommand = {
  name: 'coaches',
  zh: '点对点专车：车次、路线、座位',
  en: 'point-to-point coaches: tours, stops, seats',
  sheets,
  settings,
  options: {},
  example,
  async run({ workbook, seconds, threads, seed, language }) {
    const values = readSettings(workbook, settings)
    const { problem, geography } = readProblem(workbook, values)
    const planned = await startCoachPlan(problem, { seed, seconds, threads }).result
    const zh = language === 'zh'
    const clock = (time: number) => clockWords(time, language)
    const plan: RoutingPlan | undefined = planned.ok ? planned.plan : undefined
    const name = (coach: RoutingPlan['coaches'][number]) => `${coach.kind} ${coach.number}`
    return {
      planned,
      faults: plan ? checkRoutes(problem, plan).map((fault) => fault.en) : [],
      notes: geography.substitutions,
      sheets: () => [
        {
          name: zh ? '车次' : 'tours',
          header: zh
            ? ['车次', '目的地', '次序', '需求', '上车地点', '人数', '到站', '开始上车', '离站']
            : ['coach', 'destination', 'order', 'request', 'place', 'people', 'arrive', 'begin', 'leave'],
          rows: (plan?.coaches ?? []).flatMap((coach) =>
            coach.calls.map((call, k) => [
              name(coach),
              coach.destination ?? '',
              k + 1,
              call.request,
              call.place,
              call.people,
              clock(call.arrive),
              clock(call.begin),
              clock(call.leave),
            ]),
          ),
        },
        {
          name: zh ? '车辆' : 'coaches',
          header: zh
            ? ['车次', '乘客', '可用座位', '发车', '到达', '公里', '驾驶(小时)', '途中休息', '费用(元)']
            : ['coach', 'people', 'usable seats', 'depart', 'arrive', 'km', 'driving (h)', 'rests', 'cost (yuan)'],
          rows: (plan?.coaches ?? []).map((coach) => [
            name(coach),
            coach.people,
            coach.usableSeats,
            clock(coach.depart),
            clock(coach.arrive),
            Math.round(coach.metres / 100) / 10,
            Math.round(coach.drivingSeconds / 360) / 10,
            coach.rests.map(({ from, until }) => `${clock(from)}–${clock(until)}`).join('；'),
            Math.round(coach.cost) / FEN,
          ]),
        },
        {
          name: zh ? '说明' : 'proof',
          header: [zh ? '项' : 'what', zh ? '值' : 'value'],
          rows: [
            ...proofRows(planned, language, zh ? '分' : 'fen'),
            [zh ? '车辆数' : 'Coaches', plan?.coaches.length ?? 0],
            [zh ? '至少需要车辆（已证明）' : 'Fewest coaches (proven)', plan?.fewestCoaches ?? 0],
            ...geography.substitutions.map((one) => [zh ? '位置' : 'Position', zh ? one.zh : one.en] as const),
          ],
        },
      ],
      picture: () => {
        const index = new Map(geography.matrix.places.map((place, k) => [place, k]))
        const boarding = new Map<string, number>()
        for (const { from, people } of problem.requests) boarding.set(from, (boarding.get(from) ?? 0) + people)
        const km = Math.round((plan?.metres ?? 0) / 1000)
        return routeChart({
          title: zh ? '点对点专车方案' : 'Point-to-point coaches',
          subtitle: zh
            ? `${plan?.coaches.length ?? 0} 车次（至少需要 ${plan?.fewestCoaches ?? 0}），${km} 公里，${problem.requests.reduce((sum, one) => sum + one.people, 0)} 人`
            : `${plan?.coaches.length ?? 0} coaches (at least ${plan?.fewestCoaches ?? 0} are needed), ${km} km, ${problem.requests.reduce((sum, one) => sum + one.people, 0)} people`,
          footnote: zh
            ? '点的大小为上车人数；线为直线示意，里程按绕行系数或所给距离计算。'
            : 'Dots by people boarding; lines are straight, distances follow the detour factors or the distances given.',
          places: geography.matrix.places.map((place, k) => ({
            name: place,
            x: geography.points[k]?.[0] ?? 0,
            y: geography.points[k]?.[1] ?? 0,
            weight: boarding.get(place) ?? 0,
          })),
          tours: (plan?.coaches ?? []).map((coach) => {
            const stops = [
              problem.coaches.find(({ id }) => id === coach.kind)?.depot ?? '',
              ...coach.calls.map(({ place }) => place),
              ...(coach.destination === undefined ? [] : [coach.destination]),
            ]
            return {
              stops: stops.flatMap((stop) => index.get(stop) ?? []),
              label: `${name(coach)}  ${coach.people}/${coach.usableSeats}  ${clock(coach.depart)}–${clock(coach.arrive)}  ${coach.calls.map(({ place }) => place).join('→')}`,
            }
          }),
        })
      },
    }
  },
}
