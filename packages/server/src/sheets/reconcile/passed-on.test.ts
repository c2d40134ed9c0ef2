import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'
import { doStandingDuty } from '../../jobs/standing.ts'

onServer('a row that is passed on to where somebody is registered', (engine) => {
  it('is looked for there only as long as nobody decides otherwise, and again when it is passed on anew', async () => {
    const at = await listStore(engine)
    await at.register({ name: '测试甲', documentNumber: numberOf(1) }, '12a1')
    const path = at.list(`姓名,证件号码\r\n测试甲,${numberOf(1)}\r\n`)
    const decide = async (decision: 'passOn' | 'returned' | 'visit', day: string) => {
      at.clock.set(`${day}T02:00:00Z`)
      expect(await at.decide(path, { lines: [2], decision, area: '11a1' })).toEqual(['done'])
      for (const duty of at.store.registry.domains.flatMap(({ standing = [] }) => standing))
        if (duty.name === 'list-passed-on-no-more') await doStandingDuty(at.store, duty)
    }
    const there = () =>
      at.store.db.query<{ id: string; state: string; due: string; reason: string | null }>(
        `select id, state, to_char(due_on, 'MM-DD') as due, reason from r_list_check where area = '12a1'`,
      )
    await decide('passOn', '2020-02-14')
    const [passed] = await there()
    expect(passed).toMatchObject({ state: 'open', due: '02-15', reason: null })
    await decide('passOn', '2020-02-14')
    expect(await there()).toEqual([passed])
    await decide('returned', '2020-02-15')
    expect(await there()).toEqual([{ ...passed, state: 'done', reason: '转交方已改变处理，不再核查' }])
    await decide('passOn', '2020-02-16')
    expect(await there()).toEqual([{ ...passed, due: '02-17' }])
    // Decided otherwise without the list at hand.
    const [own] = await at.store.db.query<{ id: string }>(`select id from r_list_check where area like '11%'`)
    await at.act('listCheck', own?.id ?? '', 'settleAgain', { outcome: 'notResident', decision: 'returned' })
    await decide('visit', '2020-02-17')
    expect(await there()).toMatchObject([{ state: 'done' }])
    // What was answered there stays so.
    await decide('passOn', '2020-02-18')
    await at.act('listCheck', passed?.id ?? '', 'answer', { finding: 'here' })
    await decide('returned', '2020-02-19')
    await decide('passOn', '2020-02-20')
    expect(await there()).toMatchObject([{ state: 'done', due: '02-19', reason: null }])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
