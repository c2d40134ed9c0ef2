import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

onBothEngines('erasure', ({ engine }) => {
  it('waits while somebody is under observation, under whatever entry, and says why', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object) => {
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      const { code, message } = answer.json<{ code?: string; message?: { zh: string; en: string } }>()
      return code === undefined ? 'done' : { code, message }
    }
    const [stays, merged, watch] = [randomUUID(), randomUUID(), randomUUID()]
    for (const person of [stays, merged])
      expect(await act('grid', 'person', person, 'register', { name: '测试甲', documentType: 'none' })).toBe('done')
    const entered = { person: merged, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }
    expect(await act('grid', 'watch', watch, 'enter', entered)).toBe('done')
    const erase = (person: string, as = 'town') => act(as, 'person', person, 'erase', { ground: 'request' })
    const waits = {
      code: 'still-needed',
      message: { zh: expect.stringContaining('还有未办结的“隔离观察”'), en: expect.stringContaining('still open (observation)') },
    }
    expect(await erase(merged)).toEqual(waits)
    // Whoever may not erase learns nothing of what is open.
    expect(await erase(merged, 'grid')).toMatchObject({ code: 'not-allowed' })
    expect(await act('town', 'person', merged, 'merge', { mergedInto: stays })).toBe('done')
    // Erasing the one that stays would erase the entry under observation along with it: neither is.
    expect(await erase(stays)).toEqual(waits)
    const states = () => at.store.db.query<{ state: string }>('select state from r_person order by state')
    expect(await states()).toEqual([{ state: 'merged' }, { state: 'registered' }])
    expect(await act('town', 'watch', watch, 'void', { why: 'mistaken' })).toBe('done')
    expect(await erase(stays)).toBe('done')
    expect(await states()).toEqual([{ state: 'erased' }, { state: 'erased' }])
    expect(at.errors).toEqual([])
  })
})
