/** Transmission chains: probabilities of who infected whom, the best tree, generations, and how many each case infected. */
import { type Arc, bestForest, depths } from '../../graph/index.ts'
import { demandLevel, type Interval, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { type CandidateOptions, type ChainCase, findCandidates } from './candidates.ts'

export interface Infector {
  /** Number of the infecting case; null for infection elsewhere. */
  readonly source: number | null
  readonly probability: number
}

export interface ChainNode {
  /** Source in the best tree; null for imported. */
  readonly parent: number | null
  /** Probability of that source. */
  readonly support: number
  /** Generation in the best tree: 0 imported or unexplained, 1 infected by those, … */
  readonly generation: number
  /** True when no candidate and no import weight was there: the case starts a chain without explanation. */
  readonly unexplained: boolean
  /** Expected number of cases infected by this one so far: Σ_i p(this → i). */
  readonly reproduction: number
  /**
   * The same corrected for infectees who have not fallen ill yet by `asOfDay`: divided by the chance that a serial interval is over
   * (S. Cauchemez et al. 2006, doi:10.1093/aje/kwj274). Null while less than 0.1 of it is over.
   */
  readonly reproductionCorrected: number | null
}

export interface Chains {
  readonly nodes: readonly ChainNode[]
  /** Candidate sources of a case, likeliest first. */
  infectors(number: number, limit?: number): readonly Infector[]
  /** Chance of each generation 0, 1, 2, … of a case, summed over all chains, sources independent given their weights. */
  generationChances(number: number): readonly number[]
  /** Number infected by one case with its interval: the exact law of a sum of independent chances. */
  infected(number: number, level?: number): Interval
  readonly imported: number
  readonly unexplained: number
}

const furthestGeneration = 40

/**
 * Reconstructs the chains of an outbreak.
 *
 * p(j → i) = w(j → i) / (Σ_k w(k → i) + import weight). Without links and import weight these are the probabilities of J. Wallinga and P.
 * Teunis (2004, doi:10.1093/aje/kwh255). The tree is the best forest by log probability, without circles even where serial intervals may be
 * zero or negative.
 *
 * @param asOfDay Day number up to which cases are known; defaults to the last onset.
 * @returns Refuses `too-few-cases` below 2, `no-candidates` when no case has a possible source.
 * @throws InputError `serial-interval-invalid`, `onset-invalid`, `link-unknown-case`, `link-kind-without-rate`, `level`, `as-of`.
 */
export function reconstructChains(
  cases: readonly ChainCase[],
  options: CandidateOptions & { readonly asOf: string; readonly asOfDay?: number },
): Outcome<Chains> {
  const provenance = provenanceOf('Chains by serial interval and exposure (Wallinga and Teunis, doi:10.1093/aje/kwh255)', options.asOf)
  if (cases.length < 2)
    return refuse(provenance, 'too-few-cases', '病例少于 2 例，没有传播链可推断', 'Fewer than 2 cases: there is no chain to infer')
  const { offsets, source, weight, importWeight } = findCandidates(cases, options)
  if (source.length === 0)
    return refuse(
      provenance,
      'no-candidates',
      '没有任何病例对的发病间隔在代间距范围内',
      'No two cases lie a possible serial interval apart',
    )

  const probability = new Float64Array(weight.length)
  const importChance = new Float64Array(cases.length)
  const reproduction = new Float64Array(cases.length)
  const unexplained = cases.map((_, i) => {
    const [from, to] = [offsets[i] as number, offsets[i + 1] as number]
    const elsewhere = importWeight[i] as number
    let total = 0
    for (let k = from; k < to; k += 1) total += weight[k] as number
    const none = total + elsewhere === 0
    importChance[i] = none || elsewhere === Number.POSITIVE_INFINITY ? 1 : elsewhere / (total + elsewhere)
    for (let k = from; k < to; k += 1) {
      const p = (weight[k] as number) / (total + elsewhere)
      probability[k] = p
      const j = source[k] as number
      reproduction[j] = (reproduction[j] as number) + p
    }
    return none
  })

  const tree = bestTree(offsets, source, probability, importChance)
  let generations: number[][] | undefined
  const asOfDay = options.asOfDay ?? cases.reduce((last, one) => Math.max(last, one.onset), Number.NEGATIVE_INFINITY)
  const { firstLag, pmf } = options.serialInterval
  const mass = pmf.reduce((sum, chance) => sum + chance, 0)
  const nodes = cases.map((one, i): ChainNode => {
    const over = pmf.slice(0, Math.max(0, asOfDay - one.onset - firstLag + 1)).reduce((sum, chance) => sum + chance, 0) / mass
    return {
      parent: tree.parent[i] as number | null,
      support: tree.support[i] as number,
      generation: tree.depth[i] as number,
      unexplained: unexplained[i] === true,
      reproduction: reproduction[i] as number,
      reproductionCorrected: over < 0.1 ? null : (reproduction[i] as number) / over,
    }
  })

  const infectors = (number: number, limit = 3): Infector[] => {
    const list: Infector[] = [{ source: null, probability: importChance[number] as number }]
    for (let k = offsets[number] as number; k < (offsets[number + 1] as number); k += 1)
      list.push({ source: source[k] as number, probability: probability[k] as number })
    return list
      .filter((one) => one.probability > 0)
      .sort((a, b) => b.probability - a.probability || (a.source ?? -1) - (b.source ?? -1))
      .slice(0, limit)
  }
  const infected = (number: number, level = 0.95): Interval => {
    demandLevel(level)
    const chances: number[] = []
    for (let k = 0; k < source.length; k += 1) if (source[k] === number) chances.push(probability[k] as number)
    const law = sumOfChances(chances)
    return { estimate: reproduction[number] as number, lower: quantile(law, (1 - level) / 2), upper: quantile(law, (1 + level) / 2), level }
  }
  return {
    ...provenance,
    ok: true,
    nodes,
    infectors,
    generationChances(number) {
      generations ??= generationTable(offsets, source, probability, importChance)
      return generations[number] as number[]
    },
    infected,
    imported: cases.filter((one) => one.imported === true).length,
    unexplained: unexplained.filter(Boolean).length,
  }
}

/** The likeliest source of every case; where these run in a circle, the best forest of all arcs. */
function bestTree(offsets: Uint32Array, source: Int32Array, probability: Float64Array, importChance: Float64Array) {
  const n = importChance.length
  const parent = new Int32Array(n).fill(-1)
  const support = Float64Array.from(importChance)
  for (let i = 0; i < n; i += 1)
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k += 1)
      if ((probability[k] as number) > (support[i] as number)) {
        support[i] = probability[k] as number
        parent[i] = source[k] as number
      }
  if (runsInCircles(parent)) chooseForest(offsets, source, probability, importChance, parent, support)
  return { parent: Array.from(parent, (one) => (one < 0 ? null : one)), support, depth: depths(parent) }
}

