import { demandFigure } from '../anytime/figures.ts'
import { gapBetween, infeasible, type Planned, type Ratio } from '../anytime/plan.ts'
import { countOptions, deliveryModel, deliveryProgram, independentParts, programBytes } from './delivery-model.ts'
import { type Bottleneck, type FillStep, fillLevels } from './fill-levels.ts'
import type { LinearProgramSolver } from './linear-program.ts'
import { type Claim, claimsOf, type Shipment, type SupplyProblem, validateSupplies } from './supplies.ts'
import { type Remainder, wholeUnits } from './whole-units.ts'

/** How one claim comes out, in units, beside the best that any fair plan could give it. */
export interface ClaimResult extends Claim {
  readonly granted: number
  /** Fill rate of the fractional optimum: no plan gives this claim more without giving a poorer one less. */
  readonly bestLevel: number
}

/** The poorest claim of a tier: reached and proven bound. */
export interface TierResult {
  readonly tier: number
  readonly leastFill: Ratio
  readonly leastFillBound: number
}

export interface SupplyPlan {
  readonly claims: readonly ClaimResult[]
  readonly shipments: readonly Shipment[]
  readonly tiers: readonly TierResult[]
  readonly steps: readonly FillStep[]
  readonly remainders: readonly Remainder[]
  /** Why claims are not filled, in words, worst first. */
  readonly reasons: readonly { readonly zh: string; readonly en: string }[]
}

export interface AllocationOptions {
  /** Most memory the solver may need, in bytes; a larger problem is refused before it starts. */
  readonly memoryLimit?: number
  readonly stop?: () => boolean
}

const defaultMemoryLimit = 512 * 1024 * 1024
const columnLimit = 100_000
/** What the list of options itself takes before any solver starts. */
const bytesPerOption = 200

/**
 * Who gets what of which lot, when: tiers strictly one after another, within a tier the poorest fill rate as high as it
 * goes, then the next poorest (lexicographic max-min), at least transport cost, in whole units. Parts that share neither
 * stock nor vehicles are solved on their own. `objective` is the fill rate of the poorest claim in the first tier that is
 * not served in full (larger is better), `bound` the best that any plan can reach there.
 * @throws InputError naming the row that does not fit
 */
export function allocateSupplies(
  problem: SupplyProblem,
  solver: LinearProgramSolver,
  options: AllocationOptions = {},
): Planned<SupplyPlan> {
  validateSupplies(problem)
  const limit = options.memoryLimit ?? defaultMemoryLimit
  checkMemoryLimit(limit)
  const count = countOptions(problem)
  if (count * bytesPerOption > limit) return tooLarge(count * bytesPerOption, limit, count)
  const model = deliveryModel(problem, claimsOf(problem))
  const parts = independentParts(problem, model)
  for (const part of parts) {
    const bytes = programBytes(problem, part.model)
    if (bytes > limit || part.model.options.length > columnLimit) return tooLarge(bytes, limit, part.model.options.length)
  }
  const granted = new Float64Array(model.claims.length)
  const bestLevel = new Float64Array(model.claims.length)
  const shipments: Shipment[] = []
  const steps: FillStep[] = []
  const remainders: Remainder[] = []
  for (const part of parts) {
    if (options.stop?.() === true) return infeasible('supply-stopped', '计算已被停止。', 'The computation was stopped.', [])
    if (part.model.options.length === 0) continue
    const layout = deliveryProgram(problem, part.model)
    const session = solver(layout.program)
    const levels = fillLevels(problem, part.model, layout, session)
    session.close()
    if (!levels) {
      const zh = '线性规划求解器未给出最优解：请检查数量级，或按县拆分后重试。'
      return infeasible('supply-solver', zh, 'The linear solver found no optimum: check the magnitudes or split by county.', [])
    }
    const whole = wholeUnits(problem, part.model, levels)
    part.claims.forEach((c, k) => {
      granted[c] = whole.granted[k] ?? 0
      bestLevel[c] = levels.level[k] ?? 0
    })
    for (const shipment of whole.shipments) shipments.push(shipment)
    for (const step of levels.steps) {
      const weights = step.weights.map(({ claim, weight }) => ({ claim: part.claims[claim] ?? 0, weight }))
      steps.push({ ...step, claims: step.claims.map((k) => part.claims[k] ?? 0), weights })
    }
    for (const extra of whole.remainders) remainders.push({ ...extra, claim: part.claims[extra.claim] ?? 0 })
  }
  const claims = model.claims.map((claim, c) => ({ ...claim, granted: granted[c] ?? 0, bestLevel: bestLevel[c] ?? 0 }))
  const tiers = tierResults(claims)
  const decisive = tiers.find((tier) => tier.leastFillBound < 1) ?? tiers.at(-1)
  const objective = decisive ? decisive.leastFill.numerator / decisive.leastFill.denominator : 1
  const bound = Math.max(decisive?.leastFillBound ?? 1, objective)
  return {
    ok: true,
    plan: { claims, shipments, tiers, steps, remainders, reasons: shortageReasons(problem, claims, steps) },
    objective,
    bound,
    gap: gapBetween(objective, bound),
    proof: {
      method: 'lexicographic-linear-programs',
      zh: '逐层线性规划：在最缺的一方不再受损的前提下，没有方案能给出更高的满足率；取整最多少 1 件。',
      en: 'Linear programs stage by stage: no plan can fill the poorest further; whole units cost at most a unit or so.',
    },
    seed: 0,
    iterations: steps.length,
    elapsed: 0,
  }
}

