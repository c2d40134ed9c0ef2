import { demand } from '../../outcome.ts'
import type { MatchingMarket } from './market.ts'

/** Workers and posts on a plane in kilometres, in columns. */
export interface JobSeekers {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Skills of worker `i`: `skill[k]` for `firstSkill[i] ≤ k < firstSkill[i + 1]`. */
  readonly firstSkill: Int32Array
  readonly skill: Int32Array
  /** Least wage accepted. */
  readonly reservationWage: Float64Array
}

export interface Openings {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly capacity: Int32Array
  /** The skill needed, −1 for none. */
  readonly requiredSkill: Int32Array
  readonly wage: Float64Array
}

/** Weights of the score in points; dated parameters of the caller. */
export interface ScoreWeights {
  /** Points for being matched at all, so that work near home at a low wage still counts. */
  readonly base: number
  readonly perWageUnit: number
  readonly perKilometre: number
  /** Nobody is offered a post farther away. */
  readonly kilometreLimit: number
  /** Points for what only the two know, such as a stated preference; at most `preferenceLimit`. */
  readonly preference?: (worker: number, post: number) => number
  readonly preferenceLimit?: number
}

/** Points and options beyond which scores leave 32 bits, or lists leave memory. */
const mostPoints = 1_000_000
const mostOptions = 1000
const mostWage = 1e9

/**
 * The best options of every worker: score = base + wage above the least accepted − distance + preference. Posts are indexed
 * by the skill they need and by the cell of a grid; each worker looks outward ring by ring and stops when no farther ring
 * can hold a better option, so the list is exactly the best `options` posts. Without coordinates (NaN) use the centre of the
 * parent area before calling.
 * @returns a market with at most `options` options per worker, score at least 1
 */
export function bestOptions(seekers: JobSeekers, openings: Openings, weights: ScoreWeights, options: number): MatchingMarket {
  const workers = seekers.x.length
  const posts = openings.x.length
  demand(
    Number.isInteger(options) &&
      options >= 1 &&
      options <= mostOptions &&
      weights.perKilometre >= 0 &&
      weights.kilometreLimit > 0 &&
      [weights.base, weights.perWageUnit, weights.perKilometre, weights.preferenceLimit ?? 0].every(
        (value) => Math.abs(value) <= mostPoints,
      ),
    'candidates-weights',
    `候选岗位数应为 1 至 ${mostOptions} 的整数，里程扣分不小于 0，最远里程大于 0，各项分值不超过 ${mostPoints}。`,
    `Give 1 to ${mostOptions} options a worker, a loss per kilometre of at least zero, a distance limit above zero, and points of at most ${mostPoints}.`,
  )
  for (const [values, zh, en] of [
    [[seekers.x, seekers.y], '工人', 'worker'],
    [[openings.x, openings.y], '岗位', 'post'],
  ] as const) {
    const missing = (values[0] ?? []).findIndex((x, k) => !Number.isFinite(x + (values[1]?.[k] ?? Number.NaN)))
    demand(
      missing < 0,
      'candidates-place',
      `第 ${missing} 个${zh}没有坐标：请先用上级区域的中心代替。`,
      `The ${en} ${missing} has no coordinates: use the centre of the parent area instead.`,
    )
  }
  for (const [wages, zh, en] of [
    [seekers.reservationWage, '工人', 'worker'],
    [openings.wage, '岗位', 'post'],
  ] as const) {
    const at = wages.findIndex((wage) => !(Math.abs(wage) <= mostWage))
    demand(at < 0, 'candidates-wage', `第 ${at} 个${zh}的工资不是合理的数。`, `The wage of ${en} ${at} is no sensible number.`)
  }
  const grids = gridsBySkill(openings)
  const first = new Int32Array(workers + 1)
  const post = new Int32Array(workers * options)
  const score = new Int32Array(workers * options)
  const list = new TopList(options)
  let used = 0
  for (let i = 0; i < workers; i++) {
    list.clear()
    const anySkill = grids.get(-1)
    if (anySkill) collect(anySkill, seekers, openings, weights, i, list)
    for (let k = seekers.firstSkill[i] as number; k < (seekers.firstSkill[i + 1] as number); k++) {
      const skill = seekers.skill[k] as number
      const grid = seekers.skill.indexOf(skill, seekers.firstSkill[i]) === k ? grids.get(skill) : undefined
      if (grid) collect(grid, seekers, openings, weights, i, list)
    }
    for (let k = 0; k < list.size; k++) {
      post[used] = list.post[k] as number
      score[used] = list.score[k] as number
      used++
    }
    first[i + 1] = used
  }
  return { workers, posts, capacity: openings.capacity, first, post: post.slice(0, used), score: score.slice(0, used) }
}

/** Posts that need one skill, sorted into square cells. */
interface SkillGrid {
  readonly left: number
  readonly bottom: number
  readonly cell: number
  readonly columns: number
  readonly rows: number
  readonly first: Int32Array
  readonly post: Int32Array
  readonly highestWage: number
}

const postsPerCell = 4

