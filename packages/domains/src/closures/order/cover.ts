import type { InPlace } from '@guatu/kernel'

/** What an order closes by its areas, wherever reforms have put them: paths of today. */
export interface Cover {
  readonly areas?: readonly string[]
  /** Those of the areas into which a reform has put others besides, whom it does not close. */
  readonly partly?: readonly string[]
  /** What a reform has put into the areas as a whole: it is not closed. */
  readonly open?: readonly string[]
}

/** What a gate, a pass and a line are judged by. */
export function pathsOf(closed: readonly InPlace[]): Cover {
  const partly = closed.flatMap(({ path, whole }) => (whole ? [] : [path]))
  const open = closed.flatMap(({ without = [] }) => without)
  return {
    areas: closed.map(({ path }) => path),
    ...(partly.length > 0 ? { partly } : {}),
    ...(open.length > 0 ? { open } : {}),
  }
}

/**
 * Whom of those who are in an area an order closes by its areas: all of them, some whom nobody can tell from others, or nobody. What lies nearest
 * decides; asked of whatever is judged by the scope of an order, with and without a network.
 */
export function covered({ areas = [], partly = [], open = [] }: Cover, path: string): 'all' | 'some' | undefined {
  const [nearest] = [...areas, ...open].filter((one) => one !== '' && path.startsWith(one)).sort((a, b) => b.length - a.length)
  if (nearest === undefined || open.includes(nearest)) return undefined
  return partly.includes(nearest) ? 'some' : 'all'
}
