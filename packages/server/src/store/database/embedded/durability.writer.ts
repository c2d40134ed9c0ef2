// The process under observation in the durability test: commits five times, says so after each, then makes a checkpoint.
import { writeSync } from 'node:fs'
import { openDatabase } from '../database.ts'

const [, , dir] = process.argv
if (dir === undefined) throw new Error('usage: durability.writer.ts DIR')
const database = await openDatabase({ dir })
await database.query('create table mark (n int primary key)')
writeSync(1, 'say begin\n')
for (let n = 1; n <= 5; n += 1) {
  await database.transaction((session) => session.query('insert into mark values ($1)', [n]))
  writeSync(1, `say committed ${n}\n`)
}
await database.query('select pg_switch_wal()')
await database.query('insert into mark values (6)')
await database.query('checkpoint')
writeSync(1, 'say checkpoint\n')
await database.close()
