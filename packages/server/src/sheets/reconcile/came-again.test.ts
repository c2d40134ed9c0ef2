import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'

onServer('a pushed list names an arrival after an observation', (engine) => {
  it('is missed, and entered with its own day; what took place during the observation is past', { timeout: 300_000 }, async () => {
    const at = await listStore(engine)
    const people: string[] = []
    for (const serial of [1, 2, 3, 4]) {
      const person = await at.register({ name: `测试${'甲乙丙丁'[serial - 1]}`, documentNumber: numberOf(serial) })
      const watch = crypto.randomUUID()
      const happenedAt = '2020-01-31T02:00:00Z'
      await at.act('watch', watch, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-01-31' }, { happenedAt })
      if (serial < 4) await at.act('watch', watch, 'transfer', { exitTo: '示例市' }, { happenedAt: '2020-02-07T02:00:00Z' })
      people.push(person)
    }
    const rows = ['2020-02-13', '2020-02-07', '2020-02-06', '2020-02-13'].map((day, i) => `测试${'甲乙丙丁'[i]},${numberOf(i + 1)},${day}`)
    const unread = at.list(['姓名,证件号码,到达时间', `测试甲,${numberOf(1)},近日`, `测试乙,${numberOf(2)},`].join('\r\n'))
    const path = at.list(['姓名,证件号码,到达时间', ...rows].join('\r\n'))
    const { rows: compared } = await at.compare(path)
    expect(compared?.map(({ outcome }) => outcome)).toEqual(['missed', 'missed', 'past', 'found'])
    expect(compared?.[0]?.why.zh).toBe('上一次观察已于2020年2月7日结束，名单上的到达（2020年2月13日）在此之后，未观察')
    expect(compared?.[3]?.why.zh).toContain('早于名单上的到达（2020年2月13日）')
    // Without a day nothing says that they came again; of one that cannot be read the row tells.
    expect((await at.compare(unread)).rows?.map(({ outcome, why }) => [outcome, why.zh.includes('认不出')])).toEqual([
      ['past', true],
      ['past', false],
    ])
    const enter = { lines: [2], decision: 'enter', kind: 'home', class: 'listed' } as const
    expect(await at.decide(path, enter)).toEqual(['done'])
    const entered = () =>
      at.store.db.query<{ id: string; from: string; until: string }>(
        `select id, to_char("from", 'YYYY-MM-DD') as from, to_char(until, 'YYYY-MM-DD') as until
           from r_watch where person = $1 and state = 'watching'`,
        [people[0]],
      )
    const [first] = await entered()
    expect(first).toMatchObject({ from: '2020-02-13', until: '2020-02-27' })
    expect((await at.compare(path, { lines: new Set([2]) })).rows?.[0]).toMatchObject({ outcome: 'found', watch: first?.id })
    // Taken back at the observation, the earlier one that is over stands in nobody's way.
    await at.act('watch', first?.id ?? '', 'void', { why: 'mistaken' })
    expect((await at.compare(path, { lines: new Set([2]) })).rows?.[0]).toMatchObject({
      outcome: 'missed',
      decided: { decision: 'enter', undone: true },
    })
    expect(await at.decide(path, enter)).toEqual(['done'])
    expect(await entered()).toMatchObject([{ from: '2020-02-13' }])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
