import { Dexie, type Table } from 'dexie'
import type { Shelf, StoredBlock, StoredEntry, StoredFile } from './shelf.ts'

interface Named {
  readonly name: string
  readonly value: unknown
}

/** The shelf of a phone: IndexedDB. What it holds of people and of work is sealed before it comes here. */
export function dexieShelf(name = 'guatu-field'): Shelf {
  const db = new Dexie(name)
  db.version(1).stores({ named: 'name', entries: '++seq, open', blocks: '[generation+n], generation', files: 'hash' })
  const named: Table<Named, string> = db.table('named')
  const entries: Table<StoredEntry, number, Omit<StoredEntry, 'seq'>> = db.table('entries')
  const blocks: Table<StoredBlock, [number, number]> = db.table('blocks')
  const files: Table<StoredFile, string> = db.table('files')
  return {
    get: async <T>(key: string) => (await named.get(key))?.value as T | undefined,
    set: async (key, value) => void (await named.put({ name: key, value })),
    remove: (key) => named.delete(key),
    entries: () => entries.orderBy('seq').toArray(),
    append: (added) => entries.bulkAdd([...added], { allKeys: true }),
    replace: async (changed) => void (await entries.bulkPut([...changed])),
    dropEntries: (seqs) => entries.bulkDelete([...seqs]),
    blocks: (generation) => blocks.where('generation').equals(generation).sortBy('n'),
    putBlocks: async (added) => void (await blocks.bulkPut([...added])),
    keepGeneration: async (generation) =>
      void (await (generation === undefined ? blocks.clear() : blocks.where('generation').notEqual(generation).delete())),
    file: (hash) => files.get(hash),
    files: () => files.toArray(),
    putFile: async (file) => void (await files.put(file)),
    dropFiles: (hashes) => files.bulkDelete([...hashes]),
    erase: () =>
      db.transaction('rw', [named, entries, blocks, files], async () => {
        await Promise.all([named.clear(), entries.clear(), blocks.clear(), files.clear()])
      }),
  }
}
