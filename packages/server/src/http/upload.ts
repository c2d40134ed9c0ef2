import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFields } from '@fastify/multipart'
import { problem, Refused } from '@guatu/kernel'
import type { FastifyRequest } from 'fastify'
import { LIMITS, SheetRefused } from '../sheets/sheet.ts'
import type { Store } from '../store/store.ts'

/** A file that came with a request, laid down beside the attachments; whoever takes it removes it. */
export interface Upload {
  readonly path: string
  /** Its name where it comes from. */
  readonly file: string
  /** Fields of the form that stood before the file. */
  readonly fields: MultipartFields
}

/** Most that the fields beside a file may hold, bytes. */
const LONGEST_FIELD = 4 * 1024 * 1024

/**
 * Lays an upload down in a file of its own: whether it can be taken in is known only when all of it is there.
 * @throws Refused when there is none, or it is too large
 */
export async function receive(request: FastifyRequest, store: Store): Promise<Upload> {
  const limits = { fileSize: LIMITS.bytes, files: 1, fields: 1, fieldSize: LONGEST_FIELD }
  const part = request.isMultipart() ? await request.file({ limits }) : undefined
  if (!part) throw new Refused(problem('required', { field: { zh: '文件', en: 'file' } }, { path: 'file' }))
  const folder = store.attachments ? join(dirname(store.attachments.dir), 'jobs') : tmpdir()
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${randomUUID()}.upload`)
  try {
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
    if (part.file.truncated) throw new Refused(new SheetRefused('sheet-bytes', { limit: LIMITS.bytes / 1024 / 1024 }).problem)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, file: part.filename, fields: part.fields }
}

/** An upload for as long as it is looked at; it is gone afterwards. */
export async function withUpload<T>(request: FastifyRequest, store: Store, look: (upload: Upload) => Promise<T>): Promise<T> {
  const upload = await receive(request, store)
  try {
    return await look(upload)
  } finally {
    await rm(upload.path, { force: true })
  }
}
