import { type Command, isId, no, problem } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { SubmitGroups } from './brought.ts'

/** Takes groups in by area, and answers in the order in which they come. */
export const takenByArea =
  ({ areas }: Pick<Store, 'areas'>, submit: SubmitGroups): SubmitGroups =>
  async (groups) => {
    const order = byArea(groups, (area) => areas.index.currentPath(area))
    const done = await submit(order.map((at) => groups[at] ?? []))
    const answers = new Map(order.map((at, i) => [at, done[i]]))
    return groups.map((_, at) => answers.get(at) ?? no(problem('unavailable')))
  }

/**
 * In which order the rows of a group are taken in: by area, so that those of one batch lie side by side in the database and enter few lines of the
 * books, each once. Rows that name the same record stay in the order of the sheet.
 * @param pathOf by which areas are put in order
 * @returns the places of the rows in the group
 */
export function byArea(groups: readonly (readonly Command[])[], pathOf: (area: string) => string | undefined): readonly number[] {
  const last = new Map<string, string>()
  const paths = groups.map((commands) => {
    const area = commands.at(-1)?.area
    let path = area === undefined ? '' : (pathOf(area) ?? area)
    const names = commands.flatMap(({ recordId, input }) => [recordId, ...Object.values(input).flat().filter(isId)])
    for (const name of names) {
      const before = last.get(name)
      if (before !== undefined && before > path) path = before
    }
    for (const name of names) last.set(name, path)
    return path
  })
  return paths
    .map((path, at) => ({ path, at }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.at - b.at))
    .map(({ at }) => at)
}
