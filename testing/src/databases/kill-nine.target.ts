import type { DatabaseTarget } from '../../../packages/server/src/store/database/index.ts'

/** The database that a command of the kill -9 trial works on. */
export function targetFromEnvironment(): DatabaseTarget {
  const place = process.env.GUATU_DATABASE
  if (place === undefined) throw new Error('GUATU_DATABASE is not set')
  return place.startsWith('postgres') ? { url: place } : { dir: place }
}
