import type { FieldWork } from '@guatu/client/offline'

/** Smallest areas in which this worker may enter something. */
export function ownAreas(work: FieldWork): readonly string[] {
  const paths = work.replica.head?.actor.grants.map((grant) => grant.path) ?? []
  const own = (work.replica.head?.areas ?? []).filter((area) => paths.some((path) => area.path.startsWith(path)))
  return own.filter((area) => !own.some((other) => other.path !== area.path && other.path.startsWith(area.path))).map((area) => area.id)
}
