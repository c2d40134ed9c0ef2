import type { Sealed, SealedBytes } from './vault.ts'

/** An act as it lies on the phone: sealed, but for its place in the order and whether it still has to be sent. */
export interface StoredEntry {
  readonly seq: number
  readonly open: boolean
  readonly sealed: Sealed
}

/**
 * Which rows a block holds: `due` those of today, `whole` the area as it was taken, `change` what came or went since. Opening reads
 * what today's list needs, `due` and `change`, before the rest.
 */
export type BlockPart = 'due' | 'whole' | 'change'

/** Rows as they lie on the phone. `generation` changes when the whole is taken anew. */
export interface StoredBlock {
  readonly generation: number
  readonly n: number
  readonly part: BlockPart
  readonly sealed: SealedBytes
}

export interface StoredFile {
  readonly hash: string
  readonly name: string
  readonly sealed: Sealed
}

/** What keeps things on a phone: IndexedDB there, memory in simulations. Every promise resolves when the thing is durable. */
export interface Shelf {
  get<T>(name: string): Promise<T | undefined>
  set(name: string, value: unknown): Promise<void>
  remove(name: string): Promise<void>
  entries(): Promise<readonly StoredEntry[]>
  /** Appends in one step; answers the place of each, in order. */
  append(entries: readonly Omit<StoredEntry, 'seq'>[]): Promise<readonly number[]>
  replace(entries: readonly StoredEntry[]): Promise<void>
  dropEntries(seqs: readonly number[]): Promise<void>
  /** Blocks of one part in their order. */
  blocks(generation: number, part: BlockPart): Promise<readonly StoredBlock[]>
  /** Keeps blocks, and how far the rows are with them, in one step. */
  putBlocks(blocks: readonly StoredBlock[], place: unknown): Promise<void>
  /** Drops all blocks but those of one generation. */
  keepGeneration(generation: number | undefined): Promise<void>
  file(hash: string): Promise<StoredFile | undefined>
  files(): Promise<readonly StoredFile[]>
  putFile(file: StoredFile): Promise<void>
  dropFiles(hashes: readonly string[]): Promise<void>
  /** Removes everything: after a sign-out with nothing left to send, and after a remote wipe. */
  erase(): Promise<void>
}

/** Acts and files that still have to leave this phone. */
export async function unsent(shelf: Shelf): Promise<number> {
  const [entries, files] = await Promise.all([shelf.entries(), shelf.files()])
  return entries.filter((entry) => entry.open).length + files.length
}

/** A shelf in memory, for simulations and for browsers that keep nothing. */
export function memoryShelf(): Shelf {
  const named = new Map<string, unknown>()
  const entries = new Map<number, StoredEntry>()
  const blocks = new Map<string, StoredBlock>()
  const files = new Map<string, StoredFile>()
  let last = 0
  return {
    get: async <T>(name: string) => named.get(name) as T | undefined,
    set: async (name, value) => void named.set(name, value),
    remove: async (name) => void named.delete(name),
    entries: async () => [...entries.values()],
    append: async (added) =>
      added.map((entry) => {
        last += 1
        entries.set(last, { ...entry, seq: last })
        return last
      }),
    replace: async (changed) => {
      for (const entry of changed) entries.set(entry.seq, entry)
    },
    dropEntries: async (seqs) => {
      for (const seq of seqs) entries.delete(seq)
    },
    blocks: async (generation, part) =>
      [...blocks.values()].filter((block) => block.generation === generation && block.part === part).sort((a, b) => a.n - b.n),
    putBlocks: async (added, place) => {
      for (const block of added) blocks.set(`${block.generation}/${block.n}`, block)
      named.set('place', place)
    },
    keepGeneration: async (generation) => {
      for (const [key, block] of blocks) if (block.generation !== generation) blocks.delete(key)
    },
    file: async (hash) => files.get(hash),
    files: async () => [...files.values()],
    putFile: async (file) => void files.set(file.hash, file),
    dropFiles: async (hashes) => {
      for (const hash of hashes) files.delete(hash)
    },
    erase: async () => {
      for (const one of [named, entries, blocks, files]) one.clear()
    },
  }
}
