/** A span with labels, as the gold files and the reader both give it. */
export interface ScoredDirective {
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly domain: string
  readonly soft?: boolean | undefined
  readonly prohibition?: boolean | undefined
  readonly addressee?: string | null | undefined
  readonly urgency?: string | null | undefined
  readonly conditions?: readonly string[] | undefined
  readonly deadline?: string | null | undefined
}

export interface Rate {
  readonly hits: number
  readonly of: number
}

export interface Score {
  readonly gold: number
  readonly read: number
  readonly matched: number
  readonly precision: number
  readonly recall: number
  /** Boundary F1 at IoU ≥ 0.5. */
  readonly f1: number
  /** Boundary F1 of exactly equal spans. */
  readonly exactF1: number
  readonly domain: Rate
  readonly soft: Rate
  readonly prohibition: Rate
  readonly addressee: Rate
  readonly urgency: Rate
  readonly conditions: Rate
  readonly deadline: Rate
  readonly headings: Rate | null
  readonly pairs: readonly { readonly gold: ScoredDirective; readonly read: ScoredDirective; readonly iou: number }[]
  readonly missed: readonly ScoredDirective[]
  readonly spurious: readonly ScoredDirective[]
}

interface Reading {
  readonly directives: readonly ScoredDirective[]
  readonly headings?: readonly (string | { readonly quote: string })[]
}

const iouOf = (a: ScoredDirective, b: ScoredDirective): number => {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared <= 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

const f1Of = (hits: number, gold: number, read: number): number => (gold + read === 0 ? 1 : (2 * hits) / (gold + read))
const quoteOf = (heading: string | { readonly quote: string }): string => (typeof heading === 'string' ? heading : heading.quote)

/**
 * Compare a reading with the gold: directives are paired one to one, greatest overlap first, at intersection over union ≥ 0.5;
 * labels are compared on the pairs.
 */
export function score(gold: Reading, read: Reading): Score {
  const candidates: { g: ScoredDirective; r: ScoredDirective; iou: number }[] = []
  for (const g of gold.directives)
    for (const r of read.directives) {
      const iou = iouOf(g, r)
      if (iou >= 0.5) candidates.push({ g, r, iou })
    }
  candidates.sort((a, b) => b.iou - a.iou)
  const usedGold = new Set<ScoredDirective>()
  const usedRead = new Set<ScoredDirective>()
  const pairs: { gold: ScoredDirective; read: ScoredDirective; iou: number }[] = []
  for (const { g, r, iou } of candidates) {
    if (usedGold.has(g) || usedRead.has(r)) continue
    usedGold.add(g)
    usedRead.add(r)
    pairs.push({ gold: g, read: r, iou })
  }
  pairs.sort((a, b) => a.gold.start - b.gold.start)
  const rate = (same: (g: ScoredDirective, r: ScoredDirective) => boolean): Rate => ({
    hits: pairs.filter((pair) => same(pair.gold, pair.read)).length,
    of: pairs.length,
  })
  const matched = pairs.length
  const exact = pairs.filter((pair) => pair.iou === 1).length
  const heads = gold.headings?.map(quoteOf)
  const readHeads = new Set(read.headings?.map(quoteOf) ?? [])
  return {
    gold: gold.directives.length,
    read: read.directives.length,
    matched,
    precision: read.directives.length === 0 ? 1 : matched / read.directives.length,
    recall: gold.directives.length === 0 ? 1 : matched / gold.directives.length,
    f1: f1Of(matched, gold.directives.length, read.directives.length),
    exactF1: f1Of(exact, gold.directives.length, read.directives.length),
    domain: rate((g, r) => g.domain === r.domain),
    soft: rate((g, r) => (g.soft ?? false) === (r.soft ?? false)),
    prohibition: rate((g, r) => (g.prohibition ?? false) === (r.prohibition ?? false)),
    addressee: rate((g, r) => (g.addressee ?? null) === (r.addressee ?? null)),
    urgency: rate((g, r) => (g.urgency ?? null) === (r.urgency ?? null)),
    conditions: rate((g, r) => [...(g.conditions ?? [])].sort().join('|') === [...(r.conditions ?? [])].sort().join('|')),
    deadline: rate((g, r) => (g.deadline ?? null) === (r.deadline ?? null)),
    headings: heads === undefined ? null : { hits: heads.filter((quote) => readHeads.has(quote)).length, of: heads.length },
    pairs,
    missed: gold.directives.filter((g) => !usedGold.has(g)),
    spurious: read.directives.filter((r) => !usedRead.has(r)),
  }
}
