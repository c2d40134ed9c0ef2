import { type Actor, buildRegistry, fixedClock, type Registry, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { openStore } from '../../../server/src/store/store.ts'
import { DOMAINS } from '../registry.ts'

const DOMAINS_HERE = DOMAINS.filter(({ name }) => ['people', 'monitoring', 'zoning', 'closures'].includes(name))
const registry = buildRegistry(DOMAINS_HERE)
const county: Actor = { id: 'county', name: 'county', grants: [{ role: 'county-clerk', path: '1/11/' }] }
const uuid = () => crypto.randomUUID()

const raise = (): never => {
  throw new Error('no such field or action')
}

/** The register as it was when a number was kept and found as it was written. */
const asBefore = buildRegistry(
  DOMAINS_HERE.map((domain) => ({
    ...domain,
    records: domain.records.map((record) => {
      if (record.name !== 'person') return record
      const { foundAs: _, ...documentNumber } = record.fields.documentNumber ?? raise()
      const { completes, guard, ...register } = record.actions.register ?? raise()
      return { ...record, fields: { ...record.fields, documentNumber }, actions: { ...record.actions, register } }
    }),
  })),
)

onBothEngines('the number of a document', (engine) => {
  it('is one however it was written, in a database of before too, where two entries may have it', async () => {
    const { target } = await engine.place(migrated(tablesOf(registry)))
    const opened = async (known: Registry) => {
      const store = await openStore({
        target,
        identityKey: new Uint8Array(32).fill(7),
        registry: known,
        clock: fixedClock('2020-02-14T02:00:00Z'),
        migrations: tablesOf(registry),
        onError: (_reference, error) => {
          throw error
        },
      })
      const act = async (action: string, recordId: string, input: Record<string, unknown>, more = {}) => {
        const done = await store.writer.submit({ id: uuid(), record: 'person', recordId, action, input, ...more }, county)
        return done.ok ? 'done' : done.problem.code
      }
      const register = (id: string, documentNumber: string, documentType = 'passport') =>
        act('register', id, { name: '测试甲', documentType, documentNumber }, { area: '11a1' })
      return { store, act, register }
    }
    const before = await opened(asBefore)
    await before.store.areas.confirm(CITY_FACTS, SYSTEM, before.store.writer)
    const [hyphened, plain, dotted, card] = [uuid(), uuid(), uuid(), uuid()]
    expect(await before.register(hyphened, 'E-91000777')).toBe('done')
    expect(await before.register(plain, 'E91000777')).toBe('done')
    expect(await before.register(dotted, 'H12345-67801', 'permit')).toBe('done')
    await before.store.close()

    const { store, act, register } = await opened(registry)
    onTestFinished(() => store.close())
    const found = async (word: string) => {
      const rows = await store.as(county).identity.find('person', { word, purpose: '上门走访' })
      return rows.ok ? rows.value.map(({ id }) => id).sort() : rows.problem.code
    }
    for (const word of ['E91000777', 'E-91000777', 'e 9100·0777'])
      expect([word, await found(word)]).toEqual([word, [hyphened, plain].sort()])
    for (const word of ['H1234567801', 'h12345-67801']) expect([word, await found(word)]).toEqual([word, [dotted]])
    // Whoever stands there in another writing is not entered once more.
    for (const [number, type] of [
      ['E9100-0777', 'passport'],
      ['H1234567801', 'permit'],
    ] as const)
      expect([number, await register(uuid(), number, type)]).toEqual([number, 'already-exists'])
    // An identity card that somebody wrote in groups is one.
    expect(await register(card, '519900-19900101-0015', 'nationalId')).toBe('done')
    expect(await found('519900199001010015')).toEqual([card])
    // The two entries of one number can be changed, are shown as one person, and become one.
    expect(await act('update', hyphened, { phone: '13800000001' })).toBe('done')
    expect(await act('update', plain, { documentNumber: 'E91000777', phone: '13800000002' })).toBe('done')
    expect(await act('update', hyphened, { documentNumber: 'E91000777' })).toBe('already-exists')
    expect(await act('update', dotted, { documentNumber: 'H12345678.01' })).toBe('done')
    const twins = await store.as(county).identity.duplicates('person', { since: '2020-01-01T00:00:00Z', limit: 50 })
    expect(twins.ok && twins.value.map(({ one, other }) => [one.id, other.id].sort())).toEqual([[hyphened, plain].sort()])
    expect(await act('merge', hyphened, { mergedInto: plain })).toBe('done')
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })
})
