import { expect, test } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'

interface Tables {
  mark: { id: string; n: number; body: unknown }
}

const table = 'create table mark (id text primary key, n int not null, body jsonb)'

onBothEngines('the database', (engine) => {
  const shared = engine.shared<Tables>()

  test('gives columns as documented', async () => {
    const database = shared()
    const rows = await database.query(
      `select 9007199254740991::bigint as whole, 0.10::numeric as exact, date '2020-02-14' as day, timestamptz '2020-02-14 08:30:00.125+08' as moment,
        '{"a":[1,null]}'::jsonb as tree, array[1,null]::bigint[] as wholes, array[date '2020-01-01',null] as days, '\\x00ff'::bytea as bytes, true as flag`,
    )
    expect(rows).toEqual([
      {
        whole: 9007199254740991,
        exact: '0.10',
        day: '2020-02-14',
        moment: new Date('2020-02-14T00:30:00.125Z'),
        tree: { a: [1, null] },
        wholes: [1, null],
        days: ['2020-01-01', null],
        bytes: Buffer.from([0, 255]),
        flag: true,
      },
    ])
  })

  test('refuses to round a bigint', async () => {
    const database = shared()
    await expect(database.query('select 9007199254740993::bigint as n')).rejects.toMatchObject({ code: 'value-out-of-range' })
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('takes Temporal values, also inside arrays', async () => {
    const database = shared()
    const day = Temporal.PlainDate.from('2020-02-14')
    const moment = Temporal.Instant.from('2020-02-14T00:30:00Z')
    const city = moment.toZonedDateTimeISO('Asia/Shanghai')
    const rows = await database.query(
      'select $1::date as day, $2::timestamptz = $3::timestamptz as same, $4::date[] as days, $5::bytea as bytes',
      [day, moment, city, [day, null, day.add({ days: 1 })], new Uint8Array([1, 2])],
    )
    expect(rows).toEqual([{ day: '2020-02-14', same: true, days: ['2020-02-14', null, '2020-02-15'], bytes: Buffer.from([1, 2]) }])
  })

  test('rolls back the whole transaction and keeps others apart', async () => {
    const database = await engine.open<Tables>()
    await database.query(table)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        database.transaction(async (session) => {
          await session.query('insert into mark values ($1, $2)', [`first ${n}`, n])
          await session.kysely
            .insertInto('mark')
            .values({ id: `second ${n}`, n, body: null })
            .execute()
          if (n % 2 === 1) throw new Error('changed my mind')
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    const rows = await database.kysely.selectFrom('mark').select('n').where('n', '>=', 0).execute()
    expect(rows.map(({ n }) => n).sort((a, b) => a - b)).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14, 16, 16, 18, 18])
  })

  test('goes on after an error inside a transaction, whose COMMIT becomes an error', async () => {
    const database = await engine.open<Tables>()
    await database.query(table)
    const swallowed = database.transaction(async (session) => {
      await session.query("insert into mark values ('a', 1)")
      await session.query('insert into mark values (null, 1)').catch(() => undefined)
    })
    await expect(swallowed).rejects.toThrow()
    expect(await database.query('select * from mark')).toEqual([])
  })

  test('refuses the database inside a transaction, where the embedded one would wait for ever', async () => {
    const database = shared()
    await expect(database.transaction(() => database.query('select 1'))).rejects.toMatchObject({ code: 'nested-use' })
    await expect(database.transaction(() => database.transaction(async () => 1))).rejects.toMatchObject({ code: 'nested-use' })
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('shows a snapshot that cannot be written', async () => {
    const database = await engine.open<Tables>()
    await database.query(table)
    await expect(database.snapshot((session) => session.query("insert into mark values ('a', 1)"))).rejects.toMatchObject({ code: '25006' })
    expect(await database.snapshot((session) => session.query('select count(*) as n from mark'))).toEqual([{ n: 0 }])
  })

  test.each([1, 8])('reads beside a session what that one sees, with %i connections', async (connections) => {
    const database = await engine.open<Tables>({ connections })
    await database.query(`${table}; insert into mark values ('before', 1)`)
    const apart = engine.engine === 'postgres' && connections > 1
    const begun = Promise.withResolvers<void>()
    const late = begun.promise.then(() => (apart ? database.query("insert into mark values ('late', 2)") : []))
    const look = 'select pg_backend_pid() as connection, count(*) as n from mark'
    const [here, there] = await database.snapshot(async (session) => {
      const [own] = await session.query<{ connection: number; n: number }>(look)
      begun.resolve()
      await (apart ? late : undefined)
      return session.beside(async (query) => [own, ...(await query<typeof own>(look))])
    })
    expect([there?.n, there?.connection !== here?.connection]).toEqual([1, apart])
    const writing = database.snapshot((session) => session.beside((query) => query("insert into mark values ('beside', 3)")))
    await expect(writing).rejects.toMatchObject({ code: '25006' })
    expect(await database.query('select count(*) as n from mark')).toEqual([{ n: apart ? 2 : 1 }])
  })

  test('carries large results and large parameters', async () => {
    const database = await engine.open<Tables>()
    await database.query(table)
    const ids = Array.from({ length: 5000 }, (_, n) => `record ${n} "quoted", {braced} 曾口镇`)
    const bodies = ids.map((id) => JSON.stringify({ id, filler: 'x'.repeat(200) }))
    await database.query('insert into mark select id, 1, body from unnest($1::text[], $2::jsonb[]) as t(id, body)', [ids, bodies])
    const rows = await database.query<Tables['mark']>('select id, body from mark')
    expect(rows).toHaveLength(5000)
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids))
    expect(rows[17]?.body).toMatchObject({ id: rows[17]?.id })
  })

  test('keeps what was committed when it is opened again', async () => {
    const place = await engine.place()
    const first = await place.open<Tables>()
    await first.query(`${table}; insert into mark values ('kept', 1)`)
    await first.close()
    await first.close()
    const second = await place.open<Tables>()
    expect(await second.query('select id from mark')).toEqual([{ id: 'kept' }])
  })
})

onBothEngines('a statement that takes too long', (engine) => {
  test('is ended, and the database goes on with everything confirmed', async () => {
    const database = await engine.open<Tables>({ statementLimit: 1500 })
    await database.query(`${table}; insert into mark values ('kept', 1)`)
    const endless = database.query('select count(*) from generate_series(1, 1000000000) a, generate_series(1, 1000) b')
    // A server says "canceling statement due to statement timeout".
    await expect(endless).rejects.toMatchObject({ code: engine.engine === 'pglite' ? 'database-stopped' : '57014' })
    expect(await database.query('select id from mark')).toEqual([{ id: 'kept' }])
    // Many short statements together may take longer than the limit.
    const begun = performance.now()
    while (performance.now() - begun < 2000) await database.query('select pg_sleep(0.05)')
    await database.transaction((session) => session.query("insert into mark values ('after', 2)"))
    expect(await database.query('select count(*) as n from mark')).toEqual([{ n: 2 }])
  })
})
