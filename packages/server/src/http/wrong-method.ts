import { type Problem, problem } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { routesOf } from './openapi.ts'

interface Address {
  readonly pattern: RegExp
  readonly method: string
}

/** `GET /api/areas/{id}` as what an address has to look like: one part for each name, all that is left for the last `{path}`. */
function address(route: string): Address {
  const [method = '', path = ''] = route.split(' ')
  const pattern = path
    .split('/')
    .map((part) => (part === '{path}' ? '.+' : /^\{\w+\}$/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  return { method, pattern: new RegExp(`^${pattern}$`) }
}

/**
 * Says of an address that is there under other methods which ones it takes (RFC 9110, 405), and nothing of any that is not there.
 */
export function wrongMethodOf(app: FastifyInstance): (method: string, url: string) => (Problem & { readonly allow: string }) | undefined {
  let addresses: readonly Address[] | undefined
  return (method, url) => {
    addresses ??= [...routesOf(app)].map(address)
    const path = url.replace(/\?.*$/, '')
    const taken = new Set(addresses.filter((one) => one.pattern.test(path)).map((one) => one.method))
    if (taken.has('GET')) taken.add('HEAD')
    if (taken.size === 0 || taken.has(method)) return undefined
    const allow = [...taken].sort().join(', ')
    return { ...problem('wrong-method', { method, allowed: allow }), allow }
  }
}
