import type { Label } from '../label.ts'
import { type Problem, problem } from '../problem.ts'

/** The version of a record that somebody saw, or several of which they saw one; `*` whichever there is. */
export type SeenVersion = number | readonly number[] | '*'

export const hasSeen = (seen: SeenVersion, version: number): boolean => seen === '*' || [seen].flat().includes(version)

/** Why nothing is done on what somebody saw: another version is there by now, or none at all. @param now undefined where there is no such record */
export function unseen(seen: SeenVersion | undefined, now: { readonly version: number } | undefined, what: Label): Problem | undefined {
  if (seen === undefined || (now && hasSeen(seen, now.version))) return undefined
  if (!now) return problem('no-version-yet', { what })
  const expected = [seen].flat().join('/')
  return problem('version-conflict', { actual: now.version, expected }, { data: { version: now.version } })
}
