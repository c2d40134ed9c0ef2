import type { Registry, Role } from '@guatu/kernel'
import type { Screen } from './screens.ts'

/**
 * Entries of the navigation for domains that brought no screens: the derived list of each of their records, for those who may read it.
 * A domain of which any screen speaks says itself where its records are found.
 */
export function derivedScreens(registry: Registry, screens: readonly Screen[]): readonly Screen[] {
  const spoken = new Set(
    screens.flatMap(({ path, of, waiting = [], panels = {} }) => [
      of,
      /^records\/(\w+)/.exec(path)?.[1],
      ...waiting.map(({ record }) => record),
      ...Object.keys(panels),
    ]),
  )
  return registry.domains
    .filter(({ records }) => records.every(({ name }) => !spoken.has(name)))
    .flatMap(({ records }) =>
      records.map(
        ({ name, label, read }): Screen => ({
          path: `records/${name}`,
          label,
          group: 'registers',
          roles: Object.keys(read) as Role[],
        }),
      ),
    )
}
