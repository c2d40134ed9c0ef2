import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker } = staff

onServer('where somebody says they come from', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const town = async () => {
    const t = await townOn(database())
    const declare = async (origin: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      const said = await t.act(worker, 'arrival', id, 'declare', fromWuhan({ originCode: undefined, origin, ...more }))
      return said === 'done' ? { id, ...(await t.get('arrival', id)).fields } : said
    }
    return { ...t, declare }
  }

  it('is judged by the names of places, in Chinese and English, not by parts of words', async () => {
    const { declare } = await town()
    for (const origin of ['Wuhan, Hubei', '黄冈', '孝感市', '武昌', '汉口'])
      expect(await declare(origin)).toMatchObject({ listed: true, measure: 'home', until: '2020-02-18' })
    for (const origin of ['湖北路成都市', 'Chengdu, Sichuan', '义乌'])
      expect(await declare(origin)).toMatchObject({ listed: false, measure: 'self' })
  })

  it('is asked where it is recognised as no place, and the answer is kept in the reason', async () => {
    const { declare, act, get } = await town()
    expect(await declare('老家那边')).toBe('origin-unknown input.history')
    const stayed = await declare('老家那边', { history: ['listed'] })
    expect(stayed).toMatchObject({ listed: true, measure: 'home' })
    const other = await declare('老家那边', { history: ['none'] })
    expect(other).toMatchObject({ listed: false, measure: 'self', reason: { zh: expect.stringContaining('“老家那边”未能识别') } })
    // What is corrected is judged, and asked, in the same way.
    const id = typeof other === 'string' ? '' : other.id
    expect(await act(worker, 'arrival', id, 'amend', { origin: '麻城' })).toBe('done')
    expect((await get('arrival', id)).fields).toMatchObject({ listed: true, measure: 'home' })
    expect(await act(worker, 'arrival', id, 'amend', { origin: '亲戚家', history: null })).toBe('origin-unknown input.history')
  })
})
