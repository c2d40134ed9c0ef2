/** The sheets of `plan coaches` and what they say as a routing problem. */
import type { CoachKind, RoutingProblem, TransportRequest } from '../../src/planning/routing/index.ts'
import { type RowOf, type Settings, type SettingValues, sheet } from '../forms/form.ts'
import { type Geography, placeSheet, placeSheets, readPlaces, terrainSettings } from '../forms/places.ts'
import { atMost, inOrder, positionIn, positions, readSheet, type Workbook } from '../forms/read.ts'
import { FileProblem } from '../input/file-problem.ts'
import type { PlanCommand } from './plan-command.ts'

const requestSheet = sheet('需求', 'requests', {
  id: { zh: '编号', en: 'id', as: 'text' },
  from: { zh: '上车地点', en: 'from', as: 'text' },
  to: { zh: '目的地', en: 'to', as: 'text', optional: true },
  people: { zh: '人数', en: 'people', as: 'whole', range: { least: 1, most: 200_000 } },
  families: { zh: '同行家庭人数', en: 'families', as: 'wholes', range: { least: 1, most: 1000 }, optional: true },
  village: { zh: '村', en: 'village', as: 'text', optional: true },
  earliest: { zh: '最早上车', en: 'earliest', as: 'time', optional: true },
  latest: { zh: '最晚上车', en: 'latest', as: 'time', optional: true },
  needs: { zh: '需要设施', en: 'needs', as: 'list', optional: true },
  leavingCost: { zh: '每人留下代价', en: 'leaving cost', as: 'number', range: { least: 0, most: 1e7 }, optional: true },
})
const coachSheet = sheet('车辆', 'coaches', {
  id: { zh: '车型', en: 'kind', as: 'text' },
  count: { zh: '数量', en: 'count', as: 'whole', range: { most: 10_000 } },
  seats: { zh: '核载座位', en: 'approved seats', as: 'whole', range: { most: 1000 } },
  reserved: { zh: '预留座位', en: 'reserved seats', as: 'whole', range: { most: 1000 }, optional: true },
  depot: { zh: '车场', en: 'depot', as: 'text' },
  ends: { zh: '终止方式', en: 'ends', as: 'text' },
  from: { zh: '出车', en: 'from', as: 'time' },
  until: { zh: '收车', en: 'until', as: 'time' },
  fixedCost: { zh: '每车费用(元)', en: 'cost a coach (yuan)', as: 'number', range: { least: 0, most: 1e7 } },
  costPerKilometre: { zh: '每公里费用(元)', en: 'cost a km (yuan)', as: 'number', range: { least: 0, most: 10_000 } },
  offers: { zh: '设施', en: 'offers', as: 'list', optional: true },
  drivers: { zh: '驾驶员', en: 'drivers', as: 'whole', range: { least: 1, most: 10 } },
})

export const sheets = [...placeSheets, requestSheet, coachSheet] as const

const COACH_RULES = '交运明电〔2020〕56号（约2020-02-11）'
const PRESET = '系统预设，待本市确定 / preset, to be set by the city'
export const settings = {
  load: { zh: '载客率', en: 'load factor', as: 'number', range: { least: 0, most: 1 }, value: '50%', instrument: COACH_RULES },
  driving: {
    zh: '连续驾驶上限(小时)',
    en: 'longest driving (h)',
    as: 'number',
    range: { least: 0.1, most: 24 },
    value: '4',
    instrument: PRESET,
  },
  rest: { zh: '休息(分钟)', en: 'rest (min)', as: 'number', range: { least: 0, most: 1440 }, value: '20', instrument: PRESET },
  daily: {
    zh: '每人每日驾驶上限(小时)',
    en: 'daily driving (h)',
    as: 'number',
    range: { least: 0, most: 24 },
    value: '8',
    instrument: PRESET,
  },
  change: {
    zh: '换驾(分钟)',
    en: 'change of drivers (min)',
    as: 'number',
    range: { least: 0, most: 1440 },
    value: '5',
    instrument: PRESET,
  },
  boarding: { zh: '每人上车(秒)', en: 'boarding (s a person)', as: 'whole', range: { most: 3600 }, value: '20', instrument: PRESET },
  stop: { zh: '每站停靠(分钟)', en: 'stop (min)', as: 'number', range: { least: 0, most: 1440 }, value: '5', instrument: PRESET },
  split: {
    zh: '拆村代价(元)',
    en: 'cost of splitting a village (yuan)',
    as: 'number',
    range: { least: 0, most: 1e7 },
    value: '500',
    instrument: PRESET,
  },
  ...terrainSettings,
} as const satisfies Settings

const ENDS: Readonly<Record<string, CoachKind['ends']>> = {
  到达即止: 'at-destination',
  返回车场: 'at-depot',
  不限: 'anywhere',
  'at-destination': 'at-destination',
  'at-depot': 'at-depot',
  anywhere: 'anywhere',
}

/** One cost unit is a fen, so that a metre's share of a kilometre's price stays whole. */
export const FEN = 100