function gridsBySkill(openings: Openings): Map<number, SkillGrid> {
  const bySkill = new Map<number, number[]>()
  openings.requiredSkill.forEach((skill, j) => {
    if ((openings.capacity[j] ?? 0) === 0) return
    const list = bySkill.get(skill)
    if (list) list.push(j)
    else bySkill.set(skill, [j])
  })
  return new Map([...bySkill].map(([skill, list]) => [skill, gridOf(list, openings)]))
}

function gridOf(list: readonly number[], openings: Openings): SkillGrid {
  let left = Number.POSITIVE_INFINITY
  let bottom = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let top = Number.NEGATIVE_INFINITY
  let highestWage = Number.NEGATIVE_INFINITY
  for (const j of list) {
    left = Math.min(left, openings.x[j] ?? 0)
    right = Math.max(right, openings.x[j] ?? 0)
    bottom = Math.min(bottom, openings.y[j] ?? 0)
    top = Math.max(top, openings.y[j] ?? 0)
    highestWage = Math.max(highestWage, openings.wage[j] ?? 0)
  }
  const area = Math.max((right - left) * (top - bottom), 1)
  const cell = Math.max(Math.sqrt((area * postsPerCell) / list.length), (right - left) / 2000, (top - bottom) / 2000)
  const columns = Math.floor((right - left) / cell) + 1
  const rows = Math.floor((top - bottom) / cell) + 1
  const cellOf = (j: number) =>
    Math.floor(((openings.y[j] ?? 0) - bottom) / cell) * columns + Math.floor(((openings.x[j] ?? 0) - left) / cell)
  const first = new Int32Array(columns * rows + 1)
  for (const j of list) first[cellOf(j) + 1] = (first[cellOf(j) + 1] ?? 0) + 1
  for (let c = 0; c < columns * rows; c++) first[c + 1] = (first[c + 1] ?? 0) + (first[c] ?? 0)
  const at = first.slice()
  const post = new Int32Array(list.length)
  for (const j of list) {
    const c = cellOf(j)
    post[at[c] ?? 0] = j
    at[c] = (at[c] ?? 0) + 1
  }
  return { left, bottom, cell, columns, rows, first, post, highestWage }
}

function collect(grid: SkillGrid, seekers: JobSeekers, openings: Openings, weights: ScoreWeights, i: number, list: TopList): void {
  const x = seekers.x[i] as number
  const y = seekers.y[i] as number
  const least = seekers.reservationWage[i] as number
  const column = Math.floor((x - grid.left) / grid.cell)
  const row = Math.floor((y - grid.bottom) / grid.cell)
  const ceiling = weights.base + weights.perWageUnit * (grid.highestWage - least) + (weights.preferenceLimit ?? 0)
  if (!(ceiling < 2 ** 31))
    demand(
      false,
      'candidates-score',
      `第 ${i} 人的得分可达 ${ceiling}，超出范围：请减小工资加分。`,
      `The score of worker ${i} may reach ${ceiling}, beyond what can be counted: give fewer points to wages.`,
    )
  const farthest = Math.max(Math.abs(column), Math.abs(column - grid.columns), Math.abs(row), Math.abs(row - grid.rows)) + 1
  for (let ring = 0; ring <= farthest; ring++) {
    const distance = Math.max(0, ring - 1) * grid.cell
    if (distance > weights.kilometreLimit || list.refuses(ceiling - weights.perKilometre * distance)) return
    for (let r = Math.max(0, row - ring); r <= Math.min(grid.rows - 1, row + ring); r++) {
      const edge = r === row - ring || r === row + ring
      const step = edge || ring === 0 ? 1 : 2 * ring
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c < 0 || c >= grid.columns) continue
        const cell = r * grid.columns + c
        for (let k = grid.first[cell] as number; k < (grid.first[cell + 1] as number); k++) {
          const j = grid.post[k] as number
          const wage = openings.wage[j] as number
          const away = Math.hypot((openings.x[j] as number) - x, (openings.y[j] as number) - y)
          if (wage < least || away > weights.kilometreLimit) continue
          const liking = Math.min(weights.preference?.(i, j) ?? 0, weights.preferenceLimit ?? 0)
          const points = Math.round(weights.base + weights.perWageUnit * (wage - least) - weights.perKilometre * away + liking)
          if (points >= 1) list.offer(j, points)
        }
      }
    }
  }
}

/** The best few (post, score) pairs, the worst on top of a small sorted list. */
class TopList {
  readonly post: Int32Array
  readonly score: Int32Array
  size = 0

  constructor(limit: number) {
    this.post = new Int32Array(limit)
    this.score = new Int32Array(limit)
  }

  clear(): void {
    this.size = 0
  }

  /** True when the list is full and nothing with at most this score could enter. */
  refuses(score: number): boolean {
    return this.size === this.post.length && Math.round(score) <= (this.score[this.size - 1] as number)
  }

  offer(post: number, score: number): void {
    let k = this.size
    if (k === this.post.length) {
      if (score <= (this.score[k - 1] as number)) return
      k--
    } else this.size++
    while (k > 0 && (this.score[k - 1] as number) < score) {
      this.post[k] = this.post[k - 1] as number
      this.score[k] = this.score[k - 1] as number
      k--
    }
    this.post[k] = post
    this.score[k] = score
  }
}
