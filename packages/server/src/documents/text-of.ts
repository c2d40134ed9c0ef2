import { Worker } from 'node:worker_threads'
import { no, type Result, refuse } from '@guatu/kernel'

/** A document as it was uploaded, and its media type. */
export interface Upload {
  readonly content: Uint8Array
  readonly type: string
}

/** What reading one document may take: its objects and streams unfolded (a communiqué of 500,000 characters needs a tenth), and time. */
const MOST_MEMORY_MB = 512
const MOST_SECONDS = 60
/** How often it is looked what a document takes, milliseconds: unfolding goes at some hundred MB a second. */
const LOOK_MS = 100

/** One document is read at a time, whoever sends it: what reading takes is bounded for the whole server. Plain texts do not wait for the others. */
const reading = new Map<'plain' | 'unfolded', Promise<unknown>>()

/**
 * The text of an uploaded document, by what it is and not by its name. It is read on a thread with bounded memory and time: a small file can
 * unfold to millions of parts, and neither stops the server nor keeps it from answering.
 */
export function textOf(content: Uint8Array, type: string): Promise<Result<string>> {
  const lane = type === 'text/plain' ? 'plain' : 'unfolded'
  const text = (reading.get(lane) ?? Promise.resolve()).then(() => onThread({ content, type }))
  reading.set(
    lane,
    text.catch(() => undefined),
  )
  return text
}

/** @throws where no thread can be made. */
async function onThread(upload: Upload): Promise<Result<string>> {
  const worker = new Worker(new URL('./text-worker.ts', import.meta.url), {
    workerData: upload,
    name: 'document',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    // What a library says of a strange file is nobody's concern, and may quote it.
    stdout: true,
    stderr: true,
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const late = setTimeout(() => void worker.terminate(), MOST_SECONDS * 1_000)
  const looking = setInterval(() => void bounded(worker), LOOK_MS)
  const read = await new Promise<Result<string> | undefined>((resolve, reject) => {
    worker.once('message', resolve)
    // Beyond its memory it ends by an error of its own; anything else is a fault of ours or of the machine.
    worker.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(undefined) : reject(error),
    )
    worker.once('exit', () => resolve(undefined))
  }).finally(async () => {
    clearTimeout(late)
    clearInterval(looking)
    await ended
  })
  return read ?? no(tooMuch)
}

/** Ends a thread that holds too much. The limit of its heap leaves out buffers, where streams of documents are unfolded. */
async function bounded(worker: Worker): Promise<void> {
  // A thread that has ended, or has not begun, holds nothing.
  const held = await worker.getHeapStatistics().catch(() => undefined)
  if (held && held.used_heap_size + held.external_memory > MOST_MEMORY_MB * 1024 * 1024) await worker.terminate()
}

const tooMuch = refuse('document-too-much', {
  zh: '文件内容过于复杂，读不完；请把全文复制为纯文本后粘贴，或另存为.txt上传。',
  en: 'There is too much in the file to read it; copy its text and paste it, or save it as .txt and upload that.',
})
