import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doStandingDuty } from '../jobs/standing.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'
import { seenAtGate } from './testing/phone-key.ts'

onServer('the gate of a county', ({ engine }) => {
  it('lets nobody out of a home that is isolated by an observation of another county, with and without a network', async () => {
    const at = await villageClosed(engine)
    const far = at.area('511921106201')
    let minutes = 0
    const done = async (as: string, record: string, action: string, input: object, area = at.village, id: string = randomUUID()) => {
      minutes += 1
      at.clock.set(`2020-02-14T03:${String(minutes).padStart(2, '0')}:00Z`)
      expect([record, action, await at.act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const duties = async () => {
      for (let round = 0; round < 3; round += 1)
        for (const duty of registry.domains.flatMap(({ standing }) => standing ?? []))
          if (duty.name.startsWith('watch-')) await doStandingDuty({ ...at.store, clock: at.clock }, duty)
    }
    const order = { ...VILLAGE_ORDER, start: '2020-02-14T02:30:00.000Z', organ: at.area('511921'), areas: [far], trades: ['医疗'] }
    const closure = await done('other', 'closure', 'draft', order, far)
    await done('other', 'closure', 'submit', {}, far, closure)
    await done('head', 'closure', 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕11号' }, far, closure)
    await done('other', 'closure', 'announce', { announcedWhere: '广播' }, far, closure)
    const household = await done('other', 'household', 'register', { door: '301', kind: 'family' }, far)
    const named = { name: '测试合', documentType: 'none' }
    const stays = await done('other', 'person', 'register', { ...named, household }, far)
    const works = await done('other', 'person', 'register', named, far)
    const codeOf = async (holder: object) => {
      const pass = await done('other', 'pass', 'issue', { closure, ...holder, ...TERM, validFrom: '2020-02-14T03:00:00.000Z' }, far)
      return (await at.ask('other', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>().code
    }
    const home = await codeOf({ kind: 'household', household })
    const work = await codeOf({ kind: 'worker', person: works, trade: '医疗' })
    const seen = async () => [await seenAtGate(at, home, 'farGate'), await seenAtGate(at, work, 'farGate')]
    const observed = { kind: 'home', entry: 'list', class: 'listed' }
    const entries = [await done('grid', 'person', 'register', named), await done('grid', 'person', 'register', named)]
    for (const person of entries) await done('grid', 'watch', 'enter', { person, ...observed })
    const [free, isolated] = [
      ['valid', 'valid'],
      ['isolated', 'isolated'],
    ]
    expect(await seen()).toEqual([free, free])

    for (const [i, mergedInto] of [stays, works].entries()) await done('duty', 'person', 'merge', { mergedInto }, at.village, entries[i])
    await duties()
    at.clock.set('2020-02-14T05:00:00Z')
    expect(await at.store.db.query('select distinct area from r_watch')).toEqual([{ area: at.village }])
    expect(await seen()).toEqual([isolated, isolated])

    for (const id of entries) expect(await at.act('duty', 'person', id, 'unmerge', { reason: '两人' })).toBe('done')
    await duties()
    at.clock.set('2020-02-14T05:10:00Z')
    expect(await seen()).toEqual([free, free])
    expect(at.errors).toEqual([])
  })
})
