import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

const PLATE = '川Y00000'
const PHONE = '13800000000'

onBothEngines('whoever was erased', ({ engine }) => {
  it('is found by no plate, no findings and no telephone of a home in which nobody is left', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object) => {
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
    }
    const [home, first, last, line, way] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    await act('town', 'household', home, 'register', { door: '示例1栋101', kind: 'family', phone: PHONE, note: '测试备注' })
    for (const id of [first, last]) await act('town', 'person', id, 'register', { name: '测试甲', documentType: 'none', household: home })
    const crossed = { gate: 'road', direction: 'in', person: last, plate: PLATE, origin: '四川省成都市', temperature: 36.4, decision: 'pass' }
    await act('town', 'crossing', line, 'record', { ...crossed, local: true, listed: false })
    await act('town', 'transfer', way, 'open', { person: last, reason: 'signs' })
    await act('duty', 'transfer', way, 'clear', { findings: '测试诊察结果' })
    const found = async (record: string, word: string) => {
      const answer = await at.ask('duty', 'POST', `/api/${record}/find`, { word, purpose: '核对' })
      return answer.json<{ rows: readonly { id: string }[] }>().rows.map(({ id }) => id)
    }
    const shown = async (record: string, id: string) =>
      (await at.ask('duty', 'POST', `/api/${record}/${id}/reveal`, { purpose: '核对' })).body
    const counted = () => at.store.db.query("select count(*)::int as lines from r_crossing where decision = 'pass'")
    const before = await counted()

    await act('town', 'person', first, 'erase', { ground: 'request' })
    expect(await found('household', PHONE)).toEqual([home])
    expect(await found('crossing', PLATE)).toEqual([line])
    await act('town', 'person', last, 'erase', { ground: 'request' })
    expect(await found('household', PHONE)).toEqual([])
    expect(await found('crossing', PLATE)).toEqual([])
    expect(await shown('crossing', line)).not.toContain(PLATE)
    expect(await shown('transfer', way)).not.toContain('测试诊察结果')
    expect(await shown('household', home)).not.toMatch(new RegExp(`${PHONE}|测试备注`))
    expect(await counted()).toEqual(before)
    expect(at.errors).toEqual([])
  })
})
