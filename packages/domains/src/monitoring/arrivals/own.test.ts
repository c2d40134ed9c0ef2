import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'
import { runs } from '../watch/runs.ts'

const { worker } = staff
const self: Actor = { id: 'self link', name: '本人', grants: [], self: true }
const HOME = { origin: '四川省成都市', originCode: '510100', arrivedOn: '2020-01-20' }

onBothEngines('a correction from a link of one’s own', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const observed = async (channel: string, by: Actor) => {
    const t = await townOn(database(), '2020-02-06')
    const [id, person] = [uuid(), uuid()]
    expect(await t.act(by, 'arrival', id, 'declare', { ...fromWuhan({ person }), channel })).toBe('done')
    const [watch] = await t.all('watch', `person = '${person}'`)
    expect(watch).toMatchObject({ state: 'watching', fields: { kind: 'home' } })
    const now = async () => {
      const { state, fields } = await t.get('watch', watch?.id ?? '')
      return { state, kind: fields.kind, until: fields.until }
    }
    return { ...t, id, now }
  }

  it('is not of what somebody in office wrote down', async () => {
    for (const channel of ['worker', 'gate', 'list']) {
      const t = await observed(channel, worker)
      const before = await t.now()
      expect(await t.act(self, 'arrival', t.id, 'amend', HOME)).toBe('not-own-declaration')
      expect(await t.now()).toEqual(before)
    }
  })

  it('never shortens or loosens their observation: whoever checks it does', async () => {
    const t = await observed('self', self)
    const before = await t.now()
    expect(await t.act(self, 'arrival', t.id, 'amend', HOME)).toBe('done')
    expect(await t.now()).toEqual(before)
    expect(await t.act(worker, 'arrival', t.id, 'amend', HOME)).toBe('done')
    expect(await t.now()).toMatchObject({ state: 'void' })
    expect(await t.differences()).toEqual([])
  })
})

it('their page says of the observation that runs, whatever they declared', () => {
  expect(runs({ kind: 'home', until: '2020-02-20' }, '2020-02-14')?.zh).toContain('至2020-02-20（还有6天）')
  expect(runs({ kind: 'home' }, '2020-02-14')).toBeUndefined()
})
