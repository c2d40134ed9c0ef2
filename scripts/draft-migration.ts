// Drafts the next migration by comparing the definitions with the schema that the migrations so far lead to.
// Usage: npm run draft-migration -- <name>; with --check it only says whether one is missing (exit 1).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { registry } from '../packages/domains/src/index.ts'
import { draft } from '../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../packages/server/src/store/schema/model.ts'
import type { Table } from '../packages/server/src/store/schema/table.ts'

const folder = new URL('../packages/server/src/store/migrations/', import.meta.url)
const snapshot = new URL('schema.json', folder)
const before: Table[] = existsSync(snapshot) ? (JSON.parse(readFileSync(snapshot, 'utf8')) as Table[]) : []
const after = schemaOf(registry)
const { sql, byHand } = draft(before, after)
const [name] = process.argv.slice(2)

if (byHand.length > 0) console.error(`To be written by hand, because data could be lost:\n- ${byHand.join('\n- ')}`)
if (sql.length === 0 && byHand.length === 0) {
  console.log('The migrations lead to the schema of the definitions.')
} else if (name === '--check') {
  console.error(`The definitions ask for a migration that is not written yet: npm run draft-migration -- <name>\n${sql.join(';\n')}`)
  process.exit(1)
} else if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Say what the migration does in small letters: npm run draft-migration -- add-coaches')
  process.exit(2)
} else {
  const number = String(readdirSync(folder).filter((file) => /^\d{4}-.*\.sql$/.test(file)).length + 1).padStart(4, '0')
  writeFileSync(new URL(`${number}-${name}.sql`, folder), `${sql.join(';\n\n')};\n`)
  writeFileSync(snapshot, `${JSON.stringify(after, null, 1)}\n`)
  console.log(`Wrote ${number}-${name}.sql: read it before you commit it.`)
}
