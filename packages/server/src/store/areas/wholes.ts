import { type AreaTree, EVERYTHING, type Scope } from '@guatu/kernel'
import type { AreaIndex } from '../log/places.ts'

/** Paths of the areas that together hold all others; a province of which only one city is kept stands above it for its name alone. */
export function wholesOn(tree: AreaTree, day: string): readonly string[] {
  const view = tree.asOf(day)
  return view.roots().map((root) => {
    let whole = root
    for (let below = view.children(whole.id); below.length === 1 && below[0] !== undefined; below = view.children(whole.id))
      whole = below[0]
    return view.path(whole.id) ?? ''
  })
}

/** A scope that holds every area is everything: no condition on the way to a list, whose own index then gives its order. */
export function widest({ wholes }: Pick<AreaIndex, 'wholes'>, scope: Scope): Scope {
  if (scope.all || scope.paths.length === 0) return scope
  const all = wholes().every((whole) => scope.paths.some((path) => whole.startsWith(path)))
  if (!all) return scope
  const { drafts } = scope
  return drafts ? { ...EVERYTHING, drafts: { ...drafts, scope: widest({ wholes }, drafts.scope) } } : EVERYTHING
}
