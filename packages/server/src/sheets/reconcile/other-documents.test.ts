import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'

onBothEngines('a pushed list with documents that are no identity cards', (engine) => {
  it('finds whoever is registered under one, as long as an identity number or written with hyphens', async () => {
    const at = await listStore(engine)
    const REGISTERED = [
      ['permit', '811234567890123', '811234567890123'],
      ['other', '8112345678901234', '8112-3456-7890-1234'],
      ['other', '811234567890123456', '811234567890123456'],
      ['passport', 'E-91000777', 'E91000777'],
      ['permit', 'H1234567801', 'H12345678-01'],
    ] as const
    const people: string[] = []
    for (const [i, [documentType, documentNumber]] of REGISTERED.entries()) {
      const person = await at.register({ name: `测试${i}`, documentType, documentNumber })
      await at.act('watch', crypto.randomUUID(), 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-10' })
      people.push(person)
    }
    const slip = `${numberOf(9).slice(0, 17)}${numberOf(9).endsWith('1') ? '2' : '1'}`
    const rows = [
      ...REGISTERED.map(([, , written], i) => `测试${i},${written}`),
      '测试0,811234567890123',
      '别人,8112345678901234',
      `测试甲,${slip}`,
      '测试乙,811234567890124',
    ]
    const { rows: compared } = await at.compare(at.list(['姓名,证件号码', ...rows].join('\r\n')))
    expect(compared?.map(({ outcome, person, why }) => [outcome, person, why.zh])).toEqual([
      ...people.map((person) => ['found', person, '正在观察']),
      ['wrong', undefined, '与第2行重复'],
      ['wrong', undefined, '与第3行重复'],
      ['wrong', undefined, '身份证号位数或校验位不对'],
      ['wrong', undefined, '身份证号位数或校验位不对'],
    ])
  })
})