/** @throws InputError unless the limit is a number of bytes above zero. */
export function checkMemoryLimit(bytes: number | undefined): void {
  demandFigure(bytes, { above: 0 }, { zh: '分配', en: 'the allocation' }, { zh: '内存上限（字节）', en: 'the memory limit in bytes' })
}

function tooLarge(bytes: number, limit: number, columns: number) {
  const need = Math.ceil(bytes / 1e6)
  const have = Math.floor(limit / 1e6)
  return infeasible(
    'supply-too-large',
    `约需 ${need} MB 内存、${columns} 个变量，上限为 ${have} MB、${columnLimit} 个变量：请按县拆分、减少天数，或先分到乡镇再分到村。`,
    `This needs about ${need} MB and ${columns} variables; the limits are ${have} MB and ${columnLimit}: split by county, plan fewer days, or go county to town first and town to village after.`,
    [],
  )
}

function tierResults(claims: readonly ClaimResult[]): TierResult[] {
  return [...new Set(claims.map((claim) => claim.tier))]
    .sort((a, b) => a - b)
    .map((tier) => {
      let leastFill: Ratio = { numerator: 1, denominator: 1 }
      let leastFillBound = 1
      for (const claim of claims) {
        if (claim.tier !== tier) continue
        leastFillBound = Math.min(leastFillBound, claim.bestLevel)
        if (claim.granted * leastFill.denominator < leastFill.numerator * claim.amount) {
          leastFill = { numerator: claim.granted, denominator: claim.amount }
        }
      }
      return { tier, leastFill, leastFillBound }
    })
}

const percent = (level: number) => `${(100 * level).toFixed(1)} %`

function shortageReasons(problem: SupplyProblem, claims: readonly ClaimResult[], steps: readonly FillStep[]) {
  const reasons: { zh: string; en: string; level: number }[] = []
  const nameOf = (c: number) => {
    const place = problem.places[claims[c]?.place ?? 0]?.name
    const item = problem.items[claims[c]?.item ?? 0]?.name
    return { zh: `${place?.zh}的${item?.zh}`, en: `${item?.en} for ${place?.en}` }
  }
  const reached = new Set(steps.flatMap((step) => step.claims))
  const named = new Set<string>()
  claims.forEach((_, c) => {
    const name = nameOf(c)
    // One place may claim one item in several tiers.
    if (reached.has(c) || named.has(name.zh)) return
    named.add(name.zh)
    const zh = `${name.zh}无法供应：没有线路，或没有在保质期内、来得及送到的库存。`
    reasons.push({ zh, en: `${name.en} cannot be served: no lane, or no stock in date that arrives in time.`, level: 0 })
  })
  for (const step of steps) {
    if (step.level >= 1 - 1e-9) continue
    const name = nameOf(step.claims[0] ?? 0)
    const more = step.claims.length - 1
    const worst = step.bottlenecks[0]
    const cause = worst === undefined ? { zh: '库存', en: 'stock' } : bottleneckName(problem, worst)
    const worth = worst === undefined ? 0 : 100 * worst.worth
    // Where several limits bind at once, one more unit of any of them alone may add nothing.
    const zh = worth > 0 ? `每多 1 单位，满足率提高 ${worth.toPrecision(3)} 个百分点` : '单独增加其中一项不起作用，需同时增加'
    const en =
      worth > 0
        ? `one unit more there adds ${worth.toPrecision(3)} percentage points`
        : 'more of it alone adds nothing: several limits bind at once'
    reasons.push({
      level: step.level,
      zh: `${name.zh}${more > 0 ? `等 ${more + 1} 项` : ''}满足率到 ${percent(step.level)} 为止，受限于${cause.zh}；${zh}。`,
      en: `${name.en}${more > 0 ? ` and ${more} more` : ''} end at ${percent(step.level)}, held down by ${cause.en}; ${en}.`,
    })
  }
  return reasons.sort((a, b) => a.level - b.level).map(({ zh, en }) => ({ zh, en }))
}

function bottleneckName(problem: SupplyProblem, bottleneck: Bottleneck): { zh: string; en: string } {
  if (bottleneck.kind === 'stock') {
    const lot = problem.lots[bottleneck.index]
    const source = problem.sources[lot?.source ?? 0]?.name
    const item = problem.items[lot?.item ?? 0]?.name
    return { zh: `${source?.zh}的${item?.zh}库存（批次 ${lot?.id}）`, en: `the stock of ${item?.en} at ${source?.en} (lot ${lot?.id})` }
  }
  const limit = problem.transport[bottleneck.index]
  const source = problem.sources[limit?.source ?? 0]?.name
  return {
    zh: `${source?.zh}第 ${(limit?.period ?? 0) + 1} 天的运力`,
    en: `the vehicles of ${source?.en} on day ${(limit?.period ?? 0) + 1}`,
  }
}
