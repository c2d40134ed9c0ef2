import type { Registry } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Paths } from './openapi/book.ts'
import { operations } from './openapi/operations.ts'
import { recordSchema, type Schema, schemaName, sharedSchemas } from './openapi/schemas.ts'

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: Schema
  readonly security: readonly Schema[]
  readonly paths: Paths
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: Schema }
}

/** The description of the HTTP interface, derived from the definitions: what is registered is described, what is described is registered. */
export function openApi(registry: Registry): OpenApi {
  const records = Object.fromEntries([...registry.records.values()].map((def) => [schemaName(def.name), recordSchema(def)]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Guatu 挂图',
      version: '0.1.0',
      description:
        'Command system of a city in an outbreak and in the recovery after it. Every refusal is a problem (RFC 9457) in zh and en.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ cookie: [] }, { bearer: [] }],
    paths: operations(registry),
    components: {
      schemas: { ...sharedSchemas(registry), ...records },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'guatu.session_token' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const registered = new WeakMap<FastifyInstance, Set<string>>()

/** Writes down every address as it is registered, `GET /api/areas/{id}`; call it before the routes. */
export function watchRoutes(app: FastifyInstance): void {
  const routes = new Set<string>()
  registered.set(app, routes)
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && url !== '/*') routes.add(`${one} ${described(url)}`)
  })
}

/** The addresses of a server, in the words of its description. */
export const routesOf = (app: FastifyInstance): ReadonlySet<string> => registered.get(app) ?? new Set()

const described = (url: string) => url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')

export function openApiRoutes(app: FastifyInstance, registry: Registry): void {
  // Made when somebody first asks: no start waits for it.
  let document: string | undefined
  app.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApi(registry))
    return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'public, max-age=300').send(document)
  })
}
