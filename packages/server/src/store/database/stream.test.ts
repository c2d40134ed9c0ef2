import { expect, test } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'

onBothEngines('streaming', (engine) => {
  test('gives all rows in order, in batches', async () => {
    const database = await engine.open()
    const sizes: number[] = []
    const seen: number[] = []
    for await (const rows of database.stream<{ n: number }>(
      'select n from generate_series($1::int, $2::int) n order by n',
      [1, 2500],
      1000,
    )) {
      sizes.push(rows.length)
      seen.push(...rows.map(({ n }) => n))
    }
    expect(sizes).toEqual([1000, 1000, 500])
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1))
  })

  test('shows one moment and lets others write meanwhile', async () => {
    const database = await engine.open()
    await database.query('create table mark (n int); insert into mark select generate_series(1, 50)')
    const seen: number[] = []
    for await (const rows of database.stream<{ n: number }>('select n from mark order by n', [], 10)) {
      await database.query('delete from mark where n > 20')
      seen.push(...rows.map(({ n }) => n))
    }
    expect(seen).toHaveLength(50)
    expect(await database.query('select count(*) as n from mark')).toEqual([{ n: 20 }])
  })

  test('may be left in the middle, and reports a wrong query', async () => {
    const database = await engine.open()
    for (let time = 0; time < 20; time += 1) {
      for await (const rows of database.stream('select generate_series(1, 100)', [], 10)) {
        expect(rows).toHaveLength(10)
        break
      }
    }
    const wrong = database.stream('select * from nowhere')
    await expect(wrong.next()).rejects.toMatchObject({ code: '42P01' })
    expect(await database.query('select count(*) as n from pg_cursors')).toEqual([{ n: 0 }])
  })
})
