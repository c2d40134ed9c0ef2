import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'

onServer('somebody of this register who is observed in another town', (engine) => {
  it('is decided on like everybody, and no further', async () => {
    const at = await listStore(engine)
    const persons: string[] = []
    const lodged = async (serial: number, more: { readonly class: string; readonly from: string }) => {
      const person = await at.register({ name: '测试甲', documentNumber: numberOf(serial) })
      persons.push(person)
      const watch = crypto.randomUUID()
      await at.act('watch', watch, 'enter', { person, kind: 'central', entry: 'list', ...more }, { area: '11b1' })
      return watch
    }
    const stays = await lodged(1, { class: 'listed', from: '2020-02-12' })
    const left = await lodged(2, { class: 'other', from: '2020-02-10' })
    await at.act('watch', left, 'transfer', { exitTo: '成都市' })
    const path = at.list(
      `姓名,证件号码,手机\r\n${[1, 2].map((serial) => `测试甲,${numberOf(serial)},1380000000${serial}`).join('\r\n')}\r\n`,
    )
    const decided = async (line: number, decisions: readonly ('keep' | 'refresh' | 'close' | 'visit')[]) => {
      for (const decision of decisions) expect([decision, await at.decide(path, { lines: [line], decision })]).toEqual([decision, ['done']])
    }
    await decided(2, ['keep', 'refresh'])
    await decided(3, ['close', 'visit'])
    const checks = await at.store.db.query<{ person: string; watch: string }>('select person, watch from r_list_check order by line')
    expect(checks).toEqual([
      { person: persons[0], watch: stays },
      { person: persons[1], watch: left },
    ])
    // The observation itself is known to the other town alone.
    const input = { list: 'b'.repeat(64), line: 1, outcome: 'found', decision: 'keep', watch: stays }
    const [id, recordId] = [crypto.randomUUID(), crypto.randomUUID()]
    const named = await at.store.as(at.town).submit({ id, record: 'listCheck', recordId, action: 'settle', area: '11a1', input })
    expect(named.ok ? 'done' : named.problem.path).toBe('input.watch')
  })
})
