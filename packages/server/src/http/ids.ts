import { isId, problem, Refused } from '@guatu/kernel'

/** An id that a request must carry, in small letters. @param path where it stands in the request @throws Refused `invalid` */
export function idOf(value: unknown, path: string): string {
  const id = typeof value === 'string' ? value.toLowerCase() : undefined
  if (!isId(id)) throw new Refused(problem('invalid', { field: path, why: { zh: '应为UUID。', en: 'it must be a UUID.' } }, { path }))
  return id
}