function coachOf(row: RowOf<typeof coachSheet>): CoachKind {
  const ends = ENDS[row.ends]
  if (ends === undefined)
    throw new FileProblem(
      'ends-unknown',
      `“${row.ends}”应为到达即止、返回车场或不限`,
      `"${row.ends}" should be at-destination, at-depot or anywhere`,
      {
        row: row.row,
        column: '车辆·终止方式',
      },
    )
  return {
    id: row.id,
    count: row.count,
    approvedSeats: row.seats,
    ...(row.reserved === undefined ? {} : { reservedSeats: row.reserved }),
    depot: row.depot,
    ends,
    shift: { from: row.from, until: row.until },
    fixedCost: Math.round(row.fixedCost * FEN),
    costPerMetre: (row.costPerKilometre * FEN) / 1000,
    ...(row.offers === undefined ? {} : { offers: row.offers }),
    drivers: row.drivers,
  }
}

function requestOf(row: RowOf<typeof requestSheet>): TransportRequest {
  return {
    id: row.id,
    from: row.from,
    people: row.people,
    ...(row.to === undefined ? {} : { to: row.to }),
    ...(row.families === undefined ? {} : { families: row.families }),
    ...(row.village === undefined ? {} : { village: row.village }),
    ...(row.earliest === undefined && row.latest === undefined
      ? {}
      : { window: { from: row.earliest ?? 0, until: row.latest ?? Number.MAX_SAFE_INTEGER } }),
    ...(row.needs === undefined ? {} : { needs: row.needs }),
    ...(row.leavingCost === undefined ? {} : { leavingCost: Math.round(row.leavingCost * FEN) }),
  }
}

export function readProblem(workbook: Workbook, values: SettingValues<typeof settings>): { problem: RoutingProblem; geography: Geography } {
  const geography = readPlaces(workbook, values)
  const known = new Map(geography.matrix.places.map((name, k) => [name, k]))
  const requests = readSheet(workbook, requestSheet)
  positions(requests, requestSheet)
  for (const { from, to, people, families, earliest, latest, row } of requests) {
    atMost(
      families?.reduce((sum, size) => sum + size, 0),
      people,
      requestSheet,
      row,
      'families',
      requestSheet.columns.people,
    )
    inOrder(earliest, latest, requestSheet, row, 'latest')
    positionIn(known, from, requestSheet, row, placeSheet, 'from')
    if (to !== undefined) positionIn(known, to, requestSheet, row, placeSheet, 'to')
  }
  const coaches = readSheet(workbook, coachSheet)
  positions(coaches, coachSheet)
  for (const { depot, from, until, seats, reserved, row } of coaches) {
    atMost(reserved, seats, coachSheet, row, 'reserved', coachSheet.columns.seats)
    positionIn(known, depot, coachSheet, row, placeSheet, 'depot')
    inOrder(from, until, coachSheet, row, 'until')
  }
  const hours = (value: number) => Math.round(value * 3600)
  const minutes = (value: number) => Math.round(value * 60)
  return {
    geography,
    problem: {
      matrix: geography.matrix,
      requests: requests.map(requestOf),
      coaches: coaches.map(coachOf),
      rules: {
        loadFactor: { numerator: Math.round(values.load * 10_000), denominator: 10_000 },
        driving: {
          longestDriving: hours(values.driving),
          restSeconds: minutes(values.rest),
          dailyDrivingPerDriver: hours(values.daily),
          changeSeconds: minutes(values.change),
        },
        boardingSecondsPerPerson: values.boarding,
        stopSeconds: minutes(values.stop),
        villageSplitCost: Math.round(values.split * FEN),
      },
    },
  }
}

export const example: PlanCommand['example'] = {
  filled: [
    {
      sheet: placeSheet,
      rows: [
        ['巴中客运站', 106.75, 31.86, '', '丘陵'],
        ['曾口镇', 106.86, 31.78, '', '丘陵'],
        ['清江镇', 106.83, 31.9, '', '丘陵'],
        ['恩阳城区', 106.48, 31.82, '', '丘陵'],
        ['柳林镇', 106.57, 31.72, '', '丘陵'],
        ['平昌县城', 107.1, 31.56, '', '丘陵'],
        ['成都', 104.07, 30.67, '', '平坝'],
      ],
    },
    {
      sheet: requestSheet,
      rows: [
        ['1', '曾口镇', '成都', 31, '4;3', '曾口村', '07:00', '09:00', '', ''],
        ['2', '清江镇', '成都', 18, '2', '', '07:00', '09:30', '', ''],
        ['3', '恩阳城区', '成都', 44, '', '', '07:30', '10:00', '', ''],
        ['4', '柳林镇', '成都', 12, '', '', '07:00', '10:00', '', ''],
        ['5', '平昌县城', '成都', 27, '3;3', '', '06:30', '09:00', '', ''],
      ],
    },
    {
      sheet: coachSheet,
      rows: [
        ['大客车', 7, 55, 9, '巴中客运站', '到达即止', '05:30', '22:00', 3800, 6.5, '', 2],
        ['中巴', 3, 33, 6, '巴中客运站', '到达即止', '05:30', '22:00', 2400, 4.8, '', 2],
      ],
    },
  ],
}
