import type { SupplyPlan } from './allocate.ts'
import { certifyLevels } from './certify-levels.ts'
import { checkSupplies } from './check-supplies.ts'
import type { SupplyProblem } from './supplies.ts'

/** Room for the rounding of prices that a solver gives in double precision. */
const tolerance = 1e-5

/**
 * Checks a whole plan of supplies: its shipments, that its claims are those of the problem and state what they get, that the levels are
 * proven by their prices to be the best in their order (tiers first, then the poorest), and that nobody gets less than the proven level
 * by more than whole units cost. Sending too little, or serving a later tier before an earlier one, is found here. Shares no code with
 * the planner.
 * @returns the faults in words, empty for a plan that may be accepted
 */
export function checkSupplyPlan(problem: SupplyProblem, plan: SupplyPlan): string[] {
  const { faults: found, delivered } = checkSupplies(problem, plan.shipments)
  const faults = [...found]
  const asked = new Map<string, number>()
  for (const { place, item, tier, amount } of problem.demands)
    if (amount > 0) asked.set(`${place} ${item} ${tier}`, (asked.get(`${place} ${item} ${tier}`) ?? 0) + amount)
  const settled = new Map<number, number>()
  const certified = certifyLevels(problem, plan.claims, plan.steps)
  plan.steps.forEach((step, s) => {
    const bound = certified[s]?.bound ?? 1
    if (!(Math.abs(step.level - bound) <= tolerance)) faults.push(`level ${step.level} of tier ${step.tier} is stated, ${bound} is proven`)
    for (const c of step.claims) {
      if (settled.has(c) || plan.claims[c]?.tier !== step.tier) faults.push(`claim ${c} is settled twice or in another tier`)
      settled.set(c, step.level)
    }
  })
  // Where vehicles carry units of different size, a whole unit of one can cost several of another.
  const unit = problem.transport.length === 0 ? 1 : 1 + problem.items.reduce((most, { volume }) => Math.max(most, volume), 0)
  plan.claims.forEach((claim, c) => {
    const key = `${claim.place} ${claim.item} ${claim.tier}`
    const demands = problem.demands.filter(
      (need, d) =>
        claim.demands.includes(d) && need.place === claim.place && need.item === claim.item && need.tier === claim.tier && need.amount > 0,
    )
    if (asked.get(key) !== claim.amount || demands.length !== claim.demands.length) faults.push(`claim ${c} is none of the problem`)
    asked.delete(key)
    const got = claim.demands.reduce((sum, d) => sum + (delivered[d] ?? 0), 0)
    if (got !== claim.granted) faults.push(`claim ${c} gets ${got}, stated are ${claim.granted}`)
    const level = settled.get(c)
    if (level === undefined && claim.demands.some((d) => servable(problem, d))) faults.push(`claim ${c} could be served but has no level`)
    if (Math.abs((level ?? 0) - claim.bestLevel) > tolerance) faults.push(`claim ${c} states ${claim.bestLevel}, settled is ${level ?? 0}`)
    if (claim.granted < claim.bestLevel * claim.amount - unit - tolerance * claim.amount)
      faults.push(`claim ${c} gets ${claim.granted} of ${claim.amount}, fair are ${claim.bestLevel * claim.amount}`)
  })
  for (const key of asked.keys()) faults.push(`the claim of place, item, tier ${key} is missing`)
  return faults
}

/** Whether any stock in date can reach the demand in time over any lane. */
function servable(problem: SupplyProblem, d: number): boolean {
  const need = problem.demands[d]
  if (need === undefined) return false
  return problem.lanes.some((lane) => {
    const departs = need.period - (lane.lead ?? 0)
    return (
      lane.place === need.place &&
      departs >= 0 &&
      problem.lots.some(
        (lot) =>
          lot.source === lane.source &&
          lot.item === need.item &&
          lot.amount > 0 &&
          lot.available <= departs &&
          (lot.lastUse ?? Number.POSITIVE_INFINITY) >= need.period,
      )
    )
  })
}
