import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { describe, expect, it } from 'vitest'
import { openCity } from './testing/city.ts'

const STRANGE = ['x', '\u0000', {}, [], [null], 7, true]
const ROLES = {
  'grid-worker': 'grid',
  'town-clerk': 'town',
  'county-clerk': 'county',
  'duty-officer': 'duty',
  'gate-officer': 'gate',
} as const

describe.each(['pglite', 'postgres'] as const)('what an act names, on %s', { timeout: 240_000 }, (engine) => {
  it('is no reason to fail, whatever stands in place of a record and by whichever door it comes', async () => {
    const at = await openCity(engine, registry)
    const person = randomUUID()
    const input = { name: '测试', documentType: 'none' }
    const event = randomUUID()
    expect((await at.ask('grid', 'POST', `/api/person/${person}/register`, { event, area: at.village, input })).statusCode).toBe(201)

    const failed: string[] = []
    let asked = 0
    for (const def of registry.records.values())
      for (const [action, { from, by, related }] of Object.entries(def.actions)) {
        if (from !== 'new' && def.name !== 'person') continue
        const as = Object.entries(ROLES).find(([role]) => Object.hasOwn(by, role))?.[1]
        const named = [...new Set(Object.values(related ?? {}).flatMap(({ at, through }) => at ?? through ?? []))]
        if (as === undefined || named.length === 0) continue
        const acts = STRANGE.map((strange) => ({
          record: def.name,
          id: from === 'new' ? randomUUID() : person,
          action,
          event: randomUUID(),
          area: at.village,
          input: Object.fromEntries(named.map((name) => [name, strange])),
        }))
        asked += acts.length
        const device = randomUUID()
        await at.ask(as, 'POST', '/api/field/devices', { device })
        const alone = await Promise.all(acts.map((act) => at.ask(as, 'POST', `/api/${def.name}/${act.id}/${action}`, act)))
        const together = await at.ask(as, 'POST', '/api/events', { acts })
        const phone = await at.ask(as, 'POST', '/api/field/acts', { device, acts })
        for (const answer of [...alone, together, phone])
          if (answer.statusCode >= 500 || answer.body.includes('"internal"'))
            failed.push(`${def.name} ${action}: ${answer.body.slice(0, 200)}`)
      }
    expect(asked).toBeGreaterThan(50)
    expect(failed).toEqual([])
    expect(at.errors).toEqual([])
  })
})
