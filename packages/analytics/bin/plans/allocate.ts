/** `plan allocate`: stock to towns and villages over days, tiers first, then as even as it can be. */
import {
  checkSupplyPlan,
  checkVillageShares,
  type SupplyPlan,
  type SupplyProblem,
  shareAmongVillages,
  townSupplies,
} from '../../src/planning/allocation/index.ts'
import { allocateInWorker } from '../../src/planning/allocation/node/index.ts'
import { readSettings } from '../forms/read.ts'
import { numberOption } from '../options.ts'
import { type FlowPanel, flowChart } from '../picture/flow-chart.ts'
import { example, readSupplies, settings, sheets } from './allocate-sheets.ts'
import { type PlanCommand, proofRows } from './plan-command.ts'

const MEGABYTE = 1024 * 1024

export const allocate: PlanCommand = {
  name: 'allocate',
  zh: '物资分配：县到乡镇到村，先保重点、再求均衡',
  en: 'supplies to towns and villages: tiers first, then even',
  sheets,
  settings,
  options: { memory: { zh: '求解器内存上限（MB）', en: 'most memory of the solver, MB', fallback: '512' } },
  example,
  async run({ workbook, language, values }) {
    const memory = numberOption({ language, values }, 'memory', { least: 1, most: 65_536 })
    const set = readSettings(workbook, settings)
    const { problem, villages, day } = readSupplies(workbook, set)
    const planned = await allocateInWorker(problem, memory * MEGABYTE)
    const plan: SupplyPlan | undefined = planned.ok ? planned.plan : undefined
    const supplies = plan ? townSupplies(problem, plan.shipments, villages) : []
    const shares = shareAmongVillages(supplies)
    const zh = language === 'zh'
    const named = (list: readonly { readonly name: { readonly zh: string; readonly en: string } }[], k: number) =>
      (zh ? list[k]?.name.zh : list[k]?.name.en) ?? ''
    const percent = (part: number, whole: number) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`)
    return {
      planned,
      faults: plan
        ? [...checkSupplyPlan(problem, plan), ...supplies.flatMap((supply, k) => checkVillageShares(supply, shares[k] ?? []))]
        : [],
      notes: plan?.reasons ?? [],
      named: {
        shipments: (plan?.shipments ?? []).map((one) => ({
          lot: problem.lots[one.lot]?.id,
          town: problem.places[one.place]?.id,
          leaves: day(one.departs),
          for: day(one.used),
          amount: one.amount,
        })),
        villages: supplies.map((supply, k) => ({ town: supply.town, item: supply.item, shares: shares[k] ?? [] })),
      },
      sheets: () => [
        {
          name: zh ? '发运' : 'shipments',
          header: zh
            ? ['批次', '品类', '仓库', '乡镇', '发出', '使用日', '数量']
            : ['lot', 'item', 'store', 'town', 'leaves', 'for', 'amount'],
          rows: (plan?.shipments ?? []).map((one) => {
            const lot = problem.lots[one.lot]
            return [
              lot?.id ?? '',
              named(problem.items, lot?.item ?? -1),
              named(problem.sources, lot?.source ?? -1),
              named(problem.places, one.place),
              day(one.departs),
              day(one.used),
              one.amount,
            ]
          }),
        },
        {
          name: zh ? '满足' : 'claims',
          header: zh
            ? ['乡镇', '品类', '级别', '需求', '分得', '满足率', '公平可达上限']
            : ['town', 'item', 'tier', 'needed', 'granted', 'fill', 'fair limit'],
          rows: (plan?.claims ?? []).map((claim) => [
            named(problem.places, claim.place),
            named(problem.items, claim.item),
            claim.tier,
            claim.amount,
            claim.granted,
            percent(claim.granted, claim.amount),
            percent(claim.bestLevel, 1),
          ]),
        },
        {
          name: zh ? '到村' : 'villages',
          header: zh ? ['乡镇', '品类', '村', '日', '分得'] : ['town', 'item', 'village', 'day', 'granted'],
          rows: supplies.flatMap((supply, k) =>
            (shares[k] ?? []).flatMap((share) =>
              [...share.granted].flatMap((amount, period) =>
                amount === 0 ? [] : [[supply.town, supply.item, share.village, day(period), amount]],
              ),
            ),
          ),
        },
        {
          name: zh ? '说明' : 'proof',
          header: [zh ? '项' : 'what', zh ? '值' : 'value'],
          rows: [
            ...proofRows(planned, language, zh ? '最低满足率' : 'poorest fill rate'),
            ...(plan?.reasons ?? []).map((one) => [zh ? '未满足原因' : 'Why not filled', zh ? one.zh : one.en] as const),
          ],
        },
      ],
      picture: () =>
        flowChart({
          title: zh ? '物资从哪里到哪里' : 'Supplies: from where to whom',
          subtitle: zh
            ? `${day(0)} 至 ${day(problem.periods - 1)} 合计：带宽为数量，右条高为需求；绿为满足，红框为缺口，灰为库中剩余`
            : `${day(0)} to ${day(problem.periods - 1)} together: bands as wide as amounts, right bars as tall as needs; green met, red box short, grey left in store`,
          words: {
            short: (amount) => (zh ? `缺 ${amount}` : `${amount} short`),
            left: (amount) => (zh ? `余 ${amount}` : `${amount} left`),
            others: (count) => (zh ? `其余 ${count} 处` : `${count} others`),
          },
          notes: (plan?.reasons ?? []).slice(0, mostReasons).map((one) => (zh ? one.zh : one.en)),
          panels: problem.items.map((_, item) => flowsOf(problem, plan, item, named)),
        }),
    }
  },
}

/** Reasons below the picture: those that hold most down come first. */
const mostReasons = 6

type Named = (list: readonly { readonly name: { readonly zh: string; readonly en: string } }[], k: number) => string

/** One item over all days: what leaves which store for whom, what stays, and what is needed. */
function flowsOf(problem: SupplyProblem, plan: SupplyPlan | undefined, item: number, named: Named): FlowPanel {
  const sum = (amounts: readonly { readonly amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0)
  const shipments = (plan?.shipments ?? []).filter((one) => problem.lots[one.lot]?.item === item)
  const flows = shipments.map(({ lot, place, amount }) => ({ source: problem.lots[lot]?.source ?? 0, place, amount }))
  return {
    name: named(problem.items, item),
    sources: problem.sources.map((_, source) => ({
      name: named(problem.sources, source),
      left:
        sum(problem.lots.filter((lot) => lot.item === item && lot.source === source)) - sum(flows.filter((one) => one.source === source)),
    })),
    places: problem.places.map((_, place) => ({
      name: named(problem.places, place),
      needed: sum(problem.demands.filter((one) => one.item === item && one.place === place)),
    })),
    flows,
  }
}
