import { closeSync, fsyncSync, openSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface OpenFile {
  readonly nfd?: number
  readonly node: unknown
}

interface HostFiles {
  realPath(node: unknown): string
  stream_ops: { fsync?: (file: OpenFile) => number }
}

const isHostFiles = (value: unknown): value is HostFiles =>
  typeof value === 'object' && value !== null && 'stream_ops' in value && 'realPath' in value && typeof value.realPath === 'function'

/**
 * The folder of the embedded database with real `fsync`. As shipped, PGlite's folder has no `fsync` operation, so what the database believes to be on
 * disk is only in the page cache of the operating system; with this operation a commit waits for its write-ahead log, and a checkpoint for its files.
 * Directories are synced too (PostgreSQL asks for it after creating, renaming or removing files); they have no host descriptor, hence the open here.
 */
export class DurableFiles extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options)
    const addFsync = (module: object): void => {
      const files: unknown = 'NODEFS' in module ? module.NODEFS : undefined
      if (!isHostFiles(files)) throw new Error('PGlite has no NODEFS file system: this version cannot be made durable')
      files.stream_ops.fsync = (file) => {
        if (file.nfd !== undefined) fsyncSync(file.nfd)
        else syncDirectory(files.realPath(file.node))
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [addFsync, ...(emscriptenOpts.preRun ?? [])] } }
  }
}

/** Makes the entries of a directory durable. */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
