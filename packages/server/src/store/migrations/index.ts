import { readdirSync, readFileSync } from 'node:fs'
import type { Migration } from '../migrate/index.ts'

const folder = new URL('./', import.meta.url)

/** All steps of the schema, in order: the `.sql` files of this folder. They are drafted from the definitions, read by a person, and never changed. */
export const migrations: readonly Migration[] = readdirSync(folder)
  .filter((file) => /^\d{4}-.*\.sql$/.test(file))
  .sort()
  .map((file) => ({ name: file.replace(/\.sql$/, ''), sql: readFileSync(new URL(file, folder), 'utf8') }))
