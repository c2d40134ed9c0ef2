import { createHash } from 'node:crypto'
import type { Registry } from '@guatu/kernel'
import { createAuth, migrateAuth } from '../../../packages/server/src/accounts/auth.ts'
import { checksum, type Migration, migrate } from '../../../packages/server/src/store/migrate/index.ts'
import { draft } from '../../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../../packages/server/src/store/schema/model.ts'
import type { Prepared } from '../databases/index.ts'

/** The one step that makes the tables of a registry in an empty database. */
export const tablesOf = (registry: Registry): readonly Migration[] => [
  { name: '0001-all', sql: draft([], schemaOf(registry)).sql.join(';\n') },
]

/** A database with nothing in it but tables: those that the steps make, and those of the accounts. */
export const migrated = (migrations: readonly Migration[]): Prepared => ({
  key: createHash('sha256')
    .update(migrations.map((one) => `${one.name} ${checksum(one)}`).join('\n'))
    .digest('hex')
    .slice(0, 20),
  make: async (database) => {
    await migrate(database, migrations)
    await migrateAuth(createAuth({ kysely: database.kysely, secret: 'only-to-make-the-tables-of-accounts', baseUrl: 'http://localhost' }))
  },
})
