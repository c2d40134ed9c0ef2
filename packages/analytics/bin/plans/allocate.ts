/** `plan allocate`: stock to towns and villages over days, tiers first, then as even as it can be. */
import {
  checkSupplies,
  checkVillageShares,
  type SupplyPlan,
  shareAmongVillages,
  townSupplies,
} from '../../src/planning/allocation/index.ts'
import { allocateInWorker } from '../../src/planning/allocation/node/index.ts'
import { readSettings } from '../forms/read.ts'
import { fillChart } from '../picture/fill-chart.ts'
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
    const set = readSettings(workbook, settings)
    const { problem, villages, day } = readSupplies(workbook, set)
    const planned = await allocateInWorker(problem, Number(values.memory ?? 512) * MEGABYTE)
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
        ? [
            ...checkSupplies(problem, plan.shipments).faults,
            ...supplies.flatMap((supply, k) => checkVillageShares(supply, shares[k] ?? [])),
          ]
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
        fillChart({
          title: zh ? '物资满足率' : 'Needs met',
          subtitle: zh
            ? '每格一地一类：长条为分得占需求，细线为公平可达的上限'
            : 'One cell a place and item: bar granted of needed, mark the fair limit',
          columns: problem.items.map((_, k) => named(problem.items, k)),
          rows: problem.places.map((_, place) => ({
            name: named(problem.places, place),
            cells: problem.items.map((__, item) => {
              const own = (plan?.claims ?? []).filter((claim) => claim.place === place && claim.item === item)
              const needed = own.reduce((sum, claim) => sum + claim.amount, 0)
              return needed === 0
                ? undefined
                : {
                    granted: own.reduce((sum, claim) => sum + claim.granted, 0),
                    needed,
                    limit: own.reduce((sum, claim) => sum + claim.bestLevel * claim.amount, 0) / needed,
                  }
            }),
          })),
        }),
    }
  },
}
