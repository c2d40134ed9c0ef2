import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, buildRegistry, ERASED, type Field, fixedClock, type Registry, SYSTEM } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { CITY_FACTS, lighthouseRegistry } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { tablesOf } from '../../../../../testing/src/stores/tables.ts'
import type { Migration } from '../migrate/index.ts'
import { draft } from '../schema/ddl.ts'
import { schemaOf } from '../schema/model.ts'
import { openStore, type Store } from '../store.ts'

const inClear = ({ find: _, ...field }: Field): Field => ({ ...field, sensitive: false })

/** The domain as it would have been before anything of a visitor was known to identify. */
const before = buildRegistry([
  {
    ...lighthouse,
    records: lighthouse.records.map((def) =>
      def.name === 'visitor'
        ? { ...def, fields: Object.fromEntries(Object.entries(def.fields).map(([name, field]) => [name, inClear(field)])) }
        : def,
    ),
  },
])

const first = tablesOf(before)
const seals: Migration = {
  name: '0002-sealed',
  sql: [
    ...draft(schemaOf(before), schemaOf(lighthouseRegistry)).sql,
    ...['name', 'document', 'phone', 'allergies'].map((column) => `alter table "r_visitor" drop column "${column}"`),
  ].join(';\n'),
}

const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'town-clerk', path: '1/' }] }
const WHO = { name: '测试甲', phone: '13800000000', allergies: '秘密过敏' }
const SECRETS = /测试甲|13800000000|秘密过敏|SECRET/

onBothEngines('what is sealed since a later version', (engine) => {
  it('is sealed in rows that stood in clear, found by its hashes, and read in no act of whoever was erased, before or since', {
    timeout: 120_000,
  }, async () => {
    const place = await engine.place()
    const identityKey = randomBytes(32)
    const clock = fixedClock('2020-02-14T02:00:00Z')
    let renewed = 0
    const open = (registry: Registry, migrations: readonly Migration[]) =>
      openStore({
        target: place.target,
        registry,
        clock,
        migrations,
        identityKey,
        onRenewed: () => {
          renewed += 1
        },
      })
    const act = async (store: Store, recordId: string, action: string, input: object = {}) => {
      const command = { id: randomUUID(), record: 'visitor', recordId, action, area: '11a1', input: { ...input } }
      expect(await store.as(clerk).submit(command)).toMatchObject({ ok: true })
    }
    const [gone, here] = [randomUUID(), randomUUID()]

    const old = await open(before, first)
    expect(await old.areas.confirm(CITY_FACTS, SYSTEM, old.writer)).toMatchObject({ ok: true })
    await act(old, gone, 'arrive', { ...WHO, document: 'SECRET1' })
    await act(old, gone, 'erase')
    await act(old, here, 'arrive', { ...WHO, document: 'SECRET2', nights: 3 })
    const rows = async (store: Store) =>
      (await store.db.query<{ text: string }>(`select string_agg(v::text, ' ') as text from r_visitor v`))[0]?.text
    expect(await rows(old)).toMatch(SECRETS)
    await old.close()
    expect(renewed).toBe(0)

    const store = await open(lighthouseRegistry, [...first, seals])
    expect(renewed).toBe(1)
    expect(await rows(store)).not.toMatch(SECRETS)
    expect((await store.rebuild({ check: true })).differences).toEqual([])
    const { identity } = store.as(clerk)
    expect(await identity.reveal('visitor', here, '核对')).toMatchObject({
      ok: true,
      value: { fields: { ...WHO, document: 'SECRET2', nights: 3 } },
    })
    expect(await identity.find('visitor', { word: WHO.phone, purpose: '核对' })).toMatchObject({ ok: true, value: [{ id: here }] })
    expect(await identity.reveal('visitor', gone, '核对')).toMatchObject({
      ok: true,
      value: { fields: { name: ERASED, document: ERASED } },
    })

    await act(store, here, 'erase')
    for (const id of [gone, here]) {
      const told = await store.as(clerk).timeline('visitor', id)
      expect(told).toMatchObject({ ok: true, value: [{ action: 'arrive', input: { name: ERASED, phone: ERASED } }, { action: 'erase' }] })
      expect(JSON.stringify(told)).not.toMatch(SECRETS)
    }
    expect((await store.rebuild({ check: true })).differences).toEqual([])
    await store.close()
    await (await open(lighthouseRegistry, [...first, seals])).close()
    expect(renewed).toBe(1)
  })
})
