import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { lateness, sameMinute } from '../../../../server/src/store/query/entering.ts'
import { at, registry, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker } = staff

onServer('the quality of readings', (engine) => {
  it('shows one value for many people in one minute by one author, and what came late', { timeout: 120_000 }, async () => {
    const db = await engine.open<unknown>({}, townTables)
    const t = await townOn(db, '2020-02-06')
    const ids = Array.from({ length: 6 }, uuid)
    for (const id of ids) await t.act(worker, 'watch', id, 'enter', { person: uuid(), kind: 'home', entry: 'list', class: 'listed' })
    t.on('2020-02-07', '20:00')
    const check = (id: string, temperature: number, time: string) =>
      t.act(worker, 'watch', id, 'check', { half: 'morning', temperature, how: 'worker' }, at('2020-02-07', time))
    for (const id of ids.slice(0, 4)) expect(await check(id, 36.5, '08:00')).toBe('done')
    expect(await check(ids[4] ?? '', 36.6, '08:00')).toBe('done')
    expect(await check(ids[5] ?? '', 36.5, '19:30')).toBe('done')
    const def = registry.records.get('watch')
    if (!def) throw new Error('no watch')
    const asked = { action: 'check', field: 'temperature', day: '2020-02-07' }
    const all = { all: true, paths: [], units: [] }
    expect(await sameMinute(db, def, all, { ...asked, atLeast: 4 })).toEqual([
      { actor: 'worker', minute: '2020-02-07T00:00:00.000Z', value: '36.5', records: 4, area: '11a1' },
    ])
    expect(await sameMinute(db, def, all, { ...asked, atLeast: 5 })).toEqual([])
    expect(await sameMinute(db, def, { all: false, paths: ['1/12/'], units: [] }, { ...asked, atLeast: 1 })).toEqual([])
    expect(await lateness(db, def, all, { ...asked, hours: 11 })).toEqual({ acts: 6, late: 5 })
    expect(await lateness(db, def, all, { ...asked, hours: 13, path: '1/11/' })).toEqual({ acts: 6, late: 0 })
  })
})
