import { describe, expect, test } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { Growth } from './growth.ts'

describe('a table that grows', () => {
  test('is looked at after its first thousand rows and once more after eight thousand', async () => {
    const looked: string[] = []
    const growth = new Growth(async (table) => looked.push(table))
    for (let rows = 0; rows < 20_000; rows += 500) growth.written('arrivals', 500)
    growth.written('places', 999)
    await growth.idle()
    expect(looked).toEqual(['arrivals', 'arrivals'])
  })

  test('holds nobody up where it cannot be looked at', async () => {
    const growth = new Growth(() => Promise.reject(new Error('no room')))
    growth.written('arrivals', 5000)
    await expect(growth.idle()).resolves.toBeUndefined()
  })
})

onBothEngines('a question planned once for an empty table', (engine) => {
  const shared = engine.shared<object>()

  test('goes by the index as soon as the table has grown', async () => {
    const db = shared()
    // As wide as our tables are: of an empty one the planner takes few rows to fit on its pages, and reading them all for cheap.
    const wide = Array.from({ length: 40 }, (_, i) => `c${i} text`).join(', ')
    await db.query(`create table grown (id int primary key, who int not null, ${wide})`)
    await db.query('create index on grown (who)')
    const ask = () => db.read<{ id: number }>('select * from grown where who = any($1::int[])', [[7]])
    // Seven times: from the sixth on the plan is kept.
    for (let times = 0; times < 7; times += 1) await ask()
    await db.query('insert into grown select n, n from generate_series(1, 20000) as n')
    const scans = async () => {
      await db.query('select pg_stat_force_next_flush()')
      return db.query('select seq_scan::int as n from pg_stat_user_tables where relname = $1', ['grown'])
    }
    const growth = new Growth((table) => db.query(`analyze "${table}"`))
    growth.written('grown', 20_000)
    await growth.idle()
    const before = await scans()
    expect(await ask()).toMatchObject([{ id: 7 }])
    expect(await scans()).toEqual(before)
  })
})
