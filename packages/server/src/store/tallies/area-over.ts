import type { AreaSource, AreaTree, AreaView, Registry } from '@guatu/kernel'
import type { Runner } from '../log/statements.ts'
import { readBoard } from './board.ts'

/** A figure that may be a share of an old one: the exact value is `numerator / denominator`. */
export interface SharedFigure {
  readonly indicator: string
  readonly numerator: number
  readonly denominator: number
  /** Denominator of a ratio indicator, as the same kind of share. */
  readonly per?: { readonly numerator: number; readonly denominator: number }
}

/** An area of the earlier day and how much of it lies within the boundaries asked for. */
export interface OldArea {
  readonly area: string
  readonly name: string
  readonly numerator: number
  readonly denominator: number
  /** `own`: only what hung on the area itself, because its parts went different ways and are named on their own. */
  readonly scope: 'branch' | 'own'
}

export interface AreaFigures {
  readonly area: string
  /** Day of the boundaries. */
  readonly day: string
  /** Day of the figures. */
  readonly counted: string
  readonly sources: readonly OldArea[]
  readonly figures: readonly SharedFigure[]
}

export interface AreaOverRequest {
  readonly area: string
  readonly day: string
  readonly counted: string
  readonly indicators: readonly string[]
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b))

/** Exact sum of two fractions, in lowest terms. */
function add(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  const top = a[0] * b[1] + b[0] * a[1]
  const bottom = a[1] * b[1]
  const shared = gcd(top, bottom) || 1
  return [top / shared, bottom / shared]
}

/** Whose books make up a source: above the counties each keeps its own; a divided area gives what is left without its parts. */
function booksOf(old: AreaView, { id, scope }: AreaSource): { readonly plus: readonly string[]; readonly minus: readonly string[] } {
  const level = old.get(id)?.level
  const high = level === 'city' || level === 'province'
  if (scope === 'own') return { plus: [id], minus: high ? [] : [...old.children(id)].map((one) => one.id) }
  if (!high) return { plus: [id], minus: [] }
  const own = [...old.descendants(id)].filter((one) => one.id === id || one.level === 'city' || one.level === 'county')
  return { plus: own.map((one) => one.id), minus: [] }
}

/**
 * The figures of a day long ago within the boundaries of another: each old area's figure times its share. Nothing that was counted is
 * changed; only the question is another one.
 */
export async function readAreaOver(run: Runner, registry: Registry, tree: AreaTree, request: AreaOverRequest): Promise<AreaFigures> {
  const { area, day, counted, indicators } = request
  const old = tree.asOf(counted)
  const sources = tree.sourcesOf(area, day, counted)
  const plans = sources.map((source) => ({ source, ...booksOf(old, source) }))
  const asked = [...new Set(plans.flatMap(({ plus, minus }) => [...plus, ...minus]))]
  const series = asked.length === 0 ? [] : await readBoard(run, registry, { indicators, areas: asked, day: counted, days: 1 })
  const figures = new Map(series.map((one) => [`${one.indicator}/${one.area}`, one.days[0]]))
  const sum = (indicator: string, ids: readonly string[], part: 'stock' | 'per') =>
    ids.reduce((all, id) => all + (figures.get(`${indicator}/${id}`)?.[part] ?? 0), 0)
  const total = (indicator: string, part: 'stock' | 'per') =>
    plans.reduce<readonly [number, number]>(
      (all, { source, plus, minus }) => {
        const amount = sum(indicator, plus, part) - sum(indicator, minus, part)
        return add(all, [amount * source.numerator, source.denominator])
      },
      [0, 1],
    )
  return {
    area,
    day,
    counted,
    sources: sources.map(({ id, numerator, denominator, scope }) => ({ area: id, name: old.fullName(id), numerator, denominator, scope })),
    figures: indicators.map((indicator) => {
      const [numerator, denominator] = total(indicator, 'stock')
      const per = registry.indicators.get(indicator)?.per ? total(indicator, 'per') : undefined
      return { indicator, numerator, denominator, ...(per ? { per: { numerator: per[0], denominator: per[1] } } : {}) }
    }),
  }
}
