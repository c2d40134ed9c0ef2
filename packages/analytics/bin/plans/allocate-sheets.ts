/** The sheets of `plan allocate` and what they say as a supply problem. */
import type { SupplyProblem, Village } from '../../src/planning/allocation/index.ts'
import { optionalSheet, type Settings, type SettingValues, sheet } from '../forms/form.ts'
import { positionIn, positions, readSheet, type Workbook } from '../forms/read.ts'
import { FileProblem } from '../input/file-problem.ts'
import type { PlanCommand } from './plan-command.ts'

const id = { zh: '编号', en: 'id', as: 'text' } as const
const name = { zh: '名称', en: 'name', as: 'text', optional: true } as const
const item = { zh: '品类', en: 'item', as: 'text' } as const
const amount = { zh: '数量', en: 'amount', as: 'whole' } as const
const day = { zh: '日期', en: 'day', as: 'day' } as const
const tier = { zh: '级别(0最先)', en: 'tier', as: 'whole', optional: true } as const
const store = { zh: '仓库', en: 'store', as: 'text' } as const
const town = { zh: '乡镇', en: 'town', as: 'text' } as const

const itemSheet = sheet('品类', 'items', { id, name, volume: { zh: '每单位体积', en: 'volume', as: 'whole', range: { most: 1e6 } } })
const storeSheet = sheet('仓库', 'stores', { id, name })
const townSheet = sheet('乡镇', 'towns', { id, name })
const lotSheet = sheet('批次', 'lots', {
  id,
  item,
  store,
  amount,
  available: { zh: '可发日', en: 'available', as: 'day' },
  lastUse: { zh: '效期至', en: 'last use', as: 'day', optional: true },
})
const laneSheet = sheet('通道', 'lanes', {
  store,
  town,
  cost: { zh: '单位运费', en: 'cost', as: 'whole' },
  lead: { zh: '在途(天)', en: 'lead (days)', as: 'whole', range: { most: 366 }, optional: true },
})
const demandSheet = sheet('需求', 'demands', { town, item, day, amount, tier })
const transportSheet = optionalSheet('运力', 'transport', { store, day, volume: { zh: '体积上限', en: 'volume', as: 'whole' } })
const villageSheet = optionalSheet('村需求', 'village needs', {
  town,
  village: { zh: '村', en: 'village', as: 'text' },
  item,
  day,
  amount,
  tier,
})
export const sheets = [itemSheet, storeSheet, townSheet, lotSheet, laneSheet, demandSheet, transportSheet, villageSheet] as const

const PRESET = '示例 / example'
export const settings = {
  first: { zh: '计划首日', en: 'first day', as: 'day', value: '2020-02-15', instrument: PRESET },
  days: { zh: '天数', en: 'days', as: 'whole', range: { least: 1, most: 366 }, value: '3', instrument: PRESET },
  holding: { zh: '可提前到货(天)', en: 'may come early (days)', as: 'whole', range: { most: 366 }, value: '2', instrument: PRESET },
} as const satisfies Settings

export interface ReadSupplies {
  readonly problem: SupplyProblem
  readonly villages: readonly Village[]
  /** Day of a period. */
  day(period: number): string
}

