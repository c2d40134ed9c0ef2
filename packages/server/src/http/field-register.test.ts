import { registry } from '@guatu/domains'
import { type CarriedRow, ERASED, type RowBlock, unpackRows } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

onBothEngines('the register on a phone', ({ engine }) => {
  it('brings whoever was merged or erased with a name and the one that stays, and nothing else of them', async () => {
    const city = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object) => {
      const sent = { event: crypto.randomUUID(), area: city.village, input }
      const answer = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, sent)
      expect([answer.statusCode, action]).toEqual([expect.toSatisfy((status: number) => status < 300), action])
      return id
    }
    const id = () => crypto.randomUUID()
    const device = id()
    expect((await city.ask('grid', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const household = await act('grid', 'household', id(), 'register', { door: '2栋201', kind: 'family' })
    const card = { documentType: 'none', household, phone: '13800000001' }
    const merged = await act('grid', 'person', id(), 'register', { ...card, name: '测试甲' })
    const stays = await act('grid', 'person', id(), 'register', { ...card, name: '测试甲' })
    const erased = await act('grid', 'person', id(), 'register', { ...card, name: '测试乙' })
    const watch = await act('grid', 'watch', id(), 'enter', { person: merged, household, kind: 'home', entry: 'list', class: 'other' })

    type Line = { head?: { heads: object }; block?: RowBlock; due?: true }
    const lines = async () =>
      (await city.ask('grid', 'GET', `/api/field/snapshot?device=${device}`)).body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    const people = (blocks: readonly (RowBlock | undefined)[]) =>
      new Map(blocks.flatMap((block) => (block?.record === 'person' ? unpackRows(block) : [])).map((row: CarriedRow) => [row.id, row]))
    const since = (await lines())[0]?.head?.heads
    await act('town', 'person', merged, 'merge', { mergedInto: stays })
    await act('town', 'person', erased, 'erase', { ground: 'request' })

    const changed = (await city.ask('grid', 'POST', '/api/field/changes', { device, since })).json<{
      reset: boolean
      blocks: RowBlock[]
      gone: { id: string }[]
    }>()
    expect(changed).toMatchObject({ reset: false, gone: [] })
    for (const known of [people(changed.blocks), people((await lines()).map((line) => line.block))]) {
      expect(known.get(merged)).toMatchObject({ state: 'merged', fields: { name: '测*', mergedInto: stays } })
      expect(Object.keys(known.get(merged)?.fields ?? {}).sort()).toEqual(['mergedInto', 'name'])
      expect(known.get(erased)).toMatchObject({ state: 'erased', fields: { name: ERASED } })
      expect(Object.keys(known.get(erased)?.fields ?? {})).toEqual(['name'])
    }
    // What a line of today shows comes ahead of the rest, over the entry that was merged to the home of the one that stays.
    const due = (await lines()).filter((line) => line.due).flatMap(({ block }) => (block ? unpackRows(block) : []))
    expect(due.map((row) => row.id)).toEqual(expect.arrayContaining([watch, merged, stays, household]))
  })
})
