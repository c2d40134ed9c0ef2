import type { BlockPart, Shelf, StoredBlock, StoredEntry, StoredFile } from './shelf.ts'

interface Named {
  readonly name: string
  readonly value: unknown
}

const STORES = ['named', 'entries', 'blocks', 'files'] as const
type StoreName = (typeof STORES)[number]

const VERSION = 20

const done = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the phone could not keep it'))
  })

const answered = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Rows are only a copy of what the server has: where their form changed they are taken anew. What somebody did stays as it lies. */
function upgrade(db: IDBDatabase, upgrading: IDBTransaction): void {
  const has = (name: StoreName) => db.objectStoreNames.contains(name)
  if (!has('named')) db.createObjectStore('named', { keyPath: 'name' })
  if (!has('entries')) db.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true })
  if (!has('files')) db.createObjectStore('files', { keyPath: 'hash' })
  if (has('blocks')) db.deleteObjectStore('blocks')
  db.createObjectStore('blocks', { keyPath: ['generation', 'n'] }).createIndex('part', ['generation', 'part'])
  upgrading.objectStore('named').delete('place')
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION)
  request.onupgradeneeded = () => {
    if (request.transaction) upgrade(request.result, request.transaction)
  }
  return answered(request).then((db) => {
    // A newer version of the app in another window goes first; this one opens again when it is asked next.
    db.onversionchange = () => db.close()
    return db
  })
}

/**
 * The shelf of a phone: IndexedDB as the browser has it, because a library in front of it would be a fifth of what opens at the start.
 * What the shelf holds of people and of work is sealed before it comes here.
 */
export function indexedShelf(name = 'guatu-field'): Shelf {
  let open: Promise<IDBDatabase> | undefined
  const database = async () => {
    open ??= opened(name)
    const db = await open.catch((error: unknown) => {
      open = undefined
      throw error
    })
    db.onclose = () => {
      open = undefined
    }
    return db
  }
  const begin = async (stores: readonly StoreName[], mode: IDBTransactionMode): Promise<IDBTransaction> => {
    try {
      return (await database()).transaction(stores, mode)
    } catch (error) {
      // Closed for another window, or by a browser that needed the room: opened once more.
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
      open = undefined
      return (await database()).transaction(stores, mode)
    }
  }
  const read = async <T>(store: StoreName, ask: (at: IDBObjectStore) => IDBRequest): Promise<T> => {
    const transaction = await begin([store], 'readonly')
    return (await answered(ask(transaction.objectStore(store)))) as T
  }
  const write = async (stores: readonly StoreName[], change: (at: (name: StoreName) => IDBObjectStore) => void): Promise<void> => {
    const transaction = await begin(stores, 'readwrite')
    const finished = done(transaction)
    change((store) => transaction.objectStore(store))
    return finished
  }
  const put = (store: StoreName, values: readonly unknown[]) =>
    write([store], (at) => {
      for (const value of values) at(store).put(value)
    })
  const drop = (store: StoreName, keys: readonly IDBValidKey[]) =>
    write([store], (at) => {
      for (const key of keys) at(store).delete(key)
    })
  return {
    get: async <T>(key: string) => (await read<Named | undefined>('named', (at) => at.get(key)))?.value as T | undefined,
    set: (key, value) => put('named', [{ name: key, value }]),
    remove: (key) => drop('named', [key]),
    entries: () => read<readonly StoredEntry[]>('entries', (at) => at.getAll()),
    append: async (added) => {
      const keys: Promise<IDBValidKey>[] = []
      await write(['entries'], (at) => {
        for (const entry of added) keys.push(answered(at('entries').add(entry)))
      })
      return (await Promise.all(keys)).map(Number)
    },
    replace: (changed) => put('entries', changed),
    dropEntries: (seqs) => drop('entries', seqs),
    blocks: (generation, part: BlockPart) =>
      read<readonly StoredBlock[]>('blocks', (at) => at.index('part').getAll(IDBKeyRange.only([generation, part]))),
    putBlocks: (added, place) =>
      write(['blocks', 'named'], (at) => {
        for (const block of added) at('blocks').put(block)
        at('named').put({ name: 'place', value: place } satisfies Named)
      }),
    keepGeneration: (generation) =>
      write(['blocks'], (at) => {
        if (generation === undefined) at('blocks').clear()
        else {
          at('blocks').delete(IDBKeyRange.upperBound([generation], true))
          at('blocks').delete(IDBKeyRange.lowerBound([generation + 1]))
        }
      }),
    file: (hash) => read<StoredFile | undefined>('files', (at) => at.get(hash)),
    files: () => read<readonly StoredFile[]>('files', (at) => at.getAll()),
    putFile: (file) => put('files', [file]),
    dropFiles: (hashes) => drop('files', hashes),
    erase: () =>
      write(STORES, (at) => {
        for (const store of STORES) at(store).clear()
      }),
  }
}
