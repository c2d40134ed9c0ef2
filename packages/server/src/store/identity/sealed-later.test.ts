import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, buildRegistry, ERASED, type Field, fixedClock, type Registry, SYSTEM } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { CITY_FACTS, lighthouseRegistry } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { type Migration, migrate } from '../migrate/index.ts'
import { migrations } from '../migrations/index.ts'
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
    "insert into identity_keys (county, id, record, erased_at) select county, id, 'visitor', now() from r_visitor where nights = 9",
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
    const [gone, here, endedByStep] = [randomUUID(), randomUUID(), randomUUID()]

    const old = await open(before, first)
    expect(await old.areas.confirm(CITY_FACTS, SYSTEM, old.writer)).toMatchObject({ ok: true })
    await act(old, gone, 'arrive', { ...WHO, document: 'SECRET1' })
    await act(old, gone, 'erase')
    await act(old, here, 'arrive', { ...WHO, document: 'SECRET2', nights: 3 })
    await act(old, endedByStep, 'arrive', { ...WHO, document: 'SECRET3', nights: 9 })
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
    for (const id of [gone, endedByStep])
      expect(await identity.reveal('visitor', id, '核对')).toMatchObject({
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

  it('is read as erased of whoever was erased before: what they declared, and what was written of their home while it was theirs', async () => {
    const database = await engine.open<unknown>()
    const step = migrations.findIndex(({ name }) => name.endsWith('erased-before'))
    await migrate(database, migrations.slice(0, step))
    const [gone, here, left, lived] = Array.from({ length: 4 }, () => randomUUID())
    const erased = '2020-02-14T02:00:00Z'
    const key = (id: string | undefined, record: string, at: string | null, county = '511902') =>
      database.query('insert into identity_keys (county, id, record, wrapped, erased_at) values ($1, $2, $3, $4, $5)', [
        county,
        id,
        record,
        at === null ? 'kept' : null,
        at,
      ])
    await key(gone, 'person', erased)
    await key(here, 'person', null)
    await key(left, 'household', erased)
    await key(lived, 'household', null)
    const row = async (record: string, of: string, about: string | undefined, made: string, county = '511902') => {
      const id = randomUUID()
      await database.query(
        `insert into r_${record} (county, id, area, path, state, version, created_at, changed_at, last_event, ${of}, sealed)
          values ($1, $2, '', '', 'declared', 1, $3, $3, $2, $4, 'sealed')`,
        [county, id, made, about],
      )
      return id
    }
    const [before, after] = ['2020-02-13T02:00:00Z', '2020-02-15T02:00:00Z']
    const theirs = [
      await row('arrival', 'person', gone, before),
      await row('departure', 'person', gone, after, '511921'),
      await row('visit', 'household', left, before),
    ]
    await key(theirs[1], 'departure', null, '511921')
    const others = [
      await row('arrival', 'person', here, before),
      await row('departure', 'person', undefined, before),
      await row('visit', 'household', lived, before),
      await row('visit', 'household', left, after),
    ]
    await migrate(database, migrations.slice(0, step + 1))
    const kept = await database.query<{ id: string; sealed: string | null; gone: boolean }>(
      `select r.id, r.sealed, k.erased_at is not null and k.wrapped is null as gone
        from (select id, sealed from r_arrival union all select id, sealed from r_departure union all select id, sealed from r_visit) r
        left join identity_keys k on k.id = r.id`,
    )
    const those = (gone: boolean) => kept.filter((one) => one.gone === gone)
    expect([those(true), those(false)].map((all) => all.map(({ id }) => id).toSorted())).toEqual([theirs.toSorted(), others.toSorted()])
    expect([those(true), those(false)].map((all) => all.map(({ sealed }) => sealed))).toEqual([
      [null, null, null],
      ['sealed', 'sealed', 'sealed', 'sealed'],
    ])
  })
})
