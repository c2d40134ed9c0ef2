import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { registry } from '@guatu/domains'
import { type AnyRecord, buildRegistry, type Domain, fixedClock } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { createAuth, migrateAuth } from '../../accounts/auth.ts'
import { people } from '../../documents/testing/scripted-city.ts'
import { inspectBackup, restore } from '../database/backup/index.ts'
import { migrations } from '../migrations/index.ts'
import { openStore } from '../store.ts'

const folder = fileURLToPath(new URL('../migrations/released/', import.meta.url))
const kept = readdirSync(folder).filter((file) => file.endsWith('.backup'))

describe('the versions kept', () => {
  it('begin with the first, are named for the last step they know, and know no step that was changed since', async () => {
    expect(kept).toContain('0001-foundation.backup')
    for (const file of kept) {
      const { header } = await inspectBackup(folder + file)
      expect(`${header.migrations.at(-1)?.name}.backup`).toBe(file)
      expect(header.migrations.map(({ name }) => name)).toEqual(migrations.slice(0, header.migrations.length).map(({ name }) => name))
    }
  })
})

onBothEngines('a city kept by an earlier version', (engine) => {
  it.each(kept)('opens from %s with all its data, states and books equal to its events, and goes on working', async (file) => {
    const place = await engine.place()
    const db = await place.open<unknown>()
    const { rows, header } = await restore(folder + file, db, {
      migrations,
      prepare: () => migrateAuth(createAuth({ kysely: db.kysely, secret: 'x'.repeat(36), baseUrl: 'http://localhost' })),
    })
    await db.close()
    const clock = fixedClock(header.made)
    const store = await openStore({ target: place.target, registry, clock, migrations })
    for (const [table, n] of Object.entries(rows)) {
      // Books may gain and lose lines with what a later version counts; nothing else may change by itself.
      if (['tallies', 'schema_migration', 'facts'].includes(table)) continue
      expect([table, await store.db.query(`select count(*)::int as n from "${table}"`)]).toEqual([table, [{ n }]])
    }
    expect((await store.rebuild({ check: true })).differences).toEqual([])

    const [task] = await store.db.query<{ id: string }>(`select id from r_task where unit = 'transport' and state = 'signed' limit 1`)
    const event = crypto.randomUUID()
    const done = await store.as(people.office).submit({
      id: event,
      record: 'task',
      recordId: task?.id ?? '',
      action: 'chase',
      input: { how: 'letter' },
    })
    expect(done).toMatchObject({ ok: true })
    expect((await store.rebuild({ check: true })).differences).toEqual([])
    await store.close()
  })

  it('gets the books of what a later version counts for the first time, or counts otherwise, when it opens', async () => {
    const place = await engine.place()
    const db = await place.open<unknown>()
    await restore(`${folder}0001-foundation.backup`, db, {
      migrations,
      prepare: () => migrateAuth(createAuth({ kysely: db.kysely, secret: 'x'.repeat(36), baseUrl: 'http://localhost' })),
    })
    await db.close()
    const later: Domain = {
      name: 'later',
      label: { zh: '后来', en: 'Later' },
      records: [] as readonly AnyRecord[],
      indicators: {
        chases: {
          label: { zh: '催办', en: 'Reminders' },
          value: { type: 'flow', record: 'task', actions: ['chase'], where: { op: 'every', of: [] } },
          good: 'down',
        },
      },
    }
    const reports: number[] = []
    const open = () =>
      openStore({
        target: place.target,
        registry: buildRegistry([...registry.domains, later]),
        clock: fixedClock('2020-02-19T04:00:00Z'),
        migrations,
        onRenewed: ({ events }) => reports.push(events),
      })
    const store = await open()
    expect(await store.db.query(`select sum(entered)::int as n from tallies where measure = 'later.chases' and area = 'c'`)).toEqual([
      { n: 1 },
    ])
    expect((await store.rebuild({ check: true })).differences).toEqual([])
    await store.close()
    await (await open()).close()
    expect(reports).toHaveLength(1)
  })
})
