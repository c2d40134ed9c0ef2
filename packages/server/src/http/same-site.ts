import type { FastifyInstance, FastifyRequest } from 'fastify'
import { crossSite } from '../accounts/problems.ts'
import { refuseWith } from './problems.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

const hostOf = (address: string): string | undefined => {
  try {
    return new URL(address).host
  } catch {
    return undefined
  }
}

/**
 * Whether a page of another site may have sent this. Browsers say where a request comes from in headers that pages cannot set; what carries none
 * of them is no browser, and nobody can be made to send it unawares.
 */
export function isCrossSite(request: Pick<FastifyRequest, 'headers' | 'host'>): boolean {
  const { origin, referer } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (origin !== undefined) return hostOf(origin) !== request.host
  return referer !== undefined && site === undefined && hostOf(referer) !== request.host
}

/** Refuses what would change something on behalf of another site's page. */
export function sameSiteOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
    if (!READING.has(request.method) && isCrossSite(request)) return refuseWith(reply, crossSite())
    return undefined
  })
}
