import { today as cityToday, type ParameterSetting, problem, Refused, settingAt } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { administersAll } from '../accounts/administers.ts'
import type { Store } from '../store/store.ts'
import { dayNamed } from './day.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

const LONGEST_INSTRUMENT = 300

const bad = (path: string, zh: string, en: string) => new Refused(problem('invalid', { field: path, why: { zh, en } }, { path }))

/** Dated parameters: everybody signed in may read the rules and their instruments; the administrator of all areas adds settings, none is changed. */
export function settingsRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  const today = () => cityToday(store.clock)

  app.get<{ Querystring: { day?: string } }>('/api/settings', async (request) => {
    await signedIn(sessions, request)
    const day = dayNamed(request.query.day, 'day') ?? today()
    return {
      day,
      parameters: [...store.registry.parameters.values()].map(({ code, label, unit }) => {
        const settings = store.settings.of(code)
        return { code, label, ...(unit ? { unit } : {}), settings, inForce: settingAt(settings, day)?.value ?? null }
      }),
    }
  })

  app.post<{ Params: { code: string } }>('/api/settings/:code', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const outside = administersAll(store, actor, { zh: '设置参数', en: 'set parameters' })
    if (outside) return refuseWith(reply, outside)
    const { code } = request.params
    const shipped = store.registry.parameters.get(code)?.settings[0]
    if (!shipped) return refuseWith(reply, problem('not-found', { what: code }))
    const setting = readSetting(request.body, shipped)
    await store.settings.add(code, setting, actor)
    return reply.code(201).send({ code, setting })
  })
}

/** A setting as sent: a value of the kind that the rule was shipped with, the days it holds, and the document that ordered it. */
function readSetting(body: unknown, shipped: ParameterSetting): ParameterSetting {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
  const { value, instrument } = sent
  if (
    typeof value !== typeof shipped.value ||
    (typeof value === 'number' && !Number.isFinite(value)) ||
    Array.isArray(value) !== Array.isArray(shipped.value)
  )
    throw bad('value', '数值的类型与原设置不同，请核对。', 'the value is of another kind than the one in force.')
  const from = dayNamed(sent.from, 'from')
  if (from === undefined) throw bad('from', '请填写起始日期YYYY-MM-DD。', 'give the first day, YYYY-MM-DD.')
  const to = dayNamed(sent.to, 'to')
  if (to !== undefined && to < from) throw bad('to', '截止日期不能早于起始日期。', 'the last day cannot lie before the first.')
  const words = (one: unknown) => (typeof one === 'string' ? one.trim().slice(0, LONGEST_INSTRUMENT) : '')
  const named = (typeof instrument === 'object' && instrument !== null ? instrument : { zh: instrument }) as Readonly<
    Record<string, unknown>
  >
  const zh = words(named.zh) || words(named.en)
  if (zh === '') throw bad('instrument', '请写明依据的文件。', 'name the document that orders it.')
  return {
    value: value as ParameterSetting['value'],
    from,
    ...(to === undefined ? {} : { to }),
    instrument: { zh, en: words(named.en) || zh },
  }
}
