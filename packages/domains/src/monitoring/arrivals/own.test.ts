import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'
import { runs } from '../watch/runs.ts'
import { whatApplies } from './answer.ts'

const { worker, town } = staff
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

  it('holds what runs until somebody checks it, says so, and is followed by the observation once it is confirmed', async () => {
    const answers = async (t: Awaited<ReturnType<typeof observed>>) =>
      whatApplies((await t.get('arrival', t.id)).fields as Parameters<typeof whatApplies>[0], '2020-02-06')?.zh
    for (const [arrivedOn, confirmed] of [
      ['2020-02-05', { state: 'watching', kind: 'self', until: '2020-02-12' }],
      [HOME.arrivedOn, { state: 'void' }],
    ] as const) {
      const t = await observed('self', self)
      const { kind, until } = await t.now()
      expect(kind).toBe('home')
      const first = await answers(t)
      expect(await t.act(self, 'arrival', t.id, 'amend', { ...HOME, arrivedOn })).toBe('done')
      expect(first).toContain(`需居家观察至${until}`)
      expect(await answers(t)).toContain(`需居家观察至${until}`)
      expect(await answers(t)).toContain('待工作人员核实')
      expect(await t.act(worker, 'arrival', t.id, 'confirm', {})).toBe('done')
      expect(await t.now()).toMatchObject(confirmed)
      expect(await answers(t)).not.toContain('居家观察')
      expect(await t.differences()).toEqual([])
    }
  })

  it('confirmed as it was declared changes nothing that an office decided meanwhile', async () => {
    const t = await observed('self', self)
    const [{ id = '' } = {}] = await t.all('watch', `arrival = '${t.id}'`)
    expect(await t.act(town, 'watch', id, 'shift', { kind: 'self' })).toBe('done')
    expect(await t.act(worker, 'arrival', t.id, 'confirm', {})).toBe('done')
    expect(await t.now()).toMatchObject({ kind: 'self' })
  })
})

it('their page says of the observation that runs, whatever they declared', () => {
  expect(runs({ kind: 'home', until: '2020-02-20' }, '2020-02-14')?.zh).toContain('至2020-02-20（还有6天）')
  expect(runs({ kind: 'home' }, '2020-02-14')).toBeUndefined()
})