export function readSupplies(workbook: Workbook, values: SettingValues<typeof settings>): ReadSupplies {
  const first = Temporal.PlainDate.from(values.first)
  const offset = (text: string) => first.until(Temporal.PlainDate.from(text), { largestUnit: 'days' }).days
  const period = (text: string, row: number, column: string) => {
    const days = offset(text)
    if (days < 0 || days >= values.days)
      throw new FileProblem(
        'day-outside',
        `${text} 不在计划的 ${values.days} 天（自 ${values.first}）之内`,
        `${text} lies outside the ${values.days} days from ${values.first}`,
        { row, column },
      )
    return days
  }
  const items = readSheet(workbook, itemSheet)
  const stores = readSheet(workbook, storeSheet)
  const towns = readSheet(workbook, townSheet)
  const [itemIds, storeIds, townIds] = [positions(items, itemSheet), positions(stores, storeSheet), positions(towns, townSheet)]
  const both = (row: { readonly id: string; readonly name?: string }) => ({
    id: row.id,
    name: { zh: row.name ?? row.id, en: row.name ?? row.id },
  })
  const villages = new Map<string, Village & { readonly needs: number[][] }>()
  for (const row of readSheet(workbook, villageSheet)) {
    const place = positionIn(townIds, row.town, villageSheet, row.row, townSheet, 'town')
    const key = `${place} ${row.village}`
    const village = villages.get(key) ?? {
      id: row.village,
      place,
      tier: row.tier ?? 0,
      needs: items.map(() => new Array<number>(values.days).fill(0)),
    }
    const needs = village.needs[positionIn(itemIds, row.item, villageSheet, row.row, itemSheet, 'item')]
    const at = period(row.day, row.row, '村需求·日期')
    if (needs) needs[at] = (needs[at] ?? 0) + row.amount
    villages.set(key, village)
  }
  return {
    day: (at) => first.add({ days: at }).toString(),
    villages: [...villages.values()],
    problem: {
      periods: values.days,
      holding: values.holding,
      items: items.map((row) => ({ ...both(row), volume: row.volume })),
      sources: stores.map(both),
      places: towns.map(both),
      lots: readSheet(workbook, lotSheet).map((row) => ({
        id: row.id,
        item: positionIn(itemIds, row.item, lotSheet, row.row, itemSheet, 'item'),
        source: positionIn(storeIds, row.store, lotSheet, row.row, storeSheet, 'store'),
        amount: row.amount,
        // What lay in the store before the plan begins can leave on its first day.
        available: Math.max(0, offset(row.available)),
        ...(row.lastUse === undefined ? {} : { lastUse: offset(row.lastUse) }),
      })),
      lanes: readSheet(workbook, laneSheet).map((row) => ({
        source: positionIn(storeIds, row.store, laneSheet, row.row, storeSheet, 'store'),
        place: positionIn(townIds, row.town, laneSheet, row.row, townSheet, 'town'),
        cost: row.cost,
        lead: row.lead ?? 0,
      })),
      demands: readSheet(workbook, demandSheet).map((row) => ({
        item: positionIn(itemIds, row.item, demandSheet, row.row, itemSheet, 'item'),
        place: positionIn(townIds, row.town, demandSheet, row.row, townSheet, 'town'),
        period: period(row.day, row.row, '需求·日期'),
        amount: row.amount,
        tier: row.tier ?? 0,
      })),
      transport: readSheet(workbook, transportSheet).map((row) => ({
        source: positionIn(storeIds, row.store, transportSheet, row.row, storeSheet, 'store'),
        period: period(row.day, row.row, '运力·日期'),
        volume: row.volume,
      })),
    },
  }
}

const TOWNS = ['曾口镇', '清江镇', '柳林镇', '元山镇', '驷马镇']
const DAYS = ['2020-02-15', '2020-02-16', '2020-02-17']
export const example: PlanCommand['example'] = {
  filled: [
    {
      sheet: itemSheet,
      rows: [
        ['口罩', '医用口罩', 1],
        ['消毒液', '消毒液（箱）', 8],
      ],
    },
    { sheet: storeSheet, rows: [['市库', '市物资库']] },
    { sheet: townSheet, rows: TOWNS.map((one) => [one, one]) },
    {
      sheet: lotSheet,
      rows: [
        ['L1', '口罩', '市库', 9000, '2020-02-15', ''],
        ['L2', '口罩', '市库', 6000, '2020-02-16', ''],
        ['L3', '消毒液', '市库', 240, '2020-02-15', '2020-02-16'],
      ],
    },
    { sheet: laneSheet, rows: TOWNS.map((one, k) => ['市库', one, 2 + k, k === 4 ? 1 : 0]) },
    {
      sheet: demandSheet,
      rows: TOWNS.flatMap((one, k) =>
        DAYS.flatMap((on) => [
          [one, '口罩', on, 900 + 350 * k, k === 0 ? 0 : 1],
          [one, '消毒液', on, 20 + 6 * k, 1],
        ]),
      ),
    },
    { sheet: transportSheet, rows: DAYS.map((on) => ['市库', on, 9000]) },
    {
      sheet: villageSheet,
      rows: DAYS.flatMap((on) => [
        ['曾口镇', '一村', '口罩', on, 500, 0],
        ['曾口镇', '二村', '口罩', on, 400, 0],
      ]),
    },
  ],
}
