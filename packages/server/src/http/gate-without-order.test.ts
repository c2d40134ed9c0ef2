import { gates, type passes } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doTimedDuties } from '../jobs/timed.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

const FREE = '这里没有实施中的封控，不需要通行证：放行'
const NO_PASS = '无有效通行证：劝返'
const [SICK, PLATE] = ['E91000777', '川Y12345']

onServer('the gate of a village of which the order has ended', ({ engine }) => {
  const setUp = async () => {
    const at = await villageClosed(engine)
    const path = at.store.areas.index.currentPath(at.village) ?? ''
    /** What the gate says of what is shown, as the server answered and by its book alone, and whether the register says so of the line. */
    const says = async (shown: string, way: 'in' | 'out', asked: Partial<gates.Asked> = {}) => {
      const now = at.clock.now().toString({ smallestUnit: 'millisecond' })
      const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
      const question = shown === '' ? undefined : gates.questionOf(shown, way)
      const answer = question && (await at.ask('gate', 'POST', question.path, question.body)).json<object>()
      const alone = shown === '' ? undefined : await (await at.carried())(shown)
      if (alone && 'problem' in alone) throw new Error(alone.problem.en)
      const rules = at.store.settings.at('2020-02-14', path)
      const allowed = gates.allowedNow(book.orders, { path, places: [] }, now)
      const rulings = [answer && question?.read(answer), way === 'out' ? alone : undefined].map((checked) => {
        const line = gates.crossingOf('estate', way, { ...gates.NOTHING_ASKED, temperature: '36.4', ...asked }, checked, rules, [])
        const ruling = gates.rulingOf(line, rules, allowed)
        return { line, ruling: 'decision' in ruling ? ruling : undefined }
      })
      const marks = rulings.map(async ({ line, ruling }) => {
        const id = crypto.randomUUID()
        expect(await at.act('gate', 'crossing', id, 'record', { ...line, decision: ruling?.decision })).toBe('done')
        const { fields } = (await at.ask('gate', 'GET', `/api/crossing/${id}`)).json<{ fields: { differs?: boolean } }>()
        return fields.differs ?? false
      })
      expect(await Promise.all(marks)).toEqual([false, false])
      const [online, offline] = rulings.map(({ ruling }) => ruling?.why.zh)
      if (way === 'out') expect([shown, offline]).toEqual([shown, online])
      return online
    }
    const later = (time: string) => at.clock.set(`2020-02-${time}:00Z`)
    const lift = () => at.act('county', 'closure', at.closure, 'lift', { liftedBy: at.county, liftReason: '风险解除' })
    return { ...at, says, later, lift }
  }
  type At = Awaited<ReturnType<typeof setUp>>
  const all = async (at: At) => [
    await at.says('', 'out'),
    await at.says('', 'in'),
    await at.says(at.code.code, 'out'),
    await at.says('', 'in', { courier: true }),
  ]
  const free = [FREE, FREE, FREE, FREE]

  it('turns nobody back from the moment that it lapses, was lifted, or as long as none has begun', async () => {
    const at = await setUp()
    expect([await at.says('', 'out'), await at.says('', 'in'), await at.says(at.code.code, 'out')]).toEqual([
      ...[NO_PASS, NO_PASS, '通行证有效：放行'],
    ])
    expect(await at.lift()).toBe('done')
    at.later('14T04:00')
    expect(await all(at)).toEqual(free)
    const next = await setUp()
    next.later('24T09:59')
    expect(await next.says('', 'out')).toBe(NO_PASS)
    // Nothing has noted it yet; the book of before says so by itself.
    next.later('24T10:00')
    expect(await all(next)).toEqual(free)
    await doTimedDuties(next.store)
    next.later('24T10:05')
    expect(await all(next)).toEqual(free)
    expect([...at.errors, ...next.errors]).toEqual([])
  })

  it('lets nobody out who is kept in, by document, plate or the paper of before, with and without a network', async () => {
    const at = await setUp()
    const [sick, vehicle] = [crypto.randomUUID(), crypto.randomUUID()]
    const person = { name: '试甲子', documentType: 'passport', documentNumber: SICK, household: at.household, plate: PLATE }
    expect(await at.act('grid', 'person', sick, 'register', person)).toBe('done')
    expect(await at.act('grid', 'pass', vehicle, 'issue', { closure: at.closure, kind: 'vehicle', plate: PLATE, ...TERM })).toBe('done')
    const { code: driven, number } = (await at.ask('grid', 'GET', `/api/pass/${vehicle}/code`)).json<{ code: string; number: string }>()
    const watch = { person: sick, household: at.household, kind: 'home', entry: 'list', class: 'listed' }
    expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', watch)).toBe('done')
    at.later('14T03:10')
    const stays = '正在隔离观察，出城（出门）：劝返'
    const shown = [SICK, PLATE, at.code.code, driven, number]
    const each = (way: 'in' | 'out') =>
      shown.reduce(async (done, one) => [...(await done), await at.says(one, way)], Promise.resolve<unknown[]>([]))
    expect(await each('out')).toEqual(shown.map(() => stays))
    expect(await at.lift()).toBe('done')
    at.later('14T04:00')
    expect(await each('out')).toEqual(shown.map(() => stays))
    expect(await at.says(SICK, 'in')).toBe('通行证有效：放行')
    expect(await at.says('', 'out', { temperature: '37.4' })).toContain('转发热门诊')
    expect(at.errors).toEqual([])
  })
})
