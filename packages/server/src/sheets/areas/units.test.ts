import { SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { cityTables, openCity, people, playHistory } from '../../documents/testing/scripted-city.ts'
import { endUnit } from './units.ts'

onServer('the register of units', (engine) => {
  it('ends no unit that has still something to do, and says how much of what and how to be done with it', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const { store, act, task } = city
    const end = async (unit: string) => {
      const done = await endUnit(store, unit, '2020-02-20', '示例批复', SYSTEM)
      return done.ok ? 'ended' : `${done.problem.code}：${done.problem.message.zh}`
    }
    expect(await end('hq1')).toMatch(/^unit-has-work：“东江区应急指挥部”还有未办结的交办任务2件（.*撤回.*），办完之后才能撤销。$/)
    // A matter that is filed for it would become a task of it.
    const [item, matter] = [crypto.randomUUID(), { source: 'leader', content: '摸清返岗底数', due: '2020-02-28' }]
    await act(people.office, 'item', item, 'file', { ...matter, number: 'DB-20200219-1', lead: 'hq2', assisting: ['hq1'] })
    expect(await end('hq1')).toMatch(/督办事项1件（.*修改.*）.*交办任务2件/)
    await act(people.office, 'item', item, 'revise', { assisting: ['health'] })
    for (const order of [1, 3]) await act(people.office, 'task', await task('hq1', order), 'withdraw', { reason: '机构调整' })
    expect(await end('hq1')).toBe('ended')
    await store.close()
  })
})
