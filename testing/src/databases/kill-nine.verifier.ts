// The plain verifier of the kill -9 trial: everything acknowledged is there, and no transaction is there in part.
import { text } from 'node:stream/consumers'
import { openDatabase } from '../../../packages/server/src/store/database/index.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

const acknowledged = (await text(process.stdin)).split('\n').filter((id) => id !== '')
const database = await openDatabase(targetFromEnvironment())
const [table] = await database.query<{ there: boolean }>(`select to_regclass('mark') is not null as there`)
const rows = table?.there === true ? await database.query<{ id: string }>('select id from mark') : []
const found = new Set(rows.map(({ id }) => id))
const missing = acknowledged.filter((id) => !found.has(id))
const parts = found.size === 0 ? [] : await database.query('select batch from mark group by batch having count(*) <> min(size)')
// The index must agree with the table, and no row may be broken: read all of both.
const checks =
  found.size === 0
    ? []
    : await database.query(
        `select count(*) as n from mark where filler <> repeat(id, 20)
        union all select abs((select count(*) from mark) - $1)`,
        [found.size],
      )
await database.close()
const broken = checks.some((check) => Object.values(check as object).some((value) => value !== 0))
if (missing.length > 0 || parts.length > 0 || broken) {
  process.stdout.write(
    `missing ${missing.length} (${missing.slice(0, 5).join(', ')}), half transactions ${parts.length}, broken rows ${broken}\n`,
  )
  process.exitCode = 1
}
