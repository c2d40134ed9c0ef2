import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'

const PHONES = ['13800000001', '13800000002', '13800000003', '13800000004'] as const

onServer('a pushed list without document numbers', (engine) => {
  it('is compared by name and phone, and says what is needed where nothing identifies', { timeout: 300_000 }, async () => {
    const at = await listStore(engine)
    const [watched, , , elder] = [
      await at.register({ name: '测试甲', documentType: 'none', phone: PHONES[0] }),
      await at.register({ name: '测试乙', documentNumber: numberOf(2), phone: PHONES[1] }),
      await at.register({ name: '测试丁', phone: PHONES[2] }, '12a1'),
      // Two of one name and one phone, whom the year of birth tells apart.
      await at.register({ name: '测试己', phone: PHONES[3], birthYear: 1950 }),
      await at.register({ name: '测试己', phone: PHONES[3], birthYear: 1985 }),
    ]
    const watch = crypto.randomUUID()
    await at.act('watch', watch, 'enter', { person: watched, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-10' })
    const rows = [
      `测试甲,138 0000 0001,,2020-02-13`,
      `测试乙,${PHONES[1]}/0827-5551234,,2020-02-13`,
      // A family shares a phone: another name is another person, one that sounds the same is looked at.
      `别名,${PHONES[1]},,2020-02-13`,
      `测试以,${PHONES[1]},,2020-02-13`,
      `测试丁,${PHONES[2]},,2020-02-13`,
      `测试己,${PHONES[3]},,2020-02-13`,
      `测试庚,12345,,2020-02-13`,
      `测试甲,${PHONES[0]},,2020-02-13`,
    ]
    const path = at.list(['姓名,联系电话,出生年月,到达时间', ...rows].join('\r\n'))
    const { meanings, rows: compared, counts } = await at.compare(path)
    expect(meanings).toEqual(['name', 'phone', 'birthYear', 'arrivedOn'])
    expect(compared?.map(({ outcome, why }) => [outcome, why.zh])).toEqual([
      [
        'found',
        '正在观察，但自2020年2月10日起算，早于名单上的到达（2020年2月13日）；请核实是否又外出，需要时“重新计算”（按姓名和电话比对）',
      ],
      ['missed', '在册但未观察（按姓名和电话比对）'],
      ['missed', '不在册，请核查是否在本地（按姓名和电话比对）'],
      ['wrong', '电话在册，姓名同音但写法不同'],
      ['notResident', '登记在西县，请转交（按姓名和电话比对）'],
      ['wrong', '在册有2人姓名、电话相同，无法确定是哪一人；请补充证件号码或出生年份'],
      ['wrong', '没有证件号码，也没有可用的姓名和电话，无法比对；请补充证件号码，或姓名和电话'],
      ['wrong', '与第2行重复'],
    ])
    expect(counts).toEqual({ found: 1, wrong: 4, missed: 2, notResident: 1, past: 0 })
    expect(compared?.[0]).toMatchObject({ person: watched, watch, phone: '138****0001' })
    expect(compared?.[5]?.person).toBeUndefined()
    const born = at.list(['姓名,联系电话,出生年月,到达时间', `测试己,${PHONES[3]},1950-03,2020-02-13`].join('\r\n'))
    expect((await at.compare(born)).rows).toMatchObject([{ outcome: 'missed', person: elder }])

    const enter = { decision: 'enter', kind: 'home', class: 'listed', area: '11a2' } as const
    expect(await at.decide(path, { ...enter, lines: [3, 4] })).toEqual(['done', 'done'])
    expect((await at.compare(path, { lines: new Set([3, 4]) })).rows?.map(({ outcome }) => outcome)).toEqual(['found', 'found'])

    // A number that nobody has: the entry without one is meant where name and phone agree; one with another number is another person.
    const numbered = at.list(
      ['姓名,证件号码,联系电话', `测试甲,${numberOf(1)},${PHONES[0]}`, `测试乙,${numberOf(5)},${PHONES[1]}`, `测试乙,,${PHONES[1]}`].join(
        '\r\n',
      ),
    )
    expect((await at.compare(numbered)).rows?.map(({ outcome, person, why }) => [outcome, person, why.zh])).toEqual([
      ['found', watched, '正在观察（按姓名和电话比对）'],
      ['missed', undefined, '不在册，请核查是否在本地'],
      ['wrong', undefined, '与第3行重复'],
    ])
    expect(await at.compare(at.list('姓名,到达时间\r\n测试甲,2020-02-13'))).not.toHaveProperty('rows')
  })

  it('finds whoever is observed under another entry that was merged into the one that the list means', { timeout: 300_000 }, async () => {
    const at = await listStore(engine)
    const stays = await at.register({ name: '测试甲', documentNumber: numberOf(1) })
    const [first, second] = [await at.register({ name: '测试甲' }), await at.register({ name: '测试甲' })]
    const watch = crypto.randomUUID()
    await at.act('watch', watch, 'enter', { person: first, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' })
    const path = at.list(`姓名,证件号码\r\n测试甲,${numberOf(1)}`)
    expect((await at.compare(path)).rows).toMatchObject([{ outcome: 'missed', person: stays }])
    await at.act('person', first, 'merge', { mergedInto: second })
    await at.act('person', second, 'merge', { mergedInto: stays })
    expect((await at.compare(path)).rows).toMatchObject([{ outcome: 'found', person: stays, watch }])
  })
})
