import type { SeenVersion } from '@guatu/kernel'

/**
 * The versions that `If-Match` names (RFC 9110, 13.1.1): `*` is whichever there is, and a list is answered by any one of its tags. Tags that were
 * weakened on the way are taken for the tags they were; undefined where none is that of a version.
 */
export function versionsIn(header: string): SeenVersion | undefined {
  if (header.trim() === '*') return '*'
  const versions = header.split(',').flatMap((tag) => {
    const [, digits] = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(tag) ?? []
    return digits !== undefined && Number(digits) > 0 ? [Number(digits)] : []
  })
  return versions.length === 0 ? undefined : versions
}