function runsInCircles(parent: Int32Array): boolean {
  const seen = new Int32Array(parent.length).fill(-1)
  for (let start = 0; start < parent.length; start += 1) {
    let at = start
    while (at >= 0 && seen[at] === -1) {
      seen[at] = start
      at = parent[at] as number
    }
    if (at >= 0 && seen[at] === start) return true
  }
  return false
}

function chooseForest(
  offsets: Uint32Array,
  source: Int32Array,
  probability: Float64Array,
  importChance: Float64Array,
  parent: Int32Array,
  support: Float64Array,
): void {
  // A case without any chance of import may have to start a chain to break a circle; that must cost more than any tree can gain.
  const lastResort = -1e6
  const arcs: Arc[] = []
  for (let i = 0; i < parent.length; i += 1) {
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k += 1)
      arcs.push({ from: source[k] as number, to: i, weight: Math.log(probability[k] as number) })
    const chance = importChance[i] as number
    arcs.push({ from: -1, to: i, weight: chance > 0 ? Math.log(chance) : lastResort })
  }
  bestForest(parent.length, arcs).forEach((index, i) => {
    const arc = arcs[index] as Arc
    parent[i] = arc.from
    support[i] = arc.weight === lastResort ? 0 : Math.exp(arc.weight)
  })
}

/** P(generation of i = g) = Σ_j p(j → i) P(generation of j = g − 1), from the import chances upwards. */
function generationTable(offsets: Uint32Array, source: Int32Array, probability: Float64Array, importChance: Float64Array): number[][] {
  const n = importChance.length
  const table = Array.from({ length: n }, (_, i) => [importChance[i] as number])
  let before = importChance
  for (let generation = 1; generation <= furthestGeneration; generation += 1) {
    const now = new Float64Array(n)
    let most = 0
    for (let i = 0; i < n; i += 1) {
      let chance = 0
      for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k += 1)
        chance += (probability[k] as number) * (before[source[k] as number] as number)
      now[i] = chance
      most = Math.max(most, chance)
    }
    if (most < 1e-12) break
    for (let i = 0; i < n; i += 1) (table[i] as number[]).push(now[i] as number)
    before = now
  }
  return table
}

/** Law of the number of successes among independent chances. */
function sumOfChances(chances: readonly number[]): Float64Array {
  let law = Float64Array.of(1)
  for (const p of chances) {
    const next = new Float64Array(law.length + 1)
    law.forEach((mass, count) => {
      next[count] = (next[count] as number) + mass * (1 - p)
      next[count + 1] = (next[count + 1] as number) + mass * p
    })
    law = next
  }
  return law
}

function quantile(law: Float64Array, share: number): number {
  let below = 0
  for (let count = 0; count < law.length; count += 1) {
    below += law[count] as number
    if (below >= share - 1e-12) return count
  }
  return law.length - 1
}
