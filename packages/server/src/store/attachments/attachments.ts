import { createHash, randomUUID } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, fstatSync, openSync, readSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type FileReference, LARGEST_FILE, no, ok, problem, type Result } from '@guatu/kernel'
import { asStoreProblem } from '../database/problem.ts'
import { toDisk } from '../to-disk.ts'
import { endingAs, mediaTypeOf } from './media-type.ts'

export interface Attachments {
  readonly dir: string
  /** Keeps a stream under its hash; refuses what is too large or of a type that is not taken. */
  keep(name: string, content: Readable): Promise<Result<FileReference>>
  /** What is kept under a hash, by its own bytes. At once, without waiting: acts are decided in their order. */
  kept(hash: string): Pick<FileReference, 'type' | 'size'> | undefined
  read(hash: string): Promise<Readable | undefined>
  /** Destroys what is kept under a hash; nothing where nothing is. */
  destroy(hash: string): Promise<void>
  /** The name under which a file is handed out: it ends as what the file is, whatever somebody called it. */
  nameOf(hash: string, name: string): Promise<string>
}

export interface AttachmentOptions {
  readonly dir: string
  /** Bytes; 20 MiB unless told. */
  readonly largest?: number
}

/** Bytes that are looked at to know what a file really is. */
const HEAD = 4_100
const HASH = /^[0-9a-f]{64}$/

/** Evidence files, kept outside the database, each once under the SHA-256 of its content. */
export function openAttachments(options: AttachmentOptions): Attachments {
  const largest = options.largest ?? LARGEST_FILE
  const pathOf = (hash: string) => join(options.dir, hash.slice(0, 2), hash)

  return {
    dir: options.dir,
    keep: async (name, content) => {
      const waiting = join(options.dir, 'incoming')
      await mkdir(waiting, { recursive: true })
      const path = join(waiting, randomUUID())
      const hash = createHash('sha256')
      const head: Buffer[] = []
      let size = 0
      let tooLarge = false
      try {
        await pipeline(
          content,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              if (size < HEAD) head.push(chunk)
              size += chunk.length
              if (size > largest) {
                tooLarge = true
                return
              }
              hash.update(chunk)
              yield chunk
            }
          },
          createWriteStream(path),
        )
        if (tooLarge) return no(problem('too-large', { limit: `${Math.floor(largest / 1024 / 1024)} MB` }))
        if (size === 0)
          return no({
            code: 'file-empty',
            status: 422,
            message: {
              zh: '文件是空的，请检查是否选错文件后重新上传。',
              en: 'The file is empty; see whether it is the right one and send it again.',
            },
          })
        const type = mediaTypeOf(Buffer.concat(head).subarray(0, HEAD))
        if (!type) {
          return no({
            code: 'file-type',
            status: 415,
            message: {
              zh: '只接受图片（JPEG、PNG、WebP）、PDF、Word、Excel和纯文本文件，请转换后再上传。',
              en: 'Only images (JPEG, PNG, WebP), PDF, Word, Excel and plain text are taken; convert the file and try again.',
            },
          })
        }
        const digest = hash.digest('hex')
        const final = pathOf(digest)
        await mkdir(join(options.dir, digest.slice(0, 2)), { recursive: true })
        // Durable before it is named in an event: content first, then the name.
        const file = await open(path, 'r+')
        await file.sync()
        await file.close()
        await rename(path, final)
        // Both folders: of a new one the entry in its parent is not on disk either.
        for (const folder of [join(options.dir, digest.slice(0, 2)), options.dir]) await toDisk(folder)
        return ok({ hash: digest, name: endingAs(type, safeName(name)), type, size })
      } catch (error) {
        throw asStoreProblem(error)
      } finally {
        await rm(path, { force: true })
      }
    },
    kept: (hash) => {
      if (!HASH.test(hash)) return undefined
      let file: number | undefined
      try {
        file = openSync(pathOf(hash), 'r')
        const head = Buffer.alloc(HEAD)
        const type = mediaTypeOf(head.subarray(0, readSync(file, head, 0, HEAD, 0)))
        return { type: type ?? 'text/plain', size: fstatSync(file).size }
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw asStoreProblem(error)
      } finally {
        if (file !== undefined) closeSync(file)
      }
    },
    read: async (hash) => {
      if (!HASH.test(hash)) return undefined
      const found = await stat(pathOf(hash)).catch(() => undefined)
      return found?.isFile() ? createReadStream(pathOf(hash)) : undefined
    },
    destroy: async (hash) => {
      if (!HASH.test(hash)) return
      await rm(pathOf(hash), { force: true })
      await toDisk(join(options.dir, hash.slice(0, 2))).catch(() => undefined)
    },
    nameOf: async (hash, name) => {
      const file = await open(pathOf(hash), 'r')
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
        return endingAs(mediaTypeOf(buffer.subarray(0, bytesRead)) ?? 'text/plain', safeName(name))
      } finally {
        await file.close()
      }
    },
  }
}

/** A file name is shown and offered for download; folders, control characters and tricks of direction are dropped. */
const safeName = (name: string) =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .slice(0, 190) || 'file'
