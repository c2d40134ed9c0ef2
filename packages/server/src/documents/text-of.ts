import { Worker } from 'node:worker_threads'
import { no, type Result, refuse } from '@guatu/kernel'

/** A document as it was uploaded, and its media type. */
export interface Upload {
  readonly content: Uint8Array
  readonly type: string
}

/** What reading one document may take: its objects unfolded (a communiqué of 500,000 characters needs a tenth), and time. */
const MOST_MEMORY_MB = 512
const MOST_SECONDS = 60

/** One document is read at a time, whoever sends it: what reading takes is bounded for the whole server. */
let reading: Promise<unknown> = Promise.resolve()

/**
 * The text of an uploaded document, by what it is and not by its name. It is read on a thread with bounded memory and time: a small file can
 * unfold to millions of parts, and neither stops the server nor keeps it from answering.
 */
export function textOf(content: Uint8Array, type: string): Promise<Result<string>> {
  const text = reading.then(() => onThread({ content, type }))
  reading = text
  return text
}

function onThread(upload: Upload): Promise<Result<string>> {
  const worker = new Worker(new URL('./text-worker.ts', import.meta.url), {
    workerData: upload,
    name: 'document',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    // What a library says of a strange file is nobody's concern, and may quote it.
    stdout: true,
    stderr: true,
  })
  const late = setTimeout(() => void worker.terminate(), MOST_SECONDS * 1_000)
  return new Promise((resolve) => {
    let answer: Result<string> = no(
      refuse('document-too-much', {
        zh: '文件内容过于复杂，读不完；请把全文复制为纯文本后粘贴，或另存为.txt上传。',
        en: 'There is too much in the file to read it; copy its text and paste it, or save it as .txt and upload that.',
      }),
    )
    worker.once('message', (read: Result<string>) => {
      answer = read
    })
    worker.once('error', () => undefined)
    worker.once('exit', () => {
      clearTimeout(late)
      resolve(answer)
    })
  })
}
