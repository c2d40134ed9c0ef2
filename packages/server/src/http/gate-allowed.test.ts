import { gates, type passes, registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'

onServer('what an order lets in, on the server and on a device of the gate', ({ engine }) => {
  const setUp = async () => {
    const at = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object, area = at.village) => {
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
      return answer.statusCode < 300 ? 'done' : (answer.json<{ code: string }>().code ?? answer.statusCode)
    }
    const close = async (title: string, content: object) => {
      const id = crypto.randomUUID()
      const order = { ...VILLAGE_ORDER, title, organ: at.county, areas: [at.village], ...content }
      expect(await act('county', 'closure', id, 'draft', order)).toBe('done')
      expect(await act('county', 'closure', id, 'submit', {})).toBe('done')
      expect(await act('head', 'closure', id, 'approve', { decidedBy: '市应急指挥部', decisionNo: '9号' })).toBe('done')
      expect(await act('county', 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
      return id
    }
    /** What the device says by its book alone, and whether the register says the same of the line that follows. */
    const bothSay = async (asked: Partial<gates.Asked>, post?: { readonly id: string; readonly within?: string }) => {
      const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
      const now = at.clock.now().toString({ smallestUnit: 'millisecond' })
      const path = at.store.areas.index.currentPath(at.village) ?? ''
      const places = gates.placesOf(post && { id: post.id, fields: { within: post.within } })
      const allowed = gates.allowedNow(book.orders, { path, places }, now)
      const rules = at.store.settings.at('2020-02-14', path)
      const crossing = gates.crossingOf('estate', 'in', { ...gates.NOTHING_ASKED, temperature: '36.4', ...asked }, undefined, rules, [])
      const ruling = gates.rulingOf(crossing, rules, allowed)
      if (!('decision' in ruling)) return ruling.ask.zh
      const lines = await Promise.all(
        (['pass', 'turnBack'] as const).map(async (decision) => {
          const id = crypto.randomUUID()
          const line = { ...crossing, decision, ...(post ? { post: post.id } : {}) }
          expect(await act('gate', 'crossing', id, 'record', line)).toBe('done')
          const { fields } = (await at.ask('gate', 'GET', `/api/crossing/${id}`)).json<{
            fields: { differs?: boolean; ruled?: string; ruledWhy?: { zh: string } }
          }>()
          return fields.differs ? { ruled: fields.ruled, why: fields.ruledWhy?.zh } : decision
        }),
      )
      const other = { ruled: ruling.decision, why: ruling.why.zh }
      expect(lines).toEqual(ruling.decision === 'pass' ? ['pass', other] : [other, 'turnBack'])
      return ruling.why.zh
    }
    return { ...at, act, close, bothSay }
  }
  /** A book is put together anew after half a minute. */
  const later = (at: Awaited<ReturnType<typeof setUp>>, time: string) => at.clock.set(`2020-02-14T${time}:00Z`)

  it('agrees: without an order, under one of a village, under a stricter one of the estate, and after the lifting', async () => {
    const at = await setUp()
    const courier = { courier: true }
    expect(await at.bothSay(courier)).toBe('这里没有实施中的封控，不需要通行证：放行')
    const order = await at.close('示例村封闭', { couriers: 'door', trades: ['医疗', '保供'] })
    later(at, '03:00')
    expect(await at.bothSay(courier)).toBe('快递外卖可送上门（《示例村封闭》）：放行')
    expect(await at.bothSay({ trade: '保供' })).toBe('保供属可通行行业（《示例村封闭》）：放行')
    const [estate, post] = [crypto.randomUUID(), crypto.randomUUID()]
    expect(await at.act('town', 'place', estate, 'register', { name: '示例小区', kind: 'estate' })).toBe('done')
    expect(await at.act('town', 'place', post, 'register', { name: '示例小区东门', kind: 'gate', within: estate })).toBe('done')
    await at.close('示例小区封闭', { areas: [], sites: [estate], couriers: 'none', trades: ['医疗'] })
    later(at, '03:10')
    const gate = { id: post, within: estate }
    expect(await at.bothSay(courier, gate)).toBe('快递外卖不得进入（《示例小区封闭》）：劝返')
    expect(await at.bothSay({ trade: '保供' }, gate)).toBe('无有效通行证：劝返')
    expect(await at.bothSay({ trade: '医疗' }, gate)).toBe('医疗属可通行行业（《示例小区封闭》）：放行')
    expect(await at.bothSay(courier)).toBe('快递外卖可送上门（《示例村封闭》）：放行')
    expect(await at.act('county', 'closure', order, 'lift', { liftedBy: at.county, liftReason: '风险解除' })).toBe('done')
    later(at, '03:20')
    const elsewhere = { id: crypto.randomUUID(), within: crypto.randomUUID() }
    expect(await at.act('town', 'place', elsewhere.within, 'register', { name: '另一小区', kind: 'estate' })).toBe('done')
    expect(await at.act('town', 'place', elsewhere.id, 'register', { name: '另一小区大门', kind: 'gate', within: elsewhere.within })).toBe(
      'done',
    )
    expect(await at.bothSay(courier, elsewhere)).toBe('这里没有实施中的封控，不需要通行证：放行')
    // The estate stays closed: a gate that nobody named may be its.
    expect(await at.bothSay(courier)).toContain('请先选明本卡口')
  })
})
