import { expect, test } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { openDatabase } from '../database/index.ts'
import { type Migration, migrate, pendingMigrations } from './migrate.ts'

const people: Migration = { name: '0001-people', sql: `create table people (id text primary key); insert into people values ('first')` }
const houses: Migration = {
  name: '0002-houses',
  revision: '1',
  up: async (session) => {
    await session.query('create table houses (id text primary key)')
    await session.query('insert into houses select id from people')
  },
}

onBothEngines('migrations', (engine) => {
  test('are applied once, in order', async () => {
    const database = await engine.open()
    expect(await pendingMigrations(database, [people, houses])).toEqual(['0001-people', '0002-houses'])
    expect(await migrate(database, [people])).toEqual({ applied: ['0001-people'], before: 0 })
    expect(await pendingMigrations(database, [people, houses])).toEqual(['0002-houses'])
    expect(await migrate(database, [people, houses])).toEqual({ applied: ['0002-houses'], before: 1 })
    expect(await migrate(database, [people, houses])).toEqual({ applied: [], before: 2 })
    expect(await database.query('select id from houses')).toEqual([{ id: 'first' }])
  })

  test('are undone whole when they fail, and the ones before stay', async () => {
    const database = await engine.open()
    const broken: Migration = { name: '0003-broken', sql: 'create table left_over (id int); select 1/0' }
    await expect(migrate(database, [people, houses, broken])).rejects.toMatchObject({ code: 'migration-failed' })
    expect(await database.query(`select to_regclass('left_over') as left_over, to_regclass('houses') is not null as houses`)).toEqual([
      { left_over: null, houses: true },
    ])
    expect(await pendingMigrations(database, [people, houses, broken])).toEqual(['0003-broken'])
  })

  test('refuse a database newer than the program', async () => {
    const database = await engine.open()
    await migrate(database, [people, houses])
    await expect(migrate(database, [people])).rejects.toMatchObject({ code: 'database-newer' })
  })

  test('refuse a step that was changed after it was applied', async () => {
    const database = await engine.open()
    await migrate(database, [people, houses])
    const otherPeople: Migration = { name: '0001-people', sql: 'create table people (id int)' }
    await expect(migrate(database, [otherPeople, houses])).rejects.toMatchObject({ code: 'migration-changed' })
    await expect(migrate(database, [people, { ...houses, revision: '2' }])).rejects.toMatchObject({ code: 'migration-changed' })
  })

  test('refuse bad names and steps that come too late', async () => {
    const database = await engine.open()
    await expect(migrate(database, [houses, people])).rejects.toMatchObject({ code: 'migrations-misordered' })
    await expect(migrate(database, [{ name: 'people', sql: 'select 1' }])).rejects.toMatchObject({ code: 'migrations-misordered' })
    await migrate(database, [people, { name: '0003-later', sql: 'select 1' }])
    await expect(migrate(database, [people, houses, { name: '0003-later', sql: 'select 1' }])).rejects.toMatchObject({
      code: 'migrations-misordered',
    })
  })

  test('take turns when two programs start together', async () => {
    const place = await engine.place()
    const first = await place.open()
    const second = place.engine === 'postgres' && 'url' in place.target ? await openDatabase(place.target) : first
    const reports = await Promise.all([first, second, first, second].map((database) => migrate(database, [people, houses])))
    if (second !== first) await second.close()
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(['0001-people', '0002-houses'])
    expect(await first.query('select count(*) as n from houses')).toEqual([{ n: 1 }])
  })
})
