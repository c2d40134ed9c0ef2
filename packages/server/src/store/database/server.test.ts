import { expect, onTestFinished, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../../../testing/src/databases/index.ts'
import { openDatabase } from './index.ts'

test('a database whose server is killed says so, and goes on when the server is back', async () => {
  let server: PostgresServer = await startPostgres({ durable: true })
  onTestFinished(() => server.stop())
  const database = await openDatabase({ url: server.url('postgres') })
  onTestFinished(() => database.close())
  await database.query('create table mark (n int)')
  const held = database.transaction(async (session) => {
    await session.query('insert into mark values (1)')
    await server.kill()
    await session.query('insert into mark values (2)')
  })
  const unreachable = { code: 'database-unreachable', status: 503 }
  await expect(held).rejects.toMatchObject(unreachable)
  await expect(database.query('select 1')).rejects.toMatchObject(unreachable)
  await expect(database.transaction((session) => session.query('select 1'))).rejects.toMatchObject(unreachable)
  server = await server.restart()
  expect(await database.query('select count(*) as n from mark')).toEqual([{ n: 0 }])
  await database.transaction((session) => session.query('insert into mark values (3)'))
  expect(await database.query('select n from mark')).toEqual([{ n: 3 }])
})

test('a server that is not there is named with what to do', async () => {
  await expect(openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'database-unreachable',
    zh: expect.stringContaining('数据库服务器'),
  })
})

test('a database that is not UTF-8 is refused', async () => {
  const server = await startPostgres()
  onTestFinished(() => server.stop())
  const admin = await openDatabase({ url: server.url('postgres') })
  await admin.query(`create database latin template template0 encoding 'LATIN1' locale 'C'`)
  await admin.close()
  await expect(openDatabase({ url: server.url('latin') })).rejects.toMatchObject({ code: 'database-unsuitable' })
})
