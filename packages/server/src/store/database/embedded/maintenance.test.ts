import { expect, test } from 'vitest'
import { onBothEngines, testEngine } from '../../../../../../testing/src/databases/index.ts'

test('maintenance vacuums, analyses and checkpoints what changed, and then has nothing to do', async () => {
  const database = await testEngine('pglite').open({ upkeep: false })
  await database.query('create table busy (n int primary key, text text)')
  await database.query('create table calm (n int primary key)')
  await database.query("insert into busy select n, repeat('x', 300) from generate_series(1, 100000) n")
  await database.query("update busy set text = repeat('y', 300)")
  await database.query('insert into calm select generate_series(1, 100)')
  expect(await database.maintain()).toEqual({ checkpoint: true, vacuumed: ['public.busy'], analysed: ['public.calm'] })
  expect(await database.maintain()).toEqual({ checkpoint: false, vacuumed: [], analysed: [] })
  expect(
    await database.query(`select n_dead_tup as dead, last_vacuum is not null as done from pg_stat_user_tables where relname = 'busy'`),
  ).toEqual([{ dead: 0, done: true }])
})

onBothEngines('maintenance', (engine) => {
  test('of a fresh database has nothing to do', async () => {
    const database = await engine.open()
    expect(await database.maintain()).toEqual({ checkpoint: false, vacuumed: [], analysed: [] })
  })
})
