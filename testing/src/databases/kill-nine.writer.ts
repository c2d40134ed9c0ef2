// The plain writer of the kill -9 trial: transactions of 1 to 200 rows, with maintenance in between, until it is killed.
import { writeSync } from 'node:fs'
import { openDatabase } from '../../../packages/server/src/store/database/index.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

const database = await openDatabase(targetFromEnvironment())
await database.query('create table if not exists mark (id text primary key, batch text not null, size int not null, filler text not null)')
writeSync(1, 'ready\n')
const round = process.env.GUATU_ROUND ?? '0'
for (let batch = 0; ; batch += 1) {
  const size = 1 + ((batch * 37) % 200)
  const ids = Array.from({ length: size }, (_, index) => `${round}-${batch}-${index}`)
  await database.transaction(async (session) => {
    const half = Math.ceil(size / 2)
    for (const part of [ids.slice(0, half), ids.slice(half)]) {
      await session.query('insert into mark select id, $2, $3, repeat(id, 20) from unnest($1::text[]) as t(id)', [
        part,
        `${round}-${batch}`,
        size,
      ])
    }
  })
  writeSync(1, ids.map((id) => `ack ${id}\n`).join(''))
  if (batch % 25 === 24) await database.query('checkpoint')
  if (batch % 40 === 39) await database.query('vacuum mark')
}
