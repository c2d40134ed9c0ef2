import { createHmac } from 'node:crypto'
import { gates, type passes, registry } from '@guatu/domains'
import { expect } from 'vitest'
import { openCity } from './city.ts'
import { VILLAGE_ORDER } from './closing-order.ts'

/** One outing in two days. */
export const ORDER = { ...VILLAGE_ORDER, outings: 1, outingDays: 2 }
/** For how long its passes hold. */
export const TERM = { validFrom: '2020-02-14T02:00:00.000Z', validTo: '2020-02-20T02:00:00.000Z' }

type Asked = (city: Awaited<ReturnType<typeof openCity>>) => object

/** Acts of the cast, answered in a word, and passes held against the register. */
export function verifying(city: Awaited<ReturnType<typeof openCity>>) {
  const act = async (as: string, record: string, id: string, action: string, input: object, area = city.village) => {
    const answer = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
    return answer.statusCode < 300 ? 'done' : (answer.json<{ code: string }>().code ?? answer.statusCode)
  }
  const verify = async (as: string, body: object) => {
    const answer = await city.ask(as, 'POST', '/api/passes/verify', body)
    return answer.json<{
      verdict?: passes.Verdict
      code?: string
      pass?: Record<string, unknown>
      passes?: readonly Record<string, unknown>[]
    }>()
  }
  const verdict = async (as: string, body: object) => {
    const answer = await verify(as, body)
    return answer.verdict?.code ?? answer.code
  }
  return { act, verify, verdict }
}

/** A village that is closed by an order that says this besides, drafted in an area of this code, with one household that has a pass. */
export async function villageClosed(engine: 'pglite' | 'postgres', besides: Asked = () => ({}), stands = '511902105201') {
  const city = await openCity(engine, registry)
  const { act, verify, verdict } = verifying(city)
  const closure = crypto.randomUUID()
  const order = { ...ORDER, organ: city.county, areas: [city.village], ...besides(city) }
  expect(await act('county', 'closure', closure, 'draft', order, city.area(stands))).toBe('done')
  expect(await act('county', 'closure', closure, 'submit', {})).toBe('done')
  expect(await act('county', 'closure', closure, 'approve', { decidedBy: '县', decisionNo: '1' })).toBe('not-allowed')
  expect(await act('head', 'closure', closure, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })).toBe('done')
  expect(await act('county', 'closure', closure, 'announce', { announcedWhere: '广播' })).toBe('done')
  const pass = crypto.randomUUID()
  const household = crypto.randomUUID()
  city.clock.set('2020-02-14T03:00:00Z')
  expect(await act('grid', 'household', household, 'register', { door: '102', kind: 'family' })).toBe('done')
  expect(await act('grid', 'pass', pass, 'issue', { closure, kind: 'household', household, ...TERM })).toBe('done')
  const code = (await city.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ code: string; number: string }>()
  /** What a gate finds without a network, with the book and the key that it fetches now. */
  const carried = async () => {
    const { recognise } = (await city.ask('gate', 'GET', '/api/gate/key')).json<{ recognise: string }>()
    const book = (await city.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    const hash = async (text: string) => createHmac('sha256', Buffer.from(recognise, 'base64')).update(text).digest()
    const here = { book, hash, verify: async () => true, exits: [], now: book.asOf, passesOf: () => [], personOf: async () => undefined }
    return async (shown: string) => gates.lookCarried(shown, 'out', here)
  }
  return { ...city, act, closure, pass, household, code, verify, verdict, carried }
}
