/** The sheets of `plan match`: workers and posts as columns of numbers, limits, and where everybody is. */

import { type LocatedPlace, locatePlaces, type Substitution } from '../../src/planning/distances/index.ts'
import type { JobSeekers, Openings, Quota, WorkerGroup } from '../../src/planning/matching/index.ts'
import { optionalSheet, type RowOf, type Settings, type SettingValues, sheet } from '../forms/form.ts'
import { areaSheet, located } from '../forms/places.ts'
import { positionIn, positions, readSheet, type Workbook } from '../forms/read.ts'
import { placed } from '../input/file-problem.ts'
import type { PlanCommand } from './plan-command.ts'

const id = { zh: '编号', en: 'id', as: 'text' } as const
const where = { longitude: located.longitude, latitude: located.latitude } as const

const workerSheet = sheet('人员', 'workers', {
  id,
  ...where,
  skills: { zh: '技能', en: 'skills', as: 'list', optional: true },
  wage: { zh: '最低工资(元/月)', en: 'least wage', as: 'number', range: { least: 0 } },
  experience: { zh: '经验(年)', en: 'experience (years)', as: 'number', range: { least: 0, most: 120 }, optional: true },
  group: { zh: '同行组', en: 'group', as: 'text', optional: true },
  class: { zh: '类别', en: 'class', as: 'text', optional: true },
  wishes: { zh: '意向岗位', en: 'wishes', as: 'pairs', range: { least: -1e6, most: 1e6 }, optional: true },
  parent: located.parent,
})
const postSheet = sheet('岗位', 'posts', {
  id,
  site: { zh: '单位', en: 'site', as: 'text', optional: true },
  openings: { zh: '人数', en: 'openings', as: 'whole', range: { most: 1_000_000 } },
  skill: { zh: '所需技能', en: 'skill', as: 'text', optional: true },
  wage: { zh: '工资(元/月)', en: 'wage', as: 'number', range: { least: 0 } },
  ...where,
  parent: located.parent,
})
const quotaSheet = optionalSheet('配额', 'quotas', {
  class: { zh: '类别', en: 'class', as: 'text' },
  post: { zh: '岗位', en: 'post', as: 'text', optional: true },
  least: { zh: '至少', en: 'least', as: 'whole', optional: true },
  most: { zh: '至多', en: 'most', as: 'whole', optional: true },
})
export const sheets = [workerSheet, postSheet, quotaSheet, areaSheet] as const

const PRESET = '系统预设，待本市确定 / preset, to be set by the city'
export const settings = {
  base: { zh: '对接基础分', en: 'base points', as: 'number', range: { least: 0, most: 1e6 }, value: '1000', instrument: PRESET },
  perHundred: {
    zh: '每百元工资加分',
    en: 'points per 100 yuan',
    as: 'number',
    range: { least: 0, most: 1e6 },
    value: '20',
    instrument: PRESET,
  },
  perKilometre: { zh: '每公里减分', en: 'loss per km', as: 'number', range: { least: 0, most: 1e6 }, value: '5', instrument: PRESET },
  limit: { zh: '最远(公里)', en: 'farthest (km)', as: 'number', range: { above: 0, most: 50_000 }, value: '120', instrument: PRESET },
  wish: { zh: '意向最多加分', en: 'most points of a wish', as: 'number', range: { least: 0, most: 1e6 }, value: '200', instrument: PRESET },
  options: { zh: '每人候选岗位数', en: 'options a worker', as: 'whole', range: { least: 1, most: 1000 }, value: '30', instrument: PRESET },
} as const satisfies Settings

interface Point {
  readonly x: number
  readonly y: number
}

export interface JobMarket {
  readonly workers: readonly string[]
  readonly posts: readonly string[]
  readonly seekers: JobSeekers
  readonly openings: Openings
  readonly experience: Float64Array
  readonly groups: readonly WorkerGroup[]
  /** Site of each post; a post without one is a site of its own. */
  readonly siteOf: Int32Array
  readonly classOf: Int32Array
  readonly quotas: readonly Quota[]
  readonly places: { readonly workers: readonly Point[]; readonly posts: readonly Point[] }
  preference(worker: number, post: number): number
  kilometres(worker: number, post: number): number
  weights(values: SettingValues<typeof settings>): {
    readonly base: number
    readonly perWageUnit: number
    readonly perKilometre: number
    readonly kilometreLimit: number
    readonly preferenceLimit: number
  }
  /** Places without coordinates, and the areas whose centres stand in. */
  readonly substitutions: readonly Substitution[]
}

/** Numbers names as they first appear. */
function numbering() {
  const known = new Map<string, number>()
  return {
    of: (name: string): number => {
      const at = known.get(name) ?? known.size
      known.set(name, at)
      return at
    },
    known: known as ReadonlyMap<string, number>,
  }
}

/** Kilometres east and north of the middle of all places: flat enough for a province. */
const KILOMETRES_A_DEGREE = 111.2

