import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'

const enter = { lines: [2], decision: 'enter', kind: 'home', class: 'listed', area: '11a1' } as const

onServer('a pushed list that names the householder too', (engine) => {
  it('registers and observes whoever returned; where it does not say who, nobody is decided on before a person says so', async () => {
    const at = await listStore(engine)
    const registered = async () => {
      const rows = await at.store.db.query<{ id: string }>('select id from r_person order by created_at')
      const seen = await Promise.all(rows.map(({ id }) => at.store.as(at.duty).identity.reveal('person', id, '核对名单')))
      return seen.map((one) => one.ok && [one.value.fields.name, one.value.fields.documentNumber])
    }
    const clear = at.list(
      `户主姓名,户主证件号码,返乡人员姓名,返乡人员证件号码,返乡日期\r\n测试甲,${numberOf(1)},测试乙,${numberOf(2)},2020-02-13\r\n`,
    )
    expect(await at.decide(clear, enter)).toEqual(['done'])
    expect(await registered()).toEqual([['测试乙', numberOf(2)]])

    const unclear = at.list(`姓名,身份证号,返乡人员姓名,返乡人员身份证号\r\n测试甲,${numberOf(1)},测试丙,${numberOf(3)}\r\n`)
    const asked = await at.compare(unclear)
    expect(asked).not.toHaveProperty('rows')
    expect(asked.doubts).toEqual([
      { meaning: 'name', columns: [0, 2] },
      { meaning: 'document', columns: [1, 3] },
    ])
    await expect(at.decide(unclear, enter)).rejects.toThrow('“Remember and compare”')
    expect(await registered()).toHaveLength(1)
    expect((await at.compare(unclear, { meanings: ['nothing', 'nothing', 'name', 'document'] })).counts).toMatchObject({ missed: 1 })
    expect(await at.decide(unclear, enter)).toEqual(['done'])
    expect(await registered()).toEqual([
      ['测试乙', numberOf(2)],
      ['测试丙', numberOf(3)],
    ])
  })
})
