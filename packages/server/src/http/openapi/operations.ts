import type { Registry } from '@guatu/kernel'
import { accountPaths } from './accounts.ts'
import { areaPaths } from './areas.ts'
import { Book, type Paths } from './book.ts'
import { dailyPaths } from './daily.ts'
import { fieldPaths } from './field.ts'
import { commonPaths, documentPaths, filePaths } from './fixed.ts'
import { gatePaths } from './gates.ts'
import { identityPaths } from './identity.ts'
import { recordPaths } from './records.ts'

/** Every address of the server: those that follow from the definitions, and those that are always there. */
export function operations(registry: Registry): Paths {
  const book = new Book()
  commonPaths(book)
  areaPaths(book)
  filePaths(book)
  documentPaths(book)
  dailyPaths(book)
  accountPaths(book)
  fieldPaths(book)
  if (registry.records.has('pass')) gatePaths(book)
  for (const def of registry.records.values()) {
    recordPaths(book, def)
    identityPaths(book, def)
  }
  return book.paths
}