export function readMarket(workbook: Workbook): JobMarket {
  const workers = readSheet(workbook, workerSheet)
  const posts = readSheet(workbook, postSheet)
  positions(workers, workerSheet)
  const postIds = positions(posts, postSheet)
  const asPlace = (row: RowOf<typeof areaSheet>): LocatedPlace => ({
    id: row.id,
    ...(row.longitude === undefined || row.latitude === undefined
      ? {}
      : { coordinates: { longitude: row.longitude, latitude: row.latitude } }),
    ...(row.parent === undefined ? {} : { parent: row.parent }),
  })
  const everybody = [...workers, ...posts]
  const sheetOf = (k: number) => (k < workers.length ? workerSheet : postSheet)
  const { points, substitutions } = placed(
    (k) => ({
      row: everybody[k]?.row ?? 0,
      column: `${sheetOf(k).zh}·${where.longitude.zh}`,
      columnEn: `${sheetOf(k).en}·${where.longitude.en}`,
    }),
    () => locatePlaces(everybody.map(asPlace), readSheet(workbook, areaSheet).map(asPlace)),
  )
  const [homes, firms] = [points.slice(0, workers.length), points.slice(workers.length)]
  const middle = points.reduce((sum, one) => sum + one.latitude, 0) / points.length
  const east = (one: { longitude: number }) => one.longitude * KILOMETRES_A_DEGREE * Math.cos((middle * Math.PI) / 180)
  const north = (one: { latitude: number }) => one.latitude * KILOMETRES_A_DEGREE
  const skills = numbering()
  const needed = posts.map(({ skill }) => (skill === undefined ? -1 : skills.of(skill)))
  const firstSkill = new Int32Array(workers.length + 1)
  const skill = workers.flatMap((worker, i) => {
    const own = (worker.skills ?? []).map(skills.of)
    firstSkill[i + 1] = (firstSkill[i] ?? 0) + own.length
    return own
  })
  const seekers: JobSeekers = {
    x: Float64Array.from(homes, east),
    y: Float64Array.from(homes, north),
    firstSkill,
    skill: Int32Array.from(skill),
    reservationWage: Float64Array.from(workers, ({ wage }) => wage),
  }
  const openings: Openings = {
    x: Float64Array.from(firms, east),
    y: Float64Array.from(firms, north),
    capacity: Int32Array.from(posts, (post) => post.openings),
    requiredSkill: Int32Array.from(needed),
    wage: Float64Array.from(posts, ({ wage }) => wage),
  }
  const wishes = workers.map(({ wishes: list, row }) => {
    for (const [post] of list ?? []) positionIn(postIds, post, workerSheet, row, postSheet, 'wishes')
    return new Map((list ?? []).map(([post, points]) => [postIds.get(post) ?? -1, points]))
  })
  const classes = numbering()
  const classOf = Int32Array.from(workers, (worker) => classes.of(worker.class ?? ''))
  const members = new Map<string, number[]>()
  workers.forEach(({ group }, i) => {
    if (group !== undefined) members.set(group, [...(members.get(group) ?? []), i])
  })
  const groups = [...members].filter(([, list]) => list.length > 1).map(([name, list]) => ({ id: name, members: list }))
  const sites = numbering()
  const siteOf = Int32Array.from(posts, (post) => sites.of(post.site ?? `post ${post.id}`))
  const quotas = readSheet(workbook, quotaSheet).map((row): Quota => {
    const words = row.post === undefined ? row.class : `${row.class}·${row.post}`
    return {
      class: positionIn(classes.known, row.class, quotaSheet, row.row, workerSheet, 'class'),
      ...(row.post === undefined ? {} : { post: positionIn(postIds, row.post, quotaSheet, row.row, postSheet, 'post') }),
      ...(row.least === undefined ? {} : { minimum: row.least }),
      ...(row.most === undefined ? {} : { maximum: row.most }),
      name: { zh: words, en: words },
    }
  })
  return {
    substitutions,
    workers: workers.map((worker) => worker.id),
    posts: posts.map((post) => post.id),
    seekers,
    openings,
    experience: Float64Array.from(workers, ({ experience }) => experience ?? 0),
    groups,
    siteOf,
    classOf,
    quotas,
    places: {
      workers: homes.map((one) => ({ x: east(one), y: north(one) })),
      posts: firms.map((one) => ({ x: east(one), y: north(one) })),
    },
    preference: (worker, post) => wishes[worker]?.get(post) ?? 0,
    kilometres: (worker, post) =>
      Math.hypot((seekers.x[worker] ?? 0) - (openings.x[post] ?? 0), (seekers.y[worker] ?? 0) - (openings.y[post] ?? 0)),
    weights: (values) => ({
      base: values.base,
      perWageUnit: values.perHundred / 100,
      perKilometre: values.perKilometre,
      kilometreLimit: values.limit,
      preferenceLimit: values.wish,
    }),
  }
}

export const example: PlanCommand['example'] = {
  filled: [
    {
      sheet: workerSheet,
      rows: Array.from({ length: 24 }, (_, k) => [
        `W${k + 1}`,
        Number((106.6 + 0.05 * (k % 7)).toFixed(3)),
        Number((31.7 + 0.04 * (k % 5)).toFixed(3)),
        k % 4 === 0 ? '焊工' : k % 4 === 1 ? '缝纫' : k % 4 === 2 ? '缝纫;电工' : '',
        2800 + 150 * (k % 6),
        k % 9,
        k < 2 ? '夫妻甲' : '',
        k % 2 ? '巴州区' : '平昌县',
        k % 6 === 0 ? 'P2:100' : '',
      ]),
    },
    {
      sheet: postSheet,
      rows: [
        ['P1', '示例食品厂', 6, '', 3300, 106.75, 31.86],
        ['P2', '示例服装厂', 5, '缝纫', 3900, 106.9, 31.8],
        ['P3', '示例机械厂', 3, '焊工', 4600, 107.1, 31.56],
        ['P4', '示例工地', 4, '电工', 4800, 106.62, 31.74],
      ],
    },
  ],
}
